"""Nudge sheets: change an input a little. What does the output do, by its gradient and in truth?

    predicted change = ∂f/∂x · δ        true change = f(x + δ) − f(x)

The two differ where the function bends; that is what the sheet is for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.probe import Probe
from chainrule.diagram.numbers import UNKNOWN, format_number
from chainrule.errors import RunError
from chainrule.gates.leaf import Leaf
from chainrule.graph.exercises import USUAL_DECIMALS, exercise_of
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import require_output
from chainrule.practice.blanks import shown_name
from chainrule.practice.tables import BLANK, Table

USUAL_NUDGE: Final = 0.1
MOST_NUDGES: Final = 40
_MORE_DECIMALS: Final = 2


@final
@dataclass(frozen=True, slots=True)
class Nudge:
    """One number of a leaf changed by `by`: what the output does, by its gradient and in truth.

    `index` is its place in a tensor, () for a number. Numbers that can't be computed are None.
    """

    node: NodeId
    index: tuple[int, ...]
    value: float
    by: float
    gradient: float | None
    true: float | None

    @property
    def predicted(self) -> float | None:
        """The change that the gradient predicts."""
        return None if self.gradient is None else self.gradient * self.by


def nudges(graph: GateGraph, by: float = USUAL_NUDGE) -> tuple[Nudge, ...]:
    """Return what happens for each number of each input and parameter, at most MOST_NUDGES.

    The output is the sum of its numbers, each times the seed. Raises RunError for a change of 0 or
    one that is not finite, and while it isn't clear which node is the output.
    """
    if not math.isfinite(by) or by == 0:
        raise RunError(f"a nudge is a number other than 0, such as 0.1, not {by:g}")
    output = require_output(graph)
    passes = Passes(graph)
    if passes.value(output) is None:
        raise RunError(f"the output {output!r} has no value; wire what is open before it")
    probe = Probe(graph, passes.plan)
    found: list[Nudge] = []
    for node in graph:
        if node.value is None or not (isinstance(node.kind, Leaf) and node.kind.checked):
            continue
        probe.vary(node.id)
        for index in np.ndindex(node.value.shape):
            if len(found) == MOST_NUDGES:
                return tuple(found)
            value, gradient = float(np.asarray(node.value)[index]), passes.gradient(node.id)
            known = None if gradient is None else float(np.asarray(gradient)[index])
            true = _change(probe, passes.seed, node.value, index, by)
            found.append(Nudge(node.id, index, value, by, known, true))
    return tuple(found)


def nudge_table(graph: GateGraph, by: float = USUAL_NUDGE, *, filled: bool) -> Table:
    """Return the sheet: for each input its value, the change, and both changes of the output."""
    exercise = exercise_of(graph.header)
    usual = USUAL_DECIMALS if exercise is None else exercise.decimals
    decimals = usual + _MORE_DECIMALS
    loss = shown_name(graph, require_output(graph))
    rows = tuple(
        (
            f"{shown_name(graph, each.node)}{''.join(f'[{place}]' for place in each.index)}",
            format_number(each.value, usual),
            f"{each.by:+g}".replace("-", "−"),
            _shown(each.gradient, decimals) if filled else BLANK,
            _signed(each.predicted, decimals) if filled else BLANK,
            _signed(each.true, decimals) if filled else BLANK,
        )
        for each in nudges(graph, by)
    )
    head = ("input", "is", "change", "gradient", f"{loss} by the gradient", f"{loss} in truth")
    return Table(f"What does {loss} do?", head, rows)


def _change(
    probe: Probe, seed: Array, value: Array, index: tuple[int, ...], by: float
) -> float | None:
    moved = np.array(value)
    moved[index] += by
    try:
        after, before = probe.read(moved[()]).output, probe.read(value).output
    except RunError:
        return None
    with np.errstate(all="ignore"):
        return float(np.sum(seed * (after - before)))


def _shown(number: float | None, decimals: int) -> str:
    return UNKNOWN if number is None else format_number(number, decimals)


def _signed(number: float | None, decimals: int) -> str:
    """Return a change: its sign is seen, whichever it is."""
    return f"{'+' if number is not None and number > 0 else ''}{_shown(number, decimals)}"
