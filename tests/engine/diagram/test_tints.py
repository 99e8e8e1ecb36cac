"""The hues of frames: what is written on their grounds can be read."""

from __future__ import annotations

import pytest

from chainrule.diagram.ink import DARK, DARK_BLUE_ORANGE, LIGHT, LIGHT_BLUE_ORANGE, Ink, Role
from chainrule.diagram.tints import (
    DARK_TINTS,
    HIGH_DARK_TINTS,
    HIGH_LIGHT_TINTS,
    LIGHT_TINTS,
    Tints,
)
from chainrule.graph.comments import Hue
from tests.helpers.contrasts import contrast

SETS = (LIGHT_TINTS, DARK_TINTS, HIGH_LIGHT_TINTS, HIGH_DARK_TINTS)
WRITTEN = (Role.TEXT, Role.MUTED, Role.VALUE, Role.GRADIENT, Role.PROBLEM)


@pytest.mark.parametrize("tints", SETS)
def test_there_is_a_tint_for_every_hue(tints: Tints) -> None:
    assert [*tints] == [*Hue]


@pytest.mark.parametrize("hue", Hue)
@pytest.mark.parametrize("tints", SETS)
def test_a_title_can_be_read_on_its_ground(tints: Tints, hue: Hue) -> None:
    least = 7.0 if tints in (HIGH_LIGHT_TINTS, HIGH_DARK_TINTS) else 4.5
    assert contrast(tints[hue].title, tints[hue].fill) >= least


@pytest.mark.parametrize("hue", Hue)
@pytest.mark.parametrize("ink", [LIGHT, DARK, LIGHT_BLUE_ORANGE, DARK_BLUE_ORANGE])
def test_numbers_and_names_can_be_read_within_frames(ink: Ink, hue: Hue) -> None:
    for role in WRITTEN:
        assert contrast(ink.colour(role), ink.tints[hue].fill) >= 4.5, role
    assert contrast(ink.wire, ink.tints[hue].fill) >= 3.0
