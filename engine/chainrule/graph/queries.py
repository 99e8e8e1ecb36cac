"""Questions about a graph that take a walk: its output, its order, what depends on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from chainrule.errors import RunError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId


def unread_nodes(graph: GateGraph) -> list[NodeId]:
    """Return the nodes whose output nothing reads."""
    return [graph.rows.node(row).id for row in graph.rows.unread]


def listed(ids: Sequence[NodeId]) -> str:
    """Return the first few of `ids` for a sentence, with a sign that there are more."""
    return ", ".join(ids[:4]) + (" …" if len(ids) > 4 else "")


def output_of(graph: GateGraph) -> NodeId | None:
    """Return the node to differentiate: the chosen one, else the only one that nothing reads."""
    if graph.header.output is not None:
        return graph.header.output
    row = graph.rows.only_unread
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
    order: list[NodeId] = []
    seen: set[NodeId] = set()
    for root in graph.ids():
        stack = [(root, False)]
        while stack:
            node_id, inputs_done = stack.pop()
            if inputs_done:
                order.append(node_id)
            elif node_id not in seen:
                seen.add(node_id)
                stack.append((node_id, True))
                stack.extend(
                    (source, False)
                    for source in reversed(graph.inputs(node_id))
                    if source is not None and source not in seen
                )
    return order


def upstream_of(graph: GateGraph, ids: Iterable[NodeId]) -> set[NodeId]:
    """Return `ids` and every node on which they depend."""
    return _closure(ids, lambda each: (wire.source for wire in graph.wires_into(each)))


def downstream_of(graph: GateGraph, ids: Iterable[NodeId]) -> set[NodeId]:
    """Return `ids` and every node that depends on them."""
    return _closure(ids, lambda each: (wire.target for wire in graph.wires_from(each)))


def _closure(
    ids: Iterable[NodeId], neighbours: Callable[[NodeId], Iterable[NodeId]]
) -> set[NodeId]:
    found = set(ids)
    frontier = list(found)
    while frontier:
        new = set(neighbours(frontier.pop())) - found
        found |= new
        frontier.extend(new)
    return found
