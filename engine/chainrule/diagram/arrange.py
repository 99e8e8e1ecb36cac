"""Positions for drawings: those that a graph has, and a layout for the nodes that have none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.diagram.parts import Display, Floats, Parts, build_parts
from chainrule.diagram.reach import with_readouts
from chainrule.graph.edits import MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Position

_USUAL = Display()


def arrange(graph: GateGraph, passes: Passes, display: Display = _USUAL) -> MoveNodes:
    """Return the edit that puts all nodes of `graph` where a layered layout wants them.

    There is room for what `display` shows: more decimals and names need more.
    """
    parts = build_parts(graph, passes, display)
    return move_to(parts, _layered(problem_of(parts)))


def positions_of(graph: GateGraph, parts: Parts) -> Floats:
    """Return the centre of every node, an array (n, 2); nodes without a position are placed.

    Where too many have none for a layout in a moment, all are placed roughly.
    """
    places = [node.position for node in graph]
    known = {row: place for row, place in enumerate(places) if place is not None}
    if len(known) == len(places):
        return np.array(places, np.float64).reshape(-1, 2)
    return _placed(problem_of(parts), known)


def needs_time(graph: GateGraph) -> bool:
    """Say whether a layout of the nodes without a position would take longer than a moment."""
    missing = sum(node.position is None for node in graph)
    if not missing:
        # The layout is left alone: its library takes 4 MB.
        return False
    from chainrule.layout import JOB_SIZE

    return missing > JOB_SIZE


def move_to(parts: Parts, centers: Floats) -> MoveNodes:
    """Return the edit that moves the nodes of `parts` to `centers`."""
    places: dict[str, Position | None] = {
        node_id: (x, y) for node_id, (x, y) in zip(parts.ids, centers.tolist(), strict=True)
    }
    return MoveNodes(places)


def problem_of(parts: Parts) -> Any:
    """Return what `chainrule.layout` is asked: how far every node reaches, and the wires."""
    from chainrule.layout import Extent, LayeredProblem, WireEnds

    # A reach is left, up, right, down.
    reach = with_readouts(parts).tolist()
    extents = [Extent(left, right, up, down) for left, up, right, down in reach]
    wires = [
        WireEnds(source, target, wire.port)
        for (source, target), wire in zip(parts.ends.tolist(), parts.wires, strict=True)
    ]
    return LayeredProblem(extents, wires)


def _layered(problem: Any) -> Floats:
    from chainrule.layout import layered

    return layered(problem)


def _placed(problem: Any, known: Mapping[int, Position]) -> Floats:
    from chainrule.layout import JOB_SIZE, place_among, rough

    if len(problem.extents) - len(known) > JOB_SIZE:
        return rough(problem)
    return place_among(problem, known)
