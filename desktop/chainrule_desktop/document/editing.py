"""Editing as people speak of it: add a gate, wire a port, set a value; each is one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain, count
from typing import final

import numpy as np

from chainrule.arrays import Array
from chainrule.expression.naming import constant_names, fresh_names
from chainrule.gates.kind import Kind, Setting
from chainrule.gates.leaf import Constant, Input, Leaf
from chainrule.graph.edits import (
    AddNodes,
    Batch,
    Connect,
    Disconnect,
    Edit,
    MoveNodes,
    RemoveNodes,
    Rename,
    SetHeader,
    SetKind,
    SetLabel,
    SetValue,
)
from chainrule.graph.node import Node, NodeId, Position, Wire
from chainrule.graph.scripts import SECTION, script_json, script_of
from chainrule.graph.sections import SetSection
from chainrule.graph.selection import fresh_id
from chainrule_desktop.document.commenting import Commenter, counted, removal_of
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.exercising import renamed_exercise
from chainrule_desktop.document.library import Library
from chainrule_desktop.document.offered import Offered, offered
from chainrule_desktop.document.practising import Practice
from chainrule_desktop.document.rerouting import nudge_point, remove_point
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.document.training.sections import renamed_in_training


@final
class Editor:
    """The verbs of editing on a document and its selection.

    Every method that can fail raises a GraphError (or ParameterError) whose sentence is for the
    user, and changes nothing.
    """

    def __init__(
        self, document: Document, selection: Selection, library: Library | None = None
    ) -> None:
        self.document = document
        self.selection = selection
        self.library = library or Library()
        self.commenter = Commenter(document, selection)
        self.practice = Practice(document)

    def add(self, kind_name: str, position: Position) -> NodeId:
        """Add a gate, a leaf or a composite gate of that name, select it and return its id."""
        found = self.offered(kind_name)
        kind = found.kind
        value = np.float64(1.0) if isinstance(kind, Leaf) else None
        node_id = self.new_id(kind)
        ports = kind.least_ports
        node = Node(node_id, kind, ports, value, position=position)
        self.document.apply(found.with_(AddNodes((node,))), f"Add {kind_name}")
        self.selection.set((node_id,))
        return node_id

    def add_value(self, value: Array, position: Position, name: str | None = None) -> NodeId:
        """Add an input that holds `value`, select it and return its id, `name` if that is free."""
        kind = Input()
        node_id = self.new_id(kind) if name is None else fresh_id(self.document.graph, name)
        node = Node(node_id, kind, 0, value, position=position)
        self.document.apply(AddNodes((node,)), f"Add {node_id}")
        self.selection.set((node_id,))
        return node_id

    def connect(self, source: NodeId, target: NodeId, port: int) -> None:
        """Wire a port; ports up to it are made for it where a gate takes more.

        A wire that is there already is no undo step.
        """
        graph = self.document.graph
        node = graph.node(target)
        if port < node.ports and graph.inputs(target)[port] == source:
            return
        wire = Connect(Wire(source, target, port))
        edit: Edit = wire
        if port >= node.ports and node.kind.takes_ports(port + 1):
            edit = Batch((SetKind(target, node.kind, port + 1, node.value), wire))
        self.document.apply(edit, f"Wire {source} to {target}")

    def disconnect(self, wire: Wire) -> None:
        """Take a wire off its port."""
        text = f"Unwire {wire.source} from {wire.target}"
        self.document.apply(Disconnect(wire.target, wire.port), text)

    def delete_selected(self) -> None:
        """Delete the selected nodes with their wires, wires, frames and notes.

        The nodes in a frame that is deleted stay. Of a wire one of whose points is chosen, only
        that goes.
        """
        wire, point = self.selection.wire, self.selection.point
        if wire is not None and point is not None:
            remove_point(self.document, self.selection, wire, point)
            return
        nodes, wires, comments = self.selection.nodes, self.selection.wires, self.selection.comments
        cut = [Disconnect(w.target, w.port) for w in wires if not {w.source, w.target} & {*nodes}]
        edits: list[Edit] = [*cut]
        removal = removal_of(self.document, comments)
        if removal is not None:
            edits.append(removal)
        if nodes:
            edits.append(RemoveNodes(nodes))
        what = _counted(nodes, wires) if nodes or wires else counted(comments)
        if edits:
            self.document.apply(Batch(tuple(edits)), f"Delete {what}")

    def move(self, positions: Mapping[NodeId, Position], merge: object = None) -> None:
        """Put nodes elsewhere; moves in a row with the same `merge` key are one step."""
        what = next(iter(positions)) if len(positions) == 1 else f"{len(positions)} nodes"
        self.document.apply(MoveNodes(dict(positions)), f"Move {what}", merge)

    def set_value(self, node_id: NodeId, value: Array, merge: object = None) -> None:
        """Give a leaf another value."""
        self.document.apply(SetValue(node_id, value), f"Set {node_id}", merge)

    def set_parameter(
        self, node_id: NodeId, name: str, value: Setting, merge: object = None
    ) -> None:
        """Give a gate's parameter another value; raise ParameterError if it can't have it."""
        node = self.document.graph.node(node_id)
        settings = {**node.kind.settings(), name: value}
        kind = type(node.kind).create(settings)
        edit = SetKind(node_id, kind, node.ports, node.value)
        self.document.apply(edit, f"Set {name} of {node_id}", merge)

    def set_port_count(self, node_id: NodeId, count: int) -> None:
        """Give a gate more or fewer ports; wires to ports that vanish go too."""
        graph = self.document.graph
        node = graph.node(node_id)
        lost = [Disconnect(w.target, w.port) for w in graph.wires_into(node_id) if w.port >= count]
        edit = Batch((*lost, SetKind(node_id, node.kind, count, node.value)))
        self.document.apply(edit, f"Change the inputs of {node_id}")

    def rename(self, node_id: NodeId, new: NodeId) -> None:
        """Give a node another id, also in the script of playback and in what trains the graph."""
        if new == node_id:
            return
        edits: list[Edit] = [Rename(node_id, new)]
        script = script_of(self.document.graph.header)
        renamed = script.renamed(node_id, new)
        if renamed != script:
            edits.append(SetSection(SECTION, script_json(renamed)))
        edits += renamed_exercise(self.document, node_id, new)
        edits.extend(renamed_in_training(self.document.graph.header, node_id, new))
        self.document.apply(Batch(tuple(edits)), f"Rename {node_id} to {new}")

    def set_label(self, node_id: NodeId, label: str | None) -> None:
        """Let a node show a label instead of its id; None or "" shows the id."""
        self.document.apply(SetLabel(node_id, label or None), f"Label {node_id}")

    def change_leaf(self, node_id: NodeId, kind: Leaf) -> None:
        """Make a leaf an input, a parameter or a constant; its value stays."""
        node = self.document.graph.node(node_id)
        edit = SetKind(node_id, kind, 0, node.value)
        self.document.apply(edit, f"Make {node_id} {_article(kind.name)}")

    def choose_output(self, node_id: NodeId | None) -> None:
        """Choose the node that is differentiated; None lets the graph decide again."""
        header = self.document.graph.header
        if header.output != node_id:
            # A seed belongs to the output that it was given for.
            edit = SetHeader(replace(header, output=node_id, seed=None))
            self.document.apply(edit, f"Choose {node_id or 'no node'} as output")

    def set_about(self, title: str | None, description: str | None) -> None:
        """Give the graph a title and a description."""
        header = self.document.graph.header
        edit = SetHeader(replace(header, title=title or None, description=description or None))
        if edit.header != header:
            self.document.apply(edit, "Change the title")

    def nudge(self, dx: float, dy: float) -> None:
        """Move what is selected a little, frames with their nodes; nudges in a row are one step."""
        nodes = self.selection.nodes
        if nudge_point(self.document, self.selection, dx, dy):
            return
        if self.selection.comments:
            self.commenter.nudge(dx, dy)
            return
        moved = {
            each: (position[0] + dx, position[1] + dy)
            for each in nodes
            if (position := self.document.graph.node(each).position) is not None
        }
        if moved:
            self.move(moved, merge=("nudge", nodes))

    def offered(self, name: str) -> Offered:
        """Return the kind of that name, of the graph or the library; see `document.offered`."""
        return offered(self.document.graph, self.library.shelves, name)

    def new_id(self, kind: Kind) -> NodeId:
        """Return a short free name, as in the lecture: x, y, z; w0, w1; c1; a, b for gates."""
        graph = self.document.graph
        if isinstance(kind, Constant):
            return next(constant_names(graph))
        if not isinstance(kind, Leaf):
            return next(fresh_names(graph))
        numbered = (f"w{n}" for n in count()) if kind.trained else (f"x{n}" for n in count(1))
        names = numbered if kind.trained else chain("xyz", numbered)
        return next(name for name in names if name not in graph)


def _counted(nodes: Iterable[NodeId], wires: Iterable[Wire]) -> str:
    names = [*nodes]
    if len(names) == 1:
        return names[0]
    if names:
        return f"{len(names)} nodes"
    number = len([*wires])
    return "wire" if number == 1 else f"{number} wires"


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
