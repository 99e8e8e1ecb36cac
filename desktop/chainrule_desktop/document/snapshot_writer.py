"""Writing a graph to a file beside the editing, from a snapshot that later edits don't touch."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import final

from PySide6.QtCore import QObject, Signal

from chainrule.files.writing import Content, content_of, pieces
from chainrule.graph.graph import GateGraph
from chainrule_desktop.tasks import Progress, Task, Tasks

_PAUSE = 0.001
"""Seconds of rest after each piece, so that the window need not wait for the interpreter."""


@final
class SnapshotWriter(QObject):
    """Puts a graph at a path as a whole; of several writes only the last one counts.

    The old file stays until the new one is complete. Nothing waits for the disk: what a killed
    program has written is safe with the system.

    Signals:
        written(): the file holds the graph as it was when its writing began.
        failed(object): the graph can't be written; the exception says why.
    """

    written = Signal()
    failed = Signal(object)

    def __init__(self, path: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._tasks = tasks
        self._task: Task | None = None
        self._numbers = count()

    @property
    def is_writing(self) -> bool:
        """Whether a graph is on its way to the file."""
        return self._task is not None

    def write(self, graph: GateGraph) -> None:
        """Begin to write `graph` as it is now; this takes milliseconds."""
        self.cancel()
        beside = self._path.with_suffix(f"{self._path.suffix}.{next(self._numbers)}.tmp")
        self._task = self._tasks.start(partial(_write_pieces, content_of(graph), beside))
        # What was cancelled never succeeds or fails, so these are always of the last task.
        self._task.succeeded.connect(self._finish)
        self._task.failed.connect(self._fail)
        self._task.cancelled.connect(self._clear)

    def cancel(self) -> None:
        """Leave the file as it is, whatever is on its way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _finish(self, beside: Path) -> None:
        try:
            beside.replace(self._path)
        except OSError as error:
            _remove(beside)
            self._fail(error)
            return
        self._task = None
        self.written.emit()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self.failed.emit(error)

    def _clear(self) -> None:
        """Remove what was complete already when it was cancelled."""
        if self._task is None:
            for left in self._path.parent.glob(f"{self._path.name}.*.tmp"):
                _remove(left)


def _write_pieces(content: Content, path: Path, progress: Progress) -> Path:
    try:
        with path.open("wb") as file:
            for piece in pieces(content):
                progress.raise_if_cancelled()
                file.write(piece)
                time.sleep(_PAUSE)
    except BaseException:
        _remove(path)
        raise
    return path


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
