"""Cut, copy, paste and duplicate: a part of the graph, a formula, or the numbers of a leaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, final

import numpy as np
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import positions_of
from chainrule.diagram.parts import Display, build_parts
from chainrule.errors import ChainruleError, FileError
from chainrule.expression.formula import graph_from_formula
from chainrule.files import loads
from chainrule.files.writing import content_of_part, pieces
from chainrule.graph.edits import AddNodes, Batch, MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Position, Wire
from chainrule.graph.queries import listed
from chainrule.graph.selection import Part, merge, part_of, whole
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.pasting import Given, given_table, given_value
from chainrule_desktop.document.rewiring import incoming_wires
from chainrule_desktop.document.selection import CommentKind

MIME_TYPE = "application/x-chainrule+json"
_BELOW = 72.0
"""How far below the lowest of what it is a copy of a duplicate begins."""

STEP = 40.0
"""How far a copy stands from its original, and the next copy from that one."""

_GAP = 80.0
_ONE = np.float64(1.0)
_LONGEST_TEXT = 50_000_000


@final
class GraphClipboard(QObject):
    """Moves parts of graphs through the system's clipboard, between windows and programs too.

    Signals:
        changed(): there is something else to paste, or nothing any more.
        said(str): what was made of numbers that were pasted.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(
        self, editor: Editor, clipboard: QClipboard, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._clipboard = clipboard
        self._copies = 0
        self._pasted_at: Position | None = None
        self._has_text = False
        self._look()
        clipboard.dataChanged.connect(self._start_anew)

    @property
    def has_text(self) -> bool:
        """Whether there is anything that could be a graph, a formula or a table."""
        return self._has_text

    def copy(self) -> None:
        """Put the selected nodes and the wires among them on the clipboard.

        Selected frames bring their nodes along; selected notes come, too.
        """
        part = content_of_part(self._editor.document.graph, *chosen_part(self._editor))
        nodes = tuple(node and _with_number(node) for node in part.nodes)
        text = b"".join(pieces(replace(part, nodes=nodes)))
        data = QMimeData()
        data.setData(MIME_TYPE, text)
        data.setText(text.decode())
        self._clipboard.setMimeData(data)

    def cut(self) -> None:
        """Copy the selected nodes, then delete them."""
        self.copy()
        # What comes back should stand where it stood.
        self._copies = -1
        self._editor.selection.add(chosen_part(self._editor)[0])
        self._editor.delete_selected()

    def paste(self, at: Position | None = None) -> tuple[NodeId, ...]:
        """Add the clipboard's graph, or the gates of its formula, select them, return their ids.

        Their middle comes to stand `at` a place, or they stand beside where they were copied; those
        of a formula below the rest. What is pasted once more stands a step away from the last.
        A node whose name is taken gets another, and `said` tells which.

        Numbers, such as the cells of a spreadsheet, become the value of the selected leaf; without
        one they become a new input. Raises a ChainruleError with one sentence, and changes nothing,
        where the text is none of these.
        """
        given = self._read_value()
        if given is not None:
            return self._paste_value(given)
        graph = self._read()
        if at != self._pasted_at:
            self._pasted_at, self._copies = at, min(self._copies, 0) if at is None else -1
        self._copies += 1
        offset = self._offset(graph, at)
        ids = self._add(whole(graph), offset, "Paste")
        self._tell_renamed([*graph.ids()], ids)
        return ids

    def duplicate(self, *, incoming: bool = False) -> tuple[NodeId, ...]:
        """Copy the selected nodes beside themselves; the clipboard stays as it is.

        The copies read the nodes outside that those do, if `incoming` wires are wanted.
        """
        graph = self._editor.document.graph
        part = part_of(graph, *chosen_part(self._editor))
        there = dict.fromkeys(node.id for node in part.nodes)
        wires = incoming_wires(graph, there, there) if incoming else ()
        heights = [node.position[1] for node in part.nodes if node.position is not None]
        below = max(heights, default=0.0) - min(heights, default=0.0) + _BELOW
        return self._add(part, (STEP, below), "Duplicate", wires)

    def _read_value(self) -> Given | None:
        """Return the numbers on the clipboard; None if it holds something else."""
        data = self._data()
        if data.hasFormat(MIME_TYPE):
            return None
        text = data.text()
        return given_value(text) if self._leaf() is not None else given_table(text)

    def _leaf(self) -> NodeId | None:
        single = self._editor.selection.single
        is_leaf = single is not None and self._editor.document.graph.node(single).is_leaf
        return single if is_leaf else None

    def _paste_value(self, given: Given) -> tuple[NodeId, ...]:
        leaf, editor = self._leaf(), self._editor
        if leaf is not None:
            editor.set_value(leaf, given.value)
        else:
            leaf = editor.add_value(given.value, self._place_of_one())
        self.said.emit(f"{leaf} is now {given.says}")
        return (leaf,)

    def _place_of_one(self) -> Position:
        """Return a place below everything for a node that has none."""
        there = [node.position for node in self._editor.document.graph if node.position is not None]
        if not there:
            return 0.0, 0.0
        return min(x for x, _ in there), max(y for _, y in there) + _GAP

    def _read(self) -> GateGraph:
        data = self._data()
        if data.hasFormat(MIME_TYPE):
            return _graph_of_file(bytes(data.data(MIME_TYPE).data()))
        text = data.text().strip()
        if not text:
            raise ChainruleError("there is no text to paste; copy nodes or a formula first")
        if len(text) > _LONGEST_TEXT:
            raise ChainruleError("the text to paste is too long; open it as a file instead")
        if text.startswith("{"):
            return _graph_of_file(text.encode("utf-8", "surrogatepass"))
        try:
            return graph_from_formula(text)
        except ChainruleError as error:
            raise ChainruleError(
                "the text on the clipboard holds neither nodes nor numbers, and as a formula it "
                f"can't be read: {error}"
            ) from None

    def _add(
        self, part: Part, offset: Position, verb: str, incoming: Sequence[Wire] = ()
    ) -> tuple[NodeId, ...]:
        edit, ids = merge(self._editor.document.graph, part, offset)
        if not ids and not part.header.notes:
            raise ChainruleError("there are no nodes in what was copied; select some first")
        if incoming:
            names = {node.id: new for node, new in zip(part.nodes, ids, strict=True)}
            wires = tuple(wire._replace(target=names[wire.target]) for wire in incoming)
            edit = Batch((edit, AddNodes((), wires)))
        what = ids[0] if len(ids) == 1 else f"{len(ids)} nodes" if ids else "note"
        self._editor.document.apply(edit, f"{verb} {what}")
        self._editor.selection.set(ids)
        return ids

    def _tell_renamed(self, names: Sequence[NodeId], ids: Sequence[NodeId]) -> None:
        """Say which names were taken."""
        pairs = [(old, new) for old, new in zip(names, ids, strict=True) if old != new]
        if len(pairs) == 1:
            self.said.emit("{} is there already, so it is {} here".format(*pairs[0]))
        elif pairs:
            taken, new = (listed(each) for each in zip(*pairs, strict=True))
            self.said.emit(f"{taken} are there already, so they are {new} here")

    def _offset(self, graph: GateGraph, at: Position | None) -> Position:
        """Return how far to move what is pasted; nodes that have no place are arranged."""
        placed = all(node.position is not None for node in graph)
        step = self._copies * STEP
        if at is None:
            return (step, step) if placed else self._place_below(graph)
        if not placed:
            _arranged(graph)
        there = [node.position for node in graph if node.position is not None]
        if not there:
            return step, step
        across, down = zip(*there, strict=True)
        x, y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
        return round(at[0] - x) + step, round(at[1] - y) + step

    def _place_below(self, part: GateGraph) -> Position:
        """Arrange a graph without places, and return how far to move it to stand below the rest."""
        arranged = _arranged(part)
        there = [node.position for node in self._editor.document.graph if node.position is not None]
        if not there:
            return 0.0, 0.0
        left, low = min(x for x, _ in there), max(y for _, y in there)
        return (
            left - min(x for x, _ in arranged),
            low + _GAP - min(y for _, y in arranged),
        )

    def _data(self) -> QMimeData:
        # Qt gives None where the system's clipboard can't be reached, whatever its stubs say.
        return cast("QMimeData | None", self._clipboard.mimeData()) or QMimeData()

    def _look(self) -> None:
        """Keep whether there is text: asking other programs takes a while on some systems."""
        data = self._data()
        self._has_text = data.hasFormat(MIME_TYPE) or data.hasText()

    def _start_anew(self) -> None:
        self._copies, self._pasted_at = 0, None
        self._look()
        self.changed.emit()


def chosen_part(editor: Editor) -> tuple[tuple[NodeId, ...], tuple[int, ...]]:
    """Return the nodes that are selected or in a selected frame, and the numbers of the notes."""
    nodes, notes = dict.fromkeys(editor.selection.nodes), list[int]()
    for each in editor.selection.comments:
        if each.kind is CommentKind.NOTE:
            notes.append(each.number)
            continue
        members = editor.commenter.frame(each).nodes
        nodes.update(dict.fromkeys(filter(editor.document.graph.__contains__, members)))
    return tuple(nodes), tuple(notes)


def _with_number(node: Node) -> Node:
    """Return a node that a file can hold: a port that nothing feeds is copied as a new leaf."""
    return replace(node, value=_ONE) if node.is_leaf and node.value is None else node


def _graph_of_file(data: bytes) -> GateGraph:
    try:
        return loads(data)
    except FileError as error:
        raise FileError("clipboard", str(error)) from None


def _arranged(part: GateGraph) -> list[Position]:
    """Give the nodes of a graph that have no place one, and return all places."""
    parts = build_parts(part, Passes(part), Display())
    places: dict[NodeId, Position | None] = {
        node_id: (x, y)
        for node_id, (x, y) in zip(parts.ids, positions_of(part, parts).tolist(), strict=True)
    }
    MoveNodes(places).apply(part)
    return [place for place in places.values() if place is not None]
