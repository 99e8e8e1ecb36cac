"""Tables of how contenders did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.benchmarks.engine.lineup import CHAINRULE
from tests.benchmarks.engine.race import Standing, ratio
from tests.benchmarks.measure import Figures
from tests.benchmarks.tables import Row, format_table, milliseconds, times

SPREAD = ", GC "
"""Comes before what a figure's name says of the garbage collector."""

_HEAD: Row = (
    "", "GC off, ms", "GC on, ms", "× ours", "× ours, GC on", "ns a gate", "build, ms", "MB",
    "agrees in",
)  # fmt: skip


def standings_table(standings: Mapping[str, Standing], gates: int | None) -> str:
    """Return how all contenders did on a workload, the quickest first; below, who did not, and why.

    One whose numbers are wrong stays in the table, without a ratio. `gates` counts scalar gates.
    """
    ours = standings.get(CHAINRULE.name)
    able = {name: each for name, each in standings.items() if each.off}
    order = sorted(able, key=lambda name: able[name].median_off)
    table = format_table([_HEAD, *(_row(name, able[name], ours, gates) for name in order)])
    faults = [f"{name}: {each.fault}" for name, each in standings.items() if each.fault]
    return "\n".join([table, *faults])


def figures_table(title: str, figures: Figures) -> str:
    """Return figures by name; those of one thing with the collector off and on stand in one row."""
    columns = list(dict.fromkeys(_column(name) for name in figures))
    rows: dict[str, dict[str, float]] = {}
    for name, number in figures.items():
        rows.setdefault(name.removesuffix(_column(name)), {})[_column(name)] = number
    head = (title, *(column.strip(" ,") for column in columns), "")
    return format_table([head, *_cells(rows, columns)])


def _column(name: str) -> str:
    """Return what a name says at its end of the garbage collector, and its unit."""
    return name[name.find(SPREAD) :] if SPREAD in name else ""


def _cells(rows: Mapping[str, Mapping[str, float]], columns: Sequence[str]) -> Iterator[Row]:
    for name, numbers in rows.items():
        found = (numbers.get(column) for column in columns)
        yield name, *("" if each is None else milliseconds(each) for each in found), ""


def _row(name: str, standing: Standing, ours: Standing | None, gates: int | None) -> Row:
    report, off = standing.report, standing.median_off
    return (
        name,
        milliseconds(off),
        milliseconds(standing.median_on),
        *_ratios(standing, ours),
        f"{1e6 * off / gates:,.1f}" if gates else "–",
        milliseconds(report["build_ms"]),
        f"{report['memory_mb']:.1f}",
        "WRONG" if standing.fault else report["compared"],
    )


def _ratios(standing: Standing, ours: Standing | None) -> Row:
    if ours is None or ours.fault or standing.fault:
        return (times(None), times(None))
    return times(ratio(standing.off, ours.off)), times(ratio(standing.on, ours.on))
