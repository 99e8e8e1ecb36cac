"""A whole drawing: parts, places and texts, and the rectangle that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import positions_of
from chainrule.diagram.geometry import Geometry, place_parts
from chainrule.diagram.labels import Labels, write_labels
from chainrule.diagram.parts import (
    LABEL_SIZE,
    NAME_GAP,
    NAME_SIZE,
    NUMBER_SIZE,
    Display,
    Outline,
    Parts,
    build_parts,
)
from chainrule.diagram.text import text_width, typeset_name
from chainrule.graph.graph import GateGraph

Rectangle: TypeAlias = tuple[float, float, float, float]


@final
@dataclass(frozen=True, slots=True)
class Diagram:
    """What is drawn; `display` says which texts are meant to be seen."""

    parts: Parts
    geometry: Geometry
    labels: Labels
    display: Display

    @property
    def output_name(self) -> str:
        """What stands at the right end of the output's wire."""
        output = self.parts.output
        return "" if output is None else typeset_name(self.parts.ids[output])


def draw(graph: GateGraph, passes: Passes, display: Display) -> Diagram:
    """Return the drawing of a graph; nodes without a position are put where a layout puts them."""
    parts = build_parts(graph, passes, display)
    geometry = place_parts(parts, positions_of(graph, parts))
    return Diagram(parts, geometry, write_labels(parts, passes, display), display)


def bounds(diagram: Diagram) -> Rectangle:
    """Return left, top, width and height of a rectangle that holds the drawing and its texts."""
    parts, geometry = diagram.parts, diagram.geometry
    if not parts.ids:
        return 0.0, 0.0, 0.0, 0.0
    height = np.maximum(parts.half[:, 1], NUMBER_SIZE + 8)
    left = geometry.centers[:, 0] - parts.half[:, 0] - _room_left_of(parts)
    right = geometry.stub_ends[:, 0].copy()
    if parts.output is not None:
        right[parts.output] += NAME_GAP + text_width(diagram.output_name, NAME_SIZE)
    top = geometry.centers[:, 1] - height - _room_above(parts)
    bottom = geometry.centers[:, 1] + height
    curves = geometry.curves.reshape(-1, 2)
    xs = np.concatenate((left, right, curves[:, 0]))
    ys = np.concatenate((top, bottom, curves[:, 1]))
    return float(xs.min()), float(ys.min()), float(np.ptp(xs)), float(np.ptp(ys))


def _room_left_of(parts: Parts) -> np.ndarray:
    return np.array(
        [
            NAME_GAP + text_width(name, NAME_SIZE) if outline != Outline.GATE else 0.0
            for name, outline in zip(parts.names, parts.outlines.tolist(), strict=True)
        ]
    )


def _room_above(parts: Parts) -> np.ndarray:
    return np.array(
        [
            LABEL_SIZE + 6 if name and outline == Outline.GATE else 0.0
            for name, outline in zip(parts.names, parts.outlines.tolist(), strict=True)
        ]
    )
