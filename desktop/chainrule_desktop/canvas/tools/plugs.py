"""The ports to which the loose end of a wire can snap."""

from __future__ import annotations

import math
from typing import Final, final

import numpy as np

from chainrule.diagram.parts import Floats
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import upstream_of
from chainrule_desktop.canvas.hit import SNAP_REACH, nearest_input_of, node_at
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.tool import Stage
from chainrule_desktop.canvas.tools.wiring import Proposal, free_ports, propose
from chainrule_desktop.document.fitting import fits
from chainrule_desktop.document.loose_end import LooseEnd

_PLUG_REACH: Final = 12.0
_MOST_MARKED: Final = 300


@final
class Plugs:
    """Finds the port for the loose end of a wire at a point, and says what a wire there would do.

    A port that fits comes before one whose shapes don't, and that before one that can't take the
    wire, however near they are within reach; among equals the nearest is taken. `lifted` is the
    wire whose end it is, None for a new one. What is found of a port is kept, since while a wire is
    being dragged the graph stays as it is.
    """

    def __init__(self, stage: Stage, held: LooseEnd, lifted: Wire | None) -> None:
        self._stage = stage
        self._held = held
        self._lifted = lifted
        self._known: dict[Wire, Proposal] = {}

    def at(self, point: Point) -> Proposal | None:
        """Return what a wire to the port at `point` would do, None where there is none."""
        body = node_at(self._stage.diagram(), point)
        if body is not None and body != self._held.node:
            return self._at_body(body, point)
        reach = SNAP_REACH / max(self._stage.scale_factor(), 0.5)
        return self._best(self._within(point, reach))

    def place(self, wire: Wire) -> Point:
        """Return where the loose end is drawn when it is plugged in to make this wire."""
        diagram = self._stage.diagram()
        parts, geometry = diagram.parts, diagram.geometry
        if self._held.port is not None:
            x, y = geometry.stub_ends[parts.index[wire.source]].tolist()
            return x, y
        return port_place(self._stage, wire.target, wire.port)

    def fitting(self) -> tuple[Point, ...]:
        """Return the places of the open inputs that fit; none for the end of an input's wire."""
        if self._held.port is not None:
            return ()
        document, diagram = self._stage.editor.document, self._stage.diagram()
        parts, source = diagram.parts, self._held.node
        blocked = upstream_of(document.graph, (source,))
        numbers: list[int] = parts.open_numbers.tolist()
        rows: list[int] = parts.open_nodes.tolist()
        places: list[list[float]] = diagram.geometry.open_ports.tolist()
        few = len(places) <= _MOST_MARKED
        found: list[Point] = []
        for row, number, (x, y) in zip(rows, numbers, places, strict=True):
            target = parts.ids[row]
            if target not in blocked and (not few or fits(document, Wire(source, target, number))):
                found.append((x, y))
        return tuple(found)

    def _at_body(self, body: NodeId, point: Point) -> Proposal:
        """Return the best for a wire dropped on a node: a port right there, else a free one."""
        if self._held.port is not None:
            return self._propose(body, 0)
        # A gate is so small that all of it is near its ports: only close to one is it meant.
        near = [each for each in self._within(point, _PLUG_REACH) if each[1].wire.target == body]
        if near:
            return min(near, key=_nearest)[1]
        document = self._stage.editor.document
        nearest = nearest_input_of(self._stage.diagram(), body, point)
        ports = free_ports(document, body, self._lifted) or [nearest]
        return min((self._propose(body, port) for port in ports), key=_rank)

    def _within(self, point: Point, reach: float) -> list[tuple[float, Proposal]]:
        """Return what wires to the ports within reach would do, each with its distance."""
        diagram = self._stage.diagram()
        parts, geometry = diagram.parts, diagram.geometry
        if self._held.port is not None:
            return [
                (away, self._propose(parts.ids[row], 0))
                for row, away in _near(geometry.stub_ends, point, reach)
                if parts.ids[row] != self._held.node
            ]
        found: list[tuple[float, Proposal]] = []
        for row, away in _near(geometry.port_ends, point, reach):
            wire = parts.wires[row]
            found.append((away, self._propose(wire.target, wire.port)))
        for row, away in _near(geometry.open_ports, point, reach):
            target = parts.ids[int(parts.open_nodes[row])]
            found.append((away, self._propose(target, int(parts.open_numbers[row]))))
        return found

    def _best(self, found: list[tuple[float, Proposal]]) -> Proposal | None:
        return min(found, key=lambda each: (each[1].rank, each[0]))[1] if found else None

    def _propose(self, there: NodeId, port: int) -> Proposal:
        if self._held.port is not None:
            wire = Wire(there, self._held.node, self._held.port)
        else:
            wire = Wire(self._held.node, there, port)
        if wire not in self._known:
            document = self._stage.editor.document
            self._known[wire] = propose(document, wire, self._lifted)
        return self._known[wire]


def port_place(stage: Stage, node: NodeId, port: int) -> Point:
    """Return where an input is drawn; one that is yet to be made, at its gate's left end."""
    diagram = stage.diagram()
    parts, geometry = diagram.parts, diagram.geometry
    row = parts.index[node]
    for wired in np.flatnonzero(parts.ends[:, 1] == row).tolist():
        if parts.wires[wired].port == port:
            x, y = geometry.port_ends[wired].tolist()
            return x, y
    opened = (parts.open_nodes == row) & (parts.open_numbers == port)
    for x, y in geometry.open_ports[opened].tolist():
        return x, y
    x, y = geometry.centers[row].tolist()
    return x - float(parts.half[row, 0]), y


def _near(places: Floats, point: Point, reach: float) -> list[tuple[int, float]]:
    """Return the rows of the places within reach of a point, each with its distance."""
    if len(places) == 0:
        return []
    close = np.flatnonzero((np.abs(places - np.array(point)) <= reach).all(axis=1))
    away = ((row, math.dist(places[row].tolist(), point)) for row in close.tolist())
    return [(row, distance) for row, distance in away if distance <= reach]


def _nearest(each: tuple[float, Proposal]) -> float:
    return each[0]


def _rank(each: Proposal) -> int:
    return each.rank
