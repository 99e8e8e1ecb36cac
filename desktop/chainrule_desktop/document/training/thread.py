"""The thread of training as the window knows it: begun, asked for news, ended."""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import Final, final

from PySide6.QtCore import QObject, QTimer, Signal

from chainrule.training.trainer import Trainer
from chainrule_desktop.document.training.work import BoundaryOrder, Channel, Job, News, train
from chainrule_desktop.tasks import Task, Tasks

FRAME: Final = 34
"""Milliseconds from one showing of new numbers to the next, at least."""


_SHORT_TURN: Final = 0.0005
"""Seconds after which a thread lets another one have the interpreter, while training goes on.

Painting gives the interpreter up and wants it back many times a frame; with Python's usual 5 ms it
would wait as long each time.
"""


@final
class _Turns:
    """Shortens the turns of threads for as long as any training goes on."""

    def __init__(self) -> None:
        self._count = 0
        self._usual = 0.0

    def take(self) -> None:
        if not self._count:
            self._usual = sys.getswitchinterval()
            sys.setswitchinterval(_SHORT_TURN)
        self._count += 1

    def give_back(self) -> None:
        self._count -= 1
        if not self._count:
            sys.setswitchinterval(self._usual)


_turns = _Turns()


@final
class TrainingThread(QObject):
    """Runs one job at a time, and looks for news of it at most thirty times a second.

    Signals:
        progressed(): there may be news; `take` gives them.
        ended(object): the job is done, or was cancelled; or the exception that ended it.
    """

    progressed = Signal()
    ended = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._task: Task | None = None
        self._channel = Channel()
        self._clock = QTimer(self, singleShot=True, interval=FRAME)
        self._clock.timeout.connect(self._tick)

    @property
    def is_busy(self) -> bool:
        """Whether a job is being done."""
        return self._task is not None

    @property
    def trainer(self) -> Trainer | None:
        """The trainer of the job, once it has been made."""
        return self._channel.trainer

    @property
    def order(self) -> BoundaryOrder | None:
        """Which boundary is pictured along with the next looks."""
        return self._channel.order

    def set_order(self, order: BoundaryOrder | None) -> None:
        """Have a boundary pictured, or none."""
        self._channel.order = order

    def set_speed(self, steps_a_second: int) -> None:
        """Make so many steps in a second from now on; 0 for as many as it can."""
        self._channel.speed = steps_a_second

    def take(self) -> News:
        """Return what is new, and forget it."""
        return self._channel.take()

    def begin(self, job: Job) -> None:
        """Do a job; there must be none."""
        self._channel = self._channel.renewed()
        self._task = self._tasks.start(partial(train, job, self._channel), lasting=True)
        self._task.succeeded.connect(self._finish)
        self._task.cancelled.connect(self._finish)
        self._task.failed.connect(self._fail)
        self._clock.start(FRAME)
        _turns.take()

    def cancel(self) -> None:
        """Ask the job to end as soon as the step that is being made is done."""
        if self._task is not None:
            self._task.cancel()

    def abandon(self) -> None:
        """Let go of the job without waiting for its end; nothing is heard of it any more."""
        if self._task is None:
            return
        task, self._task = self._task, None
        task.succeeded.disconnect(self._finish)
        task.cancelled.disconnect(self._finish)
        task.failed.disconnect(self._fail)
        task.cancel()
        self._clock.stop()
        _turns.give_back()
        self._channel = self._channel.renewed()

    def _tick(self) -> None:
        began = time.perf_counter()
        self.progressed.emit()
        took = 1000 * (time.perf_counter() - began)
        if self._task is not None:
            # Painting comes on top, so that half of the time at least is for everything else.
            self._clock.start(max(FRAME, round(2 * took)))

    def _finish(self) -> None:
        self._fail(None)

    def _fail(self, error: Exception | None) -> None:
        self._clock.stop()
        self._task = None
        _turns.give_back()
        self.ended.emit(error)
