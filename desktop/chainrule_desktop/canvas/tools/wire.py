"""Drawing a wire, from an output to an input or the other way."""

from __future__ import annotations

import math
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.hit import (
    SNAP_REACH,
    Hit,
    Part,
    nearest_input,
    nearest_input_of,
    nearest_output,
    node_at,
)
from chainrule_desktop.canvas.marks import LooseWire, Point
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Stage, Tool
from chainrule_desktop.canvas.tools.wiring import Proposal, free_port, propose

_PLUG_REACH = 12.0
_INVITATIONS = {True: "Drop the wire on an input.", False: "Drop the wire on an output."}


@final
class WireTool(Tool):
    """A drag from a port: the loose end snaps to ports and says what a wire there would do.

    A click selects: at an output the node, at an input the wire, or the node where there is none.
    """

    def __init__(self, stage: Stage, start: Hit, point: Point, held: Held) -> None:
        self._stage = stage
        self._clicked = start
        self._start = point
        self._extend = held.extends
        self._dragging = False
        self._node = start.node or ""
        self._port = start.port
        self._from_output = start.part is Part.OUTPUT
        self._anchor = self._place(start)
        self._proposal: Proposal | None = None

    @override
    def move(self, point: Point, held: Held) -> None:
        if not self._dragging:
            away = math.dist(point, self._start) * self._stage.scale_factor()
            if away < STARTS_AFTER:
                return
            self._dragging = True
        end = self._end(point)
        self._proposal = None if end is None else self._propose(end)
        allowed = self._proposal is None or self._proposal.allowed
        place = point if end is None else self._place(end)
        first, last = (self._anchor, place) if self._from_output else (place, self._anchor)
        loose = LooseWire(first, last, allowed=allowed, snapped=end is not None)
        hovered = None if end is None else end.node
        self._stage.change_marks(loose=loose, hovered_node=hovered, hovered_wire=None)
        if self._proposal is not None:
            self._stage.say(self._proposal.sentence, beside_pointer=True)
        else:
            self._stage.say(_INVITATIONS[self._from_output], beside_pointer=True)

    @override
    def release(self, point: Point, held: Held) -> None:
        if not self._dragging:
            self._select()
            return
        proposal = self._proposal
        if proposal is not None and proposal.allowed:
            self._stage.editor.connect(*proposal.wire)
        elif proposal is not None:
            self._stage.say(proposal.sentence)

    @override
    def restore(self) -> None:
        # A wire that is being dragged is not in the document yet.
        pass

    @override
    def clear(self) -> None:
        self._stage.change_marks(loose=None, hovered_node=None)
        self._stage.say("", beside_pointer=True)

    def _select(self) -> None:
        selection = self._stage.editor.selection
        choose = selection.toggle if self._extend else selection.set
        wire = self._clicked.wire
        if wire is None:
            choose((self._node,))
        else:
            choose(wires=(wire,))

    def _end(self, point: Point) -> Hit | None:
        """Return the port that the loose end would be plugged into at `point`."""
        diagram = self._stage.diagram()
        reach = SNAP_REACH / max(self._stage.scale_factor(), 0.5)
        if not self._from_output:
            found = nearest_output(diagram, point, reach) or self._output_of_body(point)
            return found if found is not None and found.node != self._node else None
        body = node_at(diagram, point)
        if body is None or body == self._node:
            return nearest_input(diagram, point, reach)
        # A gate is so small that all of it is near its ports: only close to one is it meant.
        near = nearest_input(diagram, point, _PLUG_REACH)
        if near is not None and near.node == body:
            return near
        return self._input_of_body(body, point)

    def _output_of_body(self, point: Point) -> Hit | None:
        body = node_at(self._stage.diagram(), point)
        return None if body is None else Hit(Part.OUTPUT, body)

    def _input_of_body(self, body: NodeId, point: Point) -> Hit:
        nearest = nearest_input_of(self._stage.diagram(), body, point)
        return Hit(Part.INPUT, body, free_port(self._stage.editor.document, body, nearest))

    def _propose(self, end: Hit) -> Proposal:
        document = self._stage.editor.document
        if self._from_output:
            return propose(document, self._node, end.node or "", end.port)
        return propose(document, end.node or "", self._node, self._port)

    def _place(self, hit: Hit) -> Point:
        """Return where a port is drawn; a port that is yet to be made, at its gate's left end."""
        diagram = self._stage.diagram()
        parts, geometry = diagram.parts, diagram.geometry
        row = parts.index[hit.node or ""]
        if hit.part is Part.OUTPUT:
            x, y = geometry.stub_ends[row].tolist()
            return x, y
        wired = (parts.ends[:, 1] == row) & (_ports_of(parts.wires) == hit.port)
        opened = (parts.open_nodes == row) & (parts.open_numbers == hit.port)
        places = np.concatenate((geometry.port_ends[wired], geometry.open_ports[opened]))
        if len(places) == 0:
            x, y = geometry.centers[row].tolist()
            return x - float(parts.half[row, 0]), y
        x, y = places[0].tolist()
        return x, y


def _ports_of(wires: tuple[tuple[str, str, int], ...]) -> np.ndarray:
    return np.array([port for _, _, port in wires], np.intp)
