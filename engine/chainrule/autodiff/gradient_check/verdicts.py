"""What a gradient check finds: a verdict, the relative error, and the band in which that lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias, final

from chainrule.graph.node import NodeId, Wire

Index: TypeAlias = tuple[int, ...]


class Verdict(Enum):
    """What a check found; only DIFFERS says that a gradient is wrong.

    DIFFERS_BY_DESIGN is one that comes through a gate whose backward is no derivative on purpose.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    DIFFERS_BY_DESIGN = "differs by design"
    KINK = "kink"
    NOT_FINITE = "not finite"
    NOT_COMPUTED = "not computed"


_GRAVITY: Final = (
    Verdict.AGREES,
    Verdict.NOT_COMPUTED,
    Verdict.KINK,
    Verdict.NOT_FINITE,
    Verdict.DIFFERS_BY_DESIGN,
    Verdict.DIFFERS,
)


class Band(Enum):
    """How courses read a relative error, from the best to the worst.

    The bounds are those of the notes of CS231n, "Gradient checks". They are shown and not judged
    by: where a gradient vanishes the relative error says nothing.
    """

    HAPPY = "happy"
    FINE = "fine at kinks"
    UNEASY = "uneasy"
    WRONG = "probably wrong"

    @property
    def bounds(self) -> str:
        """Between which relative errors it lies, in words."""
        return _BOUNDS[self]


_BOUNDS: Final = {
    Band.HAPPY: "1e-7 or less",
    Band.FINE: "1e-7 to 1e-4",
    Band.UNEASY: "1e-4 to 1e-2",
    Band.WRONG: "over 1e-2",
}


@final
@dataclass(frozen=True, slots=True)
class Check:
    """The check of one number: `index` is its place in the value of `node`, () for a scalar.

    For a number on a wire, `wire` is that, and `node` its source. `error` is the relative error.
    Numbers are None where there are none; `says` is a sentence where there is more to say than the
    verdict.
    """

    node: NodeId
    index: Index
    analytic: float | None
    numerical: float | None
    error: float | None
    verdict: Verdict
    says: str = ""
    wire: Wire | None = None

    @property
    def band(self) -> Band | None:
        """The band of the relative error; None where there is none."""
        return None if self.error is None else band_of(self.error)


def band_of(error: float) -> Band:
    """Return the band in which a relative error lies."""
    if error <= 1e-7:
        return Band.HAPPY
    if error <= 1e-4:
        return Band.FINE
    return Band.UNEASY if error <= 1e-2 else Band.WRONG


def gravity(check: Check) -> tuple[int, float]:
    """Return what sorts checks by how much they ask for attention, the least first."""
    return _GRAVITY.index(check.verdict), check.error or 0.0


def relative_error(analytic: float, numerical: float) -> float | None:
    """Return |a − n| / max(|a|, |n|), 0 where both are equal; None where one is not finite."""
    if analytic == numerical:
        return 0.0
    if not (math.isfinite(analytic) and math.isfinite(numerical)):
        return None
    return abs(analytic - numerical) / max(abs(analytic), abs(numerical))
