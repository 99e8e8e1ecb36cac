"""Positions for drawings."""

from __future__ import annotations

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from tests.helpers.lecture_graphs import diagram_of, graph_of, lecture_graph


def test_arranging_gives_every_node_a_position_that_is_then_drawn() -> None:
    graph = lecture_graph("two-paths")
    arrange(graph, Passes(graph)).apply(graph)
    places = np.array([node.position for node in graph], np.float64)
    np.testing.assert_array_equal(diagram_of(graph).geometry.centers, places)


def test_every_wire_of_an_arranged_graph_leads_to_the_right() -> None:
    diagram = diagram_of(lecture_graph("sigmoid-neuron-staged"))
    starts = diagram.geometry.stub_ends[diagram.parts.ends[:, 0], 0]
    assert (diagram.geometry.port_ends[:, 0] > starts).all()


def test_nodes_that_have_a_position_stay_where_they_are() -> None:
    graph = graph_of(
        {"id": "x", "gate": "input", "value": 1, "position": [7, -3]},
        {"id": "f", "gate": "exp", "inputs": ["x"]},
    )
    centers = diagram_of(graph).geometry.centers
    assert centers[0].tolist() == [7, -3]
    assert centers[1, 0] > 7 + 60
