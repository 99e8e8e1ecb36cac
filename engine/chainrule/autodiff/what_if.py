"""What if a number were another one: the output's true change beside the gradient's prediction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.autodiff.probe import Probe
from chainrule.errors import RunError
from chainrule.gates.leaf import Leaf
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import require_output

_CURVE_POINTS: Final = 81


@final
@dataclass(frozen=True, slots=True)
class WhatIf:
    """The output as a function of one number of a leaf, at `here` and all around.

    `outputs` are those at `numbers`, nan where there is none. Of an output of several numbers it is
    their sum, each times the seed, which is what gradients are of.
    """

    here: float
    output: float
    slope: float
    numbers: tuple[float, ...]
    outputs: tuple[float, ...]

    def predicted(self, number: float) -> float:
        """Return the output on the tangent: output + slope · (number − here)."""
        return self.output + self.slope * (number - self.here)

    def at(self, number: float) -> float:
        """Return the output at one of the `numbers`, or between two of them on the line."""
        return float(np.interp(number, self.numbers, self.outputs))


def what_if(
    graph: GateGraph,
    leaf: NodeId,
    index: tuple[int, ...],
    reach: float,
    also: Sequence[float] = (),
    cancelled: Callable[[], bool] | None = None,
) -> WhatIf:
    """Return the output for the numbers within `reach` of the one at `index`, and at some `also`.

    The graph stays as it is. Where `cancelled` says so, what is missing is nan. Raises RunError
    where it isn't clear which node is the output, where it has no value, and for no leaf.
    """
    output = require_output(graph)
    passes = Passes(graph)
    node, gradient = graph.node(leaf), passes.gradient(leaf)
    if not isinstance(node.kind, Leaf) or node.value is None:
        raise RunError(f"{leaf!r} is no leaf with a value; choose an input or a parameter")
    if gradient is None or passes.value(output) is None:
        raise RunError(f"the output {output!r} has no value; wire what is open before it")
    here = float(np.asarray(node.value)[index])
    around = np.linspace(here - reach, here + reach, _CURVE_POINTS).tolist()
    numbers = sorted({*around, here, *also})
    probe, seed = Probe(graph, passes.plan), passes.seed
    probe.vary(leaf)

    def read(number: float) -> float:
        if cancelled is not None and cancelled():
            return float("nan")
        moved = np.array(node.value)
        moved[index] = number
        try:
            with np.errstate(all="ignore"):
                return float(np.sum(seed * probe.read(moved[()]).output))
        except RunError:
            return float("nan")

    outputs = tuple(map(read, numbers))
    slope = float(np.asarray(gradient)[index])
    return WhatIf(here, outputs[numbers.index(here)], slope, tuple(numbers), outputs)
