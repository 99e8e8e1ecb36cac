"""A tidy graph stays as it is, and one that was changed a little moves little."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.layout import (
    Extent,
    LayeredProblem,
    Positions,
    WireEnds,
    layered,
    part_of,
    put_among,
    tidied,
)
from chainrule.layout.familiar import count_crossings_seen
from chainrule.layout.left_to_right import CAREFUL_ITEMS
from chainrule.layout.overlaps import boxes_of, collisions
from tests.engine.layout.test_left_to_right import GATE, LEAF, problems


def standing(problem: LayeredProblem, positions: Positions) -> LayeredProblem:
    """Return the problem of nodes that stand there, at whole numbers as in a file."""
    return replace(problem, places=[(x, y) for x, y in np.round(positions).tolist()])


def network(count: int, seed: int) -> LayeredProblem:
    """Return a graph whose gates read mostly what was made lately."""
    choose, leaves = random.Random(seed), max(2, count // 3)
    wires: list[WireEnds] = []
    for gate in range(leaves, count):
        least = max(0, gate - 8) if choose.random() < 0.8 else 0
        for port in range(choose.choice([1, 2, 2])):
            wires.append(WireEnds(choose.randrange(least, gate), gate, port))
    return LayeredProblem([LEAF] * leaves + [GATE] * (count - leaves), wires)


def expression(count: int, seed: int) -> LayeredProblem:
    """Return a tree of so many leaves or a few more nodes."""
    choose = random.Random(seed)
    extents: list[Extent] = []
    wires: list[WireEnds] = []

    def grow(size: int) -> int:
        node = len(extents)
        extents.append(LEAF if size <= 1 else GATE)
        if size > 1:
            first = choose.randrange(1, size)
            wires.append(WireEnds(grow(first), node, 0))
            wires.append(WireEnds(grow(size - first), node, 1))
        return node

    grow(count)
    return LayeredProblem(extents, wires)


def with_a_gate_on_a_wire(problem: LayeredProblem, positions: Positions) -> LayeredProblem:
    """Return the problem with one gate more, in the middle of one of the wires."""
    wire = problem.wires[len(problem.wires) // 2]
    new, middle = len(problem.extents), (positions[wire.source] + positions[wire.target]) / 2
    wires = [each for each in problem.wires if each != wire]
    wires += [WireEnds(wire.source, new, 0), WireEnds(new, wire.target, wire.port)]
    grown = LayeredProblem([*problem.extents, GATE], wires)
    return standing(grown, np.vstack((positions, middle)))


@settings(max_examples=15, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_what_was_tidied_is_tidy(problem: LayeredProblem, choose: random.Random) -> None:
    scattered = np.array(
        [[choose.uniform(0, 900), choose.uniform(0, 600)] for _ in problem.extents]
    )
    once = np.round(tidied(standing(problem, scattered.reshape(-1, 2))))
    again = np.round(tidied(standing(problem, once)))
    np.testing.assert_allclose(again, once, atol=1.0)


@settings(max_examples=15, deadline=None)
@given(problems())
def test_no_two_nodes_overlap_after_tidying(problem: LayeredProblem) -> None:
    nodes = len(problem.extents)
    tidy = tidied(standing(problem, np.zeros((nodes, 2))))
    assert len(collisions(boxes_of(problem.extents, tidy))) == 0


@pytest.mark.parametrize("make", [network, expression])
@pytest.mark.parametrize("count", [12, 30])
def test_after_adding_a_gate_most_nodes_move_little(
    make: Callable[[int, int], LayeredProblem], count: int
) -> None:
    moved: list[float] = []
    kept: list[float] = []
    for seed in range(5):
        problem = make(count, seed)
        before = np.round(tidied(standing(problem, layered(problem))))
        after = tidied(with_a_gate_on_a_wire(problem, before))[:-1]
        away = np.hypot(*(after - before).T)
        moved.append(float(away.mean()))
        kept.append(float((away < 40.0).mean()))
    assert np.mean(moved) < 60.0
    assert np.mean(kept) > 0.5


def test_a_gate_more_in_a_large_graph_moves_no_other() -> None:
    problem = network(CAREFUL_ITEMS + 50, 1)
    before = np.round(layered(problem))
    after = tidied(standing(problem, before))
    np.testing.assert_array_equal(after, before)


def test_a_graph_with_many_crossings_is_untangled() -> None:
    wires = [WireEnds(node, node + 4) for node in range(4)] + [WireEnds(n, 8, n) for n in (4, 5)]
    problem = LayeredProblem([GATE] * 9, [*wires, WireEnds(6, 8, 2), WireEnds(7, 8, 3)])
    tangled = np.array([(0, 300 - 100 * n) for n in range(4)] + [(300, 100 * n) for n in range(4)])
    places = np.vstack((tangled, [(600, 150)])).astype(float)
    assert count_crossings_seen(problem, places) > 0
    assert count_crossings_seen(problem, tidied(standing(problem, places))) == 0


def test_inputs_that_stand_against_their_ports_change_places() -> None:
    problem = LayeredProblem([LEAF, LEAF, GATE], [WireEnds(0, 2, 0), WireEnds(1, 2, 1)])
    upright, crossed = ([(0, 0), (0, 100), (200, 50)], [(0, 100), (0, 0), (200, 50)])
    for places in (upright, crossed):
        tidy = tidied(standing(problem, np.array(places, float)))
        assert count_crossings_seen(problem, tidy) == 0
        assert tidy[0, 1] < tidy[1, 1]


def test_parts_keep_to_where_they_stood() -> None:
    problem = LayeredProblem([GATE] * 4, [WireEnds(0, 1), WireEnds(2, 3)])
    places = np.array([(0, 400), (150, 420), (0, 0), (160, -10)], float)
    tidy = tidied(standing(problem, places))
    assert tidy[0, 1] == tidy[1, 1] > 300
    assert tidy[2, 1] == tidy[3, 1] < 100


def test_some_nodes_keep_their_middle() -> None:
    problem = standing(LayeredProblem([GATE] * 2, [WireEnds(0, 1)]), np.array([(0, 0), (10, 90)]))
    inside = np.array([(0.0, 0.0), (102.0, 0.0)])
    np.testing.assert_array_equal(put_among(problem, (0, 1), inside), [(-46, 45), (56, 45)])


def test_some_nodes_go_aside_for_others_that_stand_in_the_way() -> None:
    places = np.array([(0, 0), (10, 90), (50, 60)], float)
    problem = standing(LayeredProblem([GATE] * 3, [WireEnds(0, 1)]), places)
    inside = layered(part_of(problem, (0, 1)))
    new = np.vstack((put_among(problem, (0, 1), inside), places[2]))
    assert len(collisions(boxes_of(problem.extents, new))) == 0
