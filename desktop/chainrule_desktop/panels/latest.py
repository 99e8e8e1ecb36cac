"""Work in the background of which only the latest counts, such as a curve while one drags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from PySide6.QtCore import QObject, QTimer

from chainrule_desktop.tasks import Progress, Task, Tasks


@final
@dataclass(frozen=True, slots=True)
class Request:
    """What to do: `prepare` returns the work, in the GUI thread and just before it begins.

    `then` gets its result, or `fail` its error.
    """

    prepare: Callable[[], Callable[[Progress], object]]
    then: Callable[[object], object]
    fail: Callable[[Exception], object]


@final
class Latest(QObject):
    """Starts work a moment after it was asked for; what is asked for next takes its place.

    Without tasks, as in tests of a single panel, it works at once.
    """

    def __init__(self, tasks: Tasks | None, delay: int, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._task: Task | None = None
        self._wanted: Request | None = None
        self._running: Request | None = None
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(self._start)

    def ask(self, request: Request) -> None:
        """Do that instead of what was asked for before."""
        self._wanted = request
        if self._tasks is None:
            self._start()
        elif not self._timer.isActive():
            self._timer.start()

    def cancel(self) -> None:
        """Forget what was asked for, and what is being done."""
        self._timer.stop()
        self._wanted = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self) -> None:
        request, self._wanted = self._wanted, None
        if request is None:
            return
        if self._task is not None:
            self._task.cancel()
        self._running, work = request, request.prepare()
        if self._tasks is None:
            try:
                self._succeed(work(Progress(_tell_nobody)))
            except Exception as error:  # noqa: BLE001  as a task does
                self._fail(error)
            return
        # Methods, which are let go of with this object; a lambda would outlive it.
        self._task = self._tasks.start(work)
        self._task.succeeded.connect(self._succeed)
        self._task.failed.connect(self._fail)

    def _succeed(self, result: object) -> None:
        self._task = None
        if self._running is not None:
            self._running.then(result)

    def _fail(self, error: Exception) -> None:
        self._task = None
        if self._running is not None:
            self._running.fail(error)


def _tell_nobody() -> None:
    pass
