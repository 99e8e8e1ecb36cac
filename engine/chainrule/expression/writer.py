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
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import output_of, unread_nodes

LONGEST_FORMULA: Final = 2_000

_LARGEST_LIST = 16
_DEEPEST_INLINE = 20
_UNWIRED: Final = Piece("?")


def formula_of(graph: GateGraph, node_id: NodeId | None = None) -> str | None:
    """Return the formula of a node, by default of the graph's output.

    A value that is read once is written where it is read, one that is read several times on a line
    of its own: `q = x + y; f = q*q`. Where the graph has several ends, each gets its line. Ports
    not yet wired are `?`. A graph without gates and without an output gives the empty text; None
    means that no formula can be read by people or by `graph_from_formula`: it would be longer than
    LONGEST_FORMULA, or two names would look alike.

    Read again, leaves keep their values only if they are given as `values`, and composite gates
    need the graph's `definitions`.
    """
    roots = _roots(graph, node_id)
    order = _order(graph, roots)
    if order is None or not _names_are_distinct(order):
        return None
    return _Writer(graph, order, roots).formula()


def _roots(graph: GateGraph, node_id: NodeId | None) -> list[NodeId]:
    root = node_id if node_id is not None else output_of(graph)
    if root is not None:
        return [root]
    return [each for each in unread_nodes(graph) if not graph.node(each).is_leaf]


def _order(graph: GateGraph, roots: list[NodeId]) -> list[NodeId] | None:
    """Return what `roots` depend on, inputs first; None if that is too much for a formula."""
    order: dict[NodeId, None] = {}
    seen: set[NodeId] = set()
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        node_id, inputs_done = stack.pop()
        if inputs_done:
            order[node_id] = None
        elif node_id not in seen:
            seen.add(node_id)
            stack.append((node_id, True))
            sources = [each for each in graph.inputs(node_id) if each is not None]
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
        self._uses = self._count_uses()
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

    def _count_uses(self) -> dict[NodeId, int]:
        uses = dict.fromkeys(self._order, 0)
        for node_id in self._order:
            for source in self._graph.inputs(node_id):
                if source is not None:
                    uses[source] += 1
        return uses

    def _depth(self, node_id: NodeId) -> int:
        inputs = (each for each in self._graph.inputs(node_id) if each is not None)
        return 1 + max((self._depths[each] for each in inputs), default=-1)

    def _needs_line(self, node: Node, piece: Piece) -> bool:
        if piece.text == node.id:
            return False
        named = node.id in self._roots or self._uses[node.id] > 1
        return named or self._depths[node.id] >= _DEEPEST_INLINE or self._would_fold(node)

    def _would_fold(self, node: Node) -> bool:
        """Whether `node` is a number beside numbers, which would be read as one number."""
        if not _is_written_out(node):
            return False
        return any(
            is_operator(target.kind, target.ports)
            and all(
                source is not None and _is_written_out(self._graph.node(source))
                for source in self._graph.inputs(target.id)
            )
            for target in (self._graph.node(each.target) for each in self._readers(node))
        )

    def _readers(self, node: Node) -> list[Wire]:
        return [wire for wire in self._graph.wires_from(node.id) if wire.target in self._uses]

    def _leaf(self, node: Node) -> Piece:
        if not _is_written_out(node):
            return Piece(node.id)
        text = _literal(cast("Array", node.value).tolist())
        return Piece(text, Binding.SIGN if text.startswith("-") else Binding.ATOM)

    def _gate(self, node: Node) -> Piece:
        inputs = [
            _UNWIRED if source is None else self._pieces[source]
            for source in self._graph.inputs(node.id)
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
