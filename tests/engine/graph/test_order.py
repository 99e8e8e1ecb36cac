"""The order of what wires lead to: sources first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chainrule.graph.order import sources_first


@given(
    wires=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda w: w[0] < w[1])),
    shuffled=st.permutations(range(10)),
)
def test_sources_stand_before_targets(wires: list[tuple[int, int]], shuffled: list[int]) -> None:
    renamed = [(shuffled[source], shuffled[target]) for source, target in wires]
    order = sources_first(renamed)
    assert sorted(order) == sorted({end for wire in renamed for end in wire})
    assert all(order.index(source) < order.index(target) for source, target in renamed)


def test_what_is_on_a_cycle_or_behind_it_stands_last() -> None:
    assert sources_first([(1, 2), (2, 1), (2, 3), (8, 9)]) == [8, 9, 1, 2, 3]
