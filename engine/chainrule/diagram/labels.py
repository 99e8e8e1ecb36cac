"""The texts of a drawing's numbers, made anew after each run of the passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.autodiff.passes import Passes
from chainrule.diagram.numbers import format_value
from chainrule.diagram.parts import Display, Parts


@final
@dataclass(frozen=True, slots=True)
class Labels:
    """What is written on wires; "" is nothing, UNKNOWN a number that can't be computed.

    `values`, `gradients`: for each node, on the straight wire at its output. `branches`: for each
    wire, its own gradient where its source has several readers, "" elsewhere.
    """

    values: list[str]
    gradients: list[str]
    branches: list[str]


def write_labels(parts: Parts, passes: Passes, display: Display) -> Labels:
    """Return the texts for the numbers that `passes` holds now."""
    nothing = [""] * len(parts.ids)
    decimals = display.decimals
    values, gradients, branches = nothing, nothing, [""] * len(parts.wires)
    if display.values:
        values = [format_value(passes.value(each), decimals) for each in parts.ids]
    if display.gradients and passes.output is not None:
        gradients = [format_value(passes.gradient(each), decimals) for each in parts.ids]
        branches = [
            format_value(passes.wire_gradient(wire), decimals) if branch else ""
            for wire, branch in zip(parts.wires, parts.branches.tolist(), strict=True)
        ]
    return Labels(values, gradients, branches)
