"""Reading files for a document: large ones beside the window, which stays usable meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import final

from PySide6.QtCore import QObject, QTimer, Signal

from chainrule.errors import ChainruleError
from chainrule.files import read_graph
from chainrule.files.collection import collection_paused
from chainrule_desktop.document.document import Prepared, prepare
from chainrule_desktop.tasks import Progress, Task, Tasks

LARGE_FILE = 200_000
"""Files of fewer bytes, some 2,000 gates, are read before anybody could notice."""

_PATIENCE = 400
"""Milliseconds after which it is said that a file is being read."""


@final
class Opening(QObject):
    """Reads one file at a time and computes its numbers; of several, only the last one counts.

    Signals:
        began(): a file is being read in the background.
        slow(str): the file of this name has been being read for a while.
        ended(): it was read, could not be read, or is no longer wanted.
    """

    began = Signal()
    slow = Signal(str)
    ended = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._task: Task | None = None
        self._path = Path()
        self._then: Callable[[Prepared], object] = _nothing
        self._complain: Callable[[Path, Exception], object] = _nothing
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self._tell)

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._task is not None

    def read(
        self,
        path: Path,
        then: Callable[[Prepared], object],
        complain: Callable[[Path, Exception], object],
    ) -> None:
        """Read the file at `path` and hand on what it holds, or the error that says why not.

        A small file is read before this returns, a large one in the background.
        """
        self.cancel()
        if _is_large(path):
            self._start(path, then, complain)
            return
        try:
            prepared = read_prepared(path)
        except ChainruleError as error:
            complain(path, error)
        else:
            then(prepared)

    def make(
        self,
        what: str,
        make: Callable[[Progress], Prepared],
        then: Callable[[Prepared], object],
        complain: Callable[[Path, Exception], object],
    ) -> None:
        """Have a graph made in the background, of `what`, as if it were read from a file."""
        self.cancel()
        self._begin(Path(what), make, then, complain)

    def cancel(self) -> None:
        """Leave the document as it is."""
        if self._task is not None:
            self._task.cancel()
            self._end()

    def _start(
        self,
        path: Path,
        then: Callable[[Prepared], object],
        complain: Callable[[Path, Exception], object],
    ) -> None:
        self._begin(path, partial(_read_beside, path), then, complain)

    def _begin(
        self,
        path: Path,
        make: Callable[[Progress], Prepared],
        then: Callable[[Prepared], object],
        complain: Callable[[Path, Exception], object],
    ) -> None:
        self._path, self._then, self._complain = path, then, complain
        self._task = self._tasks.start(make)
        # What was cancelled never succeeds or fails, so these are always of the last task.
        self._task.succeeded.connect(self._succeed)
        self._task.failed.connect(self._fail)
        self._timer.start()
        self.began.emit()

    def _succeed(self, prepared: Prepared) -> None:
        then = self._then
        self._end()
        then(prepared)

    def _fail(self, error: Exception) -> None:
        path, complain = self._path, self._complain
        self._end()
        complain(path, error)

    def _end(self) -> None:
        self._task = None
        self._then = self._complain = _nothing
        self._timer.stop()
        self.ended.emit()

    def _tell(self) -> None:
        self.slow.emit(self._path.name)


def read_prepared(path: Path) -> Prepared:
    """Read a file at once and compute its numbers; raise FileError if it can't be read."""
    with collection_paused():
        return prepare(read_graph(path))


def _read_beside(path: Path, progress: Progress) -> Prepared:
    with collection_paused():
        graph = read_graph(path)
        progress.raise_if_cancelled()
        return prepare(graph)


def _is_large(path: Path) -> bool:
    """Say whether reading a file may take long; one that can't be looked at does not."""
    try:
        return path.stat().st_size > LARGE_FILE
    except (OSError, ValueError):
        return False


def _nothing(*_: object) -> None:
    """Stand for what is to be done while no file is read."""
