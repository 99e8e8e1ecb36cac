"""Many wires at once: those that agree with the order, or can be made to, need no search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, final

import numpy as np

from chainrule.graph.column import Integers
from chainrule.graph.node import Wire
from chainrule.graph.order import sources_first
from chainrule.graph.ordering import Ordering
from chainrule.graph.rows import NOWHERE, Rows


def join_fresh(
    rows: Rows, ordering: Ordering, network: Any, wires: Sequence[Wire]
) -> tuple[list[Wire], list[Wire]]:
    """Make those of `wires` that need no search and replace none; return them, and the others."""
    ends = _ends(rows, wires)
    fresh = _fits(rows, ends)
    _arrange(rows, ordering, ends.chosen(fresh))
    fresh &= rows.order[ends.sources] < rows.order[ends.targets]
    chosen = ends.chosen(fresh)
    rows.feed_all(rows.first[chosen.targets] + chosen.ports, chosen.sources)
    # The network's own number for each row: another one for each wire would take 1 MB for 20,000.
    own = {row: row for row in network}
    for source, target, port in chosen.listed():
        network.add_edge(own[source], own[target], port)
    return [*compress(wires, fresh.tolist())], [*compress(wires, (~fresh).tolist())]


@final
@dataclass(frozen=True, slots=True)
class _Ends:
    """Where wires lead: from the rows `sources` to the `ports` of the rows `targets`."""

    sources: Integers
    targets: Integers
    ports: Integers

    def chosen(self, which: Integers) -> _Ends:
        return _Ends(self.sources[which], self.targets[which], self.ports[which])

    def listed(self) -> zip[tuple[int, int, int]]:
        lists = self.sources.tolist(), self.targets.tolist(), self.ports.tolist()
        return zip(*lists, strict=True)


def _ends(rows: Rows, wires: Sequence[Wire]) -> _Ends:
    """Return the ends of `wires`; -1 stands for a node that isn't there."""
    row = rows.row_of.get
    return _Ends(
        np.array([row(wire.source, NOWHERE) for wire in wires], np.int64),
        np.array([row(wire.target, NOWHERE) for wire in wires], np.int64),
        np.array([wire.port for wire in wires], np.int64),
    )


def _fits(rows: Rows, ends: _Ends) -> Integers:
    """Say of each wire whether it is the only one for a port that is there and not yet wired."""
    if rows.wire_count == 0:
        return np.zeros(len(ends.ports), np.bool_)
    there = (ends.sources != NOWHERE) & (ends.targets != NOWHERE)
    there &= (ends.ports >= 0) & (ends.ports < rows.ports[ends.targets])
    slots = np.where(there, rows.first[ends.targets] + ends.ports, NOWHERE)
    _, which, count = np.unique(slots, return_inverse=True, return_counts=True)
    return there & (count[which] == 1) & (rows.sources[slots] == NOWHERE)


def _arrange(rows: Rows, ordering: Ordering, ends: _Ends) -> None:
    """Order the rows that have no wires yet as the wires among them want it.

    So the wires of a graph that is being loaded agree with the order however its nodes are listed.
    """
    loose = (rows.wired == 0) & (rows.readers.counts.view(rows.count) == 0)
    among = ends.chosen(loose[ends.sources] & loose[ends.targets])
    if np.any(rows.order[among.sources] >= rows.order[among.targets]):
        pairs = zip(among.sources.tolist(), among.targets.tolist(), strict=True)
        ordering.arrange(sources_first(pairs))
