"""Orders of columns: swaps never add a crossing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.layout.columns import assign_columns, neighbours
from chainrule.layout.crossings import count_crossings, count_disorder, improve
from chainrule.layout.ordering import reading_order
from chainrule.layout.problem import WireEnds
from chainrule.layout.strata import Order, Strata, stratify


def strata_of(count: int, wires: list[WireEnds]) -> Strata:
    sources, readers = neighbours(count, wires)
    return stratify(assign_columns(sources, readers), sources, readers)


@st.composite
def ordered_strata(draw: st.DrawFn) -> tuple[Strata, Order]:
    """Draw a layered graph with an arbitrary order of its columns."""
    count = draw(st.integers(2, 14))
    wires = [
        WireEnds(source, target, port)
        for target in range(1, count)
        for port, source in enumerate(draw(st.lists(st.integers(0, target - 1), max_size=3)))
    ]
    strata = strata_of(count, wires)
    return strata, [list(draw(st.permutations(column))) for column in reading_order(strata)]


@settings(max_examples=80, deadline=None)
@given(ordered_strata())
def test_improving_never_adds_crossings(drawn: tuple[Strata, Order]) -> None:
    strata, order = drawn
    assert count_crossings(strata, improve(strata, order)) <= count_crossings(strata, order)


@settings(max_examples=80, deadline=None)
@given(ordered_strata())
def test_improving_keeps_every_item_in_its_column(drawn: tuple[Strata, Order]) -> None:
    strata, order = drawn
    improved = improve(strata, order)
    assert [sorted(column) for column in improved] == [sorted(column) for column in order]


@settings(max_examples=80, deadline=None)
@given(ordered_strata())
def test_crossings_are_counted_as_pairs_of_links(drawn: tuple[Strata, Order]) -> None:
    strata, order = drawn
    place = {item: at for column in order for at, item in enumerate(column)}
    links = [(s, t) for s, each in enumerate(strata.readers) for t in each]
    crossing = sum(
        strata.column[a] == strata.column[c] and place[a] < place[c] and place[b] > place[d]
        for a, b in links
        for c, d in links
    )
    assert count_crossings(strata, order) == crossing


def test_improving_puts_two_inputs_of_a_gate_in_port_order() -> None:
    strata = strata_of(3, [WireEnds(0, 2, 0), WireEnds(1, 2, 1)])
    improved = improve(strata, [[1, 0], [2]])
    assert improved == [[0, 1], [2]]
    assert count_disorder(strata, improved) == 0
