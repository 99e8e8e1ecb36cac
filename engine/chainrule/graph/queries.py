"""Questions about a graph that take a walk: its output, its order, what depends on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from chainrule.errors import RunError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.rows import NOWHERE


def unread_nodes(graph: GateGraph) -> list[NodeId]:
    """Return the nodes whose output nothing reads."""
    rows = graph.rows
    unread = (rows.codes != NOWHERE) & (rows.readers.counts.view(rows.count) == 0)
    return [rows.node(row).id for row in np.flatnonzero(unread).tolist()]


def listed(ids: Sequence[NodeId]) -> str:
    """Return the first few of `ids` for a sentence, with a sign that there are more."""
    return ", ".join(ids[:4]) + (" …" if len(ids) > 4 else "")


def output_of(graph: GateGraph) -> NodeId | None:
    """Return the node to differentiate: the chosen one, else the only one that nothing reads."""
    if graph.header.output is not None:
        return graph.header.output
    row = graph.rows.readers.only_unread
    return None if row is None else graph.rows.node(row).id


def require_output(graph: GateGraph) -> NodeId:
    """Return the node to differentiate; raise RunError if it isn't clear which that is."""
    output = output_of(graph)
    if output is None:
        unread = unread_nodes(graph)
        raise RunError(
            f"no output is chosen; choose one of {listed(unread)}"
            if unread
            else "the graph is empty; add a node"
        )
    return output


def topological_order(graph: GateGraph) -> list[NodeId]:
    """Return all ids so that each node stands after its inputs.

    The order is a depth-first postorder that visits nodes by place and inputs by port, so it
    depends on the graph alone and not on the history of its edits.
    """
    rows = graph.rows
    sources, first, ports = rows.sources.tolist(), rows.first.tolist(), rows.ports.tolist()
    order: list[int] = []
    seen = {NOWHERE}
    for root in np.flatnonzero(rows.codes != NOWHERE).tolist():
        stack = [root]
        while stack:
            row = stack.pop()
            if row < 0:
                order.append(~row)
            elif row not in seen:
                seen.add(row)
                stack.append(~row)  # comes up again when all its inputs are done
                inputs = sources[first[row] : first[row] + ports[row]]
                stack.extend([each for each in reversed(inputs) if each not in seen])
    return [rows.node(row).id for row in order]


def upstream_of(graph: GateGraph, ids: Iterable[NodeId]) -> set[NodeId]:
    """Return `ids` and every node on which they depend."""
    rows = graph.rows
    sources, first, ports = rows.sources.tolist(), rows.first.tolist(), rows.ports.tolist()
    return _closure(graph, ids, lambda row: sources[first[row] : first[row] + ports[row]])


def downstream_of(graph: GateGraph, ids: Iterable[NodeId]) -> set[NodeId]:
    """Return `ids` and every node that depends on them."""
    sources, targets, _ = graph.rows.ends
    order = np.argsort(sources, kind="stable")
    readers = targets[order].tolist()
    first = np.searchsorted(sources[order], np.arange(graph.rows.count + 1)).tolist()
    return _closure(graph, ids, lambda row: readers[first[row] : first[row + 1]])


def _closure(
    graph: GateGraph, ids: Iterable[NodeId], neighbours: Callable[[int], Iterable[int]]
) -> set[NodeId]:
    """Return `ids` and all that is found by going on to neighbours, which may be NOWHERE."""
    frontier = [graph.row(each) for each in ids]
    seen = {NOWHERE, *frontier}
    while frontier:
        for row in neighbours(frontier.pop()):
            if row not in seen:
                seen.add(row)
                frontier.append(row)
    seen.discard(NOWHERE)
    return {graph.rows.node(row).id for row in seen}
