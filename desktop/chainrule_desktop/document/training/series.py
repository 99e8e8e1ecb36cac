"""The numbers of a run as curves, and what is known of it last."""

from __future__ import annotations

from typing import final

import numpy as np

from chainrule.arrays import Floats
from chainrule.training.progress import Evaluation, TrainingProgress

_FIRST_ROOM = 256


@final
class Curve:
    """Rows of numbers that grow at their end; a view of them is cheap at any time."""

    def __init__(self, columns: int) -> None:
        self._cells: Floats = np.empty((_FIRST_ROOM, columns))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, *row: float) -> None:
        """Add a row."""
        if self._count == len(self._cells):
            self._cells = np.concatenate((self._cells, np.empty_like(self._cells)))
        self._cells[self._count] = row
        self._count += 1

    @property
    def rows(self) -> Floats:
        """All rows (count, columns)."""
        return self._cells[: self._count]


@final
class Series:
    """What a run has left: losses, rates and gradients by step, and evaluations now and then."""

    def __init__(self) -> None:
        self.steps = Curve(4)
        """Step, loss of the batch, learning rate, norm of the gradient."""
        self.evaluations = Curve(5)
        """Step, loss on the training and on the test rows, accuracy on both."""
        self.latest: TrainingProgress | None = None
        self.evaluation: Evaluation | None = None

    @property
    def last_step(self) -> int:
        """The number of the last step; 0 before the first."""
        return 0 if self.latest is None else self.latest.step

    def add_steps(self, steps: list[TrainingProgress]) -> None:
        """Add steps in their order."""
        for each in steps:
            self.steps.add(each.step, each.loss, each.rate, each.gradient_norm)
        if steps:
            self.latest = steps[-1]

    def add_evaluation(self, found: Evaluation) -> None:
        """Add what was found on all rows."""
        self.evaluation = found
        self.evaluations.add(
            found.step,
            found.training_loss,
            found.test_loss,
            found.training_accuracy,
            found.test_accuracy,
        )
