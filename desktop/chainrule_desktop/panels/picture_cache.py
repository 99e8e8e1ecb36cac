"""Small pictures of the user's files, drawn in the background and kept in the cache folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize
from PySide6.QtGui import QImage, QImageWriter

from chainrule.errors import ChainruleError
from chainrule.files import read_graph, write_bytes
from chainrule_desktop.panels.example_picture import ExamplePicture
from chainrule_desktop.tasks import Progress, Tasks
from chainrule_desktop.theme import Palette

_LARGEST_FILE: Final = 300_000
"""A larger file has no picture: at the size of a card one could not tell what it shows."""

_MOST_KEPT: Final = 200
_VERSION = 2


@final
@dataclass(frozen=True, slots=True)
class PictureOrder:
    """Which picture is wanted: of a file as it was last changed, in a size, colours and density."""

    path: Path
    room: QSize
    palette: Palette
    ratio: float


@final
class PictureCache(QObject):
    """Hands out pictures of files; none for a file that can't be read or is too large.

    Files are read and laid out in the background; fonts and painters stay in the GUI's thread.
    """

    def __init__(self, tasks: Tasks, cache: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = cache / "pictures"

    def order(self, order: PictureOrder, take: Callable[[QImage | None], None]) -> None:
        """Have the picture made, or read, in the background; then call `take` in this thread."""
        task = self._tasks.start(partial(_found, self._folder, order))

        def finish(found: _Found) -> None:
            take(self._image(found, order))

        task.succeeded.connect(finish)
        task.failed.connect(lambda: take(None))

    def _image(self, found: _Found, order: PictureOrder) -> QImage | None:
        if found.kept is not None:
            image = QImage.fromData(QByteArray(found.kept))
            image.setDevicePixelRatio(order.ratio)
            return None if image.isNull() else image
        if found.drawing is None:
            return None
        image = found.drawing.image(order.room, order.palette, order.ratio)
        self._tasks.start(partial(_keep, _encoded(image), found.place))
        return image


@final
@dataclass(frozen=True, slots=True)
class _Found:
    """What there is for an order: a picture kept at `place`, or what can be drawn, or neither."""

    place: Path
    kept: bytes | None = None
    drawing: ExamplePicture | None = None


def _found(folder: Path, order: PictureOrder, progress: Progress) -> _Found:
    """Read the picture that is kept, or the graph; runs in the background."""
    place = folder
    try:
        place = folder / f"{_key(order)}.png"
        if place.is_file():
            return _Found(place, kept=place.read_bytes())
        if order.path.stat().st_size > _LARGEST_FILE:
            return _Found(place)
        graph = read_graph(order.path)
        progress.raise_if_cancelled()
        return _Found(place, drawing=ExamplePicture(graph))
    except (ChainruleError, OSError, ValueError):
        return _Found(place)


def _key(order: PictureOrder) -> str:
    """Name a picture by all that it depends on, the file by its place and last change."""
    changed = order.path.stat().st_mtime_ns
    size = order.room.width(), order.room.height()
    told = repr((_VERSION, str(order.path), changed, size, order.ratio, order.palette))
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def _encoded(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def _keep(picture: bytes, place: Path, _progress: Progress) -> None:
    """Write a picture, and forget the oldest; one that can't be kept is drawn again next time."""
    with suppress(OSError, ChainruleError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(picture, place)
        oldest_first = sorted(place.parent.glob("*.png"), key=lambda each: each.stat().st_mtime)
        for old in oldest_first[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
