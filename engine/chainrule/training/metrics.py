"""How often a prediction names the right class."""

from __future__ import annotations

from enum import StrEnum
from typing import final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Floats


@final
class Decision(StrEnum):
    """How the numbers of a prediction become a class."""

    SIGN = "sign"
    """Two classes: above 0 is the second one. For scores, and for log-odds."""
    THRESHOLD = "threshold"
    """Two classes: above 1/2 is the second one. For probabilities."""
    ARGMAX = "argmax"
    """As many classes as numbers: the largest one wins, the first of equal ones."""
    NONE = "none"
    """No class: the prediction is a quantity."""


def classes_of(predictions: Floats, decision: Decision) -> npt.NDArray[np.intp]:
    """Return the class, counted from 0, of each row of `predictions` (n, k); k is 1 but for ARGMAX.

    What is not a number is of no class: −1.
    """
    if decision is Decision.ARGMAX:
        found: npt.NDArray[np.intp] = np.argmax(predictions, axis=1)
    else:
        limit = 0.5 if decision is Decision.THRESHOLD else 0.0
        found = (predictions[:, 0] > limit).astype(np.intp)
    return np.where(np.isnan(predictions).any(axis=1), -1, found)


def accuracy(predictions: Floats, classes: npt.NDArray[np.intp], decision: Decision) -> float:
    """Return the share of rows whose class is right, nan where there are none."""
    if len(classes) == 0:
        return float("nan")
    right = classes_of(predictions, decision) == classes
    return int(np.count_nonzero(right)) / len(classes)
