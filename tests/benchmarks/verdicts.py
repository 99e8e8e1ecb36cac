"""What must be shown, and whether what was measured shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from tests.benchmarks.tables import Row, format_table, times


@final
@dataclass(frozen=True)
class Verdict:
    """A bound, and what was measured; None if it was not, or by one that computes wrong numbers."""

    what: str
    sign: str
    bound: float
    measured: float | None
    beside: float | None = None
    """The same measured in another way."""

    @property
    def text(self) -> str:
        """Whether the bound is met."""
        if self.measured is None:
            return "not measured"
        kept = self.measured >= self.bound if self.sign == "≥" else self.measured <= self.bound
        return "met" if kept else "MISSED"


def verdict_table(found: Sequence[Verdict], beside: str = "") -> str:
    """Return the requirements beside what was measured; `beside` is the head of a second column."""
    rows: list[Row] = [("it must show", "required", "measured", *([beside] if beside else []), "")]
    for each in found:
        other = [times(each.beside)] if beside else []
        required = f"{each.sign} {each.bound:,g}"
        rows.append((each.what, required, times(each.measured), *other, each.text))
    return format_table(rows)
