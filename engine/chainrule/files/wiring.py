"""The wires of nodes that were read: every source exists, and no cycle is closed."""

from __future__ import annotations

from collections.abc import Sequence

from chainrule.errors import FileError
from chainrule.files.nodes import NodeEntry
from chainrule.files.places import short
from chainrule.graph.node import NodeId, Wire

_MOST_NAMES = 8


def wires_in_order(entries: Sequence[NodeEntry]) -> tuple[Wire, ...]:
    """Return the wires between `entries`, those into a node after those into its sources.

    In this order no target has a reader yet when it is wired, so that the graph's own search for
    cycles ends at once. Raises FileError for an unknown source and for a cycle.
    """
    by_id = {entry.node.id: entry for entry in entries}
    for entry in entries:
        for port, source in enumerate(entry.inputs):
            if source is not None and source not in by_id:
                raise FileError(
                    entry.where,
                    f"inputs[{port}] names {short(source)}, but there is no such node; "
                    "correct the id or add the node",
                )
    return tuple(
        Wire(source, target, port)
        for target in _topological_order(by_id)
        for port, source in enumerate(by_id[target].inputs)
        if source is not None
    )


def _topological_order(by_id: dict[NodeId, NodeEntry]) -> list[NodeId]:
    waits = {each: _sources(entry) for each, entry in by_id.items()}
    missing = {each: len(sources) for each, sources in waits.items()}
    readers: dict[NodeId, list[NodeId]] = {each: [] for each in by_id}
    for each, sources in waits.items():
        for source in sources:
            readers[source].append(each)
    order = [each for each, count in missing.items() if count == 0]
    for done in order:  # grows while it is walked
        for reader in readers[done]:
            missing[reader] -= 1
            if missing[reader] == 0:
                order.append(reader)
    if len(order) < len(by_id):
        cycle = cycle_among({each: waits[each] for each, count in missing.items() if count})
        raise FileError(
            by_id[cycle[0]].where,
            f"is on a cycle of wires, {shown_cycle(cycle)}; a graph has no cycles, take one away",
        )
    return order


def _sources(entry: NodeEntry) -> list[NodeId]:
    return [source for source in entry.inputs if source is not None]


def cycle_among(needs: dict[str, list[str]]) -> list[str]:
    """Return names on a cycle, each needed by the next and the last by the first.

    Every name of `needs` must need another of them, as what a topological sort leaves over does.
    """
    here = next(iter(needs))
    path: dict[str, None] = {}
    while here not in path:
        path[here] = None
        here = next(each for each in needs[here] if each in needs)
    walked = list(path)
    first, *others = walked[walked.index(here) :]
    return [first, *reversed(others)]


def shown_cycle(cycle: list[str]) -> str:
    """Return the names of a cycle with arrows, back to the first, and cut where there are many."""
    names = cycle if len(cycle) <= _MOST_NAMES else [*cycle[: _MOST_NAMES - 1], "..."]
    return " -> ".join([*names, cycle[0]])
