"""The colour scale: signs by colour, sizes by strength, and what is no number apart."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.diagram.ink import DARK, LIGHT, Ink
from chainrule.diagram.shades import (
    AXIS,
    MINUS_INFINITY,
    NAN,
    PLUS_INFINITY,
    STEPS,
    ZERO,
    codes_of,
    colours_of,
)


def brightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue


def test_the_scale_is_centred_at_0_and_ends_at_the_largest_number() -> None:
    codes = codes_of(np.array([-2.0, -1.0, 0.0, 1.0, 2.0]), 2.0).tolist()
    assert codes == [0, STEPS // 2, ZERO, ZERO + STEPS // 2, 2 * STEPS]


def test_only_0_has_the_shade_of_0() -> None:
    codes = codes_of(np.array([-0.0, 5e-324, -5e-324, 1e-300]), 1e300).tolist()
    assert codes == [ZERO, ZERO + 1, ZERO - 1, ZERO + 1]


def test_what_is_no_number_has_shades_of_its_own() -> None:
    numbers = np.array([np.nan, -np.inf, np.inf, 0.0])
    assert codes_of(numbers, 0.0).tolist() == [NAN, MINUS_INFINITY, PLUS_INFINITY, ZERO]
    assert codes_of(numbers, 1.0).tolist() == [NAN, MINUS_INFINITY, PLUS_INFINITY, ZERO]


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_larger_numbers_stand_out_more_from_the_ground(ink: Ink) -> None:
    colours = colours_of(ink.shades)
    assert len(colours) == AXIS + 1
    away = [abs(brightness(each) - brightness(ink.background)) for each in colours[: 2 * STEPS + 1]]
    below, above = away[ZERO::-1], away[ZERO:]
    assert below == sorted(below)
    assert above == sorted(above)


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_below_and_above_0_are_told_apart_by_colour(ink: Ink) -> None:
    colours = colours_of(ink.shades)
    for step in range(1, STEPS + 1):
        below, above = colours[ZERO - step], colours[ZERO + step]
        assert int(below[5:7], 16) > int(below[1:3], 16)
        assert int(above[1:3], 16) > int(above[5:7], 16)
