"""A figure on the clipboard: as pixels for most programs, as SVG for those that take curves."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from chainrule.export.figure import make_figure
from chainrule.export.formats.svg import svg_text
from chainrule.export.options import FigureOptions
from chainrule.graph.graph import GateGraph
from chainrule_desktop.figures.png import figure_image

SVG_TYPE = "image/svg+xml"


def picture_of(graph: GateGraph, options: FigureOptions) -> QMimeData:
    """Return a figure of the whole graph in all forms that a clipboard can offer.

    Raises ExportError for an empty graph and for a picture that would be too large.
    """
    figure = make_figure(graph, options)
    data = QMimeData()
    # Qt offers an image as image/png and in the other formats that it can write.
    data.setImageData(figure_image(figure, options))
    data.setData(SVG_TYPE, svg_text(figure, options).encode())
    return data


def copy_picture(graph: GateGraph, options: FigureOptions) -> None:
    """Put a figure of the whole graph on the clipboard; raises ExportError as `picture_of` does."""
    QGuiApplication.clipboard().setMimeData(picture_of(graph, options))
