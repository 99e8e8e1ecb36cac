"""The colours of the program, each named by what it is for, for light and for dark surroundings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import final

SHADE = "#000000"
"""What covers all but the spotlight of a presentation, where it is thin enough to look through."""


@final
class Scheme(StrEnum):
    """Whether the surroundings are light or dark."""

    LIGHT = "light"
    DARK = "dark"


@final
class Contrast(StrEnum):
    """Whether colours are calm, or as far apart as they can be."""

    USUAL = "usual"
    HIGH = "high"


@final
class NumberColours(StrEnum):
    """The pair of colours that tells a value from a gradient."""

    GREEN_RED = "green-red"
    BLUE_ORANGE = "blue-orange"

    @property
    def words(self) -> tuple[str, str]:
        """What the colour of values and that of gradients are called."""
        value, _, gradient = self.value.partition("-")
        return value, gradient


@final
@dataclass(frozen=True, slots=True)
class Palette:
    """One colour for every role, as `#RRGGBB`, which all of Qt's painting takes.

    Every text has a contrast of 4.5 or more to the grounds it is written on, and every mark that
    carries meaning 3 or more (WCAG 2.2, 1.4.3 and 1.4.11); with high contrast every text has 7
    (1.4.6), and all lines but those of the grid have 3. The tests hold the palettes to that.
    """

    scheme: Scheme
    contrast: Contrast

    # Grounds, from the back to the front.
    window: str
    panel: str
    canvas: str
    field: str
    popup: str
    hover: str
    pressed: str

    # Lines that only divide (grid, border) and those that a control is known by (outline).
    grid: str
    border: str
    outline: str

    text: str
    muted_text: str
    disabled_text: str

    # What is chosen, on or to be pressed; `accent_text` is written on `accent`.
    accent: str
    accent_hover: str
    accent_text: str
    accent_fill: str
    focus_ring: str

    wire: str
    port: str
    gate_fill: str
    gate_outline: str
    selection_halo: str
    guide: str

    # The numbers. A gradient on a panel is a little darker where the panel is darker than the
    # canvas.
    value: str
    gradient: str
    gradient_on_panel: str

    problem: str
    problem_fill: str
    ok: str


_LIGHT = Palette(
    scheme=Scheme.LIGHT,
    contrast=Contrast.USUAL,
    window="#F4F4F2",
    panel="#F4F4F2",
    canvas="#FBFBFA",
    field="#FFFFFF",
    popup="#FFFFFF",
    hover="#ECECE9",
    pressed="#E2E2DE",
    grid="#ECECEA",
    border="#DCDCD8",
    outline="#7A828C",
    text="#1F2328",
    muted_text="#646A72",
    disabled_text="#9CA1A8",
    accent="#2457C5",
    accent_hover="#1D49A8",
    accent_text="#FFFFFF",
    accent_fill="#E3ECFF",
    focus_ring="#2457C5",
    wire="#7A828C",
    port="#2B3036",
    gate_fill="#FFFFFF",
    gate_outline="#2B3036",
    selection_halo="#E3ECFF",
    guide="#A626A4",
    value="#1A7F37",
    gradient="#C62828",
    gradient_on_panel="#C62828",
    problem="#8A5200",
    problem_fill="#FFF1D6",
    ok="#1A7F37",
)

_DARK = Palette(
    scheme=Scheme.DARK,
    contrast=Contrast.USUAL,
    window="#232629",
    panel="#232629",
    canvas="#1B1D20",
    field="#1B1D20",
    popup="#2A2D31",
    hover="#2D3135",
    pressed="#363A40",
    grid="#24272B",
    border="#34383D",
    outline="#7F8892",
    text="#E6E8EA",
    muted_text="#9AA2AB",
    disabled_text="#646B73",
    accent="#7AA2F7",
    accent_hover="#97B7FA",
    accent_text="#1B1D20",
    accent_fill="#2A3550",
    focus_ring="#7AA2F7",
    wire="#7F8892",
    port="#C9CFD6",
    gate_fill="#26292D",
    gate_outline="#C9CFD6",
    selection_halo="#2A3550",
    guide="#E58AE0",
    value="#5CC878",
    gradient="#FF7B72",
    gradient_on_panel="#FF7B72",
    problem="#E3B04F",
    problem_fill="#3A3018",
    ok="#5CC878",
)


_HIGH_LIGHT = Palette(
    scheme=Scheme.LIGHT,
    contrast=Contrast.HIGH,
    window="#FFFFFF",
    panel="#FFFFFF",
    canvas="#FFFFFF",
    field="#FFFFFF",
    popup="#FFFFFF",
    hover="#E4ECFF",
    pressed="#CFDCFF",
    grid="#E2E2E2",
    border="#929292",
    outline="#1A1A1A",
    text="#000000",
    muted_text="#2E2E2E",
    disabled_text="#757575",
    accent="#0A3AA8",
    accent_hover="#062A7D",
    accent_text="#FFFFFF",
    accent_fill="#E4ECFF",
    focus_ring="#0A3AA8",
    wire="#1A1A1A",
    port="#000000",
    gate_fill="#FFFFFF",
    gate_outline="#000000",
    selection_halo="#CFDCFF",
    guide="#8A0A8A",
    value="#1B5C2A",
    gradient="#A80000",
    gradient_on_panel="#A80000",
    problem="#6E3500",
    problem_fill="#FFF1D6",
    ok="#1B5C2A",
)

_HIGH_DARK = Palette(
    scheme=Scheme.DARK,
    contrast=Contrast.HIGH,
    window="#000000",
    panel="#000000",
    canvas="#000000",
    field="#000000",
    popup="#000000",
    hover="#1B2742",
    pressed="#24365E",
    grid="#2A2A2A",
    border="#5E5E5E",
    outline="#E0E0E0",
    text="#FFFFFF",
    muted_text="#DADADA",
    disabled_text="#7C7C7C",
    accent="#8CB8FF",
    accent_hover="#B3D0FF",
    accent_text="#000000",
    accent_fill="#16233F",
    focus_ring="#8CB8FF",
    wire="#E0E0E0",
    port="#FFFFFF",
    gate_fill="#000000",
    gate_outline="#FFFFFF",
    selection_halo="#24365E",
    guide="#FF9CF5",
    value="#62FF4D",
    gradient="#FF9C96",
    gradient_on_panel="#FF9C96",
    problem="#FFC95C",
    problem_fill="#2E2300",
    ok="#62FF4D",
)

_PALETTES = {
    (each.scheme, each.contrast): each for each in (_LIGHT, _DARK, _HIGH_LIGHT, _HIGH_DARK)
}
# Value and gradient for everybody: the second gradient is the one on panels.
_BLUE_ORANGE = {
    (Scheme.LIGHT, Contrast.USUAL): ("#005A8F", "#C44E00", "#BC4A00"),
    (Scheme.DARK, Contrast.USUAL): ("#58B0FF", "#F59A3C", "#F59A3C"),
    (Scheme.LIGHT, Contrast.HIGH): ("#0045E6", "#993000", "#993000"),
    (Scheme.DARK, Contrast.HIGH): ("#4D9FFF", "#FF8A33", "#FF8A33"),
}

DARK_INK, LIGHT_INK = "#000000", "#FFFFFF"
"""What is written on the colours of a heat map, whichever is the easier to read there.

Of black and white, one has a contrast of 4.58 or more to any colour; of a softer black it has not.
"""


def palette_for(
    scheme: Scheme,
    numbers: NumberColours = NumberColours.GREEN_RED,
    contrast: Contrast = Contrast.USUAL,
) -> Palette:
    """The palette of a scheme with the pair of number colours asked for.

    Green and red are nearly one colour to a protanope; blue and orange stay at least 79 apart in
    Lab under every common deficiency (on dark grounds their light counterparts do). Whatever the
    colours, a value stands above its wire and a gradient, in italics, below.
    """
    palette = _PALETTES[scheme, contrast]
    if numbers is NumberColours.GREEN_RED:
        return palette
    value, gradient, on_panel = _BLUE_ORANGE[scheme, contrast]
    return replace(palette, value=value, gradient=gradient, gradient_on_panel=on_panel, ok=value)
