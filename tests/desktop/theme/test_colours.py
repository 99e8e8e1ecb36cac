"""Every colour can be read where it is used, and values can be told from gradients."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from itertools import product as combined

import pytest

from chainrule_desktop.theme import Contrast, NumberColours, Palette, Scheme, palette_for

SURROUNDINGS = [*combined(Scheme, Contrast)]
PALETTES = [
    palette_for(scheme, numbers, contrast)
    for scheme, contrast in SURROUNDINGS
    for numbers in NumberColours
]
STRONG = [palette for palette in PALETTES if palette.contrast is Contrast.HIGH]

TEXTS_ON_GROUNDS = {
    "text": ("window panel canvas field popup hover pressed accent_fill gate_fill problem_fill"),
    "muted_text": "window panel canvas field popup hover accent_fill",
    "accent": "window panel canvas field popup accent_fill",
    "accent_text": "accent accent_hover",
    "value": "panel canvas field gate_fill",
    "gradient": "canvas field gate_fill",
    "gradient_on_panel": "panel field",
    "problem": "panel canvas field popup problem_fill",
    "ok": "panel canvas field",
}
MARKS_ON_GROUNDS = {
    "wire": "canvas panel",
    "port": "canvas gate_fill",
    "gate_outline": "canvas panel gate_fill selection_halo",
    "outline": "window panel canvas field popup",
    "accent": "canvas panel gate_fill selection_halo border",
    "focus_ring": "window panel field popup accent_fill",
    "problem": "canvas panel gate_fill",
    "guide": "canvas gate_fill",
}

NO_COLOURS = {"scheme", "contrast"}
# With high contrast these, which else only divide, are seen as well.
LINES_ON_GROUNDS = {"border": "window panel canvas field popup"}

# Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision
# Deficiency, IEEE TVCG 15 (2009), 1291-1298, table 1 at severity 1; applied to linear RGB.
DEFICIENCIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]
LINEAR_RGB_TO_XYZ: Matrix = (
    (0.4124, 0.3576, 0.1805),
    (0.2126, 0.7152, 0.0722),
    (0.0193, 0.1192, 0.9505),
)


def linear_rgb(colour: str) -> Vector:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def product(matrix: Matrix, vector: Vector) -> Vector:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def luminance(colour: str) -> float:
    return product(LINEAR_RGB_TO_XYZ, linear_rgb(colour))[1]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: Vector) -> Vector:
    def root(share: float) -> float:
        return share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116

    red, green, blue = (min(1.0, max(0.0, channel)) for channel in rgb)
    xyz = product(LINEAR_RGB_TO_XYZ, (red, green, blue))
    x, y, z = (root(part / white) for part, white in zip(xyz, (0.95047, 1, 1.08883), strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen_distance(first: str, second: str, deficiency: str) -> float:
    """Return the distance in Lab of two colours as someone with that deficiency sees them."""
    seen = [lab(product(DEFICIENCIES[deficiency], linear_rgb(c))) for c in (first, second)]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def too_faint(palette: Palette, pairs: dict[str, str], needed: float) -> list[str]:
    colours = asdict(palette)
    return [
        f"{mark} on {ground}: {contrast(colours[mark], colours[ground]):.2f}"
        for mark, grounds in pairs.items()
        for ground in grounds.split()
        if contrast(colours[mark], colours[ground]) < needed
    ]


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("palette", PALETTES)
def test_every_text_can_be_read_on_its_grounds(palette: Palette) -> None:
    assert too_faint(palette, TEXTS_ON_GROUNDS, 4.5) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_every_mark_that_matters_can_be_seen(palette: Palette) -> None:
    assert too_faint(palette, MARKS_ON_GROUNDS, 3.0) == []


@pytest.mark.parametrize("palette", STRONG)
def test_with_high_contrast_every_text_has_seven(palette: Palette) -> None:
    assert too_faint(palette, TEXTS_ON_GROUNDS, 7.0) == []


@pytest.mark.parametrize("palette", STRONG)
def test_with_high_contrast_lines_are_marks_too(palette: Palette) -> None:
    assert too_faint(palette, LINES_ON_GROUNDS, 3.0) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_disabled_text_is_fainter_than_any_other_text(palette: Palette) -> None:
    disabled = contrast(palette.disabled_text, palette.panel)
    assert 2.0 < disabled < contrast(palette.muted_text, palette.panel)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize(("scheme", "contrast_"), SURROUNDINGS)
def test_blue_and_orange_stay_apart_for_everyone(
    scheme: Scheme, contrast_: Contrast, deficiency: str
) -> None:
    palette = palette_for(scheme, NumberColours.BLUE_ORANGE, contrast_)
    for gradient in (palette.gradient, palette.gradient_on_panel):
        assert seen_distance(palette.value, gradient, deficiency) >= 79


@pytest.mark.parametrize("palette", PALETTES)
def test_every_colour_is_written_as_qt_and_style_sheets_take_it(palette: Palette) -> None:
    colours = {name: colour for name, colour in asdict(palette).items() if name not in NO_COLOURS}
    assert [n for n, c in colours.items() if not re.fullmatch(r"#[0-9A-F]{6}", c)] == []


def test_the_number_colours_change_nothing_but_numbers_and_what_is_well() -> None:
    for scheme, contrast_ in SURROUNDINGS:
        default, safe = (palette_for(scheme, numbers, contrast_) for numbers in NumberColours)
        names = [field.name for field in fields(Palette)]
        different = {name for name in names if getattr(default, name) != getattr(safe, name)}
        assert different == {"value", "gradient", "gradient_on_panel", "ok"}
