"""From a graph to a formula that, read again, has the same value."""

from __future__ import annotations

import unicodedata
from typing import Final, cast, final

import numpy as np

from chainrule.arrays import Array
from chainrule.expression.notation import Binding, Piece, is_operator, number, written
from chainrule.expression.source import plain_name
from chainrule.gates.leaf import Constant
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId
from chainrule.graph.queries import output_of, unread_nodes

LONGEST_FORMULA: Final = 2_000

_LARGEST_LIST = 16
_DEEPEST_INLINE = 20
_UNWIRED: Final = Piece("?")


def formula_of(graph: GateGraph, node_id: NodeId | None = None) -> str | None:
    """Return the formula of a node, by default of the graph's output.

    A value that is read once is written where it is read, one that is read several times on a line
    of its own: `q = x + y; f = q*q`. Where the graph has several ends, each gets its line. Ports
    not yet wired are `?`; a muted gate is its first input. A graph without gates and without an
    output gives the empty text; None means that no formula can be read by people or by
    `graph_from_formula`: it would be longer than LONGEST_FORMULA, or two names would look alike.

    Read again, leaves keep their values only if they are given as `values`, and composite gates
    need the graph's `definitions`.
    """
    wanted = _roots(graph, node_id)
    roots = [each for each in map(_Behind(graph), wanted) if each is not None]
    order = _order(graph, roots)
    if not roots and wanted:
        return _UNWIRED.text
    if order is None or not _names_are_distinct(order):
        return None
    return _Writer(graph, order, roots).formula()


def _roots(graph: GateGraph, node_id: NodeId | None) -> list[NodeId]:
    root = node_id if node_id is not None else output_of(graph)
    if root is not None:
        return [root]
    return [each for each in unread_nodes(graph) if not graph.node(each).is_leaf]


@final
class _Behind:
    """Finds what stands in a formula for a node: itself, or what a muted gate passes on."""

    def __init__(self, graph: GateGraph) -> None:
        self._graph = graph

    def __call__(self, node_id: NodeId | None) -> NodeId | None:
        while node_id is not None and self._graph.node(node_id).passes_on:
            node_id = self._graph.inputs(node_id)[0]
        return node_id

    def inputs(self, node_id: NodeId) -> list[NodeId | None]:
        """Return what stands for each input of a node, None for ports not wired."""
        return [self(each) for each in self._graph.inputs(node_id)]


def _order(graph: GateGraph, roots: list[NodeId]) -> list[NodeId] | None:
    """Return what `roots` depend on, inputs first; None if that is too much for a formula."""
    order: dict[NodeId, None] = {}
    behind = _Behind(graph)
    seen: set[NodeId] = set()
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        node_id, inputs_done = stack.pop()
        if inputs_done:
            order[node_id] = None
        elif node_id not in seen:
            seen.add(node_id)
            stack.append((node_id, True))
            sources = [each for each in behind.inputs(node_id) if each is not None]
            stack.extend((each, False) for each in reversed(sources))
        if len(seen) > LONGEST_FORMULA // 2:
            return None
    return list(order)


def _names_are_distinct(names: list[NodeId]) -> bool:
    read = {unicodedata.normalize("NFKC", name) for name in names}
    return len(read) == len(names) and all(plain_name(name) == name for name in names)


@final
class _Writer:
    """Writes node after node; what must have a name becomes a line."""

    def __init__(self, graph: GateGraph, order: list[NodeId], roots: list[NodeId]) -> None:
        self._graph = graph
        self._order = order
        self._roots = set(roots)
        behind = _Behind(graph)
        self._inputs = {each: behind.inputs(each) for each in order}
        self._readers = self._find_readers()
        self._pieces: dict[NodeId, Piece] = {}
        self._depths: dict[NodeId, int] = {}
        self._lines: list[str] = []

    def formula(self) -> str | None:
        """Return all lines, the last one for the root; None if they are too long."""
        for node_id in self._order:
            node = self._graph.node(node_id)
            piece = self._leaf(node) if node.is_leaf else self._gate(node)
            self._depths[node_id] = self._depth(node_id)
            if self._needs_line(node, piece):
                self._lines.append(f"{node_id} = {piece.text}")
                piece = Piece(node_id)
                self._depths[node_id] = 0
            self._pieces[node_id] = piece
            if len(piece.text) > LONGEST_FORMULA:
                return None
        if not self._lines and self._order:
            return self._pieces[self._order[-1]].text
        text = "; ".join(self._lines)
        return text if len(text) <= LONGEST_FORMULA else None

    def _find_readers(self) -> dict[NodeId, list[NodeId]]:
        readers: dict[NodeId, list[NodeId]] = {each: [] for each in self._order}
        for node_id, sources in self._inputs.items():
            for source in sources:
                if source is not None:
                    readers[source].append(node_id)
        return readers

    def _depth(self, node_id: NodeId) -> int:
        inputs = (each for each in self._inputs[node_id] if each is not None)
        return 1 + max((self._depths[each] for each in inputs), default=-1)

    def _needs_line(self, node: Node, piece: Piece) -> bool:
        if piece.text == node.id:
            return False
        named = node.id in self._roots or len(self._readers[node.id]) > 1
        return named or self._depths[node.id] >= _DEEPEST_INLINE or self._would_fold(node)

    def _would_fold(self, node: Node) -> bool:
        """Whether `node` is a number beside numbers, which would be read as one number."""
        if not _is_written_out(node):
            return False
        return any(
            is_operator(target.kind, target.ports)
            and all(
                source is not None and _is_written_out(self._graph.node(source))
                for source in self._inputs[target.id]
            )
            for target in map(self._graph.node, self._readers[node.id])
        )

    def _leaf(self, node: Node) -> Piece:
        if not _is_written_out(node):
            return Piece(node.id)
        text = _literal(cast("Array", node.value).tolist())
        return Piece(text, Binding.SIGN if text.startswith("-") else Binding.ATOM)

    def _gate(self, node: Node) -> Piece:
        inputs = [
            _UNWIRED if source is None else self._pieces[source] for source in self._inputs[node.id]
        ]
        return written(node.kind, inputs)


def _is_written_out(node: Node) -> bool:
    if not isinstance(node.kind, Constant) or node.value is None:
        return False
    return 0 < node.value.size <= _LARGEST_LIST and bool(np.all(np.isfinite(node.value)))


def _literal(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_literal(each) for each in cast('list[object]', value))}]"
    return number(cast("float", value))
