"""What is selected: nodes and wires of a document, by id, and frames and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import final

from PySide6.QtCore import QObject, Signal

from chainrule.graph.changes import Changes
from chainrule.graph.comments import comments_of
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.routes import route_of
from chainrule_desktop.document.document import Document


@final
class CommentKind(StrEnum):
    """What is written around a graph."""

    FRAME = "frame"
    NOTE = "note"


@final
@dataclass(frozen=True, slots=True)
class Comment:
    """A frame or a note, by its number among the document's."""

    kind: CommentKind
    number: int


@final
@dataclass(frozen=True, slots=True)
class _Selected:
    """What was selected at some time."""

    nodes: tuple[NodeId, ...]
    wires: frozenset[Wire]
    comments: frozenset[Comment]


@final
class Selection(QObject):
    """The selected nodes, wires, frames and notes; what vanishes from the graph is so no longer.

    Undoing a step selects what was selected before it, redoing what was after it. Where that isn't
    known, nodes that come back are selected, so that one sees them and can go on with them.

    Signals:
        changed(): other nodes, wires, frames or notes are selected.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._nodes: dict[NodeId, None] = {}
        self._wires: frozenset[Wire] = frozenset()
        self._comments: frozenset[Comment] = frozenset()
        self._point: int | None = None
        self._left: dict[int, _Selected] = {}
        """What was selected when the history was left at each of its places."""
        document.changing.connect(self._leave)
        document.returned.connect(self._return)
        document.renamed.connect(self._follow_rename)
        document.changed.connect(self._drop_vanished)
        document.came_back.connect(self.set)
        document.replaced.connect(self._begin_anew)

    @property
    def nodes(self) -> tuple[NodeId, ...]:
        """The selected nodes in the order in which they were selected."""
        return tuple(self._nodes)

    @property
    def wires(self) -> frozenset[Wire]:
        """The selected wires."""
        return self._wires

    @property
    def comments(self) -> frozenset[Comment]:
        """The selected frames and notes."""
        return self._comments

    @property
    def single(self) -> NodeId | None:
        """The selected node if there is exactly one and nothing else."""
        others = self._wires or self._comments
        return self.nodes[0] if len(self._nodes) == 1 and not others else None

    @property
    def wire(self) -> Wire | None:
        """The selected wire if there is exactly one and nothing else."""
        others = self._nodes or self._comments
        return next(iter(self._wires)) if len(self._wires) == 1 and not others else None

    @property
    def point(self) -> int | None:
        """The number of the reroute point of the selected wire that is chosen, None if none is."""
        wire = self.wire
        if wire is None or self._point is None:
            return None
        there = len(route_of(self._document.graph, wire.target, wire.port))
        return self._point if self._point < there else None

    def choose_point(self, index: int | None) -> None:
        """Choose a reroute point of the selected wire, or none."""
        if index != self._point:
            self._point = index
            self.changed.emit()

    def __bool__(self) -> bool:
        return bool(self._nodes or self._wires or self._comments)

    def __contains__(self, item: object) -> bool:
        return item in self._nodes or item in self._wires or item in self._comments

    def set(
        self,
        nodes: Iterable[NodeId] = (),
        wires: Iterable[Wire] = (),
        comments: Iterable[Comment] = (),
    ) -> None:
        """Select these, as far as the graph has them, and nothing else."""
        graph = self._document.graph
        new_nodes = dict.fromkeys(filter(graph.__contains__, nodes))
        new_wires = frozenset(each for each in wires if holds_wire(graph, each))
        new_comments = frozenset(self._present(comments))
        new = [*new_nodes], new_wires, new_comments
        if new != ([*self._nodes], self._wires, self._comments):
            self._nodes, self._wires, self._comments = new_nodes, new_wires, new_comments
            self._point = None
            self.changed.emit()

    def add(
        self,
        nodes: Iterable[NodeId] = (),
        wires: Iterable[Wire] = (),
        comments: Iterable[Comment] = (),
    ) -> None:
        """Select these too."""
        self.set(
            (*self._nodes, *nodes),
            self._wires | frozenset(wires),
            self._comments | frozenset(comments),
        )

    def toggle(
        self,
        nodes: Iterable[NodeId] = (),
        wires: Iterable[Wire] = (),
        comments: Iterable[Comment] = (),
    ) -> None:
        """Select of these what was not, and the other way round."""
        turned = dict.fromkeys(nodes)
        kept = [each for each in self._nodes if each not in turned]
        new = [each for each in turned if each not in self._nodes]
        self.set(
            (*kept, *new), self._wires ^ frozenset(wires), self._comments ^ frozenset(comments)
        )

    def clear(self) -> None:
        """Select nothing."""
        self.set()

    def select_all(self) -> None:
        """Select all nodes; their wires go with them."""
        self.set(self._document.graph.ids())

    def _leave(self) -> None:
        place = self._document.history.index()
        self._left[place] = _Selected(self.nodes, self._wires, self._comments)

    def _return(self, place: int) -> None:
        """Select what was selected when the history stood here last."""
        known = self._left.get(place)
        if known is not None and self._holds_any(known):
            self.set(known.nodes, known.wires, known.comments)

    def _holds_any(self, known: _Selected) -> bool:
        """Say whether anything of it is there, or it was nothing."""
        graph = self._document.graph
        there = any(each in graph for each in known.nodes)
        there = there or any(holds_wire(graph, each) for each in known.wires)
        empty = not (known.nodes or known.wires or known.comments)
        return there or bool(known.comments) or empty

    def _begin_anew(self) -> None:
        self._left.clear()
        self.clear()

    def _follow_rename(self, old: NodeId, new: NodeId) -> None:
        """Know a node by its new id; what hears of the change hears of this, too."""
        if old in self._nodes:
            self._nodes = dict.fromkeys(new if each == old else each for each in self._nodes)
        self._wires = frozenset(
            each._replace(
                source=new if each.source == old else each.source,
                target=new if each.target == old else each.target,
            )
            for each in self._wires
        )

    def _drop_vanished(self, changes: Changes) -> None:
        if changes.structure or changes.comments:
            self.set(self._nodes, self._wires, self._comments)

    def _present(self, comments: Iterable[Comment]) -> Iterable[Comment]:
        """Return those of some frames and notes that are there."""
        wanted = [*comments]
        if not wanted:
            return wanted
        there = comments_of(self._document.graph.header)
        counts = {
            CommentKind.FRAME: len(there.frames),
            CommentKind.NOTE: len(there.notes),
        }
        return [each for each in wanted if each.number < counts[each.kind]]


def holds_wire(graph: GateGraph, wire: Wire) -> bool:
    """Say whether a graph has a wire."""
    return wire.target in graph and wire in graph.wires_into(wire.target)
