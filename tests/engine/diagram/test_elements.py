"""How nodes and wires are drawn, and that nothing covers a text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from chainrule.diagram.boxes import covering_box
from chainrule.diagram.diagram import bounds
from chainrule.diagram.elements import elements
from chainrule.diagram.ink import Role
from chainrule.diagram.parts import Display
from chainrule.diagram.primitives import Box, Circle, Diamond, Element, Stroke, Text
from chainrule.graph.edits import MoveNodes
from chainrule.graph.graph import GateGraph
from tests.helpers.graph_strategies import graphs
from tests.helpers.lecture_graphs import LECTURE_NAMES, diagram_of, graph_of, lecture_graph
from tests.helpers.overlaps import overlapping_bodies, overlapping_texts, struck_texts

X = {"id": "x", "gate": "input", "value": 2}
W = {"id": "w", "gate": "parameter", "value": 3}
C = {"id": "c", "gate": "constant", "value": 4}


def drawn(graph: GateGraph, display: Display | None = None) -> tuple[Element, ...]:
    return elements(diagram_of(graph, display))


def element(graph: GateGraph, element_id: str) -> Element:
    return next(each for each in drawn(graph) if each.id == element_id)


def texts(element_: Element) -> list[Text]:
    return [each for each in element_.primitives if isinstance(each, Text)]


def one_text(element_: Element, role: Role) -> Text:
    (found,) = [each for each in texts(element_) if each.role == role]
    return found


@pytest.mark.parametrize("decimals", [0, 2, 5])
@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_nothing_covers_a_text_in_the_lectures_figures(name: str, decimals: int) -> None:
    figure = drawn(lecture_graph(name), Display(decimals=decimals))
    assert overlapping_texts(figure) == []
    assert overlapping_bodies(figure) == []
    assert struck_texts(figure) == []


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_nothing_covers_a_text_when_every_gate_shows_its_name(name: str) -> None:
    figure = drawn(lecture_graph(name), Display(names=True))
    assert overlapping_texts(figure) == []
    assert struck_texts(figure) == []


@settings(max_examples=60)
@given(graphs())
def test_no_text_covers_another_or_a_node_in_any_graph_laid_out(graph: GateGraph) -> None:
    MoveNodes(dict.fromkeys(list(graph.ids()))).apply(graph)
    figure = drawn(graph)
    assert overlapping_texts(figure) == []
    assert overlapping_bodies(figure) == []


def test_wires_are_drawn_below_nodes() -> None:
    kinds = [each.kind for each in drawn(lecture_graph("add-then-multiply"))]
    assert kinds == ["wire"] * 4 + ["input"] * 3 + ["gate"] * 2


def test_ids_are_unique_even_where_a_wire_is_doubled() -> None:
    square = {"id": "f", "gate": "mul", "inputs": ["x", "x"]}
    ids = [each.id for each in drawn(graph_of(X, square))]
    assert ids == ["wire-x-f-0", "wire-x-f-1", "node-x", "node-f"]


def test_the_value_stands_above_the_wire_and_the_gradient_below() -> None:
    node = element(graph_of(X, {"id": "f", "gate": "square", "inputs": ["x"]}), "node-x")
    (stub,) = [each for each in node.primitives if isinstance(each, Stroke)]
    value, gradient = one_text(node, Role.VALUE), one_text(node, Role.GRADIENT)
    assert (value.text, gradient.text) == ("2.00", "4.00")
    assert value.at[1] == stub.start[1] - 6
    assert gradient.at[1] == stub.start[1] + 17
    middle = (stub.start[0] + stub.end[0]) / 2
    assert value.at[0] == gradient.at[0] == middle


def test_gradients_slant_and_values_stand_upright() -> None:
    node = element(graph_of(X, {"id": "f", "gate": "square", "inputs": ["x"]}), "node-f")
    assert not one_text(node, Role.VALUE).italic
    assert one_text(node, Role.GRADIENT).italic


def test_a_branch_shows_the_gradient_of_its_own_wire() -> None:
    graph = graph_of(X, {"id": "s", "gate": "square", "inputs": ["x"]},
                     {"id": "f", "gate": "add", "inputs": ["s", "x"]})  # fmt: skip
    figure = {each.id: each for each in drawn(graph)}
    assert one_text(figure["wire-x-s-0"], Role.GRADIENT).text == "4.00"
    assert one_text(figure["wire-x-f-1"], Role.GRADIENT).text == "1.00"
    assert one_text(figure["node-x"], Role.GRADIENT).text == "5.00"
    assert texts(figure["wire-s-f-0"]) == []


def test_an_upper_branch_has_its_number_above_and_a_lower_one_below() -> None:
    square = {"id": "f", "gate": "mul", "inputs": ["x", "x"]}
    figure = {each.id: each for each in drawn(graph_of(X, square))}
    for wire, is_above in (("wire-x-f-0", True), ("wire-x-f-1", False)):
        (stroke,) = [each for each in figure[wire].primitives if isinstance(each, Stroke)]
        number = one_text(figure[wire], Role.GRADIENT)
        assert (number.at[1] < stroke.end[1]) == is_above
        assert number.at[0] < stroke.end[0]


def test_what_is_not_known_is_a_muted_question_mark() -> None:
    graph = graph_of(X, {"id": "f", "gate": "add", "inputs": ["x", None]})
    unknown = [each for each in texts(element(graph, "node-f")) if each.text == "?"]
    assert [each.role for each in unknown] == [Role.MUTED, Role.MUTED]


def test_a_port_that_is_not_wired_is_a_small_ring_on_the_gate() -> None:
    gate = element(graph_of(X, {"id": "f", "gate": "add", "inputs": ["x", None]}), "node-f")
    body, ring = [each for each in gate.primitives if isinstance(each, Circle)]
    away = np.hypot(*np.subtract(ring.center, body.center))
    assert away == pytest.approx(body.radius)
    assert (ring.border, ring.fill) == (Role.PROBLEM, Role.BACKGROUND)


def test_a_faulty_gate_has_the_border_of_a_problem() -> None:
    graph = graph_of(X, {"id": "f", "gate": "square", "inputs": ["x"]})
    *_, gate = elements(diagram_of(graph), {"f"})
    (body,) = [each for each in gate.primitives if isinstance(each, Circle)]
    assert body.border == Role.PROBLEM


def test_leaves_differ_in_form_and_not_only_in_colour() -> None:
    graph = graph_of(X, W, C)
    forms = [element(graph, f"node-{name}").primitives[1] for name in "xwc"]
    dot, diamond, ring = forms
    assert isinstance(dot, Circle)
    assert dot.fill == Role.OUTLINE
    assert isinstance(diamond, Diamond)
    assert isinstance(ring, Circle)
    assert ring.fill == Role.BACKGROUND


def test_a_gate_of_many_ports_is_a_box() -> None:
    graph = graph_of(X, W, C, {"id": "f", "gate": "add", "inputs": ["x", "w", "c"]})
    assert isinstance(element(graph, "node-f").primitives[1], Box)


def test_the_outputs_name_stands_right_of_its_wire() -> None:
    node = element(graph_of(X, {"id": "loss1", "gate": "exp", "inputs": ["x"]}), "node-loss1")
    (stub,) = [each for each in node.primitives if isinstance(each, Stroke)]
    name = texts(node)[-1]
    assert name.text == "loss₁"
    assert name.at[0] > stub.end[0]


def test_an_output_that_is_read_has_its_name_above_as_its_wire_leads_on() -> None:
    graph = graph_of(X, {"id": "q", "gate": "exp", "inputs": ["x"]},
                     {"id": "f", "gate": "exp", "inputs": ["q"]}, output="q")  # fmt: skip
    names = [each for each in texts(element(graph, "node-q")) if each.text == "q"]
    (body,) = [e for e in element(graph, "node-q").primitives if isinstance(e, Circle)]
    assert [each.at[0] for each in names] == [body.center[0]]
    assert names[0].at[1] < body.center[1] - body.radius


def test_a_label_of_several_lines_is_drawn_as_one() -> None:
    graph = graph_of({**X, "label": "my\n\tinput\x07"})
    assert texts(element(graph, "node-x"))[-1].text == "my input"


def test_titles_say_what_can_be_seen() -> None:
    graph = graph_of(X, {"id": "f", "gate": "exp", "inputs": ["x"]})
    titles = [each.title for each in drawn(graph)]
    assert titles == [
        "x to f: gradient 7.39",
        "x (input): value 2.00, gradient 7.39",
        "f (exp): value 7.39, gradient 1.00",
    ]


def test_numbers_that_are_not_wanted_are_left_out() -> None:
    graph = graph_of(X, {"id": "f", "gate": "exp", "inputs": ["x"]})
    shown = drawn(graph, Display(values=False, gradients=False))
    roles = {text.role for each in shown for text in texts(each)}
    assert roles == {Role.TEXT}
    assert shown[0].title == "x to f"


def test_a_number_too_long_for_its_wire_is_set_smaller() -> None:
    tiny = {"id": "x", "gate": "input", "value": -1.25e-200}
    number = one_text(element(graph_of(tiny), "node-x"), Role.VALUE)
    assert number.text == "−1.2e−200"
    assert number.size < 13


def test_a_vector_too_long_for_its_wire_is_told_by_its_length() -> None:
    value = [-1.25e-200, 1e300, -1e-300, 1e200]
    graph = graph_of({"id": "x", "gate": "input", "value": value})
    assert one_text(element(graph, "node-x"), Role.VALUE).text == "4 long"


def test_the_bounds_hold_every_primitive() -> None:
    for name in LECTURE_NAMES:
        diagram = diagram_of(lecture_graph(name))
        left, top, width, height = bounds(diagram)
        box = covering_box(elements(diagram))
        assert box.left >= left - 1
        assert box.top >= top - 1
        assert box.right <= left + width + 2
        assert box.bottom <= top + height + 1


def test_the_same_graph_gives_the_same_drawing() -> None:
    graph = lecture_graph("svm-loss")
    assert drawn(graph) == drawn(graph)
