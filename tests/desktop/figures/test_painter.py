"""Figures painted with Qt look as their SVG does."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from chainrule.diagram.boxes import Rect
from chainrule.diagram.ink import DARK, LIGHT, Ink, Role
from chainrule.diagram.primitives import Anchor, Element, Primitive, Stroke, Text
from chainrule.export import FigureOptions
from chainrule.export.figure import Figure, make_figure
from chainrule.export.formats.svg import SvgExporter
from chainrule.export.options import Background
from chainrule_desktop.figures.painter import Detail, paint_figure
from chainrule_desktop.figures.png import figure_image
from tests.helpers.lecture_graphs import LECTURE_NAMES, lecture_graph

ON_GLASS = FigureOptions(background=Background.TRANSPARENT)


@pytest.mark.parametrize("ink", [LIGHT, DARK])
@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_a_painted_figure_looks_as_its_svg(name: str, ink: Ink) -> None:
    graph, options = lecture_graph(name), FigureOptions(ink=ink)
    painted = figure_image(make_figure(graph, options), options)
    rendered = QImage(painted.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rendered.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rendered)
    QSvgRenderer(SvgExporter().render(graph, options)).render(painter)
    painter.end()
    assert differing_share(painted, rendered) < 0.01


def differing_share(one: QImage, other: QImage) -> float:
    """Return the share of the pixels whose grey differs by more than half of the range."""
    differing = np.abs(greys(one) - greys(other)) > 127
    return float(differing.mean())


def greys(image: QImage) -> npt.NDArray[np.int16]:
    """Return the grey of each pixel, an array (height, width)."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(cast("memoryview[int]", grey.constBits()), np.uint8)
    return rows.reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()].astype(np.int16)


def small_picture(primitive: Primitive, detail: Detail) -> npt.NDArray[np.int16]:
    """Return how dark each pixel is of a primitive that is painted at a quarter of its size."""
    image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(0.25, 0.25)
    element = Element("x", "gate", "x", (primitive,))
    paint_figure(painter, Figure("x", (element,), Rect(0, 0, 160, 160)), ON_GLASS, detail)
    painter.end()
    return 255 - greys(image)


def test_lines_of_a_small_picture_do_not_fade() -> None:
    line = Stroke((0.0, 82.0), (((160.0, 82.0),),), Role.TEXT)
    faded, kept = (small_picture(line, each)[20, 20] for each in (Detail(), Detail(line=4.0)))
    assert kept > 2 * faded


@pytest.mark.parametrize("size", [16.0, 30.0])
def test_texts_too_small_to_read_are_left_out(size: float) -> None:
    text = Text((80.0, 100.0), "max", size, Anchor.MIDDLE, Role.TEXT)
    assert small_picture(text, Detail(text=24.0)).any() == (size > 24.0)
