"""Read-outs of pinned nodes stand where they cover nothing, as large as their numbers need."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.diagram.diagram import bounds
from chainrule.diagram.elements import elements
from chainrule.diagram.ink import Role
from chainrule.diagram.parts import Display
from chainrule.diagram.primitives import Box, Stroke, Text
from chainrule.diagram.reach import reaches
from chainrule.diagram.readouts import readout_boxes
from chainrule.expression.formula import graph_from_formula
from chainrule.gates.leaf import Input
from chainrule.graph.edits import AddNodes, MoveNodes, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node
from chainrule.graph.switches import SetMuted, SetPinned
from tests.helpers.lecture_graphs import diagram_of, lecture_graph
from tests.helpers.overlaps import overlapping_bodies, overlapping_texts
from tests.helpers.random_graphs import runnable_graphs


def pinned(*nodes: str, formula: str = "f = (x + y) * z") -> GateGraph:
    graph = graph_from_formula(formula)
    SetPinned(dict.fromkeys(nodes, True)).apply(graph)
    return graph


def texts_of(graph: GateGraph, node: str, display: Display | None = None) -> list[Text]:
    """Return the texts in the read-out of a node."""
    figure = {each.id: each for each in elements(diagram_of(graph, display))}
    drawn = figure[f"node-{node}"].primitives
    boxes = [at for at, each in enumerate(drawn) if isinstance(each, Box)]
    return [each for each in drawn[boxes[-1] :] if isinstance(each, Text)]


def test_a_read_out_shows_the_value_and_the_gradient_large() -> None:
    value, gradient = texts_of(pinned("f"), "f")
    assert (value.text, value.role, value.italic) == ("9.00", Role.VALUE, False)
    assert (gradient.text, gradient.role, gradient.italic) == ("1.00", Role.GRADIENT, True)
    assert value.size > gradient.size > 13.0


def test_what_is_hidden_on_wires_is_still_read_there() -> None:
    display = Display(values=False, gradients=False)
    assert [each.text for each in texts_of(pinned("f"), "f", display)] == ["9.00"]


def test_its_size_does_not_depend_on_the_number() -> None:
    graph = pinned("f")
    before = diagram_of(graph).parts.readouts
    SetValue("z", np.float64(-1234.5)).apply(graph)
    after = diagram_of(graph)
    assert after.parts.readouts == before
    (box,) = readout_boxes(after.parts, after.geometry).values()
    value, _ = texts_of(graph, "f")
    assert value.text == "−3703.5"
    assert value.size <= 22.0
    assert box.right - box.left == pytest.approx(before[after.parts.index["f"]][0])


def test_the_drawing_holds_it() -> None:
    diagram = diagram_of(pinned("f"))
    (box,) = readout_boxes(diagram.parts, diagram.geometry).values()
    left, top, width, height = bounds(diagram)
    assert left <= box.left
    assert top <= box.top
    assert left + width >= box.right
    assert top + height >= box.bottom


def test_it_moves_above_where_something_stands_below() -> None:
    graph = pinned("q", formula="q = x + y; f = q * z")
    arrange(graph, Passes(graph)).apply(graph)
    diagram = diagram_of(graph)
    row = diagram.parts.index["q"]
    (below,) = readout_boxes(diagram.parts, diagram.geometry).values()
    x, y = diagram.geometry.centers[row].tolist()
    assert below.top > y
    MoveNodes({"z": (x, (below.top + below.bottom) / 2)}).apply(graph)
    again = diagram_of(graph)
    (above,) = readout_boxes(again.parts, again.geometry).values()
    assert above.bottom < y


@settings(max_examples=40)
@given(graph=runnable_graphs(), data=st.data())
def test_in_a_layout_it_covers_no_node_and_no_text(graph: GateGraph, data: st.DataObject) -> None:
    ids = [*graph.ids()]
    if ids:
        chosen = data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
        SetPinned(dict.fromkeys(chosen, True)).apply(graph)
    MoveNodes(dict.fromkeys(ids)).apply(graph)
    figure = elements(diagram_of(graph))
    assert overlapping_texts(figure) == []
    assert overlapping_bodies(figure) == []


def test_a_muted_gate_has_a_wire_through_it_and_a_pale_symbol() -> None:
    graph = graph_from_formula("f = x - y")
    SetMuted({"f": True}).apply(graph)
    diagram = diagram_of(graph)
    figure = {each.id: each for each in elements(diagram)}
    symbols = [e for e in figure["node-f"].primitives if isinstance(e, Text) and e.text == "−"]
    assert [each.role for each in symbols] == [Role.MUTED]
    row = diagram.parts.index["f"]
    left, up = diagram.parts.bypasses[row]
    port = diagram.geometry.centers[row] + (left, up)
    assert port.tolist() == diagram.geometry.port_ends[0].tolist()


def test_shapes_of_tensors_can_be_hidden() -> None:
    graph = graph_from_formula("f = x * 2")
    SetValue("x", np.ones((3, 4))).apply(graph)
    shown = diagram_of(graph)
    row = shown.parts.index["x"]
    assert shown.labels.values[row] == "3 × 4"
    hidden = diagram_of(graph, replace(shown.display, shapes=False))
    assert hidden.labels.values[row] == ""
    assert hidden.labels.value_pictures[row] is not None
    assert reaches(hidden.parts).tolist() == reaches(shown.parts).tolist()


@pytest.mark.parametrize("name", ["branches-add", "sigmoid-neuron-staged", "svm-loss"])
def test_pinned_alone_it_covers_nothing_in_the_lectures_figures(name: str) -> None:
    graph = lecture_graph(name)
    arrange(graph, Passes(graph)).apply(graph)
    for node in [*graph.ids()]:
        back = SetPinned({node: True}).apply(graph)
        figure = elements(diagram_of(graph))
        back.apply(graph)
        assert overlapping_texts(figure) == []
        assert overlapping_bodies(figure) == []


def test_away_from_its_node_a_line_leads_to_it() -> None:
    graph = pinned("q", formula="q = x + y; f = q * z")
    arrange(graph, Passes(graph)).apply(graph)
    near = {each.id: each for each in elements(diagram_of(graph))}["node-q"]
    x, y = graph.node("q").position or (0.0, 0.0)
    around = [(x + dx, y + dy) for dx in (-60.0, 0.0, 60.0) for dy in (-75.0, 75.0)]
    crowd = AddNodes(tuple(Node(f"c{at}", Input(), 0, np.float64(1.0), position=place)
                           for at, place in enumerate(around)))  # fmt: skip
    crowd.apply(graph)
    away = {each.id: each for each in elements(diagram_of(graph))}["node-q"]
    lines = [
        sum(isinstance(each, Stroke) for each in element.primitives) for element in (near, away)
    ]
    assert lines == [1, 2]
