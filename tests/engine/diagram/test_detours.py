"""Ways around nodes pass all of them, are found where there are any, and are the shortest."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from chainrule.arrays import Floats
from chainrule.diagram.angles import Passage
from chainrule.diagram.detours import Detours, detours
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.reach import reaches
from chainrule.diagram.trunks import corners_of
from tests.helpers.lecture_graphs import diagram_of, graph_of

END, HEIGHT = 700.0, 300.0
TURN_COST, RASTER, BERTH = 60.0, 10.0, 8.0
NO_WAY = 1e9

Place = tuple[float, float]
PLACES = st.tuples(st.integers(120, 560), st.integers(-300, 300))
LEVELS = st.integers(-int(HEIGHT / 2), int(HEIGHT / 2))


def leaf(name: str, x: float, y: float) -> dict[str, Any]:
    return {"id": name, "gate": "input", "value": 1, "position": [x, y]}


def gate(name: str, level: float) -> dict[str, Any]:
    return {"id": name, "gate": "exp", "inputs": ["x"], "position": [END, level]}


def sought(places: list[Place], level: float) -> tuple[Detours, Floats, Floats]:
    """Return the detours of a wire among nodes at places, its ends (2, 2) and the nodes' boxes."""
    between = [leaf(f"n{number}", *place) for number, place in enumerate(places)]
    diagram = diagram_of(graph_of(leaf("x", 0, 0), gate("f", level), *between))
    parts, geometry = diagram.parts, diagram.geometry
    ends = np.stack((geometry.stub_ends[0], geometry.port_ends[0]))
    found = detours(Obstacles(parts, geometry.centers), ends[:1], ends[1:], np.array([0]))
    reach, centers = reaches(parts)[2:], geometry.centers[2:]
    return found, ends, np.concatenate((centers - reach[:, :2], centers + reach[:, 2:]), axis=1)


def line_of(found: Detours, ends: Floats) -> Floats:
    passage = Passage(np.array([0]), ends[:1], ends[1:])
    return corners_of(found.turns, passage, np.array([0]))[0]


def enters(one: Floats, other: Floats, box: Floats) -> bool:
    low, high = np.minimum(one, other), np.maximum(one, other)
    return bool((high > box[:2]).all() and (low < box[2:]).all())


def cost_of(line: Floats) -> float:
    upright = sum(float(one[1] != other[1]) for one, other in pairwise(line))
    return float(np.abs(np.diff(line[:, 1])).sum()) + TURN_COST * upright


def cheapest(ends: Floats, boxes: Floats) -> float:
    """Return what the best way on a raster costs up and down that keeps a berth from all boxes."""
    boxes = boxes + np.array((-BERTH, -BERTH, BERTH, BERTH))
    low, high = ends[:, 1].min() - HEIGHT / 2, ends[:, 1].max() + HEIGHT / 2
    levels = np.unique(np.concatenate((np.arange(low, high, RASTER), ends[:, 1])))
    costs = np.where(levels == ends[0, 1], 0.0, NO_WAY)
    lines = np.arange(ends[0, 0] + BERTH, ends[1, 0] - BERTH, RASTER)
    lines = np.concatenate((ends[:1, 0], lines, ends[1:, 0]))
    for left, right in pairwise(lines):
        if left > ends[0, 0]:
            costs = turned(costs, left, levels, boxes)
        beside = boxes[(boxes[:, 0] < right) & (boxes[:, 2] > left)]
        for _, top, _, bottom in beside:
            costs = np.where((levels > top) & (levels < bottom), NO_WAY, costs)
    return float(costs[levels == ends[1, 1]][0])


def turned(costs: Floats, line: float, levels: Floats, boxes: Floats) -> Floats:
    """Return the costs after a turn on a line, between levels between which nothing stands."""
    spans = boxes[(boxes[:, 0] < line) & (boxes[:, 2] > line)][:, [1, 3]]
    low, high = np.minimum(levels[:, None], levels), np.maximum(levels[:, None], levels)
    shut = np.zeros(low.shape, np.bool_)
    for top, bottom in spans:
        shut |= (low < bottom) & (high > top)
    steps = np.where(shut, NO_WAY, high - low + TURN_COST)
    return np.minimum(costs, (costs + steps).min(axis=1))


@given(st.lists(PLACES, max_size=12), LEVELS)
def test_a_way_enters_no_node_and_never_leads_back(places: list[Place], level: float) -> None:
    found, ends, boxes = sought(places, level)
    assume(found.found[0])
    line = line_of(found, ends)
    assert (np.diff(line[:, 0]) >= 0).all()
    assert all((np.diff(pair, axis=0) == 0).any() for pair in pairwise(line))
    assert not any(enters(*pair, box) for pair in pairwise(line) for box in boxes)


@given(st.lists(PLACES, max_size=8), LEVELS)
def test_no_way_is_better_than_the_one_that_is_found(places: list[Place], level: float) -> None:
    found, ends, boxes = sought(places, level)
    best = cheapest(ends, boxes)
    assume(best < NO_WAY)
    assert found.found[0]
    assert cost_of(line_of(found, ends)) <= best + 1.0


@given(st.lists(PLACES, max_size=8), st.lists(LEVELS, min_size=2, max_size=4, unique=True))
def test_a_way_is_the_same_where_others_are_sought_with_it(
    places: list[Place], levels: list[float]
) -> None:
    leaves = [leaf(f"n{number}", *place) for number, place in enumerate(places)]
    targets = [gate(f"f{number}", level) for number, level in enumerate(levels)]
    diagram = diagram_of(graph_of(leaf("x", 0, 0), *leaves, *targets))
    parts, geometry = diagram.parts, diagram.geometry
    obstacles, rows = Obstacles(parts, geometry.centers), np.arange(len(levels))
    starts, ends = geometry.stub_ends[parts.ends[:, 0]], geometry.port_ends
    together = detours(obstacles, starts, ends, rows)
    for row in rows:
        alone = detours(obstacles, starts[[row]], ends[[row]], rows[[row]])
        own = together.turns.owners == row
        assert together.found[row] == alone.found[0]
        np.testing.assert_array_equal(together.turns.at[own], alone.turns.at)
        np.testing.assert_array_equal(together.turns.level[own], alone.turns.level)


def test_a_wire_without_room_for_a_way_has_none() -> None:
    wall = [(300.0, float(y)) for y in range(-420, 421, 30)]
    assert not sought(wall, 0.0)[0].found[0]


def test_a_wire_does_not_step_aside_by_little_before_its_port() -> None:
    places = [(300.0, 0.0), (300.0, 60.0)]
    _, ends, boxes = sought(places, 0.0)
    level = float(boxes[1, 3]) + 3.0  # nearer to the lower node than ways are else
    found, ends, _ = sought(places, level)
    assert len(found.turns.at) == 1
    assert ends[1, 1] == level
