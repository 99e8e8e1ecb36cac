"""Edits: each is undone exactly by its inverse, and one that fails changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import as_array
from chainrule.errors import (
    CycleError,
    GraphError,
    NodeNameError,
    PortError,
    UnknownNodeError,
)
from chainrule.gates.leaf import Input
from chainrule.graph.composites import Composite
from chainrule.graph.edits import (
    AddNodes,
    Batch,
    Connect,
    Disconnect,
    MoveNodes,
    RemoveNodes,
    Rename,
    SetDefinitions,
    SetHeader,
    SetKind,
    SetLabel,
    SetValue,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, Wire
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import (
    EDITS,
    build,
    definition_of,
    edits,
    framed_graphs,
    kind_of,
    leaf,
)


def lecture() -> GateGraph:
    return build({"x": -2.0, "y": 5.0, "z": -4.0}, {"q": ("add", "x", "y"), "f": ("mul", "q", "z")})


@pytest.mark.parametrize("name", EDITS)
@given(data=st.data())
def test_the_inverse_of_an_edit_restores_the_graph(name: str, data: st.DataObject) -> None:
    graph = data.draw(framed_graphs())
    before = described(graph)
    edit = data.draw(st.composite(EDITS[name])(graph))
    try:
        inverse = edit.apply(graph)
    except GraphError:
        assert described(graph) == before
        return
    after = described(graph)
    undone = inverse.apply(graph)
    assert described(graph) == before
    undone.apply(graph)
    assert described(graph) == after


@given(data=st.data())
def test_a_history_of_edits_is_undone_and_done_again(data: st.DataObject) -> None:
    graph = data.draw(framed_graphs())
    states, inverses = [described(graph)], []
    for _ in range(data.draw(st.integers(1, 6))):
        if len(graph) == 0:
            break
        try:
            inverses.append(data.draw(edits(graph)).apply(graph))
        except GraphError:
            continue
        states.append(described(graph))
    forward = []
    for state, inverse in zip(reversed(states[:-1]), reversed(inverses), strict=True):
        forward.append(inverse.apply(graph))
        assert described(graph) == state
    for state, edit in zip(states[1:], reversed(forward), strict=True):
        edit.apply(graph)
        assert described(graph) == state


def test_undoing_a_node_put_onto_a_wire_brings_the_wire_back() -> None:
    graph = lecture()
    wires = (Wire("q", "n", 0), Wire("n", "f", 0))
    inverse = AddNodes((Node("n", kind_of("neg"), 1),), wires).apply(graph)
    assert graph.inputs("f") == ("n", "z")
    inverse.apply(graph)
    assert graph.inputs("f") == ("q", "z")


def test_undoing_an_addition_takes_off_wires_among_old_nodes() -> None:
    graph = build({"x": 1.0}, {"s": ("add", "x", None)})
    inverse = AddNodes((leaf("new", 1.0),), (Wire("x", "s", 1),)).apply(graph)
    inverse.apply(graph)
    assert graph.inputs("s") == ("x", None)


def test_an_addition_with_an_unknown_output_changes_nothing() -> None:
    graph = lecture()
    with pytest.raises(UnknownNodeError, match="there is no node 'nobody'"):
        AddNodes((leaf("new", 1.0),), output="nobody").apply(graph)
    assert "new" not in graph


def test_an_addition_that_closes_a_cycle_changes_nothing() -> None:
    graph = lecture()
    before = described(graph)
    wires = (Wire("f", "n", 0), Wire("n", "q", 0))
    with pytest.raises(CycleError, match="would close a cycle, since 'n' already depends on 'q'"):
        AddNodes((Node("n", kind_of("neg"), 1),), wires).apply(graph)
    assert described(graph) == before


def test_a_node_named_twice_is_removed_once() -> None:
    graph = lecture()
    inverse = RemoveNodes(("q", "q")).apply(graph)
    assert "q" not in graph
    inverse.apply(graph)
    assert described(graph) == described(lecture())


def test_nodes_that_come_back_stand_in_their_old_places() -> None:
    graph = lecture()
    inverse = RemoveNodes(("y", "x")).apply(graph)
    AddNodes((leaf("late", 1.0),)).apply(graph)
    inverse.apply(graph)
    assert [*graph.ids()] == ["x", "y", "z", "q", "f", "late"]


def test_removing_the_chosen_output_chooses_none_and_undo_chooses_it_again() -> None:
    graph = lecture()
    SetHeader(Header(output="q")).apply(graph)
    inverse = RemoveNodes(("q",)).apply(graph)
    assert graph.header.output is None
    inverse.apply(graph)
    assert graph.header.output == "q"


def test_renaming_the_chosen_output_keeps_it_chosen() -> None:
    graph = lecture()
    SetHeader(Header(output="q")).apply(graph)
    Rename("q", "sum_").apply(graph)
    assert graph.header.output == "sum_"
    assert graph.inputs("f") == ("sum_", "z")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("y", "the name 'y' is taken"),
        ("two words", "is not a name"),
        ("lambda", "is a word of Python"),
        ("a" * 201, "a name may have 200 characters"),
    ],
)
def test_a_name_that_can_not_be_is_refused(name: str, says: str) -> None:
    graph = lecture()
    with pytest.raises(NodeNameError, match=says):
        Rename("x", name).apply(graph)
    assert described(graph) == described(lecture())


def test_a_gate_can_not_be_given_a_value() -> None:
    with pytest.raises(GraphError, match="'q' computes its value; only leaves"):
        SetValue("q", as_array(1.0)).apply(lecture())


def test_a_gate_that_becomes_a_leaf_needs_a_value() -> None:
    graph = build({}, {"r": ("relu", None)})
    with pytest.raises(GraphError, match="'r' can't become input, which needs a value"):
        SetKind("r", Input(), 0).apply(graph)


def test_a_leaf_that_becomes_a_gate_must_not_keep_its_value() -> None:
    with pytest.raises(GraphError, match="'x' can't become relu, which computes its own"):
        SetKind("x", kind_of("relu"), 1, as_array(1.0)).apply(lecture())


def test_a_gate_does_not_lose_wires_by_becoming_another() -> None:
    with pytest.raises(PortError, match="'q' has wires beyond its first 1 ports"):
        SetKind("q", kind_of("neg"), 1).apply(lecture())


def test_a_port_that_is_not_there_can_not_be_wired() -> None:
    with pytest.raises(PortError, match="'q' has no port 2; its ports are 0 to 1"):
        Connect(Wire("z", "q", 2)).apply(lecture())
    with pytest.raises(PortError, match="'x' has no port 0; it has no input ports"):
        Disconnect("x", 0).apply(lecture())


def test_a_node_does_not_read_itself() -> None:
    with pytest.raises(CycleError, match="'q' can't read its own output"):
        Connect(Wire("q", "q", 0)).apply(lecture())


def test_a_batch_that_fails_in_the_middle_changes_nothing() -> None:
    graph = lecture()
    before = described(graph)
    moves = MoveNodes({"x": (1.0, 2.0)})
    with pytest.raises(UnknownNodeError):
        Batch((SetLabel("x", "data"), moves, Disconnect("f", 0), SetLabel("?", ""))).apply(graph)
    assert described(graph) == before


def test_definitions_that_contain_each_other_are_refused() -> None:
    one = definition_of("one", ("x",), build({"x": 1.0}, {"a": (Composite("two", ("x",)), "x")}))
    two = definition_of("two", ("x",), build({"x": 1.0}, {"a": (Composite("one", ("x",)), "x")}))
    graph = lecture()
    with pytest.raises(CycleError, match="one, two: a composite gate can't contain itself"):
        SetDefinitions({"one": one, "two": two}).apply(graph)
    assert not graph.definitions


def test_changes_name_what_an_edit_touches() -> None:
    assert SetValue("x", as_array(1.0)).changes().values == {"x"}
    assert not SetLabel("x", "data").changes().numbers
    assert MoveNodes({"x": None}).changes().moved == {"x"}
    both = Batch((SetLabel("x", "a"), SetHeader(Header()))).changes()
    assert both.looks == {"x"}
    assert both.run
