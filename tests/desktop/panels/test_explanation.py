"""Numbers are explained as in the lecture: forward line, upstream × local = downstream."""

from __future__ import annotations

import pytest

from chainrule.autodiff.local import local_gradients
from chainrule.autodiff.passes import Passes
from chainrule.graph.graph import GateGraph
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.panels.runs import Shade, plain_line
from tests.helpers.lecture_graphs import LECTURE_NAMES, graph_of, lecture_graph


def explainer(graph: GateGraph) -> Explainer:
    return Explainer(graph, Passes(graph), 2)


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


def test_downstream_is_local_times_upstream() -> None:
    says = explainer(lecture_graph("sigmoid-neuron-staged"))
    (way,) = says.derivations("e")
    assert way.local == "∂e/∂n = exp(n)"
    assert way.downstream == "∂f/∂n"
    assert plain_line(way.numbers) == "−0.20 = 0.37 × (−0.53)"


def test_a_branch_shows_the_sum_of_its_gradients() -> None:
    graph = lecture_graph("branches-add")
    says = explainer(graph)
    read_often = next(each for each in graph.ids() if len(graph.wires_from(each)) > 1)
    line = plain_line(says.branches(read_often, graph.wires_from(read_often)))
    assert line.count("+") == len(graph.wires_from(read_often)) - 1


def test_an_open_port_is_named_instead_of_numbers() -> None:
    graph = graph_of(
        {"id": "x", "gate": "input", "value": 1},
        {"id": "f", "gate": "add", "inputs": ["x", None]},
    )
    wired, unwired = explainer(graph).derivations("f")
    assert plain_line(unwired.numbers) == "input 2 is not wired"
    assert plain_line(wired.numbers) == "not computed: an input has no value"
    assert plain_line(explainer(graph).forward("f")) == "f = x + ? = ?"


@pytest.mark.parametrize("case", LECTURE_NAMES)
def test_local_times_upstream_is_what_flows_along_each_wire(case: str) -> None:
    graph = lecture_graph(case)
    passes = Passes(graph)
    for node in graph:
        upstream = passes.gradient(node.id)
        for wire in graph.wires_into(node.id):
            local = local_gradients(graph, passes, node)[wire.port]
            flows = passes.wire_gradient(wire)
            if local is not None and flows is not None and upstream is not None:
                assert float(local * upstream) == pytest.approx(float(flows), rel=1e-12)


def test_a_composite_gate_has_a_local_gradient_too() -> None:
    graph = graph_of(
        {"id": "x", "gate": "input", "value": 2},
        {"id": "f", "gate": "twice", "inputs": ["x"]},
        definitions={
            "twice": {
                "inputs": ["u"],
                "nodes": [
                    {"id": "u", "gate": "input", "value": 0},
                    {"id": "v", "gate": "add", "inputs": ["u", "u"]},
                ],
                "output": "v",
            }
        },
    )
    (local,) = local_gradients(graph, Passes(graph), graph.node("f"))
    assert local == 2.0
