"""What came of the samples: counted for each gate and source, and printed as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.engine.gates.opinfo.calls import LeftOut, Row, Source
from tests.engine.gates.opinfo.comparison import Disagreement, Outcome, compare
from tests.engine.gates.opinfo.samples import Sample, samples_of

HEAD = ("gate", "source", "samples", "tried", "passed", "deviate", "differ", "twice", "left out")


@dataclass
class Tally:
    """The samples of one source for one gate."""

    gate: str
    source: str
    passed: int = 0
    deviations: Counter[str] = field(default_factory=Counter[str])
    differing: list[str] = field(default_factory=list[str])
    left_out: Counter[str] = field(default_factory=Counter[str])
    second: int = 0
    second_differing: list[str] = field(default_factory=list[str])

    @property
    def tried(self) -> int:
        """How many were computed by both."""
        return self.passed + self.deviations.total() + len(self.differing)

    @property
    def samples(self) -> int:
        """How many PyTorch has."""
        return self.tried + self.left_out.total()

    def add(self, outcome: Outcome, name: str, sample: Sample) -> None:
        """Count a sample in which nothing differs but what is documented."""
        if outcome.deviation:
            self.deviations[outcome.deviation] += 1
        else:
            self.passed += 1
        if outcome.second:
            self.second_differing.append(f"{name}: {outcome.second}  {_told(sample)}")
        elif outcome.second is not None:
            self.second += 1

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        numbers = (self.samples, self.tried, self.passed, self.deviations.total())
        reasons = "; ".join(f"{count} {says}" for says, count in self.left_out.most_common())
        twice = f"{self.second}/{self.second + len(self.second_differing)}"
        counts = (*map(str, numbers), str(len(self.differing)), twice)
        return (self.gate, self.source, *counts, reasons)


def tally(row: Row, source: Source, *, extensive: bool) -> Tally:
    """Compare all samples of a source.

    Extensive ones are not differentiated twice: they lie at kinks and beyond the largest numbers.
    """
    found = Tally(row.gate, source.name)
    for number, sample in enumerate(samples_of(source, extensive=extensive)):
        try:
            outcome = compare(row, source, sample, number, twice=not extensive)
            found.add(outcome, f"sample {number}", sample)
        except LeftOut as reason:
            found.left_out[str(reason)] += 1
        except Disagreement as fault:
            found.differing.append(f"sample {number}: {fault}  {_told(sample)}")
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
        for fault in (*each.differing, *each.second_differing):
            yield f"DIFFERS {each.gate} ({each.source}) {fault}"
    yield _totals(tallies, missing)


def _totals(tallies: list[Tally], missing: dict[str, str]) -> str:
    count = [sum(number) for number in zip(*map(_numbers, tallies), strict=True)] or [0] * 7
    return (
        f"{len({each.gate for each in tallies})} gates with samples, {len(missing)} without; "
        f"{count[0]} samples: {count[1]} tried, {count[2]} passed, {count[3]} deviate as "
        f"documented, {count[4]} differ; {count[0] - count[1]} left out; "
        f"second derivatives and forward mode: {count[5]} tried, {count[6]} differ"
    )


def _numbers(each: Tally) -> tuple[int, ...]:
    deviating, differing = each.deviations.total(), len(each.differing)
    bent = len(each.second_differing)
    return (
        *(each.samples, each.tried, each.passed, deviating, differing),
        *(each.second + bent, bent),
    )


def _told(sample: Sample) -> str:
    told = [_says(each) for each in sample.told]
    told += [f"{name}={_says(each)}" for name, each in sample.kwargs.items()]
    return f"[{', '.join(told)}]"


def _says(argument: object) -> str:
    if hasattr(argument, "dtype") and hasattr(argument, "shape"):
        kind = str(argument.dtype).removeprefix("torch.")  # type: ignore[attr-defined]
        return f"{kind}{tuple(argument.shape)}"  # type: ignore[attr-defined]
    if isinstance(argument, list | tuple):
        return f"({', '.join(_says(each) for each in argument)})"
    return str(argument)[:60]
