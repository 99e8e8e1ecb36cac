"""How numbers and tensors are written on wires: short, a true minus, never 0 for what is none."""

from __future__ import annotations

import math

from chainrule.arrays import Array, Shape

UNKNOWN = "?"
LONGEST_VECTOR = 4
_LARGEST_PLAIN = 1e4
_FEWER_DECIMALS_FROM = 1e3


def format_number(number: float, decimals: int) -> str:
    """Write a number with so many decimals; very large and very small ones in powers of ten.

    A number that would be rounded to 0 is written in powers of ten instead: `0.00` is exactly 0.
    """
    if math.isnan(number):
        return "nan"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    size = abs(number)
    if size == 0:
        return f"{0:.{decimals}f}"
    if size >= _LARGEST_PLAIN or size < 0.5 * 10.0**-decimals:
        text = _in_powers_of_ten(number, max(1, decimals - 1))
    else:
        places = decimals - 1 if size >= _FEWER_DECIMALS_FROM and decimals > 0 else decimals
        text = f"{number:.{places}f}"
    return text.replace("-", "−")


def format_value(value: Array | None, decimals: int) -> str:
    """Write what stands on a wire: a number, a short vector, or the shape of a tensor."""
    if value is None:
        return UNKNOWN
    if value.ndim == 0:
        return format_number(float(value), decimals)
    if is_short_vector(value.shape):
        inner = ", ".join(format_number(float(each), decimals) for each in value)
        return f"[{inner}]"
    return format_dimensions(value.shape)


def is_short_vector(shape: Shape) -> bool:
    """Say whether a tensor is short enough to be written out on its wire."""
    return len(shape) == 1 and 0 < shape[0] <= LONGEST_VECTOR


def format_dimensions(shape: Shape) -> str:
    """Write a shape as in a diagram: `3 × 4`; a vector of 7 with a word, `7 long`."""
    if len(shape) == 1:
        return f"{shape[0]} long"
    return " × ".join(str(size) for size in shape)


def _in_powers_of_ten(number: float, decimals: int) -> str:
    mantissa, exponent = f"{number:.{decimals}e}".split("e")
    return f"{mantissa}e{int(exponent)}"
