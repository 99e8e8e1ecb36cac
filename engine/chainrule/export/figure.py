"""A graph as the elements of a figure and the page that holds them: what all formats share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

from chainrule.autodiff.misfits import misfits_of
from chainrule.autodiff.passes import Passes
from chainrule.diagram.boxes import Rect, covering_box
from chainrule.diagram.diagram import draw
from chainrule.diagram.elements import elements
from chainrule.diagram.primitives import Element
from chainrule.diagram.text import one_line
from chainrule.errors import ExportError
from chainrule.export.options import FigureOptions
from chainrule.graph.graph import GateGraph

MARGIN = 16.0
UNTITLED = "Computational graph"


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn, and where: `page` holds all elements and a margin, in canvas units."""

    title: str
    elements: tuple[Element, ...]
    page: Rect

    @property
    def width(self) -> float:
        """The page's width in canvas units."""
        return self.page.right - self.page.left

    @property
    def height(self) -> float:
        """The page's height in canvas units."""
        return self.page.bottom - self.page.top


def make_figure(graph: GateGraph, options: FigureOptions) -> Figure:
    """Return the figure of a whole graph; raise ExportError if the graph is empty."""
    if len(graph) == 0:
        raise ExportError("the graph is empty, so there is nothing to draw; add a gate first")
    passes = Passes(graph)
    misfits = misfits_of(graph, passes).items()
    drawn = elements(draw(graph, passes, options.display), passes.faults, misfits)
    return Figure(one_line(graph.header.title or "") or UNTITLED, drawn, _page(drawn))


def _page(drawn: tuple[Element, ...]) -> Rect:
    """Return the box of all elements with a margin, in whole units so that pixels come out even."""
    box = covering_box(drawn).grown(MARGIN)
    return Rect(
        math.floor(box.left), math.floor(box.top), math.ceil(box.right), math.ceil(box.bottom)
    )
