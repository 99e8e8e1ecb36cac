"""The inside of a composite gate as a document: its numbers are those of one use, live.

An edit inside is a step of the root document, which changes the definition and so all its uses.
Undoing is too. Whatever changes the definition, the inside follows by the difference; whatever
changes the numbers around it, its ports and the gradient from above follow those.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Final, final

import numpy as np
from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import GraphError
from chainrule.graph.composites import Composite, Definition, kind_name
from chainrule.graph.defining import SetLooks, definition_called, set_definition
from chainrule.graph.difference import difference
from chainrule.graph.edits import Batch, Edit, SetDefinitions, SetHeader, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.inside import defined_by, header_of, inside
from chainrule.graph.node import Node, NodeId, Position
from chainrule.graph.replacing import ReplaceNode
from chainrule.graph.selection import computes_alike
from chainrule_desktop.document.document import Document, Home, placement, prepare
from chainrule_desktop.document.history import added_nodes, renamed_nodes

_NO_EDIT: Final = Batch(())


@final
class Inside(QObject):
    """Keeps `document` in step with a definition, as the node `use` of the document `outer` has it.

    Signals:
        vanished(): the use is gone, or is no composite gate any more.
    """

    vanished = Signal()

    def __init__(self, outer: Document, use: NodeId, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.outer = outer
        self.use = use
        self._definition = definition_called(outer.root.graph, self.name)
        self._writing: Edit | None = None
        self._placed: dict[NodeId, Position | None] = {}
        self.document = Document(self, _Inner(self))
        self._begin()
        # The insides between the root and this one hear of it first, since they were there first.
        outer.root.changed.connect(self._follow)
        outer.root.replaced.connect(self.vanished)
        outer.renamed.connect(self._follow_rename)
        outer.root.returned.connect(self.document.returned)

    @property
    def name(self) -> str:
        """What the composite gate is called; "" once it is gone."""
        node = self.outer.graph.node(self.use) if self.use in self.outer.graph else None
        kind = None if node is None else node.kind
        return kind.definition if isinstance(kind, Composite) else ""

    @property
    def feeds(self) -> dict[NodeId, NodeId | None]:
        """What feeds each port at this use."""
        sources = self.outer.graph.inputs(self.use)
        return dict(zip(self._definition.inputs, sources, strict=False))

    @property
    def upstream(self) -> Array | None:
        """The gradient that comes from above at this use; None where none is known."""
        return self.outer.passes.gradient(self.use)

    @property
    def differentiated(self) -> str | None:
        """The output whose derivatives the gradients inside are; None where none arrives."""
        if self.upstream is None:
            return None
        home, output = self.outer.home, self.outer.passes.output
        return output if home is None else home.differentiated

    def apply(self, edit: Edit, text: str, merge: Hashable | None, *, joins: bool) -> None:
        """Edit the definition, as a step of the root document.

        Raises GraphError, and changes nothing, for an edit that a definition can't take.
        """
        definition, beside = self._tried(edit)
        root = self.outer.root
        names = dict(renamed_nodes(edit))
        outer_edit = set_definition(root.graph, definition, names, beside)
        self._writing = edit
        try:
            step, key = f"{text} in {self.name}", self.key(merge)
            root.apply(outer_edit, step, key, joins=joins, place=self.name)
        finally:
            self._writing = None

    def key(self, merge: Hashable | None) -> Hashable | None:
        """Return the key of an outer step; equal ids inside and outside are different things."""
        return None if merge is None else ("inside", self.name, merge)

    def _begin(self) -> None:
        graph = inside(self._definition, self.outer.root.graph.definitions)
        _numbers(graph, self._definition, self._values(), self._seed()).apply(graph)
        unplaced = [node.id for node in graph if node.position is None]
        prepared = prepare(graph)
        self._placed = {each: graph.node(each).position for each in unplaced}
        self.document.graph, self.document.passes = prepared.graph, prepared.passes

    def _tried(self, edit: Edit) -> tuple[Definition, Mapping[str, Definition] | None]:
        """Return what the definition would be after an edit; the inside stays as it is.

        With it come the other definitions, where the edit changes those.
        """
        graph, names = self.document.graph, dict(renamed_nodes(edit))
        values = {each: graph.node(each).value for each in self._definition.inputs}
        for port in edit.changes().values & values.keys():
            raise GraphError(self._not_here(port))
        beside = graph.definitions
        inverse = edit.apply(graph)
        try:
            made = defined_by(graph, self._definition, names)
            for old, value in values.items():
                new = names.get(old, old)
                if new in made.inputs and graph.node(new).value is not value:
                    raise GraphError(self._not_here(old))
            return made, None if graph.definitions is beside else graph.definitions
        finally:
            inverse.apply(graph)

    def _not_here(self, port: NodeId) -> str:
        source = self.feeds.get(port)
        if source is None:
            return f"{port!r} is a port; wire it where {self.name} is used to give it a value"
        return f"{port!r} is a port, whose value comes from {source} outside; step out to change it"

    def _follow(self) -> None:
        root = self.outer.root.graph
        definition = root.definitions.get(self.name)
        before = self._definition
        if definition is None or not _is_kin(before, definition):
            self.vanished.emit()
            return
        self._definition = definition
        edit: Edit = _NO_EDIT
        if self._writing is not None:
            edit = self._writing
        elif definition is not before:
            edit = self._difference(before)
        self._make(edit)
        if self._writing is None and (added := added_nodes(edit)):
            self.document.came_back.emit(added)
        self._place()

    def _make(self, edit: Edit) -> None:
        """Make an edit and what follows from it, as one change of which the inside tells."""
        graph = self.document.graph
        inverse = edit.apply(graph)
        following = [each for each in (self._others(), self._numbers()) if each is not _NO_EDIT]
        inverse.apply(graph)
        if edit is not _NO_EDIT or following:
            self.document.make(Batch((edit, *following)))

    def _difference(self, before: Definition) -> Edit:
        """Return what leads from the inside as it is to what the definition says now."""
        graph, definition = self.document.graph, self._definition
        known = {node.id: node for node in before.nodes}
        nodes = (
            graph.node(node.id)
            if known.get(node.id) is node and node.id in graph
            else self._in_place(node)
            for node in definition.nodes
        )
        header = replace(header_of(definition), seed=graph.header.seed)
        return difference(graph, nodes, definition.wires, header)

    def _in_place(self, node: Node) -> Node:
        """Return a node of the definition with what only the inside knows of it."""
        graph = self.document.graph
        there = graph.node(node.id) if node.id in graph else None
        value = there.value if there is not None and node.is_leaf else None
        place = node.position or self._placed.get(node.id)
        if place is None and there is not None:
            place = there.position
        return replace(node, position=place, value=value if node.value is None else node.value)

    def _others(self) -> Edit:
        """Return what brings the definitions that the inside knows up to date."""
        ours, theirs = self.document.graph.definitions, self.outer.root.graph.definitions
        if ours.keys() != theirs.keys():
            return SetDefinitions(theirs)
        changed = [each for name, each in theirs.items() if each is not ours[name]]
        # Its own definition is among them, and no gate inside can be one of those.
        if all(x.name == self.name or computes_alike(ours[x.name], x) for x in changed):
            return Batch(tuple(map(SetLooks, changed))) if changed else _NO_EDIT
        return SetDefinitions(theirs)

    def _numbers(self) -> Edit:
        return _numbers(self.document.graph, self._definition, self._values(), self._seed())

    def _values(self) -> dict[NodeId, Array | None]:
        """Return the values of the ports at this use, as they are at the moment."""
        passes = self.outer.passes
        return {
            port: None if source is None else _kept(passes.value(source))
            for port, source in self.feeds.items()
        }

    def _seed(self) -> Array | None:
        return _kept(self.upstream)

    def _place(self) -> None:
        """Give nodes a place that came without one."""
        graph = self.document.graph
        if any(node.position is None for node in graph):
            self.document.make(placement(graph, self.document.passes))

    def _follow_rename(self, old: NodeId, new: NodeId) -> None:
        if self.use == old:
            self.use = new


@final
class _Inner(Home):
    """The home of an inside."""

    def __init__(self, inside_: Inside) -> None:
        self._inside = inside_

    @property
    @override
    def root(self) -> Document:
        return self._inside.outer.root

    @property
    @override
    def differentiated(self) -> str | None:
        return self._inside.differentiated

    @override
    def apply(self, edit: Edit, text: str, merge: Hashable | None, *, joins: bool) -> None:
        self._inside.apply(edit, text, merge, joins=joins)

    @override
    def key(self, merge: Hashable | None) -> Hashable | None:
        return self._inside.key(merge)


def _is_kin(one: Definition, other: Definition) -> bool:
    """Say whether a definition may be another one of that name, or that one by another name."""
    return one.name == other.name or _gates_of(one) == _gates_of(other)


def _gates_of(definition: Definition) -> list[tuple[NodeId, str]]:
    return [(node.id, kind_name(node.kind)) for node in definition.nodes if not node.is_leaf]


def _numbers(
    graph: GateGraph,
    definition: Definition,
    values: Mapping[NodeId, Array | None],
    seed: Array | None,
) -> Edit:
    """Return what gives the ports inside their values and the output its upstream gradient."""
    edits: list[Edit] = []
    for port in definition.inputs:
        node, value = graph.node(port), values.get(port)
        if not _same(node.value, value):
            if node.value is None or value is None:
                edits.append(ReplaceNode(replace(node, value=value)))
            else:
                edits.append(SetValue(port, value))
    if not _same(graph.header.seed, seed):
        edits.append(SetHeader(replace(graph.header, seed=seed)))
    return Batch(tuple(edits)) if edits else _NO_EDIT


def _same(one: Array | None, other: Array | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and bool(np.array_equal(one, other, equal_nan=True))


def _kept(value: Array | None) -> Array | None:
    """Return a value that stays as it is when the passes run again."""
    return value.copy() if isinstance(value, np.ndarray) else value
