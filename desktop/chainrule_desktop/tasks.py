"""Work in the background: run in a thread, its outcome heard of in the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import final

from PySide6.QtCore import QObject, Qt, Signal, Slot

_MOST_RUNS = 8


@final
class TaskCancelledError(Exception):
    """Ends a function in the background whose result nobody wants any more."""


@final
class Progress:
    """What a function in the background may do with the outside: report, and ask whether to go on.

    Every method may be called from any thread.
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self._notify = notify
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._latest = (0, 0)
        self._announced = False

    def report(self, done: int, total: int) -> None:
        """Say how far the work is, and end it with TaskCancelledError where it was cancelled.

        May be called as often as is handy: the GUI thread hears of the latest numbers only, as
        soon as it has time, and is never flooded.
        """
        self.raise_if_cancelled()
        with self._lock:
            self._latest = (done, total)
            first = not self._announced
            self._announced = True
        if first:
            self._notify()

    def raise_if_cancelled(self) -> None:
        """Raise TaskCancelledError where the work was cancelled; call it in long loops."""
        if self._cancelled.is_set():
            raise TaskCancelledError

    @property
    def cancelled(self) -> bool:
        """Whether the result is no longer wanted."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Make the next look at the progress end the work."""
        self._cancelled.set()

    def take(self) -> tuple[int, int]:
        """The latest numbers; from now on a report is announced again."""
        with self._lock:
            self._announced = False
            return self._latest


@final
class Task(QObject):
    """One piece of work in the background, from its start to its end.

    All signals are emitted in the GUI thread, from its event loop: so it is in time to connect them
    right after `Tasks.start`. Exactly one of the last three ends the task, also when the function
    returns after `cancel`.

    Signals:
        progressed(int, int): how much is done, and of how much.
        succeeded(object): the function has returned this.
        failed(object): the function has raised this exception; `messages.explain` says it.
        cancelled(): the work has ended after `cancel`; its result, if any, is dropped.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    # Emitted in the thread of the work; queued, so that the slots run in the GUI thread.
    _reported = Signal()
    _ended = Signal(object)

    def __init__(self, forget: Callable[[Task], None], parent: QObject) -> None:
        super().__init__(parent)
        self._forget = forget
        self._progress = Progress(self._announce_progress)
        self._finished = False
        self._reported.connect(self._pass_progress, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._pass_outcome, Qt.ConnectionType.QueuedConnection)

    @property
    def finished(self) -> bool:
        """Whether one of the signals that end the task has been emitted."""
        return self._finished

    def cancel(self) -> None:
        """Ask the function to end; `cancelled` follows when it has."""
        self._progress.cancel()

    def run_in(self, executor: ThreadPoolExecutor, function: Callable[[Progress], object]) -> None:
        """Hand the function to the threads; `Tasks.start` does so, once."""
        future = executor.submit(_unless_cancelled, function, self._progress)
        future.add_done_callback(self._announce_outcome)

    def _announce_progress(self) -> None:
        self._reported.emit()

    def _announce_outcome(self, future: Future[object]) -> None:
        self._ended.emit(future)

    @Slot()
    def _pass_progress(self) -> None:
        done, total = self._progress.take()
        if not (self._finished or self._progress.cancelled):
            self.progressed.emit(done, total)

    @Slot(object)
    def _pass_outcome(self, future: Future[object]) -> None:
        self._finished = True
        self._forget(self)
        if self._progress.cancelled or future.cancelled():
            self.cancelled.emit()
        elif (error := future.exception()) is not None:
            self.failed.emit(error)
        else:
            self.succeeded.emit(future.result())
        self.deleteLater()


@final
class Tasks(QObject):
    """Starts work in the background and keeps it alive until its outcome has arrived.

    Python threads rather than QThreads: one that is still running when its object goes does not
    abort the program. NumPy and the file system let other threads run meanwhile; what holds the
    interpreter for long belongs into a process of its own, which the function starts and waits
    for.

    Close it before the application ends (`app.aboutToQuit.connect(tasks.close)`).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="chainrule-task")
        self._runs = ThreadPoolExecutor(max_workers=_MOST_RUNS, thread_name_prefix="chainrule-run")
        self._running: set[Task] = set()

    @property
    def running(self) -> int:
        """How many tasks have not ended."""
        return len(self._running)

    def start(self, function: Callable[[Progress], object], *, lasting: bool = False) -> Task:
        """Run the function in the background with a Progress to report to; call in the GUI thread.

        The function must not touch widgets or the document: hand it values, take its result from
        `Task.succeeded`. One that is `lasting`, since it goes on until it is cancelled, keeps no
        other work waiting. Raises RuntimeError after `close`.
        """
        task = Task(self._running.discard, parent=self)
        task.run_in(self._runs if lasting else self._executor, function)
        self._running.add(task)
        return task

    def cancel_all(self) -> None:
        """Ask every task to end."""
        for task in self._running:
            task.cancel()

    @Slot()
    def close(self) -> None:
        """Cancel everything, wait until no function runs any more, and start nothing again."""
        self.cancel_all()
        for each in (self._executor, self._runs):
            each.shutdown(wait=True, cancel_futures=True)


def _unless_cancelled(function: Callable[[Progress], object], progress: Progress) -> object:
    progress.raise_if_cancelled()
    return function(progress)
