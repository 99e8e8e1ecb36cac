"""The inside of a composite gate as a graph, and the definition that it becomes by edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import as_array
from chainrule.errors import GraphError
from chainrule.gates.leaf import Constant, Input, Parameter
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.difference import difference
from chainrule.graph.edits import (
    AddNodes,
    RemoveNodes,
    Rename,
    SetDefinitions,
    SetHeader,
    SetKind,
    SetValue,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.inside import defined_by, inside
from chainrule.graph.node import Header, Node, Wire
from chainrule.graph.selection import computes_alike
from tests.helpers.graph_strategies import described, graphs
from tests.helpers.random_graphs import (
    build,
    definition_of,
    edits,
    framed_graphs,
    kind_of,
)

PRODUCT = definition_of(
    "product", ("u", "v"), build({"u": 1.0, "v": 1.0}, {"p": ("mul", "u", "v")}, output="p")
)


def opened(definition: Definition = PRODUCT) -> GateGraph:
    return inside(definition, {definition.name: definition})


@given(graph=graphs())
def test_a_definition_that_is_not_edited_stays_what_it_is(graph: GateGraph) -> None:
    for definition in graph.definitions.values():
        made = defined_by(inside(definition, graph.definitions), definition)
        assert computes_alike(made, definition)
        # Leaves that a file hides inside stay hidden there.
        assert made.inputs == definition.inputs
        assert dict(made.extras) == dict(definition.extras)


def test_what_is_said_of_an_inside_is_kept_with_the_definition() -> None:
    graph = opened()
    frames = [{"title": "all", "colour": "grey", "nodes": ["p"]}]
    header = Header("A title", "Words.", "p", frames=frames, extras={"playback": {"order": ["p"]}})
    SetHeader(header).apply(graph)
    made = defined_by(graph, PRODUCT)
    assert inside(made, {}).header == header
    assert made.extras["frames"] == frames


def test_a_leaf_that_is_removed_is_no_port_any_more() -> None:
    graph = opened()
    RemoveNodes(("u",)).apply(graph)
    assert defined_by(graph, PRODUCT).inputs == ("v",)


@pytest.mark.parametrize("kind", [Input(), Parameter()])
def test_a_new_input_is_a_port_whose_value_comes_from_outside(kind: Input | Parameter) -> None:
    graph = opened()
    AddNodes((Node("w", kind, value=as_array(3.0)),)).apply(graph)
    made = defined_by(graph, PRODUCT)
    assert made.inputs == ("u", "v", "w")
    assert made.nodes[-1].value is None


def test_a_new_constant_stays_inside_with_its_value() -> None:
    graph = opened()
    AddNodes((Node("c", Constant(), value=as_array(3.0)),)).apply(graph)
    made = defined_by(graph, PRODUCT)
    assert made.inputs == ("u", "v")
    assert made.nodes[-1].value == 3.0


def test_a_port_that_becomes_a_constant_keeps_its_number_and_one_that_is_freed_is_a_port() -> None:
    graph = opened()
    SetValue("v", as_array(4.0)).apply(graph)
    SetKind("v", Constant(), 0, as_array(4.0)).apply(graph)
    fixed = defined_by(graph, PRODUCT)
    assert fixed.inputs == ("u",)
    assert [node.value for node in fixed.nodes if node.id == "v"] == [4.0]
    again = opened(fixed)
    SetKind("v", Input(), 0, as_array(4.0)).apply(again)
    assert defined_by(again, fixed).inputs == ("u", "v")


def test_a_renamed_leaf_stays_the_same_port() -> None:
    graph = opened()
    Rename("u", "first").apply(graph)
    assert defined_by(graph, PRODUCT, {"u": "first"}).inputs == ("first", "v")


def test_without_a_chosen_output_it_is_the_only_gate_that_nothing_reads() -> None:
    graph = opened()
    AddNodes((Node("e", kind_of("exp"), 1),), (Wire("p", "e", 0),)).apply(graph)
    SetHeader(Header()).apply(graph)
    assert defined_by(graph, PRODUCT).output == "e"
    AddNodes((Node("g", kind_of("exp"), 1),), (Wire("p", "g", 0),)).apply(graph)
    with pytest.raises(GraphError, match="product needs one output; choose which of e, g it is"):
        defined_by(graph, PRODUCT)
    RemoveNodes(("p", "e", "g")).apply(graph)
    with pytest.raises(GraphError, match="product needs an output; keep a gate, or choose a leaf"):
        defined_by(graph, PRODUCT)


@given(data=st.data())
def test_the_difference_leads_from_any_state_of_a_graph_to_another(data: st.DataObject) -> None:
    graph = data.draw(framed_graphs())
    wanted = data.draw(framed_graphs())
    SetDefinitions({}).apply(wanted)
    for _ in range(data.draw(st.integers(0, 3))):
        if len(wanted):
            try:
                data.draw(edits(wanted)).apply(wanted)
            except GraphError:
                continue
    kept = {node.id: graph.row(node.id) for node in graph if node.id in wanted}
    graph.definitions = wanted.definitions
    difference(graph, wanted, wanted.wires(), wanted.header).apply(graph)
    assert by_id(described(graph)) == by_id(described(wanted))
    assert kept == {each: graph.row(each) for each in kept}


def by_id(description: list) -> list:
    """Return a description in which nodes and wires stand in no order of their own."""
    nodes, wires, *others = description
    return [sorted(nodes, key=lambda node: node[0]), sorted(wires), *others]


def test_equal_states_differ_in_nothing() -> None:
    graph = opened()
    edit = difference(graph, graph, graph.wires(), graph.header)
    assert not edit.changes().numbers
    assert not edit.changes().geometry


def test_a_use_inside_knows_the_definitions_around_it() -> None:
    outside = definition_of(
        "outside", ("a",), build({"a": 1.0}, {"q": (Composite("product", ("u", "v")), "a", "a")})
    )
    graph = inside(outside, {"product": PRODUCT, "outside": outside})
    assert [*graph.definitions] == ["product", "outside"]
