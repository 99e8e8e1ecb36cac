"""From further away texts go when they can't be read, and gates stay above the wires."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from chainrule.diagram.parts import NUMBER_SIZE
from chainrule_desktop.canvas.look import look_for, seen_at
from chainrule_desktop.canvas.paint_wires import hairline
from chainrule_desktop.canvas.sight import READABLE
from chainrule_desktop.theme import Contrast, NumberColours, Scheme, Theme, palette_for
from tests.desktop.easel import Easel, Place, colours_around

SCALES = (0.05, 0.22, 0.25, 0.33, 0.4, 0.45, 0.6, 0.8, 1.0, 2.0)
READS = READABLE / NUMBER_SIZE


def number_spot(easel: Easel, node: str) -> Place:
    diagram = easel.drawing.diagram
    x, y = diagram.geometry.middles[diagram.parts.index[node]].tolist()
    return x, y - 11.0


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("contrast", Contrast)
def test_the_outline_of_a_gate_never_falls_below_a_pixel(scale: float, contrast: Contrast) -> None:
    palette = palette_for(Scheme.LIGHT, NumberColours.GREEN_RED, contrast)
    look = seen_at(look_for(palette), scale)
    for pen in (look.outline, look.selected_outline, look.fault_outline, look.hovered_outline):
        assert pen.widthF() * scale >= 0.99


def test_from_near_the_look_is_as_always() -> None:
    look = look_for(palette_for(Scheme.LIGHT, NumberColours.GREEN_RED, Contrast.USUAL))
    assert seen_at(look, 1.0) is look


@pytest.mark.parametrize(("scale", "read"), [(READS + 0.02, True), (READS - 0.02, False)])
def test_numbers_are_painted_as_long_as_they_can_be_read(
    easel: Easel, theme: Theme, scale: float, read: bool
) -> None:
    easel.view.navigator.zoom_to(scale)
    colours = colours_around(easel, number_spot(easel, "x"), 2)
    assert (len(colours - {theme.palette.canvas, theme.palette.grid}) > 0) == read


def test_wires_are_the_paler_the_more_of_the_canvas_they_cover(easel: Easel, theme: Theme) -> None:
    look, geometry = look_for(theme.palette), easel.drawing.diagram.geometry
    widths = [hairline(geometry, look, scale).widthF() for scale in (0.2, 0.02, 0.01, 0.001)]
    assert widths[0] == 0.0
    assert all(after <= before for before, after in pairwise(widths[1:]))
    assert 0.0 < widths[-1] < 0.5


def test_a_thin_line_lets_through_what_is_below(qapp: object) -> None:
    """Qt paints a line of less than a pixel in part, on which pale wires rely."""
    image = QImage(9, 9, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    pen = QPen(look_for(palette_for(Scheme.LIGHT)).hairline)
    pen.setCosmetic(True)
    pen.setWidthF(0.25)
    painter = QPainter(image)
    painter.setPen(pen)
    painter.drawLine(QRectF(0, 4, 9, 0).topLeft(), QRectF(0, 4, 9, 0).topRight())
    painter.end()
    assert image.pixelColor(4, 4).lightnessF() > 0.8
