"""The texts and pictures of a drawing's numbers, made anew after each run of the passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, final

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.diagram.lazy import Lazy, Texts, no_texts
from chainrule.diagram.numbers import format_dimensions, format_value, is_short_vector
from chainrule.diagram.parts import (
    BRANCH_GAP,
    BRANCH_NUMBER_SIZE,
    NUMBER_MARGIN,
    NUMBER_SIZE,
    SMALLEST_BRANCH_NUMBER,
    SMALLEST_NUMBER,
    Display,
    Flags,
    Parts,
)
from chainrule.diagram.pictures import SMALL, USUAL, Format, Picture, picture_of
from chainrule.diagram.text import fitting_size, text_width

Pictures: TypeAlias = Lazy[Picture | None]
Readings: TypeAlias = Lazy[tuple[str, str]]
_FEWEST = 2
NumberAt: TypeAlias = Callable[[int], Array | None]
"""Gives the number of a node or a wire by its row, None where there is none."""


@final
@dataclass(frozen=True, slots=True)
class Labels:
    """What is written and pictured on wires; "" is nothing, UNKNOWN what can't be computed.

    `values`, `gradients`: for each node, on the straight wire at its output. `branches`: for each
    wire, its own gradient where its source has several readers, "" elsewhere. A tensor is written
    as its shape and has a picture beside that; what has none has None. `readings`: for each node,
    the value and the gradient in its read-out. All are made when they are first read, from the
    numbers of that moment; a run of the passes calls for new ones.
    """

    values: Texts
    gradients: Texts
    branches: Texts
    value_pictures: Pictures
    gradient_pictures: Pictures
    branch_pictures: Pictures
    readings: Readings


def write_labels(parts: Parts, passes: Passes, display: Display) -> Labels:
    """Return the texts and pictures for the numbers that `passes` holds now."""

    def value(row: int) -> Array | None:
        return passes.value(parts.ids[row])

    def gradient(row: int) -> Array | None:
        return passes.gradient(parts.ids[row])

    def branch(row: int) -> Array | None:
        return passes.wire_gradient(parts.wires[row])

    def stub_text(number: NumberAt) -> Callable[[int], str]:
        return lambda row: fitting_text(number(row), display, stub_room(float(parts.spans[row])))

    def branch_text(row: int) -> str:
        if not parts.branches[row]:
            return ""
        return fitting_text(branch(row), display, branch_room(float(parts.leads[row])))

    def reading(row: int) -> tuple[str, str]:
        read = format_value(value(row), display.decimals)
        return read, format_value(gradient(row), display.decimals) if shows_gradients else ""

    nodes, wires = len(parts.ids), len(parts.wires)
    shows_gradients = display.gradients and passes.output is not None
    usual, small = parts.thumbnails[:, 0] > 0, parts.branch_thumbnails[:, 0] > 0
    return Labels(
        Lazy(nodes, stub_text(value)) if display.values else no_texts(nodes),
        Lazy(nodes, stub_text(gradient)) if shows_gradients else no_texts(nodes),
        Lazy(wires, branch_text) if shows_gradients else no_texts(wires),
        pictures(usual & display.values, value, USUAL),
        pictures(usual & shows_gradients, gradient, USUAL),
        pictures(small & shows_gradients, branch, SMALL),
        Lazy(nodes, reading),
    )


def pictures(shown: Flags, number: NumberAt, format_: Format) -> Pictures:
    """Return pictures of the numbers in the rows that are `shown`, as far as they are known."""

    def picture(row: int) -> Picture | None:
        value = number(row) if shown[row] else None
        return None if value is None else picture_of(value, format_)

    return Lazy(len(shown), picture)


def stub_room(stub: float) -> float:
    """Return how wide a number on a straight piece of wire of length `stub` may be."""
    return stub - 2 * NUMBER_MARGIN


def branch_room(lead: float) -> float:
    """Return how wide a number on the straight piece of length `lead` before a port may be."""
    return lead - BRANCH_GAP - NUMBER_MARGIN


def number_size(text: str, stub: float, scale: float = 1.0) -> float:
    """Return the size of a number on a straight wire, smaller where it would not fit."""
    return fitting_size(text, scale * NUMBER_SIZE, stub_room(stub), SMALLEST_NUMBER)


def branch_number_size(text: str, lead: float, scale: float = 1.0) -> float:
    """Return the size of a wire's own gradient, smaller where it would not fit."""
    return fitting_size(text, scale * BRANCH_NUMBER_SIZE, branch_room(lead), SMALLEST_BRANCH_NUMBER)


def fitting_text(value: Array | None, display: Display, room: float) -> str:
    """Write a value, where it is too long with fewer decimals, but not below the usual ones.

    A vector whose numbers are too long then is written by its length only.
    """
    decimals = display.decimals
    has_shape = value is not None and value.ndim > 0 and not is_short_vector(value.shape)
    if has_shape and not display.shapes:
        return ""
    text = format_value(value, decimals)
    while decimals > _FEWEST and text_width(text, SMALLEST_NUMBER) > room:
        decimals -= 1
        text = format_value(value, decimals)
    if value is None or value.ndim == 0 or text_width(text, SMALLEST_NUMBER) <= room:
        return text
    return format_dimensions(value.shape)
