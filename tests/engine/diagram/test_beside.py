"""The forward and the backward part of a gradient graph side by side."""

from __future__ import annotations

from chainrule.autodiff.gradient_graph import gradient_graph
from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.diagram.beside import place_beside
from tests.helpers.lecture_graphs import lecture_graph


def test_what_is_put_beside_stands_at_the_right_and_the_rest_stays() -> None:
    graph = lecture_graph("sigmoid-neuron-staged")
    arrange(graph, Passes(graph)).apply(graph)
    before = {node.id: node.position for node in graph}
    made = gradient_graph(graph)
    place_beside(made.graph, Passes(made.graph), made.backward).apply(made.graph)
    places = {node.id: node.position for node in made.graph}
    assert {each: places[each] for each in before} == before
    edge = max(place[0] for place in before.values() if place is not None)
    assert all((places[each] or (0.0, 0.0))[0] > edge for each in made.backward)


def test_all_are_laid_out_where_some_have_no_place() -> None:
    made = gradient_graph(lecture_graph("add-then-multiply"))
    move = place_beside(made.graph, Passes(made.graph), made.backward)
    assert move.positions.keys() == {*made.graph.ids()}
    assert len({*move.positions.values()}) == len(made.graph)
