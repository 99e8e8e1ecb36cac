"""The texts of a drawing's numbers, made anew after each run of the passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.diagram.numbers import format_dimensions, format_value
from chainrule.diagram.parts import (
    BRANCH_GAP,
    BRANCH_NUMBER_SIZE,
    NUMBER_MARGIN,
    NUMBER_SIZE,
    SMALLEST_BRANCH_NUMBER,
    SMALLEST_NUMBER,
    Display,
    Parts,
)
from chainrule.diagram.text import fitting_size, text_width
from chainrule.diagram.texts import Texts, no_texts


@final
@dataclass(frozen=True, slots=True)
class Labels:
    """What is written on wires; "" is nothing, UNKNOWN a number that can't be computed.

    `values`, `gradients`: for each node, on the straight wire at its output. `branches`: for each
    wire, its own gradient where its source has several readers, "" elsewhere. All are written when
    they are first read, from the numbers of that moment; a run of the passes calls for new ones.
    """

    values: Texts
    gradients: Texts
    branches: Texts


def write_labels(parts: Parts, passes: Passes, display: Display) -> Labels:
    """Return the texts for the numbers that `passes` holds now."""
    nodes, wires = len(parts.ids), len(parts.wires)
    decimals = display.decimals

    def value(row: int) -> str:
        room = stub_room(float(parts.stubs[row]))
        return _fitting(passes.value(parts.ids[row]), decimals, room)

    def gradient(row: int) -> str:
        room = stub_room(float(parts.stubs[row]))
        return _fitting(passes.gradient(parts.ids[row]), decimals, room)

    def branch(row: int) -> str:
        if not parts.branches[row]:
            return ""
        room = branch_room(float(parts.leads[row]))
        return _fitting(passes.wire_gradient(parts.wires[row]), decimals, room)

    shows_gradients = display.gradients and passes.output is not None
    return Labels(
        Texts(nodes, value) if display.values else no_texts(nodes),
        Texts(nodes, gradient) if shows_gradients else no_texts(nodes),
        Texts(wires, branch) if shows_gradients else no_texts(wires),
    )


def stub_room(stub: float) -> float:
    """Return how wide a number on a straight wire of length `stub` may be."""
    return stub - 2 * NUMBER_MARGIN


def branch_room(lead: float) -> float:
    """Return how wide a number on the straight piece of length `lead` before a port may be."""
    return lead - BRANCH_GAP - NUMBER_MARGIN


def number_size(text: str, stub: float) -> float:
    """Return the size of a number on a straight wire, smaller where it would not fit."""
    return fitting_size(text, NUMBER_SIZE, stub_room(stub), SMALLEST_NUMBER)


def branch_number_size(text: str, lead: float) -> float:
    """Return the size of a wire's own gradient, smaller where it would not fit."""
    return fitting_size(text, BRANCH_NUMBER_SIZE, branch_room(lead), SMALLEST_BRANCH_NUMBER)


def _fitting(value: Array | None, decimals: int, room: float) -> str:
    """Write a value; a vector whose numbers are too long for the wire by its length only."""
    text = format_value(value, decimals)
    if value is None or value.ndim == 0 or text_width(text, SMALLEST_NUMBER) <= room:
        return text
    return format_dimensions(value.shape)
