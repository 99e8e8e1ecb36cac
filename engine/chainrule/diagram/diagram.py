"""A whole drawing: parts, places and texts, and the rectangle that holds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias, final

import numpy as np

from chainrule.autodiff.covering import covering_of
from chainrule.autodiff.passes import Passes
from chainrule.diagram.blanks import NO_BLANKS, BlankBoxes, place_blanks, without_hidden
from chainrule.diagram.commentary import (
    NO_COMMENTS,
    Placed,
    commentary_of,
    place_comments,
)
from chainrule.diagram.geometry import Geometry, place_parts
from chainrule.diagram.labels import Labels, write_labels
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import Display, Floats, Parts
from chainrule.diagram.reach import reaches
from chainrule.diagram.readouts import readout_boxes
from chainrule.diagram.room import parts_in_place
from chainrule.diagram.waypoints import waypoints_of
from chainrule.graph.exercises import answers_of
from chainrule.graph.graph import GateGraph

Rectangle: TypeAlias = tuple[float, float, float, float]


@final
@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Diagram:
    """What is drawn; `display` says which texts are meant to be seen.

    What an exercise hides is in no label; `blanks` are boxes in its place.
    """

    parts: Parts
    geometry: Geometry
    labels: Labels
    display: Display
    comments: Placed = NO_COMMENTS
    blanks: BlankBoxes = field(default_factory=lambda: NO_BLANKS)

    @property
    def output_name(self) -> str:
        """What stands at the right end of the output's wire."""
        return self.parts.output_name


def draw(graph: GateGraph, passes: Passes, display: Display) -> Diagram:
    """Return the drawing of a graph; nodes without a position are put where a layout puts them."""
    parts, centers = parts_in_place(graph, passes, display)
    geometry = place_parts(parts, centers, waypoints_of(graph, parts))
    comments = place_comments(commentary_of(graph, parts), parts, geometry)
    covered = covering_of(graph, passes)
    labels = without_hidden(write_labels(parts, passes, display), parts, covered)
    blanks = place_blanks(covered, answers_of(graph.header), parts, geometry)
    return Diagram(parts, geometry, labels, display, comments, blanks)


@kept_with_arguments
def bounds(diagram: Diagram) -> Rectangle:
    """Return left, top, width and height of a rectangle that holds the drawing and its texts."""
    readouts = np.array([*readout_boxes(diagram.parts, diagram.geometry).values()]).reshape(-1, 4)
    boxes = np.concatenate((diagram.comments.frames, diagram.comments.notes, readouts))
    if not diagram.parts.ids and not len(boxes):
        return 0.0, 0.0, 0.0, 0.0
    (left, right), (top, bottom) = (_extent(diagram, boxes, axis) for axis in range(2))
    return left, top, right - left, bottom - top


def _extent(diagram: Diagram, boxes: Floats, axis: int) -> tuple[float, float]:
    """Return the first and the last place along an axis of nodes, wires and `boxes`."""
    centers, reach = diagram.geometry.centers[:, axis], reaches(diagram.parts)
    # Column by column: put together first, all of them would take much memory for a moment.
    curves = diagram.geometry.ways.curves[:, :, axis]
    lows = centers - reach[:, axis], curves, boxes[:, axis]
    highs = centers + reach[:, axis + 2], curves, boxes[:, axis + 2]
    low = min(float(each.min(initial=np.inf)) for each in lows)
    return low, max(float(each.max(initial=-np.inf)) for each in highs)
