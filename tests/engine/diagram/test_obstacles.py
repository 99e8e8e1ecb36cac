"""What wires run over, and the free levels beside it, held against a look at every box."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from chainrule.arrays import Floats
from chainrule.diagram import obstacles
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.parts import Parts
from chainrule.diagram.reach import reaches
from tests.helpers.lecture_graphs import diagram_of, graph_of

CLEARANCE, BERTH = 1.0, 8.0


def scattered(seed: int, count: int) -> tuple[Parts, Floats]:
    """Return gates that each read two of the nodes before, anywhere in a square."""
    dice = np.random.default_rng(seed)
    leaves = [{"id": f"n{row}", "gate": "input", "value": 1} for row in range(3)]
    gates = [
        {
            "id": f"n{row}",
            "gate": "add",
            "inputs": [f"n{each}" for each in dice.integers(0, row, 2)],
        }
        for row in range(3, count)
    ]
    nodes = [node | {"position": dice.uniform(0, 1200, 2).tolist()} for node in leaves + gates]
    diagram = diagram_of(graph_of(*nodes))
    return diagram.parts, diagram.geometry.centers


def boxes_of(parts: Parts, centers: Floats) -> Floats:
    reach = reaches(parts)
    return np.concatenate((centers - reach[:, :2], centers + reach[:, 2:]), axis=1)


def meets(box: Floats, piece: tuple[Floats, Floats], margin: float) -> bool:
    """Say whether a piece comes into a box, by what of it is left between its sides."""
    enter, leave = 0.0, 1.0
    for axis in range(2):
        start, along = piece[0][axis], piece[1][axis] - piece[0][axis]
        low, high = box[axis] - margin - start, box[axis + 2] + margin - start
        first, last = sorted((low / along, high / along))
        enter, leave = max(enter, first), min(leave, last)
    return enter < leave


def holds(box: Floats, point: Floats, margin: float) -> bool:
    return bool((point > box[:2] - margin).all() and (point < box[2:] + margin).all())


def count_in(box: Floats, way: Floats, margin: float, *, large: bool) -> int:
    """Return how many pieces of a way meet a box, or how many points of it are in it."""
    if large:
        return sum(holds(box, point, margin) for point in way)
    return sum(meets(box, piece, margin) for piece in pairwise(way))


def free_level(level: float, spans: list[tuple[float, float]]) -> float:
    while True:
        level += BERTH
        there = [bottom for top, bottom in spans if top < level < bottom]
        if not there:
            return level
        level = max(there)


def random_ways(count: int) -> Floats:
    dice = np.random.default_rng(7)
    start = dice.uniform(0, 900, (count, 1, 2))
    return start + np.sort(dice.uniform(-60, 300, (count, 12, 2)), axis=1)


def make(monkeypatch: pytest.MonkeyPatch, *, large: bool) -> None:
    """Make every drawing a large one, or a small one."""
    monkeypatch.setattr(obstacles, "_FEW_PAIRS", 0 if large else 10**9)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("large", [False, True])
def test_the_pieces_over_nodes_but_those_at_the_ends_are_counted(
    seed: int, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(monkeypatch, large=large)
    parts, centers = scattered(seed, 60)
    rows = np.arange(0, len(parts.wires), 2)
    ways = random_ways(len(rows))
    expected = [
        sum(
            count_in(box, way, CLEARANCE, large=large)
            for node, box in enumerate(boxes_of(parts, centers))
            if node not in parts.ends[row]
        )
        for row, way in zip(rows, ways, strict=True)
    ]
    assert Obstacles(parts, centers).touched(ways, rows).tolist() == expected
    assert any(expected)


def test_a_way_beside_the_corner_of_a_node_does_not_touch_it() -> None:
    nodes = [{"id": each, "gate": "input", "value": 1, "position": [0, 0]} for each in "xy"]
    gate = {"id": "f", "gate": "exp", "inputs": ["y"], "position": [900, 0]}
    diagram = diagram_of(graph_of(*nodes, gate))
    parts, centers = diagram.parts, diagram.geometry.centers
    left, top, _, _ = boxes_of(parts, centers)[0]
    past = np.array([[[left - 12, top + 8], [left + 8, top - 12]]])
    through = past + 5.0
    counted = Obstacles(parts, centers).touched(np.concatenate((past, through)), np.array([0, 0]))
    assert counted.tolist() == [0, 1]


def test_bodies_are_less_in_the_way_than_all_that_is_written() -> None:
    parts, centers = scattered(0, 60)
    ways, rows = random_ways(80), np.arange(80)
    bodies = Obstacles(parts, centers, bodies=True).touched(ways, rows)
    whole = Obstacles(parts, centers).touched(ways, rows)
    assert (bodies <= whole).all()
    assert 0 < bodies.sum() < whole.sum()


def test_a_way_over_very_many_nodes_counts_as_free_in_a_large_drawing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts, centers = scattered(0, 120)
    across = np.linspace((-100.0, -100.0), (1300.0, 1300.0), 40)[None]
    rows = np.array([0])
    make(monkeypatch, large=False)
    assert Obstacles(parts, centers).touched(across, rows)[0] > 0
    make(monkeypatch, large=True)
    assert Obstacles(parts, centers).touched(across, rows).tolist() == [0.0]
    assert Obstacles(parts, centers).touched(across[:, :20], rows)[0] > 0


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("large", [False, True])
def test_the_levels_beside_a_way_are_free(
    seed: int, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(monkeypatch, large=large)
    parts, centers = scattered(seed, 60)
    boxes, ways = boxes_of(parts, centers), random_ways(80)
    held = Obstacles(parts, centers)
    for way, (below, above) in zip(ways, held.levels(ways).tolist(), strict=True):
        over = boxes[[count_in(box, way, 0.0, large=large) > 0 for box in boxes]]
        if len(over) == 0:
            assert np.isnan(below)
            continue
        beside = boxes[(boxes[:, 0] < over[:, 2].max()) & (boxes[:, 2] > over[:, 0].min())]
        down = free_level(over[:, 3].max(), [(top, bottom) for _, top, _, bottom in beside])
        up = -free_level(-over[:, 1].min(), [(-bottom, -top) for _, top, _, bottom in beside])
        lowest, highest = way[:, 1].min() - held.swing, way[:, 1].max() + held.swing
        assert below == down or min(below, down) >= highest
        assert above == up or max(above, up) <= lowest
