"""What is known of training after a step: numbers, none of which change any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Floats


@final
@dataclass(frozen=True, slots=True, eq=False)
class TrainingProgress:
    """One step of gradient descent.

    `step` counts from 1 and `epoch` from 0. `loss` is that of the step's batch, before the step.
    `rate` is the learning rate of the step, `gradient_norm` that of the whole gradient before it
    was clipped. `norms` are the norms of the gradient and `ratios` the sizes of the change over
    those of the weights, |Δw| / |w|, for each parameter; a ratio is inf where the weights were 0.
    """

    step: int
    epoch: int
    loss: float
    rate: float
    gradient_norm: float
    clipped: bool
    norms: Floats
    ratios: Floats


@final
@dataclass(frozen=True, slots=True)
class Evaluation:
    """The loss on all rows that train and on those that test, and the accuracy; nan where none."""

    step: int
    training_loss: float = np.nan
    test_loss: float = np.nan
    training_accuracy: float = np.nan
    test_accuracy: float = np.nan
