"""Figures as pictures of pixels: PNG files, and images for the clipboard."""

from __future__ import annotations

import math
from typing import final

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from typing_extensions import override

from chainrule.errors import ExportError
from chainrule.export.exporter import Exporter
from chainrule.export.figure import Figure, make_figure
from chainrule.export.options import FigureOptions
from chainrule.graph.graph import GateGraph
from chainrule_desktop.figures.application import prepare_painting
from chainrule_desktop.figures.painter import paint_figure

# A QPainter's coordinates on an image have 16 bits; 4 bytes a pixel make half a gigabyte at most.
MOST_PIXELS_A_SIDE = 32_767
MOST_PIXELS = 2**27
_DOTS_PER_METRE = 96 / 0.0254


@final
class PngExporter(Exporter):
    """Pictures of pixels for slides and web pages."""

    name = "PNG"
    suffixes = (".png",)
    description = "Picture of pixels"

    @override
    def render(self, graph: GateGraph, options: FigureOptions) -> bytes:
        image = figure_image(make_figure(graph, options), options)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, b"png")
        if not writer.write(image):
            raise ExportError(f"the PNG can't be made ({writer.errorString()}); choose SVG or PDF")
        return bytes(buffer.data().data())


def figure_image(figure: Figure, options: FigureOptions) -> QImage:
    """Return a figure as an image with an alpha channel, `options.scale` pixels for each unit.

    Raises ExportError for an image that would be too large.
    """
    prepare_painting()
    width, height = (math.ceil(side * options.scale) for side in (figure.width, figure.height))
    _check_size(width, height, options.scale)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise ExportError(
            f"there is not enough memory for {width} × {height} pixels; choose a smaller scale"
        )
    image.fill(Qt.GlobalColor.transparent)
    # Text is measured by the image's dots; the picture is told its resolution afterwards.
    image.setDotsPerMeterX(round(_DOTS_PER_METRE))
    image.setDotsPerMeterY(round(_DOTS_PER_METRE))
    painter = QPainter(image)
    painter.scale(width / figure.width, height / figure.height)
    paint_figure(painter, figure, options)
    painter.end()
    image.setDotsPerMeterX(round(_DOTS_PER_METRE * options.scale))
    image.setDotsPerMeterY(round(_DOTS_PER_METRE * options.scale))
    return image


def _check_size(width: int, height: int, scale: float) -> None:
    if max(width, height) <= MOST_PIXELS_A_SIDE and width * height <= MOST_PIXELS:
        return
    most = scale * min(
        MOST_PIXELS_A_SIDE / max(width, height), math.sqrt(MOST_PIXELS / (width * height))
    )
    allowed = math.floor(most * 100) / 100
    raise ExportError(
        f"{width} × {height} pixels are too many for a PNG picture; "
        f"choose a scale of at most {allowed:g}, or SVG or PDF, which have no pixels"
    )
