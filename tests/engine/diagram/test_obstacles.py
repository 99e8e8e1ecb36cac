"""What wires run over, and the free levels beside it, held against a look at every box."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Floats
from chainrule.diagram.obstacles import FARTHEST_SWING, Obstacles
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


def holds(box: Floats, point: Floats, margin: float) -> bool:
    return bool((point > box[:2] - margin).all() and (point < box[2:] + margin).all())


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


@pytest.mark.parametrize("seed", range(3))
def test_the_points_over_nodes_but_those_at_the_ends_are_counted(seed: int) -> None:
    parts, centers = scattered(seed, 60)
    rows = np.arange(0, len(parts.wires), 2)
    ways = random_ways(len(rows))
    expected = [
        sum(
            holds(box, point, CLEARANCE)
            for node, box in enumerate(boxes_of(parts, centers))
            if node not in parts.ends[row]
            for point in way
        )
        for row, way in zip(rows, ways, strict=True)
    ]
    assert Obstacles(parts, centers).touched(ways, rows).tolist() == expected
    assert any(expected)


def test_a_way_over_very_many_nodes_counts_as_free() -> None:
    parts, centers = scattered(0, 120)
    across = np.linspace((-100.0, -100.0), (1300.0, 1300.0), 40)[None]
    rows = np.array([0])
    assert Obstacles(parts, centers).touched(across, rows).tolist() == [0.0]
    assert Obstacles(parts, centers).touched(across[:, :20], rows)[0] > 0


@pytest.mark.parametrize("seed", range(3))
def test_the_levels_beside_a_way_are_free(seed: int) -> None:
    parts, centers = scattered(seed, 60)
    boxes, ways = boxes_of(parts, centers), random_ways(80)
    found = Obstacles(parts, centers).levels(ways)
    for way, (below, above) in zip(ways, found.tolist(), strict=True):
        over = boxes[[any(holds(box, point, 0.0) for point in way) for box in boxes]]
        if len(over) == 0:
            assert np.isnan(below)
            continue
        beside = boxes[(boxes[:, 0] < over[:, 2].max()) & (boxes[:, 2] > over[:, 0].min())]
        down = free_level(over[:, 3].max(), [(top, bottom) for _, top, _, bottom in beside])
        up = -free_level(-over[:, 1].min(), [(-bottom, -top) for _, top, _, bottom in beside])
        lowest, highest = way[:, 1].min() - FARTHEST_SWING, way[:, 1].max() + FARTHEST_SWING
        assert below == down or min(below, down) >= highest
        assert above == up or max(above, up) <= lowest
