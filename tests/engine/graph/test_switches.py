"""Switches of nodes: muted gates and pinned values."""

from __future__ import annotations

import pytest

from chainrule.errors import GraphError
from chainrule.graph.checks import problems
from chainrule.graph.composites import Composite
from chainrule.graph.edits import RemoveNodes, SetDefinitions, SetKind
from chainrule.graph.graph import GateGraph
from chainrule.graph.selection import merge, subgraph
from chainrule.graph.switches import SetMuted, SetPinned
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import build, definition_of, kind_of, leaf


def lecture() -> GateGraph:
    return build({"x": -2.0, "y": 5.0, "z": -4.0}, {"q": ("add", "x", "y"), "f": ("mul", "q", "z")})


def test_a_leaf_cannot_be_muted_and_nothing_changes() -> None:
    graph = lecture()
    before = described(graph)
    with pytest.raises(GraphError, match="'x' has no input to pass on; mute a gate instead"):
        SetMuted({"q": True, "x": True}).apply(graph)
    assert described(graph) == before


def test_a_leaf_can_be_pinned() -> None:
    graph = lecture()
    SetPinned({"x": True}).apply(graph)
    assert graph.node("x").pinned


def test_the_rows_know_which_gates_are_muted() -> None:
    graph = lecture()
    back = SetMuted({"q": True}).apply(graph)
    assert graph.rows.muted == {graph.row("q")}
    gone = RemoveNodes(("q",)).apply(graph)
    assert graph.rows.muted == set()
    gone.apply(graph)
    assert graph.rows.muted == {graph.row("q")}
    back.apply(graph)
    assert graph.rows.muted == set()


def test_a_muted_gate_that_becomes_a_leaf_passes_nothing_on() -> None:
    graph = build({"x": 1.0}, {"n": ("neg", None)})
    SetMuted({"n": True}).apply(graph)
    SetKind("n", leaf("l", 2.0).kind, 0, leaf("l", 2.0).value).apply(graph)
    assert not graph.node("n").passes_on
    assert graph.rows.muted == set()


def test_only_the_first_input_of_a_muted_gate_must_be_wired() -> None:
    graph = build({"x": 1.0}, {"s": ("add", "x", None), "t": ("mul", None, "s")})
    SetMuted({"s": True, "t": True}).apply(graph)
    assert [(each.node, each.port) for each in problems(graph, {}) if each.port is not None] == [
        ("t", 0)
    ]


def test_a_copy_of_a_muted_gate_is_muted() -> None:
    graph = lecture()
    SetMuted({"q": True}).apply(graph)
    SetPinned({"f": True}).apply(graph)
    edit, (_, _, _, q2, f2) = merge(graph, subgraph(graph, graph.ids()))
    edit.apply(graph)
    assert (graph.node(q2).muted, graph.node(f2).pinned) == (True, True)


def test_definitions_that_differ_in_a_muted_gate_are_two() -> None:
    inside = build({"a": 1.0}, {"n": ("neg", "a")})
    one = build({"x": 1.0}, {})
    SetDefinitions({"d": definition_of("d", ("a",), inside)}).apply(one)
    SetMuted({"n": True}).apply(inside)
    other = build({"x": 1.0}, {"g": (Composite("d", ("a",)), "x")})
    SetDefinitions({"d": definition_of("d", ("a",), inside)}).apply(other)
    edit, _ = merge(one, other)
    edit.apply(one)
    assert len(one.definitions) == 2


def test_a_gate_that_gets_another_kind_stays_muted() -> None:
    graph = lecture()
    SetMuted({"q": True}).apply(graph)
    SetKind("q", kind_of("sub"), 2).apply(graph)
    assert graph.node("q").muted
