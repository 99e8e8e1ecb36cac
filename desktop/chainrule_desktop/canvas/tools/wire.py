"""Drawing a wire, from an output to an input or the other way, and plugging one in elsewhere."""

from __future__ import annotations

import math
from typing import final

from typing_extensions import override

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.hit import Hit, Part, node_at
from chainrule_desktop.canvas.marks import LooseWire, Point
from chainrule_desktop.canvas.tools.plugs import Plugs, port_place
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Stage, Tool
from chainrule_desktop.canvas.tools.wiring import Proposal
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.document.rewiring import replug

_LET_GO = 18.0
"""How many pixels from its port a new wire must be dropped for something to be added there."""

_INVITATIONS = {
    True: "Drop the wire on an input, or anywhere to add a gate there.",
    False: "Drop the wire on an output, or anywhere to add what feeds it.",
}


@final
class WireTool(Tool):
    """A drag from a port: the loose end snaps to ports and says what a wire there would do.

    From a wired input it takes the wire off and carries its end away; with Shift the wire stays,
    and another from the same source is drawn. On empty canvas a wire that was taken off is gone,
    and for a new one what to add is searched. A click selects: at an output the node, at an input
    the wire, or the node where there is none.
    """

    def __init__(self, stage: Stage, start: Hit, point: Point, held: Held) -> None:
        self._stage = stage
        self._clicked = start
        self._start = point
        self._extend = held.extends
        self._dragging = False
        self._pulled = start.wire
        self._loose = _loose_end(start)
        self._anchor = self._place_of(self._loose)
        self._plugs = self._plugs_for(self._pulled)
        self._proposal: Proposal | None = None

    @override
    def move(self, point: Point, held: Held) -> None:
        if not self._dragging:
            away = math.dist(point, self._start) * self._stage.scale_factor()
            if away < STARTS_AFTER:
                return
            self._dragging = True
            self._stage.change_marks(fitting=self._plugs.fitting())
        lifted = None if held.shift else self._clicked.wire
        if lifted != self._pulled:
            self._pulled, self._plugs = lifted, self._plugs_for(lifted)
        self._proposal = self._plugs.at(point)
        self._mark(point)
        self._stage.say(self._sentence(), beside_pointer=True)

    @override
    def release(self, point: Point, held: Held) -> None:
        proposal, editor = self._proposal, self._stage.editor
        if not self._dragging:
            self._select()
        elif proposal is not None and not proposal.allowed:
            self._stage.say(proposal.sentence)
        elif proposal is not None and self._pulled is not None:
            replug(editor, self._pulled, proposal.wire)
        elif proposal is not None:
            editor.connect(*proposal.wire)
        elif self._pulled is not None:
            editor.disconnect(self._pulled)
            self._stage.say(f"Unwired {_ends(self._pulled)}.")
        elif self._is_let_go(point):
            self._ask_for_gate(point)

    @override
    def restore(self) -> None:
        # A wire that is being dragged is not in the document yet, or still is.
        pass

    @override
    def clear(self) -> None:
        nothing = frozenset[Wire]()
        self._stage.change_marks(loose=None, hovered_node=None, fitting=(), cut_wires=nothing)
        self._stage.say("", beside_pointer=True)

    def _mark(self, point: Point) -> None:
        proposal, lifted = self._proposal, self._pulled
        place = point if proposal is None else self._plugs.place(proposal.wire)
        allowed = proposal is None or proposal.allowed
        stays = lifted is None or (proposal is not None and proposal.wire == lifted)
        self._stage.change_marks(
            loose=self._drawn_to(place, allowed=allowed, snapped=proposal is not None),
            hovered_node=None if proposal is None else self._end_of(proposal.wire),
            hovered_wire=None,
            cut_wires=frozenset(() if stays or lifted is None else (lifted,)),
        )

    def _drawn_to(self, place: Point, *, allowed: bool = True, snapped: bool = False) -> LooseWire:
        ends = (self._anchor, place) if self._from_output else (place, self._anchor)
        return LooseWire(*ends, allowed=allowed, snapped=snapped)

    def _sentence(self) -> str:
        proposal, pulled = self._proposal, self._pulled
        if proposal is not None:
            shift = " (Shift: wire it there, too.)" if self._moves(proposal) else ""
            return proposal.sentence + shift
        if pulled is not None:
            return f"Unwires {_ends(pulled)}; drop it on a port to move it. Shift: leave it."
        return _INVITATIONS[self._from_output]

    def _moves(self, proposal: Proposal) -> bool:
        return proposal.allowed and self._pulled not in (None, proposal.wire)

    def _ask_for_gate(self, point: Point) -> None:
        self._stage.ask_for_gate(point, self._loose)
        # The wire stays until the search is over.
        self._stage.change_marks(loose=self._drawn_to(point))

    def _is_let_go(self, point: Point) -> bool:
        """Say whether a new wire was dropped on the canvas, and not back where it came from."""
        far = math.dist(point, self._anchor) * self._stage.scale_factor() >= _LET_GO
        return far and node_at(self._stage.diagram(), point) is None

    def _select(self) -> None:
        selection = self._stage.editor.selection
        choose = selection.toggle if self._extend else selection.set
        wire = self._clicked.wire
        if wire is None:
            choose((self._clicked.node or "",))
        else:
            choose(wires=(wire,))

    @property
    def _from_output(self) -> bool:
        return self._loose.port is None

    def _plugs_for(self, lifted: Wire | None) -> Plugs:
        return Plugs(self._stage, self._loose, lifted)

    def _end_of(self, wire: Wire) -> str:
        return wire.target if self._from_output else wire.source

    def _place_of(self, end: LooseEnd) -> Point:
        """Return where the end of the wire that is held fast is drawn."""
        if end.port is not None:
            return port_place(self._stage, end.node, end.port)
        diagram = self._stage.diagram()
        x, y = diagram.geometry.stub_ends[diagram.parts.index[end.node]].tolist()
        return x, y


def _loose_end(start: Hit) -> LooseEnd:
    """Return the end that is held fast: of a wire that is taken off its port, its source."""
    if start.wire is not None:
        return LooseEnd(start.wire.source)
    return LooseEnd(start.node or "", None if start.part is Part.OUTPUT else start.port)


def _ends(wire: Wire) -> str:
    return f"{wire.source} from {wire.target}"
