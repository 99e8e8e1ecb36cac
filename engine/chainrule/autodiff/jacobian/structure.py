"""What a Jacobian is like: its form, how many entries can differ from 0, and words for that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import final

_UNITS = ("KB", "MB", "GB", "TB", "PB")


class Form(Enum):
    """The forms of Jacobians, from those of which nothing is stored to those that are full."""

    ZERO = "zero"
    DIAGONAL = "diagonal"
    PERMUTATION = "permutation"
    SELECTION = "selection"
    BLOCK_DIAGONAL = "block-diagonal"
    DIAGONAL_AND_RANK_ONE = "diagonal minus rank one"
    BANDED = "banded"
    SPARSE = "sparse"
    LOW_RANK = "low rank"
    DENSE = "dense"


class Certainty(Enum):
    """How a structure is known."""

    KNOWN = "known from the gates"
    COUNTED = "seen in all its entries"
    PROBED = "found by probing with random vectors"
    ESTIMATED = "estimated from some of its rows and columns"


@final
@dataclass(frozen=True, slots=True)
class Structure:
    """The form of a Jacobian; `detail` says more of it, such as `4 blocks of 3 × 5`.

    `nonzeros` is how many entries can differ from 0: at any inputs where the form is KNOWN, and at
    the present ones otherwise; of blocks that were probed it counts all entries.
    """

    form: Form
    nonzeros: int
    size: int
    certainty: Certainty
    detail: str = ""

    @property
    def words(self) -> str:
        """One sentence without a full stop, such as `diagonal: 3 of 9 entries can be nonzero`."""
        if self.size == 1:
            return "a single number"
        name = f"{self.form.value} ({self.detail})" if self.detail else self.form.value
        about = "about " if self.certainty is Certainty.ESTIMATED else ""
        verb = "can be" if self._bounds else "are"
        if self.nonzeros == self.size:
            return f"{name}: all {counted(self.size, 'entry')} {verb} nonzero"
        return f"{name}: {about}{self.nonzeros:,} of {counted(self.size, 'entry')} {verb} nonzero"

    @property
    def _bounds(self) -> bool:
        """Whether `nonzeros` is a bound: what is in blocks that were probed was not looked at."""
        probed = self.certainty is Certainty.PROBED
        return self.certainty is Certainty.KNOWN or (probed and self.form is Form.BLOCK_DIAGONAL)


def counted(number: int, thing: str) -> str:
    """Write a number with its thing: `1 entry`, `4,096 entries`."""
    many = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{number:,} {thing if number == 1 else many}"


def said_bytes(size: int) -> str:
    """Write a size in memory as people do: `96 bytes`, `1.5 KB`, `128 MB`."""
    if size < 1024:
        return f"{size} bytes"
    power = min((size.bit_length() - 1) // 10, len(_UNITS))
    amount = size / 1024**power
    return (
        f"{amount:.3g} {_UNITS[power - 1]}"
        if amount < 1000
        else f"{amount:,.0f} {_UNITS[power - 1]}"
    )
