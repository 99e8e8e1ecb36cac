"""The order kept beside a graph: its laws under any sequence of wires, and what it looks at."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.graph import ordering
from chainrule.graph.column import Column
from chainrule.graph.ordering import Ordering

ROWS = 10
ENDS = st.integers(0, ROWS - 1)


class Network:
    """Wires among numbered rows with an order beside them; counts the wires that it looks at."""

    def __init__(self, count: int) -> None:
        self.graph: nx.DiGraph[int] = nx.DiGraph()
        self.graph.add_nodes_from(range(count))
        self.labels = Column(np.int64)
        self.labels.reserve(count)
        self.looked_at = 0
        self.order = Ordering(
            self.labels,
            lambda row: self._counted(self.graph.successors(row)),
            lambda row: self._counted(self.graph.predecessors(row)),
        )
        self.order.extend(range(count))

    def _counted(self, rows: Iterator[int]) -> Iterator[int]:
        for row in rows:
            self.looked_at += 1
            yield row

    def connect(self, source: int, target: int) -> bool:
        placed = self.order.place(source, target)
        if placed:
            self.graph.add_edge(source, target)
        return placed

    def agrees(self) -> bool:
        labels = self.labels.cells
        return all(labels[source] < labels[target] for source, target in self.graph.edges)

    def listed(self) -> list[int]:
        return self.labels.view(len(self.graph)).tolist()


@pytest.mark.parametrize(("gap", "limit"), [(1 << 36, 1 << 61), (16, 1 << 61), (16, 400)])
@given(wires=st.lists(st.tuples(ENDS, ENDS, st.booleans()), max_size=60))
def test_labels_agree_with_all_wires_and_only_cycles_are_refused(
    gap: int, limit: int, wires: list[tuple[int, int, bool]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "GAP", gap)
        patch.setattr(ordering, "LIMIT", limit)
        network = Network(ROWS)
        for source, target, added in wires:
            if not added:
                network.graph.remove_edges_from([(source, target)])
                continue
            closes_cycle = nx.has_path(network.graph, target, source)
            before = network.listed()
            assert network.connect(source, target) != closes_cycle
            assert network.agrees()
            if closes_cycle:
                assert network.listed() == before


def test_labels_that_lie_close_are_spread_and_keep_their_order() -> None:
    network = Network(3)
    network.labels.writeable(3)[:] = [5, 6, 7]
    assert network.connect(1, 2)
    assert network.connect(0, 1)
    network.graph.add_node(3)
    network.order.extend(range(3, 4))
    assert network.connect(0, 3)
    assert network.connect(3, 1)
    assert network.agrees()


def test_rows_without_wires_are_arranged_behind_all_others() -> None:
    network = Network(4)
    network.order.arrange([3, 1, 2])
    assert sorted(range(4), key=network.listed().__getitem__) == [0, 3, 1, 2]


@pytest.mark.parametrize("readers_first", [True, False])
def test_a_gate_put_in_front_of_a_hub_costs_no_walk_over_its_readers(readers_first: bool) -> None:
    count = 1000
    network = Network(count + 2)
    hub, new = 1, count + 1
    assert network.connect(0, hub)
    assert all(network.connect(hub, reader) for reader in range(2, count))
    wires = [(0, new), (new, hub)]
    network.looked_at = 0
    for source, target in reversed(wires) if readers_first else wires:
        assert network.connect(source, target)
    assert network.looked_at < 10
    assert network.agrees()


@given(wires=st.lists(st.tuples(ENDS, ENDS), max_size=30), asked=st.lists(st.tuples(ENDS, ENDS)))
def test_one_row_leads_to_another_where_there_is_a_path(
    wires: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    network = Network(ROWS)
    for source, target in wires:
        network.connect(source, target)
    for source, target in asked:
        assert network.order.leads(source, target) == nx.has_path(network.graph, source, target)


def test_a_path_against_the_order_is_not_looked_for() -> None:
    network = Network(1000)
    for row in range(1, 1000):
        network.connect(row - 1, row)
    network.looked_at = 0
    assert not network.order.leads(999, 0)
    assert network.looked_at == 0
