"""How large the read-outs of pinned nodes are: from the shape alone, so that none ever jumps."""

from __future__ import annotations

from typing import Final

from chainrule.arrays import Shape
from chainrule.diagram.numbers import format_dimensions, is_short_vector
from chainrule.diagram.text import text_width

READING_VALUE_SIZE: Final = 22.0
READING_GRADIENT_SIZE: Final = 15.0
READING_PADDING: Final = 9.0
READOUT_GAP: Final = 7.0
"""The room between a node and its read-out."""

READING_LEADING: Final = 6.0
"""The room between the value and the gradient below it."""

_CAPITALS = 0.73
_DIGITS = 1
"""How many digits before the point there is room for; longer numbers are set smaller."""


def readout_size(
    shape: Shape | None, decimals: int, scale: float, *, gradient: bool
) -> tuple[float, float]:
    """Return the width and height of a read-out for a value of `shape`, 2 decimals and more."""
    size = scale * READING_VALUE_SIZE
    number = "−" + "0" * (_DIGITS + decimals) + "."
    if not shape:
        width = text_width(number, size)
    elif is_short_vector(shape):
        width = text_width("[" + ", ".join([number[1:]] * shape[0]) + "]", size)
    else:
        width = text_width(format_dimensions(shape), size)
    height = _CAPITALS * size
    if gradient:
        height += scale * (READING_LEADING + _CAPITALS * READING_GRADIENT_SIZE)
    return width + 2 * READING_PADDING, height + 2 * READING_PADDING


def baselines(top: float, scale: float) -> tuple[float, float]:
    """Return the baselines of value and gradient in a read-out whose upper edge is at `top`."""
    value = top + READING_PADDING + _CAPITALS * scale * READING_VALUE_SIZE
    return value, value + scale * (READING_LEADING + _CAPITALS * READING_GRADIENT_SIZE)
