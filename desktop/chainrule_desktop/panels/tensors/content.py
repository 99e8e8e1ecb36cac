"""Everything that is computed from a tensor before it is shown, at once or beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array
from chainrule.diagram.shades import codes_of
from chainrule_desktop.panels.tensors.slicing import Slicing
from chainrule_desktop.panels.tensors.summary import Histogram, Summary, histogram, summarise
from chainrule_desktop.tasks import Task, Tasks

LARGEST_AT_ONCE = 100_000
"""How many numbers are looked at without letting the window wait."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A tensor, the shades of the slice that is shown, its histogram and its statistics."""

    tensor: Array
    slicing: Slicing
    summary: Summary
    codes: npt.NDArray[np.uint8]
    histogram: Histogram | None


def content_of(tensor: Array, slicing: Slicing) -> Content:
    """Look at all numbers of a tensor."""
    summary = summarise(tensor)
    codes = codes_of(slicing.matrix(tensor), summary.largest)
    return Content(tensor, slicing, summary, codes, histogram(tensor))


@final
class ContentMaker:
    """Makes contents, large ones in the background; only the latest that was asked for counts."""

    def __init__(self, tasks: Tasks, take: Callable[[Content], None]) -> None:
        self._tasks = tasks
        self._take = take
        self._task: Task | None = None
        self._waiting: tuple[Array, Slicing] | None = None

    def ask(self, tensor: Array, slicing: Slicing) -> None:
        """Make the content of a tensor as it is now."""
        if tensor.size <= LARGEST_AT_ONCE and self._task is None:
            self._take(content_of(tensor, slicing))
        elif self._task is None:
            self._start(tensor, slicing)
        else:
            self._waiting = tensor, slicing

    def _start(self, tensor: Array, slicing: Slicing) -> None:
        # The next run of the passes may write into the same array.
        kept = np.array(tensor)[()]
        self._task = self._tasks.start(lambda _: content_of(kept, slicing))
        self._task.succeeded.connect(self._hand_over)
        self._task.failed.connect(self._go_on)
        self._task.cancelled.connect(self._go_on)

    def _hand_over(self, content: object) -> None:
        if self._waiting is None:
            self._take(cast(Content, content))
        self._go_on()

    def _go_on(self, _error: object = None) -> None:
        self._task = None
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.ask(*waiting)
