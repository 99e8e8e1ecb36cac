"""Numbers as colours, and ink that can be read on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import integers
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from chainrule.diagram.shades import codes_of
from chainrule_desktop.panels.jacobian.strip import means_of
from chainrule_desktop.panels.shading import (
    farthest,
    indexed_image,
    ink_on,
    paint_cell_ring,
    scale_of,
)
from chainrule_desktop.theme import Scheme
from chainrule_desktop.theme.colours import palette_for
from tests.helpers.contrasts import contrast


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_ink_can_be_read_on_every_colour_of_the_scale(scheme: Scheme) -> None:
    for colour in scale_of(palette_for(scheme)):
        assert contrast(colour, ink_on(colour).name()) >= 4.5


@given(integers(0, 0xFFFFFF))
def test_the_ink_can_be_read_on_any_colour(number: int) -> None:
    colour = f"#{number:06X}"
    assert contrast(colour, ink_on(colour).name()) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_ring_around_a_chosen_cell_is_seen_on_every_colour(scheme: Scheme) -> None:
    palette = palette_for(scheme)
    for colour in (*scale_of(palette), palette.canvas, palette.text):
        assert max(contrast(colour, tone) for tone in (palette.field, palette.text)) >= 3


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_ring_has_both_tones(scheme: Scheme) -> None:
    palette = palette_for(scheme)
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(scale_of(palette)[0]))
    painter = QPainter(image)
    paint_cell_ring(painter, QRectF(10, 10, 20, 20), palette)
    painter.end()
    found = {image.pixelColor(x, 20).name().upper() for x in range(40)}
    assert {palette.field, palette.text} <= found


def test_a_picture_has_the_colours_of_its_numbers() -> None:
    scale = scale_of(palette_for(Scheme.LIGHT))
    numbers = np.array([[-2.0, 0.0, 2.0]])
    image = indexed_image(codes_of(numbers, farthest(numbers)), scale)
    found = [image.pixelColor(x, 0).name().upper() for x in range(3)]
    assert found == [scale[int(code)] for code in codes_of(numbers, 2.0)[0]]
    assert len(set(found)) == 3


def test_what_is_not_finite_does_not_stretch_the_scale() -> None:
    assert farthest(np.array([1.0, np.inf, -3.0, np.nan])) == 3.0
    assert farthest(np.array([np.nan])) == 0.0


def test_a_long_mask_becomes_the_share_that_passes() -> None:
    mask = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    np.testing.assert_array_equal(means_of(mask, 3), [0.5, 1.0, 0.0])
