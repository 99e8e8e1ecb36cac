"""The laws of the layered layout."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.layout import Extent, LayeredProblem, Positions, WireEnds, layered

GATE = Extent(20.0, 66.0, 20.0, 20.0)
LEAF = Extent(40.0, 66.0, 16.0, 16.0)

PRODUCTS_AND_SUMS = [(0, 5, 0), (1, 5, 1), (2, 6, 0), (3, 6, 1), (5, 7, 0), (6, 7, 1), (7, 8, 0)]
NEURON = [*PRODUCTS_AND_SUMS, (4, 8, 1), (8, 9, 0), (9, 10, 0), (10, 11, 0), (11, 12, 0)]


def problem_of(count: int, wires: list[tuple[int, int, int]]) -> LayeredProblem:
    return LayeredProblem([GATE] * count, [WireEnds(*wire) for wire in wires])


@st.composite
def problems(draw: st.DrawFn) -> LayeredProblem:
    """Draw a graph whose wires go from lower to higher indices."""
    count = draw(st.integers(0, 12))
    wires: list[WireEnds] = []
    for target in range(1, count):
        sources = draw(st.lists(st.integers(0, target - 1), max_size=3))
        wires += [WireEnds(source, target, port) for port, source in enumerate(sources)]
    extents = draw(st.lists(st.sampled_from([GATE, LEAF]), min_size=count, max_size=count))
    return LayeredProblem(extents, wires)


def overlaps(problem: LayeredProblem, positions: Positions) -> list[tuple[int, int]]:
    reach = np.array([(e.left, e.right, e.up, e.down) for e in problem.extents]).reshape(-1, 4)
    low, high = positions - reach[:, [0, 2]], positions + reach[:, [1, 3]]
    nodes = combinations(range(len(positions)), 2)
    return [(a, b) for a, b in nodes if np.all((low[a] < high[b]) & (low[b] < high[a]))]


@settings(max_examples=12, deadline=None)
@given(problems())
def test_no_two_nodes_overlap(problem: LayeredProblem) -> None:
    assert overlaps(problem, layered(problem)) == []


@settings(max_examples=12, deadline=None)
@given(problems())
def test_every_wire_goes_from_left_to_right(problem: LayeredProblem) -> None:
    positions = layered(problem)
    for wire in problem.wires:
        end = positions[wire.source, 0] + problem.extents[wire.source].right
        assert end < positions[wire.target, 0] - problem.extents[wire.target].left


@settings(max_examples=6, deadline=None)
@given(problems())
def test_the_same_problem_gives_the_same_positions(problem: LayeredProblem) -> None:
    np.testing.assert_array_equal(layered(problem), layered(problem))


@settings(max_examples=6, deadline=None)
@given(problems())
def test_positions_are_multiples_of_a_half(problem: LayeredProblem) -> None:
    doubled = 2 * layered(problem)
    np.testing.assert_array_equal(doubled, np.round(doubled))


@given(st.integers(2, 30))
@settings(max_examples=6, deadline=None)
def test_a_chain_stands_on_one_line(length: int) -> None:
    positions = layered(problem_of(length, [(at, at + 1, 0) for at in range(length - 1)]))
    assert np.ptp(positions[:, 1]) == 0


@given(st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_leaves_of_a_gate_stand_in_port_order(ports: list[int]) -> None:
    positions = layered(problem_of(6, [(leaf, 5, port) for leaf, port in enumerate(ports)]))
    by_port = sorted(range(5), key=lambda leaf: ports[leaf])
    assert all(positions[a, 1] < positions[b, 1] for a, b in pairwise(by_port))


def test_the_leaves_of_the_neuron_stand_at_the_left_in_file_order_evenly() -> None:
    leaves = layered(problem_of(13, NEURON))[:5]
    assert np.ptp(leaves[:, 0]) == 0
    assert set(np.diff(leaves[:, 1])) == {74.0}


def test_the_products_of_the_neuron_stand_midway_between_their_inputs() -> None:
    heights = layered(problem_of(13, NEURON))[:, 1]
    assert heights[5] == (heights[0] + heights[1]) / 2
    assert heights[6] == (heights[2] + heights[3]) / 2


def test_the_gates_of_the_neuron_stand_in_columns_and_the_tail_on_a_line() -> None:
    positions = layered(problem_of(13, NEURON))
    assert positions[5, 0] == positions[6, 0]
    assert np.all(np.diff(positions[6:, 0]) > 0)
    assert np.ptp(positions[8:, 1]) == 0


def test_an_empty_graph_has_no_positions() -> None:
    assert layered(LayeredProblem([], [])).shape == (0, 2)


def test_a_single_node_stands_with_its_top_left_at_the_origin() -> None:
    np.testing.assert_array_equal(layered(problem_of(1, [])), [[20.0, 20.0]])


def test_parts_without_common_wires_stand_below_each_other() -> None:
    heights = layered(problem_of(4, [(0, 2, 0), (1, 3, 0)]))[:, 1]
    assert heights[0] == heights[2] < heights[1] == heights[3]


def test_a_leaf_that_is_read_late_stands_just_before_its_reader() -> None:
    chain = [(at, at + 1, 0) for at in range(9)]
    positions = layered(problem_of(11, [*chain, (10, 9, 1)]))
    assert positions[10, 0] == positions[8, 0]


def test_a_large_graph_keeps_the_laws() -> None:
    wires = [(source, node, port) for node in range(3, 420) for port, source in
             enumerate(((node * 7) % 3 + max(0, node - 9), node - 1))]  # fmt: skip
    problem = problem_of(420, wires)
    positions = layered(problem)
    assert overlaps(problem, positions) == []
    assert all(positions[w.source, 0] + 66 < positions[w.target, 0] - 20 for w in problem.wires)
