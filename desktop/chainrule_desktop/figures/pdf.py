"""Figures as PDF: one page of exactly the drawing's size, with lines, curves and real text."""

from __future__ import annotations

import math
from typing import final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from typing_extensions import override

from chainrule.errors import ExportError
from chainrule.export.figure import Figure, make_figure
from chainrule.export.options import FigureOptions
from chainrule.export.pages import PagedExporter, Pages
from chainrule.graph.graph import GateGraph
from chainrule_desktop.figures.application import prepare_painting
from chainrule_desktop.figures.pages import paint_pages
from chainrule_desktop.figures.painter import paint_figure

# PDF readers take pages of up to 200 inches.
MOST_POINTS_A_SIDE = 14_400
_POINTS_PER_UNIT = 72 / 96
_RESOLUTION = 1200


@final
class PdfExporter(PagedExporter):
    """Pages for papers and print."""

    name = "PDF"
    suffixes = (".pdf",)
    description = "Portable document"

    @override
    def render(self, graph: GateGraph, options: FigureOptions) -> bytes:
        figure = make_figure(graph, options)
        prepare_painting()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        _write_page(QPdfWriter(buffer), figure, options)
        return bytes(buffer.data().data())

    @override
    def render_pages(self, document: Pages, options: FigureOptions) -> bytes:
        prepare_painting()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(_RESOLUTION)
        writer.setTitle(document.title)
        writer.setCreator("Chainrule")
        paint_pages(writer, document, options.ink)
        return bytes(buffer.data().data())


def _write_page(writer: QPdfWriter, figure: Figure, options: FigureOptions) -> None:
    # Qt keeps the size of a page in whole points.
    scale = options.scale * _POINTS_PER_UNIT
    width, height = math.ceil(figure.width * scale), math.ceil(figure.height * scale)
    if max(width, height) > MOST_POINTS_A_SIDE:
        most = math.floor(100 * options.scale * MOST_POINTS_A_SIDE / max(width, height)) / 100
        raise ExportError(
            f"the page would be {max(width, height) / 72:.0f} inches long, and PDF allows 200; "
            f"choose a scale of at most {most:g}, or SVG"
        )
    size = QPageSize(
        QSizeF(width, height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    writer.setResolution(_RESOLUTION)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF())
    writer.setTitle(figure.title)
    writer.setCreator("Chainrule")
    painter = QPainter(writer)
    painter.scale(writer.width() / figure.width, writer.height() / figure.height)
    paint_figure(painter, figure, options)
    painter.end()
