"""What the engine must show, and whether the measured times show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.benchmarks.engine import lineup
from tests.benchmarks.engine.race import Entry, Standing, ratio
from tests.benchmarks.measure import Figures
from tests.benchmarks.verdicts import Verdict

Standings = Mapping[str, Mapping[str, Standing]]
"""By workload, then by contender."""

AT_LEAST: tuple[tuple[str, Entry, Entry, float], ...] = (
    ("W1", lineup.CHAINRULE, lineup.MICROGRAD, 150),
    ("W1", lineup.CHAINRULE, lineup.PYTORCH, 700),
    ("W1", lineup.CHAINRULE, lineup.NETWORKX, 2000),
    ("W3-100000", lineup.CHAINRULE, lineup.MICROGRAD, 300),
    ("W3-100000", lineup.CHAINRULE, lineup.PYTORCH, 2200),
    ("W3-1000", lineup.CHAINRULE, lineup.MICROGRAD, 12),
    ("W3-1000", lineup.CHAINRULE, lineup.PYTORCH, 85),
    ("W2", lineup.CHAINRULE, lineup.MICROGRAD, 7),
    ("W2", lineup.CHAINRULE, lineup.PYTORCH, 65),
    ("W3L", lineup.CHAINRULE, lineup.MICROGRAD, 45),
    ("W0", lineup.CHAINRULE, lineup.MICROGRAD, 3),
    ("W0", lineup.CHAINRULE, lineup.PYTORCH, 20),
    ("W1", lineup.FAST, lineup.MICROGRAD, 550),
    ("W2", lineup.FAST, lineup.MICROGRAD, 110),
    ("W3L", lineup.FAST, lineup.MICROGRAD, 450),
    ("W4", lineup.CHAINRULE_NETWORK, lineup.PYTORCH_NETWORK, 1.7),
    ("W6", lineup.CHAINRULE_LENET, lineup.PYTORCH_LENET, 1 / 3),
)
"""The peer (third) takes at least so many times as long as ours (second)."""

AT_MOST: tuple[tuple[str, Entry, Entry, float], ...] = (
    ("W1", lineup.FAST, lineup.C_LOOP, 1.3),
    ("W2", lineup.FAST, lineup.C_LOOP, 1.3),
    ("W3-100000", lineup.FAST, lineup.C_LOOP, 1.3),
    ("W3L", lineup.FAST, lineup.C_LOOP, 1.3),
    ("W4", lineup.CHAINRULE_NETWORK, lineup.NUMPY, 1.08),
    ("W1", lineup.CHAINRULE, lineup.UNKEPT, 1.05),
    ("W3-100000", lineup.CHAINRULE, lineup.UNKEPT, 1.05),
)
"""Ours (second) takes at most so many times as long as the other (third)."""

GROWTH = ("W3-10000", "W3-1000000", 2.0)
"""From the first workload to the second, the time a gate grows at most so many times."""

ORDER_GAIN = "W3-100000, gate added: networkx's check against ours, times"
ORDER_SLOWEST = "W3-100000, gate added: check and order, GC off, 99 % [ms]"
LEAF_CHANGED = "W3-100000, leaf changed: all numbers, GC off, median [ms]"
LOAD, SAVE = "W3-100000: load [ms]", "W3-100000: save [ms]"
PLAN_BYTES, ALL_BYTES = "W3-100000: plan [bytes a gate]", "W3-100000: in all [bytes a gate]"

FIGURES: tuple[tuple[str, str, float], ...] = (
    (ORDER_GAIN, "≥", 20_000),
    (ORDER_SLOWEST, "≤", 0.15),
    (LEAF_CHANGED, "≤", 2),
    (LOAD, "≤", 1500),
    (SAVE, "≤", 1000),
    (PLAN_BYTES, "≤", 200),
    (ALL_BYTES, "≤", 2500),
)
"""Bounds of single figures."""


def verdicts(standings: Standings, figures: Figures) -> Iterator[Verdict]:
    """Yield every requirement of what was measured; others are left out."""
    for workload, ours, peer, bound in AT_LEAST:
        if workload in standings:
            what = f"{workload}: {ours.name} against {peer.name}"
            yield Verdict(what, "≥", bound, *_ratios(standings[workload], peer, ours))
    for workload, ours, other, bound in AT_MOST:
        if workload in standings:
            what = f"{workload}: {ours.name} as long as {other.name}"
            yield Verdict(what, "≤", bound, *_ratios(standings[workload], ours, other))
    small, large, bound = GROWTH
    if small in standings and large in standings:
        sizes = int(large.split("-")[1]) / int(small.split("-")[1])
        what = f"{small} to {large}: growth beyond linear"
        yield Verdict(what, "≤", bound, *_growth(standings[small], standings[large], sizes))
    for what, sign, bound in FIGURES:
        if what in figures:
            yield Verdict(what, sign, bound, figures[what])


def _ratios(
    standings: Mapping[str, Standing], slow: Entry, quick: Entry
) -> tuple[float | None, float | None]:
    a, b = standings.get(slow.name), standings.get(quick.name)
    if a is None or b is None or a.fault or b.fault:
        return None, None
    return ratio(a.off, b.off), ratio(a.on, b.on)


def _growth(
    small: Mapping[str, Standing], large: Mapping[str, Standing], sizes: float
) -> tuple[float | None, float | None]:
    name = lineup.CHAINRULE.name
    a, b = small.get(name), large.get(name)
    if a is None or b is None or a.fault or b.fault:
        return None, None
    return b.median_off / a.median_off / sizes, b.median_on / a.median_on / sizes
