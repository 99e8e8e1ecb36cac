"""The colours of a drawing that is shown on the screen, by the palette in force."""

from __future__ import annotations

from chainrule.diagram.ink import Ink
from chainrule.diagram.shades import DARK_SHADES, LIGHT_SHADES, Shades
from chainrule.diagram.tints import (
    DARK_TINTS,
    HIGH_DARK_TINTS,
    HIGH_LIGHT_TINTS,
    LIGHT_TINTS,
    Tints,
)
from chainrule_desktop.theme import Contrast, Palette, Scheme

_TINTS = {
    (Scheme.LIGHT, Contrast.USUAL): LIGHT_TINTS,
    (Scheme.DARK, Contrast.USUAL): DARK_TINTS,
    (Scheme.LIGHT, Contrast.HIGH): HIGH_LIGHT_TINTS,
    (Scheme.DARK, Contrast.HIGH): HIGH_DARK_TINTS,
}


def shades_for(palette: Palette) -> Shades:
    """Return the scale of tensors in the surroundings of a palette."""
    return DARK_SHADES if palette.scheme is Scheme.DARK else LIGHT_SHADES


def tints_for(palette: Palette) -> Tints:
    """Return the colours of frames in the surroundings of a palette."""
    return _TINTS[palette.scheme, palette.contrast]


def ink_of(palette: Palette) -> Ink:
    """Return the ink of a figure that lies on a field of the program."""
    return Ink(
        background=palette.field,
        text=palette.text,
        muted=palette.muted_text,
        wire=palette.wire,
        gate_fill=palette.gate_fill,
        outline=palette.gate_outline,
        value=palette.value,
        gradient=palette.gradient,
        problem=palette.problem,
        shades=shades_for(palette),
        tints=tints_for(palette),
    )
