"""Numbers are explained as in the lecture: what they are called, and how a value came about."""

from __future__ import annotations

import pytest

from chainrule.autodiff.passes import Passes
from chainrule.autodiff.playback import Moment, Timeline
from chainrule.diagram.gradient_names import Notation
from chainrule.graph.graph import GateGraph
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.panels.runs import Shade, plain_line
from tests.helpers.lecture_graphs import graph_of, lecture_graph


def explainer(graph: GateGraph) -> Explainer:
    return Explainer(graph, Passes(graph), 2)


def explainer_at(graph: GateGraph, position: int) -> Explainer:
    """Return who explains a graph at a step of its playback."""
    passes = Passes(graph)
    return Explainer(graph, Moment(Timeline(graph, passes), passes, position), 2)


def test_the_forward_line_has_names_then_numbers_then_the_value() -> None:
    says = explainer(lecture_graph("sigmoid-neuron-staged"))
    line = says.forward("e")
    assert plain_line(line) == "e = exp(n) = exp(−1.00) = 0.37"
    assert [run.text for run in line if run.shade is Shade.VALUE] == ["−1.00", "0.37"]


def test_negative_factors_stand_in_brackets() -> None:
    says = explainer(lecture_graph("sigmoid-neuron-staged"))
    assert plain_line(says.forward("a")) == "a = w₀ × x₀ = 2.00 × (−1.00) = −2.00"


def test_a_sum_of_three_is_written_with_signs() -> None:
    leaves = [{"id": name, "gate": "input", "value": -1} for name in "xyz"]
    graph = graph_of(*leaves, {"id": "f", "gate": "add", "inputs": ["x", "y", "z"]})
    line = plain_line(explainer(graph).forward("f"))
    assert line == "f = x + y + z = −1.00 + (−1.00) + (−1.00) = −3.00"


def test_tensors_are_not_written_out() -> None:
    says = explainer(lecture_graph("matrix-product"))
    assert "×" in plain_line(says.forward("Y")) or "@" in plain_line(says.forward("Y"))


def test_what_can_not_be_computed_is_said_to_be_so() -> None:
    graph = graph_of(
        {"id": "x", "gate": "input", "value": 1},
        {"id": "f", "gate": "add", "inputs": ["x", None]},
    )
    assert plain_line(explainer(graph).forward("f")) == "f = x + ? = not computed"


def test_numbers_of_later_steps_are_not_reached_yet() -> None:
    graph = lecture_graph("sigmoid-neuron-staged")
    start = explainer_at(graph, 0)
    assert plain_line(start.forward("e")) == "e = exp(n) = not reached yet"
    assert start.gradient("e").text == "not reached yet"
    assert start.value("w0").text == "2.00"
    count = len(Timeline(graph, Passes(graph)))
    assert explainer_at(graph, count).gradient("e").text == "−0.53"


def test_a_gradient_is_partial_until_all_its_branches_have_come() -> None:
    graph = lecture_graph("branches-add")
    passes = Passes(graph)
    timeline = Timeline(graph, passes)
    branching = next(each for each in graph.ids() if len(graph.wires_from(each)) > 1)
    partial = [
        Explainer(graph, Moment(timeline, passes, at), 2).is_partial(branching)
        for at in range(len(timeline) + 1)
    ]
    assert partial[0]
    assert not partial[-1]
    assert not explainer(graph).is_partial(branching)


@pytest.mark.parametrize(
    ("notation", "name"),
    [
        (Notation.LEIBNIZ, "∂f/∂w₀"),
        (Notation.SHORT, "dw₀"),
        (Notation.ADJOINT, "w\u0304₀"),
        (Notation.NABLA, "∇w₀ f"),
    ],
)
def test_gradients_are_called_as_is_wanted(notation: Notation, name: str) -> None:
    graph = lecture_graph("sigmoid-neuron-staged")
    assert Explainer(graph, Passes(graph), 2, notation).derivative("w0") == name
