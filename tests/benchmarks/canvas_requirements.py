"""What the canvas must show: bounds of its times and memory, and how much faster than peers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from tests.benchmarks.measure import Figures
from tests.benchmarks.verdicts import Verdict

OURS, IN_WINDOW = "Chainrule", "in its window"
"""The canvas alone, and with all panels around it."""

LAYERED, TANGLED = "neighbouring", "long random"
"""What the wires of a workload are like."""

WITH_NODE_EDITORS: Final = {1_000: 10.0, 5_000: 30.0}
"""With how many gates we are measured beside other editors; how many times as long they take."""

OPEN: Final = "open, file to first paint"
FIT: Final = "repaint at fit"
HALF: Final = "repaint at 50 %"
ACTUAL: Final = "repaint at 1:1"
ZOOM: Final = "zoom by a step at fit"
PAN: Final = "pan by 16 pixels at 1:1"
DRAG: Final = "drag a gate by a pixel at 1:1"
HOVER: Final = "move the pointer at 1:1"
RELABEL: Final = "new value, all numbers, 1:1"
RELABEL_HALF: Final = "new value, all numbers, 50 %"
MEMORY: Final = "memory at the peak (MB)"

Workload: TypeAlias = tuple[int, str]
"""How many gates, and what their wires are like."""

Columns: TypeAlias = dict[str, Figures]
"""The figures of each contender."""

_EDITED: Mapping[str, float] = {PAN: 3, DRAG: 17, RELABEL: 40, RELABEL_HALF: 40, MEMORY: 150}

AT_MOST: Mapping[Workload, Mapping[str, float]] = {
    (10_000, LAYERED): {OPEN: 1000, FIT: 17, HALF: 17, ACTUAL: 17, **_EDITED},
    (10_000, TANGLED): {OPEN: 1000, FIT: 40, HALF: 40, ACTUAL: 40, **_EDITED},
    (100_000, LAYERED): {FIT: 100, HALF: 100, ACTUAL: 100, ZOOM: 100, PAN: 100},
}
"""Milliseconds, or megabytes, by workload and row."""

AT_MOST_IN_WINDOW: Mapping[str, float] = {OPEN: 1000, PAN: 3, DRAG: 17, RELABEL: 40}
"""What is felt, of the first of these workloads, with everything that follows the canvas."""

COMPARED: Final = (OPEN, FIT, HALF, ACTUAL, ZOOM, PAN, DRAG)
"""The rows in which other editors are held against ours."""


def verdicts(measured: Mapping[Workload, Columns]) -> Iterator[Verdict]:
    """Yield every requirement of what was measured."""
    for workload, columns in measured.items():
        what = f"{workload[0]:,} gates, {workload[1]} wires"
        for row, bound in AT_MOST.get(workload, {}).items():
            yield Verdict(f"{what}: {row}", "≤", bound, columns[OURS].get(row))
        for row, bound in AT_MOST_IN_WINDOW.items() if IN_WINDOW in columns else ():
            yield Verdict(f"{what}, window: {row}", "≤", bound, columns[IN_WINDOW].get(row))
    for (count, _), columns in measured.items():
        for peer, figures in columns.items():
            for row in COMPARED if count in WITH_NODE_EDITORS and peer != OURS else ():
                what = f"{count:,} gates, {peer} against ours: {row}"
                times = figures[row] / columns[OURS][row]
                yield Verdict(what, "≥", WITH_NODE_EDITORS[count], times)
