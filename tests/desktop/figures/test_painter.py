"""Figures painted with Qt look as their SVG does."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from chainrule.diagram.ink import DARK, LIGHT, Ink
from chainrule.export import FigureOptions
from chainrule.export.figure import make_figure
from chainrule.export.formats.svg import SvgExporter
from chainrule_desktop.figures.png import figure_image
from tests.helpers.lecture_graphs import LECTURE_NAMES, lecture_graph


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
