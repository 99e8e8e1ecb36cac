"""The wires of nodes that were read: every source exists, and no cycle is closed."""

from __future__ import annotations

from collections.abc import Sequence

from chainrule.errors import FileError
from chainrule.files.nodes import NodeEntry
from chainrule.files.places import short
from chainrule.graph.node import NodeId, Wire

_MOST_NAMES = 8


def wires_of(entries: Sequence[NodeEntry]) -> tuple[Wire, ...]:
    """Return the wires between `entries`, by target in their order, then by port.

    Raises FileError for a source that isn't among them.
    """
    # One text for an id, not one for each wire that names it.
    ids = {entry.node.id: entry.node.id for entry in entries}
    wires: list[Wire] = []
    for entry in entries:
        target = entry.node.id
        for port, name in enumerate(entry.inputs):
            if name is None:
                continue
            source = ids.get(name)
            if source is None:
                raise FileError(
                    entry.where,
                    f"inputs[{port}] names {short(name)}, but there is no such node; "
                    "correct the id or add the node",
                )
            wires.append(Wire(source, target, port))
    return tuple(wires)


def check_cycles(entries: Sequence[NodeEntry]) -> None:
    """Raise FileError, which names the nodes on it, if the wires between `entries` close a cycle.

    All sources must be among them.
    """
    by_id = {entry.node.id: entry for entry in entries}
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
