"""Small pictures of graphs, for the cards of the start view."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from chainrule.diagram.parts import Display
from chainrule.export.figure import Figure, make_figure
from chainrule.export.options import Background, FigureOptions
from chainrule.graph.graph import GateGraph
from chainrule_desktop.figures.painter import Detail, paint_figure
from chainrule_desktop.figures.surroundings import ink_of
from chainrule_desktop.theme import Palette

_LARGEST_SCALE = 0.9
_READABLE_SCALE = 0.6
# In pixels: thinner lines fade, and smaller letters are mere specks.
_LEAST_LINE = 1.0
_LEAST_TEXT = 5.0
_WITHOUT_NUMBERS = Display(values=False, gradients=False)


@final
class ExamplePicture:
    """A graph that is painted as the canvas does; without numbers where they could not be read.

    Raises ExportError for an empty graph.
    """

    def __init__(self, graph: GateGraph) -> None:
        self._whole = make_figure(graph, FigureOptions())
        self._bare = make_figure(graph, FigureOptions(display=_WITHOUT_NUMBERS))

    def image(self, room: QSize, palette: Palette, ratio: float) -> QImage:
        """Return the picture in a size that fits into `room`, sharp at that pixel ratio."""
        scale = _fitting_scale(self._whole, room)
        if scale >= _READABLE_SCALE:
            return _painted(self._whole, scale, palette, ratio)
        return _painted(self._bare, _fitting_scale(self._bare, room), palette, ratio)


def _fitting_scale(figure: Figure, room: QSize) -> float:
    return min(_LARGEST_SCALE, room.width() / figure.width, room.height() / figure.height)


def _painted(figure: Figure, scale: float, palette: Palette, ratio: float) -> QImage:
    width, height = (max(1, round(side * scale * ratio)) for side in (figure.width, figure.height))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(scale * ratio, scale * ratio)
    options = FigureOptions(background=Background.TRANSPARENT, ink=ink_of(palette))
    paint_figure(painter, figure, options, Detail(_LEAST_LINE / scale, _LEAST_TEXT / scale))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
