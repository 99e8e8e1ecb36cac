"""Composite gates in the passes: as if their insides stood in their place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.autodiff.passes import Passes
from chainrule.autodiff.planning.flat import flatten
from chainrule.errors import RunError
from chainrule.graph import composites
from chainrule.graph.composites import Composite
from chainrule.graph.edits import AddNodes, SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from tests.helpers.random_graphs import build, definition_of, extend, kind_of

SIGMOID = definition_of(
    "my_sigmoid",
    ("s",),
    build(
        {"s": 0.0},
        {
            "n": (kind_of("mul_constant", c=-1.0), "s"),
            "e": ("exp", "n"),
            "d": (kind_of("add_constant", c=1.0), "e"),
            "r": ("reciprocal", "d"),
        },
    ),
)
# Two leaves of its own, one of which the output needs; and a port that nothing reads.
LINE = definition_of(
    "line",
    ("x", "ignored"),
    build(
        {"x": 0.0, "ignored": 0.0, "slope": 2.0, "shift": 0.5, "idle": 7.0},
        {"p": ("mul", "slope", "x"), "y": ("add", "p", "shift")},
        output="y",
    ),
)
NEURON = definition_of(
    "neuron",
    ("a", "b"),
    build(
        {"a": 0.0, "b": 0.0},
        {
            "l": (Composite("line", LINE.inputs), "a", "b"),
            "q": ("add", "l", "b"),
            "t": (Composite("my_sigmoid", SIGMOID.inputs), "q"),
        },
    ),
)
ALL = {each.name: each for each in (SIGMOID, LINE, NEURON)}


def composite(name: str) -> Composite:
    return Composite(name, ALL[name].inputs)


def graph_with(
    leaves: dict[NodeId, Any], gates: dict[NodeId, tuple[Any, ...]], **header: Any
) -> GateGraph:
    graph = build(leaves, {}, **header)
    SetDefinitions(ALL).apply(graph)
    extend(graph, {}, gates)
    return graph


def test_a_composite_gives_what_its_gates_give() -> None:
    used = Passes(graph_with({"x": 1.25}, {"f": (composite("my_sigmoid"), "x")}))
    by_hand = Passes(
        build(
            {"x": 1.25},
            {
                "n": (kind_of("mul_constant", c=-1.0), "x"),
                "e": ("exp", "n"),
                "d": (kind_of("add_constant", c=1.0), "e"),
                "f": ("reciprocal", "d"),
            },
        )
    )
    assert used.value("f") == by_hand.value("f")
    assert used.gradient("x") == by_hand.gradient("x")
    assert used.wire_gradient(Wire("x", "f", 0)) == by_hand.wire_gradient(Wire("x", "n", 0))


def test_composites_nest_and_hold_leaves_of_their_own() -> None:
    passes = Passes(graph_with({"x": 0.3, "y": -1.5}, {"f": (composite("neuron"), "x", "y")}))
    total = 2.0 * 0.3 + 0.5 - 1.5
    sigma = 1.0 / (1.0 + np.exp(-total))
    assert passes.value("f") == pytest.approx(sigma, rel=1e-12)
    assert passes.gradient("x") == pytest.approx(2.0 * sigma * (1.0 - sigma), rel=1e-12)
    assert passes.gradient("y") == pytest.approx(sigma * (1.0 - sigma), rel=1e-12)


def test_one_definition_is_used_several_times() -> None:
    kind = composite("my_sigmoid")
    graph = graph_with({"x": 0.0}, {"a": (kind, "x"), "b": (kind, "a"), "f": ("add", "a", "b")})
    passes = Passes(graph)
    assert passes.value("a") == 0.5
    slope = 1.0 / (2.0 + np.exp(0.5) + np.exp(-0.5))
    assert passes.gradient("x") == pytest.approx(0.25 * (1.0 + slope), rel=1e-12)


def test_a_port_that_nothing_inside_reads_gets_zero() -> None:
    passes = Passes(graph_with({"x": 1.0, "y": 9.0}, {"f": (composite("line"), "x", "y")}))
    assert passes.value("f") == 2.5
    assert passes.gradient("y") == 0.0
    assert passes.wire_gradient(Wire("y", "f", 1)) == 0.0


def test_a_port_that_nothing_inside_reads_may_stay_open() -> None:
    passes = Passes(graph_with({"x": 1.0}, {"f": (composite("line"), "x", None)}))
    assert passes.value("f") == 2.5
    assert passes.gradient("x") == 2.0


def test_an_open_port_that_is_read_leaves_the_composite_without_a_value() -> None:
    passes = Passes(graph_with({"y": 1.0}, {"f": (composite("line"), None, "y")}))
    assert passes.value("f") is None
    assert not passes.faults


def test_one_source_on_two_ports_gets_both_gradients() -> None:
    passes = Passes(graph_with({"x": 0.25}, {"f": (composite("neuron"), "x", "x")}))
    along = [passes.wire_gradient(Wire("x", "f", port)) for port in (0, 1)]
    assert along[0] == pytest.approx(2.0 * float(along[1] or 0.0))
    assert passes.gradient("x") == pytest.approx(3.0 * float(along[1] or 0.0))


def test_a_composite_whose_output_is_its_port_passes_on() -> None:
    same = definition_of("same", ("x",), build({"x": 1.0}, {}))
    graph = build({"x": 3.0}, {})
    SetDefinitions({"same": same}).apply(graph)
    extend(graph, {}, {"f": (Composite("same", ("x",)), "x")})
    passes = Passes(graph)
    assert passes.value("f") == 3.0
    assert passes.gradient("x") == 1.0


def test_shapes_that_misfit_inside_are_a_fault_of_the_composite() -> None:
    leaves = {"x": [1.0, 2.0], "y": [1.0, 2.0, 3.0]}
    passes = Passes(graph_with(leaves, {"f": (composite("neuron"), "x", "y")}))
    assert list(passes.faults) == ["f"]
    assert passes.gradient("x") is None


def test_an_input_open_inside_leaves_the_composite_unfinished() -> None:
    inside = build({"x": 1.0}, {"s": ("add", "x", None)})
    graph = build({"x": 1.0}, {})
    SetDefinitions({"half": definition_of("half", ("x",), inside)}).apply(graph)
    extend(graph, {}, {"f": (Composite("half", ("x",)), "x")})
    passes = Passes(graph)
    assert passes.unfinished == {"f": "inside half an input is not wired; wire it"}
    assert not passes.faults


def test_a_definition_that_is_gone_is_a_fault() -> None:
    graph = graph_with({"x": 1.0}, {"f": (composite("my_sigmoid"), "x")})
    SetDefinitions({}).apply(graph)
    passes = Passes(graph)
    assert "there is no definition 'my_sigmoid'" in passes.faults["f"]
    assert passes.value("f") is None


def test_a_definition_with_other_ports_than_its_node_is_a_fault() -> None:
    graph = graph_with({"x": 1.0}, {})
    AddNodes((Node("f", Composite("line", ("x",)), 1),), (Wire("x", "f", 0),)).apply(graph)
    assert Passes(graph).faults == {"f": "line has 2 inputs and is used with 1; put it in anew"}


def test_wires_of_a_composite_are_numbered_like_those_of_a_gate() -> None:
    graph = graph_with({"x": 1.0, "y": 2.0}, {"f": (composite("neuron"), "x", "y")})
    flat = flatten(graph)
    wires = [flat.wires[graph.wire_number(Wire(name, "f", port))] for port, name in enumerate("xy")]
    assert wires[1] == wires[0] + 1
    readers = np.searchsorted(flat.starts, wires, "right") - 1
    assert {graph.rows.node(row).id for row in flat.owners[readers].tolist()} == {"f"}


def test_composites_that_expand_beyond_measure_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chainrule.autodiff.planning.flat.LARGEST_EXPANSION", 3)
    assert composites.expansion_sizes(ALL)["my_sigmoid"] == 6
    with pytest.raises(RunError, match="the composite gates expand to 6 gates; 3 is the limit"):
        flatten(graph_with({"x": 1.0}, {"f": (composite("my_sigmoid"), "x")}))
