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
_VERSION = 1


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
    """Hands out pictures of files; none for a file that can't be read or is too large."""

    def __init__(self, tasks: Tasks, cache: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = cache / "pictures"

    def order(self, order: PictureOrder, take: Callable[[QImage | None], None]) -> None:
        """Have the picture made, or read, in the background; then call `take` in this thread."""
        task = self._tasks.start(partial(_picture_in, self._folder, order))
        task.succeeded.connect(take)
        task.failed.connect(lambda: take(None))


def _picture_in(folder: Path, order: PictureOrder, progress: Progress) -> QImage | None:
    """Return the picture from the folder, or a new one that is kept there from now on."""
    try:
        kept = folder / f"{_key(order)}.png"
        image = QImage(str(kept))
        if not image.isNull():
            image.setDevicePixelRatio(order.ratio)
            return image
        if order.path.stat().st_size > _LARGEST_FILE:
            return None
        drawing = ExamplePicture(read_graph(order.path))
    except (ChainruleError, OSError, ValueError):
        return None
    progress.raise_if_cancelled()
    image = drawing.image(order.room, order.palette, order.ratio)
    # A picture that can't be kept is drawn again next time.
    with suppress(OSError, ChainruleError):
        _keep(image, kept)
    return image


def _key(order: PictureOrder) -> str:
    """Name a picture by all that it depends on, the file by its place and last change."""
    changed = order.path.stat().st_mtime_ns
    size = order.room.width(), order.room.height()
    told = repr((_VERSION, str(order.path), changed, size, order.ratio, order.palette))
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def _keep(image: QImage, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        return
    write_bytes(bytes(data.data()), place)
    oldest_first = sorted(place.parent.glob("*.png"), key=lambda each: each.stat().st_mtime)
    for old in oldest_first[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)
