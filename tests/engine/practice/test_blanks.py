"""What can be asked for, and in which order it is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.errors import GraphError
from chainrule.expression.formula import graph_from_formula
from chainrule.gates.catalogue import get_kind
from chainrule.graph.edits import AddNodes, Connect
from chainrule.graph.exercises import Asked, Blank
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire
from chainrule.practice.blanks import (
    MOST_BLANKS,
    canonical,
    check_blanks,
    in_order,
    name_of,
    possible_blanks,
    truth_of,
)
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level
from tests.helpers.practice import exercise_graph, gradient, the_exercise, value, wire

SEEDS = st.integers(0, 10**6)
BRANCHING = "q = x + y; r = q * z; f = r + x"


def branching() -> GateGraph:
    return graph_from_formula(BRANCHING, {"x": 2.0, "y": 3.0, "z": -4.0})


def test_values_come_before_gradients_and_readers_gradients_before_their_inputs() -> None:
    graph = branching()
    assert possible_blanks(graph, Passes(graph)) == [
        value("q"),
        value("r"),
        value("f"),
        wire("f", 1),
        gradient("r"),
        gradient("q"),
        wire("q", 0),
        gradient("x"),
        gradient("y"),
        gradient("z"),
    ]


@given(st.sampled_from(Level), SEEDS)
def test_each_number_stands_behind_what_it_is_computed_from(level: Level, seed: int) -> None:
    graph = generate(level, seed)
    found: set[Blank] = set()
    for blank in possible_blanks(graph, Passes(graph)):
        for needed in _needed(graph, blank):
            assert needed in found
        found.add(blank)


def _needed(graph: GateGraph, blank: Blank) -> list[Blank]:
    """Return the blanks that must have been filled before."""
    output = graph.header.output
    if blank.asked is Asked.VALUE:
        sources = [each for each in graph.inputs(blank.node) if each is not None]
        return [value(each) for each in sources if not graph.node(each).is_leaf]
    if blank.asked is Asked.WIRE:
        return [gradient(blank.node)] if blank.node != output else []
    wires = graph.wires_from(blank.node)
    if len(wires) > 1:
        return [wire(each.target, each.port) for each in wires]
    return [gradient(each.target) for each in wires if each.target != output]


def test_the_gradient_of_the_only_wire_is_that_of_its_source() -> None:
    graph = branching()
    assert canonical(graph, wire("r", 0)) == gradient("q")
    assert canonical(graph, wire("q", 0)) == wire("q", 0)
    assert in_order(graph, Passes(graph), [wire("r", 0), gradient("q")]) == [gradient("q")]


def test_what_the_graph_does_not_have_is_no_blank() -> None:
    graph = branching()
    passes = Passes(graph)
    for blank in (value("nobody"), value("x"), gradient("f"), wire("q", 7), wire("nobody", 0)):
        assert in_order(graph, passes, [blank]) == []
        with pytest.raises(GraphError, match="can't be asked for"):
            check_blanks(graph, passes, [blank])
    assert truth_of(graph, passes, wire("q", 7)) is None


def test_what_can_not_be_computed_is_not_asked_for() -> None:
    graph = branching()
    AddNodes((Node("g", get_kind("add")(), 2),), output="g").apply(graph)
    Connect(Wire("f", "g", 0)).apply(graph)
    assert {each.asked for each in possible_blanks(graph, Passes(graph))} == {Asked.VALUE}


def test_an_exercise_of_very_many_numbers_is_refused() -> None:
    graph = branching()
    many = [value(f"n{number}") for number in range(MOST_BLANKS + 1)]
    with pytest.raises(GraphError, match="at most 1,000 numbers"):
        check_blanks(graph, Passes(graph), many)


def test_blanks_have_names() -> None:
    graph = exercise_graph("q = x * x; f = q + x0", {"x": 2.0, "x0": 1.0})
    names = [name_of(graph, each) for each in the_exercise(graph).blanks]
    assert names == [
        "value of q",
        "value of f",
        "gradient ∂f/∂q",
        "gradient ∂f/∂x along the wire to q, input 1",
        "gradient ∂f/∂x along the wire to q, input 2",
        "gradient ∂f/∂x",
        "gradient ∂f/∂x₀",
    ]
