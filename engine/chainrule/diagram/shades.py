"""The one colour scale of all tensors: blue below 0, orange above, and what is no number apart.

Blue and orange stay apart under every common deficiency of sight, and neither is the green of
values nor the red of gradients. The further from 0, the further from the ground: darker on light
grounds, lighter on dark ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Floats

Codes: TypeAlias = npt.NDArray[np.uint8]

STEPS = 16
"""So many shades has each side of 0."""

ZERO = STEPS
NAN, MINUS_INFINITY, PLUS_INFINITY, AXIS = range(2 * STEPS + 1, 2 * STEPS + 5)
# The first shade beside 0 is told from 0 at a glance.
_FIRST = 0.14


@final
@dataclass(frozen=True, slots=True)
class Shades:
    """The colours of the scale as `#RRGGBB`: of 0, half-way, and of the largest number.

    `odd` is the ground of what is not a number, `cross` the cross and the hole on odd numbers,
    `frame` is around a picture, `axis` what has no sign: the bar at 0 and the line of a histogram.
    """

    zero: str
    below: str
    lowest: str
    above: str
    highest: str
    odd: str
    cross: str
    frame: str
    axis: str


LIGHT_SHADES = Shades(
    zero="#F6F6F3",
    below="#8DB6DC",
    lowest="#2A67A8",
    above="#F0B57C",
    highest="#CC7420",
    odd="#A5A8AD",
    cross="#FFFFFF",
    frame="#B9BDC3",
    axis="#9CA1A8",
)

DARK_SHADES = Shades(
    zero="#2C3034",
    below="#3D6C9C",
    lowest="#86B9EE",
    above="#976230",
    highest="#EFAE68",
    odd="#747A82",
    cross="#16181A",
    frame="#53595F",
    axis="#7F8892",
)


def codes_of(numbers: Floats, largest: float) -> Codes:
    """Return the shade of each number on the scale from −`largest` to `largest`.

    Only 0 itself has the shade of 0.
    """
    with np.errstate(all="ignore"):
        steps = np.ceil(np.abs(numbers / (largest or 1.0)) * STEPS)
        signed = STEPS + np.sign(numbers) * np.clip(steps, 1, STEPS)
        codes = signed.astype(np.uint8)
    odd = ~np.isfinite(numbers)
    if odd.any():
        codes[numbers == -np.inf] = MINUS_INFINITY
        codes[numbers == np.inf] = PLUS_INFINITY
        codes[np.isnan(numbers)] = NAN
    return codes


@cache
def colours_of(shades: Shades) -> tuple[str, ...]:
    """Return the colour of each code."""
    steps = [_FIRST + (1 - _FIRST) * step / STEPS for step in range(1, STEPS + 1)]
    low = [_between(shades.zero, shades.below, shades.lowest, share) for share in steps]
    high = [_between(shades.zero, shades.above, shades.highest, share) for share in steps]
    odd = (shades.odd, shades.lowest, shades.highest, shades.axis)
    return (*reversed(low), shades.zero, *high, *odd)


def _between(start: str, middle: str, end: str, share: float) -> str:
    """Return the colour so far on the way from `start` over `middle` to `end`."""
    first, last, along = (start, middle, 2 * share) if share < 0.5 else (middle, end, 2 * share - 1)
    pairs = zip(_parts(first), _parts(last), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * along):02X}" for a, b in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
