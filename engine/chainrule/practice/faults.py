"""The faults that learners make most, what each is told, and what it still earns.

Half of the points goes to an answer that is one step from right: the right local gradient without
the upstream, one branch of several, a wrong sign, a number rounded too early. A quarter goes to one
that has one of the two factors.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, final


@final
class Fault(StrEnum):
    """What went wrong in an answer; the values are words for tables."""

    SIGN = "sign"
    NO_UPSTREAM = "forgot upstream"
    ONLY_UPSTREAM = "upstream only"
    MISSING_BRANCH = "missing branch"
    OTHER_INPUT = "other input"
    LOSER = "sent to the loser"
    VALUE = "value instead of gradient"
    GRADIENT = "gradient instead of value"
    OTHER_GATE = "other operation"
    NOT_SUMMED = "not summed"
    TRANSPOSED = "transposed"
    ROUNDING = "rounding"
    SHAPE = "shape"
    UNKNOWN = "wrong"


SHARES: Final[Mapping[Fault, float]] = MappingProxyType(
    {
        Fault.SIGN: 0.5,
        Fault.NO_UPSTREAM: 0.5,
        Fault.ONLY_UPSTREAM: 0.25,
        Fault.MISSING_BRANCH: 0.5,
        Fault.OTHER_INPUT: 0.25,
        Fault.LOSER: 0.0,
        Fault.VALUE: 0.0,
        Fault.GRADIENT: 0.0,
        Fault.OTHER_GATE: 0.0,
        Fault.NOT_SUMMED: 0.5,
        Fault.TRANSPOSED: 0.5,
        Fault.ROUNDING: 0.5,
        Fault.SHAPE: 0.0,
        Fault.UNKNOWN: 0.0,
    }
)
"""Which share of a blank's points an answer with a fault still gets."""
