"""The colours of a drawing by what they are for, as plain data that needs no toolkit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import final

from chainrule.diagram.shades import DARK_SHADES, LIGHT_SHADES, Shades
from chainrule.diagram.tints import DARK_TINTS, LIGHT_TINTS, Tints


@final
class Role(StrEnum):
    """What a colour is for; the values are the names of the fields of Ink."""

    BACKGROUND = "background"
    TEXT = "text"
    MUTED = "muted"
    WIRE = "wire"
    GATE_FILL = "gate_fill"
    OUTLINE = "outline"
    VALUE = "value"
    GRADIENT = "gradient"
    PROBLEM = "problem"


@final
@dataclass(frozen=True, slots=True)
class Ink:
    """One colour, as `#RRGGBB`, for each role, and the shades of tensors.

    They are the colours of the editor's canvas, but for the light background, which is white as
    paper and slides are.
    """

    background: str
    text: str
    muted: str
    wire: str
    gate_fill: str
    outline: str
    value: str
    gradient: str
    problem: str
    shades: Shades = LIGHT_SHADES
    tints: Tints = field(default_factory=lambda: LIGHT_TINTS)

    def colour(self, role: Role) -> str:
        """Return the colour of a role."""
        return getattr(self, role.value)


LIGHT = Ink(
    background="#FFFFFF",
    text="#1F2328",
    muted="#646A72",
    wire="#7A828C",
    gate_fill="#FFFFFF",
    outline="#2B3036",
    value="#1A7F37",
    gradient="#C62828",
    problem="#8A5200",
)

DARK = Ink(
    background="#1B1D20",
    text="#E6E8EA",
    muted="#9AA2AB",
    wire="#7F8892",
    gate_fill="#26292D",
    outline="#C9CFD6",
    value="#5CC878",
    gradient="#FF7B72",
    problem="#E3B04F",
    shades=DARK_SHADES,
    tints=DARK_TINTS,
)

# Green and red are nearly one colour to a protanope; these pairs stay at least 80 apart in Lab
# under every common deficiency.
LIGHT_BLUE_ORANGE = replace(LIGHT, value="#005A8F", gradient="#C44E00")
DARK_BLUE_ORANGE = replace(DARK, value="#58B0FF", gradient="#F59A3C")
