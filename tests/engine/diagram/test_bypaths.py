"""Straight and curved wires are led around nodes that nothing simple leads past."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Floats
from chainrule.diagram.angles import Passage
from chainrule.diagram.bypaths import bypaths
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.reach import reaches
from chainrule.diagram.ways import Pieces, WireStyle
from tests.helpers.lecture_graphs import diagram_of, graph_of

STYLES = (WireStyle.CURVED, WireStyle.STRAIGHT)
PLACES = st.tuples(st.integers(140, 560), st.integers(-120, 120))
WALL = [(300.0, y) for y in (-90.0, -45.0, 0.0, 45.0)]


def among(places: list[tuple[float, float]]) -> Diagram:
    """Return a drawing of one wire and of leaves at places."""
    between: list[dict[str, Any]] = [
        {"id": f"n{number}", "gate": "input", "value": 1, "position": [*place]}
        for number, place in enumerate(places)
    ]
    source = {"id": "x", "gate": "input", "value": 1, "position": [0, 0]}
    target = {"id": "f", "gate": "exp", "inputs": ["x"], "position": [700, 40]}
    return diagram_of(graph_of(source, target, *between))


def led(diagram: Diagram, style: WireStyle) -> tuple[Pieces | None, Passage]:
    """Return the pieces of the wire if it is led around the nodes, and between which ends."""
    parts, geometry = diagram.parts, diagram.geometry
    starts, ends = geometry.stub_ends[parts.ends[:, 0]], geometry.port_ends
    passage = Passage(parts.ends[:, 0], starts, ends)
    found, done = bypaths(Obstacles(parts, geometry.centers), passage, np.array([0]), style)
    pieces = [each for each in found if len(each[1])]
    assert len(pieces) == int(done[0])
    return (pieces[0] if pieces else None), passage


def points_along(curves: Floats) -> Floats:
    t = np.linspace(0, 1, 40)[:, None, None]
    first, second, third, last = np.moveaxis(curves, 1, 0)
    along = (1 - t) ** 3 * first + 3 * (1 - t) ** 2 * t * second
    return (along + 3 * (1 - t) * t**2 * third + t**3 * last).reshape(-1, 2)


@pytest.mark.parametrize("style", STYLES)
@given(places=st.lists(PLACES, max_size=8))
def test_a_way_around_leads_from_end_to_end_and_over_no_node(
    style: WireStyle, places: list[tuple[float, float]]
) -> None:
    diagram = among(places)
    pieces, passage = led(diagram, style)
    if pieces is None:
        return
    curves, owners = pieces
    assert (owners == 0).all()
    np.testing.assert_array_equal(curves[0, 0], passage.starts[0])
    np.testing.assert_allclose(curves[-1, 3], passage.ends[0])
    np.testing.assert_allclose(curves[1:, 0], curves[:-1, 3])
    reach, centers = reaches(diagram.parts)[2:], diagram.geometry.centers[2:]
    boxes = np.concatenate((centers - reach[:, :2], centers + reach[:, 2:]), axis=1)
    points = points_along(curves)[:, None]
    inside = (points > boxes[:, :2]) & (points < boxes[:, 2:])
    assert not inside.all(axis=2).any()


@pytest.mark.parametrize("style", STYLES)
def test_a_wall_is_passed(style: WireStyle) -> None:
    assert led(among(WALL), style)[0] is not None


@pytest.mark.parametrize("style", STYLES)
def test_nothing_leads_through_a_wall_without_end(style: WireStyle) -> None:
    wall = [(300.0, float(y)) for y in range(-400, 440, 30)]
    assert led(among(wall), style)[0] is None


def test_a_curved_way_around_leaves_and_arrives_horizontally() -> None:
    pieces, _ = led(among(WALL), WireStyle.CURVED)
    assert pieces is not None
    curves, _ = pieces
    assert curves[0, 1, 1] == curves[0, 0, 1]
    assert curves[-1, 2, 1] == pytest.approx(curves[-1, 3, 1])


def test_a_straight_way_around_cuts_corners() -> None:
    pieces, _ = led(among(WALL), WireStyle.STRAIGHT)
    assert pieces is not None
    along = np.diff(pieces[0][:, [0, 3]], axis=1)[:, 0]
    assert (np.abs(along) > 20.0).all(axis=1).any()
