"""The inks of figures for the scheme and the number colours that the settings know."""

from __future__ import annotations

from chainrule.diagram.ink import DARK, DARK_BLUE_ORANGE, LIGHT, LIGHT_BLUE_ORANGE, Ink
from chainrule_desktop.theme import NumberColours, Scheme


def ink_for(scheme: Scheme, numbers: NumberColours) -> Ink:
    """Return the ink of a figure in light or dark colours."""
    inks = {
        (Scheme.LIGHT, NumberColours.GREEN_RED): LIGHT,
        (Scheme.DARK, NumberColours.GREEN_RED): DARK,
        (Scheme.LIGHT, NumberColours.BLUE_ORANGE): LIGHT_BLUE_ORANGE,
        (Scheme.DARK, NumberColours.BLUE_ORANGE): DARK_BLUE_ORANGE,
    }
    return inks[scheme, numbers]
