"""What came of the samples: counted for each gate and source, and printed as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.engine.gates.opinfo.calls import LeftOut, Row, Source
from tests.engine.gates.opinfo.comparison import Disagreement, compare
from tests.engine.gates.opinfo.samples import samples_of

HEAD = ("gate", "source", "samples", "tried", "passed", "deviate", "differ", "left out")


@dataclass
class Tally:
    """The samples of one source for one gate."""

    gate: str
    source: str
    passed: int = 0
    deviations: Counter[str] = field(default_factory=Counter[str])
    differing: list[str] = field(default_factory=list[str])
    left_out: Counter[str] = field(default_factory=Counter[str])

    @property
    def tried(self) -> int:
        """How many were computed by both."""
        return self.passed + self.deviations.total() + len(self.differing)

    @property
    def samples(self) -> int:
        """How many PyTorch has."""
        return self.tried + self.left_out.total()

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        numbers = (self.samples, self.tried, self.passed, self.deviations.total())
        reasons = "; ".join(f"{count} {says}" for says, count in self.left_out.most_common())
        counts = (*map(str, numbers), str(len(self.differing)))
        return (self.gate, self.source, *counts, reasons)


def tally(row: Row, source: Source, *, extensive: bool) -> Tally:
    """Compare all samples of a source."""
    found = Tally(row.gate, source.name)
    for number, sample in enumerate(samples_of(source, extensive=extensive)):
        try:
            deviation = compare(row, source, sample, number)
        except LeftOut as reason:
            found.left_out[str(reason)] += 1
        except Disagreement as fault:
            told = ", ".join(_says(each) for each in sample.told)
            named = ", ".join(f"{name}={_says(each)}" for name, each in sample.kwargs.items())
            found.differing.append(f"sample {number}: {fault}  [{told}; {named}]")
        else:
            if deviation:
                found.deviations[deviation] += 1
            else:
                found.passed += 1
    return found


def lines_of(tallies: list[Tally], missing: dict[str, str]) -> Iterator[str]:
    """Yield the table, the totals, the gates without samples, and what differs."""
    table = [HEAD, *(each.cells() for each in tallies)]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEAD) - 1)]
    for row in table:
        padded = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        yield "  ".join([*padded, row[-1]]).rstrip()
    yield ""
    for gate, why in missing.items():
        yield f"{gate}: none: {why}"
    for each in tallies:
        for says, count in each.deviations.items():
            yield f"{each.gate} ({each.source}), {count} deviate: {says}"
    for each in tallies:
        for fault in each.differing:
            yield f"DIFFERS {each.gate} ({each.source}) {fault}"
    yield _totals(tallies, missing)


def _totals(tallies: list[Tally], missing: dict[str, str]) -> str:
    count = [sum(number) for number in zip(*map(_numbers, tallies), strict=True)] or [0] * 5
    return (
        f"{len({each.gate for each in tallies})} gates with samples, {len(missing)} without; "
        f"{count[0]} samples: {count[1]} tried, {count[2]} passed, {count[3]} deviate as "
        f"documented, {count[4]} differ; {count[0] - count[1]} left out"
    )


def _numbers(each: Tally) -> tuple[int, ...]:
    deviating, differing = each.deviations.total(), len(each.differing)
    return (each.samples, each.tried, each.passed, deviating, differing)


def _says(argument: object) -> str:
    if hasattr(argument, "dtype") and hasattr(argument, "shape"):
        kind = str(argument.dtype).removeprefix("torch.")  # type: ignore[attr-defined]
        return f"{kind}{tuple(argument.shape)}"  # type: ignore[attr-defined]
    if isinstance(argument, list | tuple):
        return f"({', '.join(_says(each) for each in argument)})"
    return str(argument)[:60]
