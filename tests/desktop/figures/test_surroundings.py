"""A drawing on the screen has the colours of the palette in force, frames and tensors too."""

from __future__ import annotations

from itertools import product

import pytest

from chainrule_desktop.figures.surroundings import ink_of
from chainrule_desktop.theme import Contrast, Palette, Scheme, palette_for
from tests.helpers.contrasts import contrast

PALETTES = [
    palette_for(scheme, contrast=contrast_) for scheme, contrast_ in product(Scheme, Contrast)
]


@pytest.mark.parametrize("palette", PALETTES)
def test_a_frame_is_hardly_another_ground_than_the_field_it_lies_on(palette: Palette) -> None:
    grounds = [tint.fill for tint in ink_of(palette).tints.values()]
    assert [ground for ground in grounds if contrast(ground, palette.field) > 1.2] == []


@pytest.mark.parametrize("palette", PALETTES)
def test_numbers_are_read_on_the_ground_of_every_frame(palette: Palette) -> None:
    ink, needed = ink_of(palette), 7.0 if palette.contrast is Contrast.HIGH else 4.5
    faint = [
        f"{text} on {hue}"
        for hue, tint in ink.tints.items()
        for text in (ink.text, ink.value, ink.gradient, tint.title)
        if contrast(text, tint.fill) < needed
    ]
    assert faint == []
