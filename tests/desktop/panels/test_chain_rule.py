"""Downstream = local × upstream at every input, in symbols and numbers, and the gate's pattern."""

from __future__ import annotations

import pytest

from chainrule.autodiff.local import local_gradients
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.playback import Moment, Timeline
from chainrule.gates.gate import Pattern
from chainrule.graph.graph import GateGraph
from chainrule.graph.switches import SetMuted
from chainrule_desktop.panels.chain_rule import WORDS, ChainRule, pattern_of, rule_of
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.panels.formula_label import Row
from chainrule_desktop.panels.runs import Shade
from tests.helpers.lecture_graphs import LECTURE_NAMES, graph_of, lecture_graph
from tests.helpers.random_graphs import build


def chain_of(graph: GateGraph) -> ChainRule:
    return ChainRule(Explainer(graph, Passes(graph), 2))


def chain_at(graph: GateGraph, position: int) -> ChainRule:
    passes = Passes(graph)
    return ChainRule(Explainer(graph, Moment(Timeline(graph, passes), passes, position), 2))


def plain(row: Row) -> str:
    return " ".join(each.plain for each in row)


def test_downstream_is_local_times_upstream() -> None:
    (way,) = chain_of(lecture_graph("sigmoid-neuron-staged")).derivations("e")
    symbols, numbers, captions = way.equation
    assert plain(symbols) == "∂f/∂n = ∂e/∂n · ∂f/∂e"
    assert plain(numbers) == "−0.20 = 0.37 × (−0.53)"
    assert [each.plain for each in captions if each.plain] == ["downstream", "local", "upstream"]
    assert plain(way.local) == "∂e/∂n = exp(n) = 0.37"
    shades = [each.shade for each in symbols if each.latex]
    assert shades == [Shade.GRADIENT, Shade.VALUE, Shade.GRADIENT]


def test_symbols_are_typeset() -> None:
    (way,) = chain_of(lecture_graph("sigmoid-neuron-staged")).derivations("e")
    assert way.equation[0][0].latex == r"\frac{\partial f}{\partial n}"
    assert [each.latex for each in way.local if each.latex][1] == "e^{n}"


def test_a_local_gradient_that_is_a_number_is_not_written_twice() -> None:
    graph = lecture_graph("sigmoid-neuron-staged")
    (way,) = chain_of(graph).derivations("n")
    assert plain(way.local) == "∂n/∂s = −1"


def test_a_product_of_three_has_the_others_as_its_local_gradient() -> None:
    graph = build({"x": 2.0, "y": 3.0, "z": 5.0}, {"f": ("mul", "x", "y", "z")})
    ways = chain_of(graph).derivations("f")
    assert [plain(each.local) for each in ways][1] == "∂f/∂y = x · z = 10.00"


def test_a_branch_shows_the_sum_of_its_gradients() -> None:
    graph = lecture_graph("branches-add")
    often = next(each for each in graph.ids() if len(graph.wires_from(each)) > 1)
    row = plain(chain_of(graph).branches(often, graph.wires_from(often)))
    assert row.count("+") == len(graph.wires_from(often)) - 1
    assert row.startswith("∂")


def test_an_open_port_is_named_instead_of_numbers() -> None:
    graph = graph_of(
        {"id": "x", "gate": "input", "value": 1},
        {"id": "f", "gate": "add", "inputs": ["x", None]},
    )
    wired, unwired = chain_of(graph).derivations("f")
    assert unwired.says == "input 2 is not wired"
    assert wired.says == "not computed"


def test_before_its_step_a_gate_has_symbols_and_no_numbers() -> None:
    graph = lecture_graph("sigmoid-neuron-staged")
    (way,) = chain_at(graph, 3).derivations("e")
    assert way.says == "not reached yet"
    assert len(way.equation) == 2
    assert plain(way.local) == "∂e/∂n = exp(n)"
    assert chain_at(graph, 3).shares("e") == []


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


@pytest.mark.parametrize("case", LECTURE_NAMES)
def test_every_gate_is_explained(case: str) -> None:
    graph = lecture_graph(case)
    chain = chain_of(graph)
    for node in graph:
        for way in chain.derivations(node.id):
            assert way.equation
            assert all(each.plain for row in way.equation[:1] for each in row)
        assert node.is_leaf or (pattern_of(node) and rule_of(node))


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
    assert plain(chain_of(graph).derivations("f")[0].equation[1]) == "2.00 = 2.00 × 1.00"


@pytest.mark.parametrize(
    ("gate", "shares"),
    [("add", [1.0, 1.0]), ("max", [1.0, 0.0]), ("mul", [2.0, 3.0]), ("sub", [1.0, -1.0])],
)
def test_each_pattern_has_its_shares(gate: str, shares: list[float]) -> None:
    graph = build({"x": 3.0, "y": 2.0}, {"f": (gate, "x", "y"), "g": ("square", "f")})
    assert [each.part for each in chain_of(graph).shares("f")] == pytest.approx(shares)


def test_the_shares_of_tensors_are_those_of_their_magnitudes() -> None:
    graph = build({"x": [3.0, -1.0]}, {"f": ("relu", "x"), "s": ("square", "f")})
    assert chain_of(graph).shares("f")[0].part == 1.0
    graph = build({"x": [1.0, 2.0, 4.0, 5.0]}, {"m": ("mean", "x")})
    assert chain_of(graph).shares("m")[0].part == 0.25


def test_nothing_is_shared_out_of_a_gradient_of_zero() -> None:
    graph = build({"x": 0.0}, {"q": ("exp", "x"), "f": ("square", "q")})
    assert chain_of(graph).shares("q")
    graph = build({"x": -1.0}, {"q": ("exp", "x"), "n": ("neg", "q"), "f": ("relu", "n")})
    assert chain_of(graph).shares("q") == []


def test_a_muted_gate_passes_all_to_its_first_input() -> None:
    graph = build({"x": 3.0, "y": 2.0}, {"f": ("mul", "x", "y")})
    SetMuted({"f": True}).apply(graph)
    first, second = chain_of(graph).derivations("f")
    assert plain(first.equation[1]) == "1.00 = 1.00 × 1.00"
    assert plain(second.equation[1]) == "0.00 = 0.00 × 1.00"
    assert "muted" in rule_of(graph.node("f")).lower()


def test_every_pattern_has_a_word() -> None:
    assert {*WORDS} == {*Pattern}
