"""One entry of a Jacobian beside its central difference."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.jacobian.path import Path

STEP = 1e-5
TOLERANCE = 1e-6


@final
@dataclass(frozen=True, slots=True)
class EntryCheck:
    """An entry as forward or backward mode has it, and as a central difference has it.

    `error` is the relative error, None where a number is not finite. `kink` says that a gate on the
    way was on another piece of its function on the two sides, so that the difference means nothing.
    """

    analytic: float
    numerical: float
    error: float | None
    kink: bool

    @property
    def agrees(self) -> bool:
        """Whether both are the same, as far as rounding lets a difference tell."""
        size = max(1.0, abs(self.analytic), abs(self.numerical))
        return abs(self.analytic - self.numerical) <= TOLERANCE * size

    @property
    def words(self) -> str:
        """The outcome as a sentence without a full stop."""
        if self.kink:
            return "a gate on the way has a kink so close that the difference reaches over it"
        if self.error is None:
            return "the difference is not finite at this point or beside it"
        if self.agrees and self.error == 0.0:
            return "the central difference agrees to the last digit"
        if self.agrees:
            return f"the central difference agrees: relative error {self.error:.1e}"
        return f"the central difference is {self.numerical:.6g}: relative error {self.error:.1e}"


def check_entry(path: Path, analytic: float, row: int, column: int) -> EntryCheck:
    """Compare an entry with (f(x + h) − f(x − h)) / 2h; only the gates on the way run."""
    x = float(np.ravel(path.source)[column])
    step = STEP * max(1.0, abs(x))
    (above, branches), (below, others) = (
        path.run(_moved(path.source, column, by)) for by in (step, -step)
    )
    taken = (x + step) - (x - step)
    with np.errstate(all="ignore"):
        numerical = float((np.ravel(above)[row] - np.ravel(below)[row]) / taken)
    kink = any(np.any(one != other) for one, other in zip(branches, others, strict=True))
    return EntryCheck(analytic, numerical, _relative_error(analytic, numerical), kink)


def _moved(source: Array, column: int, by: float) -> Array:
    flat: Any = np.array(source).ravel()
    flat[column] += by
    return cast(Array, flat.reshape(source.shape)[()])


def _relative_error(analytic: float, numerical: float) -> float | None:
    if analytic == numerical:
        return 0.0
    if not (math.isfinite(analytic) and math.isfinite(numerical)):
        return None
    return abs(analytic - numerical) / max(abs(analytic), abs(numerical))
