"""Numbers as colours, and ink that can be read on them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from chainrule.diagram.shades import codes_of
from chainrule_desktop.panels.jacobian.strip import means_of
from chainrule_desktop.panels.shading import farthest, indexed_image, ink_on, scale_of
from chainrule_desktop.theme import Scheme
from chainrule_desktop.theme.colours import palette_for


def luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_ink_has_a_contrast_of_4_to_every_colour_of_the_scale(scheme: Scheme) -> None:
    for colour in scale_of(palette_for(scheme)):
        pair = sorted((luminance(QColor(colour)), luminance(ink_on(colour))))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.0


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
