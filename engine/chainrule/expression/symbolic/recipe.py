"""A composite gate as lines of single gates, which can travel to another process as JSON."""

from __future__ import annotations

from typing import Any, Final, final

import msgspec

from chainrule.errors import ChainruleError
from chainrule.expression.symbolic.table import FORMS
from chainrule.graph.composites import Composite
from chainrule.graph.expanding import expand
from chainrule.graph.graph import GateGraph
from chainrule.graph.inside import inside
from chainrule.graph.node import NodeId
from chainrule.graph.queries import topological_order, upstream_of

MOST_LINES: Final = 60
"""Composites of more gates are left alone: nobody could read their formula."""


@final
class Line(msgspec.Struct, frozen=True):
    """One line: a port (without gate and value), a number, or a gate that reads earlier lines."""

    name: str
    gate: str | None = None
    settings: dict[str, Any] = {}
    inputs: tuple[int, ...] = ()
    value: float | None = None


@final
class Recipe(msgspec.Struct, frozen=True):
    """The lines in topological order, the ports first; the last one is the output."""

    ports: tuple[str, ...]
    lines: tuple[Line, ...]


def recipe_of(graph: GateGraph, name: str) -> Recipe | None:
    """Return what a definition of `graph` computes, line by line.

    None where some gate has no symbolic form, an input inside is open, or there is too much of it.
    """
    definition = graph.definitions[name]
    try:
        flat = _expanded(inside(definition, graph.definitions))
    except ChainruleError:
        return None
    output = definition.output
    needed = upstream_of(flat, (output,)) | {*definition.inputs}
    order = [each for each in topological_order(flat) if each in needed and each != output]
    ports = [*definition.inputs]
    if len(needed) > MOST_LINES or output in ports:
        return None
    rest = [*(each for each in order if each not in ports), output]
    return _lines(flat, ports, rest)


def _expanded(graph: GateGraph) -> GateGraph:
    """Return the graph without composites; what is inside many of them is given up halfway."""
    while len(graph) <= MOST_LINES:
        uses = [node.id for node in graph if isinstance(node.kind, Composite)]
        if not uses:
            break
        expand(graph, uses[0])[0].apply(graph)
    return graph


def _lines(graph: GateGraph, ports: list[NodeId], rest: list[NodeId]) -> Recipe | None:
    numbers = {each: number for number, each in enumerate(ports)}
    lines = [Line(each) for each in ports]
    for each in rest:
        line = _line(graph, each, numbers)
        if line is None:
            return None
        numbers[each] = len(lines)
        lines.append(line)
    return Recipe(tuple(ports), tuple(lines))


def _line(graph: GateGraph, node_id: NodeId, numbers: dict[NodeId, int]) -> Line | None:
    node = graph.node(node_id)
    if node.is_leaf:
        single = node.value is not None and node.value.ndim == 0
        return Line(node_id, value=float(node.value)) if single and node.value is not None else None
    inputs = graph.inputs(node_id)[: 1 if node.muted else None]
    known = tuple(numbers[each] for each in inputs if each is not None)
    gate = "identity" if node.muted else node.kind.name
    if len(known) != len(inputs) or gate not in FORMS:
        return None
    settings = {} if node.muted else node.kind.settings()
    return Line(node_id, gate, settings, known)
