"""Figures on the clipboard."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from chainrule.errors import ExportError
from chainrule.export import FigureOptions
from chainrule.graph.graph import GateGraph
from chainrule_desktop.figures.clipboard import SVG_TYPE, copy_picture, picture_of
from tests.helpers.lecture_graphs import lecture_graph


def test_a_picture_is_offered_as_pixels_and_as_svg() -> None:
    data = picture_of(lecture_graph("two-paths"), FigureOptions(scale=2))
    image = data.imageData()
    assert isinstance(image, QImage)
    root = ET.fromstring(data.data(SVG_TYPE).data())
    assert float(root.get("width") or 0) == image.width()


def test_copying_puts_the_picture_on_the_clipboard() -> None:
    copy_picture(lecture_graph("two-paths"), FigureOptions())
    clipboard = QGuiApplication.clipboard()
    assert not clipboard.image().isNull()
    assert SVG_TYPE in clipboard.mimeData().formats()
    clipboard.clear()


def test_an_empty_graph_is_refused() -> None:
    with pytest.raises(ExportError, match="the graph is empty"):
        picture_of(GateGraph(), FigureOptions())
