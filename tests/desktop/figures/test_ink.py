"""Figures have the colours of the editor's canvas."""

from __future__ import annotations

import pytest

from chainrule.diagram.ink import DARK, DARK_BLUE_ORANGE, LIGHT, LIGHT_BLUE_ORANGE, Ink, Role
from chainrule_desktop.theme import NumberColours, Scheme, palette_for

INKS = {
    (Scheme.LIGHT, NumberColours.GREEN_RED): LIGHT,
    (Scheme.DARK, NumberColours.GREEN_RED): DARK,
    (Scheme.LIGHT, NumberColours.BLUE_ORANGE): LIGHT_BLUE_ORANGE,
    (Scheme.DARK, NumberColours.BLUE_ORANGE): DARK_BLUE_ORANGE,
}
NAMES = {
    Role.TEXT: "text",
    Role.MUTED: "muted_text",
    Role.WIRE: "wire",
    Role.GATE_FILL: "gate_fill",
    Role.OUTLINE: "gate_outline",
    Role.VALUE: "value",
    Role.GRADIENT: "gradient",
    Role.PROBLEM: "problem",
}


@pytest.mark.parametrize(("look", "ink"), INKS.items())
def test_an_ink_has_the_colours_of_its_palette(
    look: tuple[Scheme, NumberColours], ink: Ink
) -> None:
    palette = palette_for(*look)
    assert {role: ink.colour(role) for role in NAMES} == {
        role: getattr(palette, name) for role, name in NAMES.items()
    }


def test_light_figures_are_white_and_dark_ones_as_the_canvas() -> None:
    assert LIGHT.background == "#FFFFFF"
    assert DARK.background == palette_for(Scheme.DARK).canvas
