"""The order in which many wires are best made."""

from __future__ import annotations

from collections.abc import Sequence

from chainrule.graph.node import NodeId, Wire


def sources_first(wires: Sequence[Wire]) -> list[Wire]:
    """Return `wires` so that those into a node stand behind those into its sources.

    Then no target is read yet when it is wired, and a graph's search for cycles ends at once; in
    the opposite order a chain of n gates would take n² steps. Wires that are on a cycle, or behind
    one, stand last. Wires into one node keep their order.
    """
    into: dict[NodeId, list[Wire]] = {}
    out: dict[NodeId, list[NodeId]] = {}
    for wire in wires:
        into.setdefault(wire.target, []).append(wire)
        out.setdefault(wire.source, []).append(wire.target)
    waits_for = {node: sum(each.source in into for each in into[node]) for node in into}
    ready = [node for node, count in waits_for.items() if count == 0]
    for node in ready:  # grows while it is walked
        for target in out.get(node, ()):
            waits_for[target] -= 1
            if waits_for[target] == 0:
                ready.append(target)
    done = dict.fromkeys(ready)
    order = [*done, *(node for node in into if node not in done)]
    return [wire for node in order for wire in into[node]]
