"""Unsaved work in a side file, written after every edit: a crash or a kill takes nothing away.

A running program owns three files in the folder, which share a name of their own: the graph
(`.chainrule`), what it is called and which file it came from (`.json`), and a lock that tells
whether the owner still lives (`.lock`). The user's own file is written on save only.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import final

import msgspec
import platformdirs
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from chainrule.errors import FileError
from chainrule.files import dumps, read_graph
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.snapshot_writer import SnapshotWriter
from chainrule_desktop.messages import explain
from chainrule_desktop.tasks import Tasks

SMALL_GRAPH = 300
"""Graphs of up to so many nodes are written at once: it takes less than a drawn frame."""

LARGE_GRAPH_DELAY = 400
"""Milliseconds from the first edit of a larger graph until it is being written in the background.

Edits that come while it is being written are in the next writing, after as long again.
"""

FOLLOWING_DELAY = 5_000
"""Milliseconds between two writings while something goes on that changes numbers all the time."""


@final
class RecoveryError(Exception):
    """Unsaved work that another window has taken in the meantime."""


@final
class _About(msgspec.Struct, frozen=True):
    """What the meta file says of the graph beside it."""

    name: str
    path: str | None = None


@final
@dataclass(frozen=True, slots=True)
class UnsavedWork:
    """Work that a program left behind: its side file, its name, and the file it belongs to."""

    file: Path
    name: str
    path: Path | None
    written: float
    """When it was written last, in seconds since 1970."""


@final
class Recovery(QObject):
    """Keeps a document's unsaved changes in a side file for as long as there are any.

    A large graph is written beside the editing, so that a side file may lie behind by as long as
    writing it takes.

    Signals:
        failed(str): the side file can't be written, and why; said once until it succeeds again.
    """

    failed = Signal(str)

    def __init__(
        self, document: Document, folder: Path, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._file = folder / f"{secrets.token_hex(8)}.chainrule"
        self._lock: QLockFile | None = None
        self._has_failed = False
        self._is_behind = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write_in_time)
        self._writer = SnapshotWriter(self._file, tasks, self)
        self._writer.written.connect(self._succeed)
        self._writer.failed.connect(self._fail)
        document.changed.connect(self._schedule)
        document.replaced.connect(self._schedule)
        document.file_changed.connect(self._schedule)

    def write(self) -> None:
        """Bring the side file up to date now; without unsaved changes there is none."""
        self._stop()
        if not self._document.is_modified:
            self.forget()
            return
        try:
            self._write_files()
        except (FileError, OSError) as error:
            self._fail(error)
        else:
            self._succeed()

    def flush(self) -> None:
        """Write what is still waiting to be written, before the program ends."""
        if self._timer.isActive() or self._writer.is_writing:
            self.write()

    def forget(self) -> None:
        """Remove the side file: the work is saved, or its owner does not want it."""
        self._stop()
        if self._lock is not None:
            _remove(self._file)
            self._lock.unlock()
            self._lock = None

    def restore(self, work: UnsavedWork) -> None:
        """Load work that was left behind, as a document with unsaved changes.

        Raises FileError if its side file can't be read, RecoveryError if another window was faster;
        the document then stays as it is.
        """
        lock = _lock_of(work.file)
        if not lock.tryLock(0):
            raise RecoveryError(f"{work.name} is open in another window already")
        try:
            self._document.load(read_graph(work.file), work.path, modified=True)
            self.write()
            if not self._has_failed:
                _remove(work.file)
        finally:
            lock.unlock()

    def _schedule(self) -> None:
        if self._writer.is_writing:
            self._is_behind = True
        elif not self._timer.isActive():
            usual = 0 if self._is_small() else LARGE_GRAPH_DELAY
            self._timer.start(FOLLOWING_DELAY if self._document.is_following else usual)

    def _write_in_time(self) -> None:
        if self._is_small() or not self._document.is_modified:
            self.write()
            return
        try:
            self._write_about()
        except OSError as error:
            self._fail(error)
        else:
            self._writer.write(self._document.graph)

    def _succeed(self) -> None:
        self._has_failed = False
        self._catch_up()

    def _fail(self, error: Exception) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(f"Unsaved work can't be kept safe: {explain(error)}")
        self._catch_up()

    def _catch_up(self) -> None:
        if self._is_behind:
            self._is_behind = False
            self._schedule()

    def _stop(self) -> None:
        """Let nothing be written any more of what has been asked for."""
        self._timer.stop()
        self._writer.cancel()
        self._is_behind = False

    def _is_small(self) -> bool:
        return len(self._document.graph) <= SMALL_GRAPH

    def _write_files(self) -> None:
        data = dumps(self._document.graph)
        self._write_about()
        _replace(self._file, data)

    def _write_about(self) -> None:
        self._claim()
        path = self._document.path
        about = _About(self._document.name, None if path is None else str(path.absolute()))
        _replace(self._file.with_suffix(".json"), msgspec.json.encode(about))

    def _claim(self) -> None:
        if self._lock is None:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = _lock_of(self._file)
            if not lock.tryLock(0):
                raise PermissionError(f"the folder {self._file.parent} can't be written")
            self._lock = lock


def default_folder() -> Path:
    """The folder for unsaved work in the user's own part of the system."""
    return Path(platformdirs.user_state_dir("chainrule", appauthor=False)) / "unsaved"


def unsaved_work(folder: Path) -> list[UnsavedWork]:
    """What programs that no longer run have left in the folder, the latest first."""
    _remove_torsos(folder)
    found = [_work_in(file) for file in folder.glob("*.chainrule") if _is_abandoned(file)]
    return sorted(
        (each for each in found if each is not None), key=lambda work: work.written, reverse=True
    )


def discard(work: UnsavedWork) -> None:
    """Remove work that was left behind, unless another window has taken it."""
    lock = _lock_of(work.file)
    if lock.tryLock(0):
        _remove(work.file)
        lock.unlock()


def _work_in(file: Path) -> UnsavedWork | None:
    try:
        written = file.stat().st_mtime
        about = msgspec.json.decode(file.with_suffix(".json").read_bytes(), type=_About)
    except (OSError, ValueError):
        # A graph without its meta file still is somebody's work.
        about = _About("untitled")
        written = file.stat().st_mtime if file.exists() else 0.0
    if not file.exists():
        return None
    return UnsavedWork(file, about.name, Path(about.path) if about.path else None, written)


def _remove_torsos(folder: Path) -> None:
    """Remove what programs were writing when they were killed."""
    for torso in folder.glob("*.tmp"):
        owner = torso.with_name(torso.name.partition(".")[0] + ".chainrule")
        if _is_abandoned(owner):
            with suppress(OSError):
                torso.unlink(missing_ok=True)


def _is_abandoned(file: Path) -> bool:
    lock = _lock_of(file)
    free = lock.tryLock(0)
    if free:
        lock.unlock()
    return free


def _lock_of(file: Path) -> QLockFile:
    """The lock beside a side file; it is stale when its process is gone, however old it is."""
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock


def _replace(path: Path, data: bytes) -> None:
    """Put `data` at `path` as a whole.

    Not `chainrule.files.write_bytes`, which waits for the disk: what a killed program has written
    is safe with the system, and the drag of a spin box must not wait.
    """
    beside = path.with_suffix(f"{path.suffix}.tmp")
    beside.write_bytes(data)
    beside.replace(path)


def _remove(file: Path) -> None:
    for path in (file, file.with_suffix(".json")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
