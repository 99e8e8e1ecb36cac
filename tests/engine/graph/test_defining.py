"""Editing definitions: all uses follow, wires by the names of ports, and it is undone exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.errors import CycleError, GraphError, NodeNameError
from chainrule.gates.leaf import Input
from chainrule.graph import defining
from chainrule.graph.collapsing import collapse, outline
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.defining import (
    check_definitions,
    count_uses,
    rename_definition,
    set_definition,
    uses_of,
    with_port_names,
)
from chainrule.graph.edits import AddNodes, SetDefinitions, SetRoutes
from chainrule.graph.expanding import expand
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.replacing import ReplaceNode
from tests.helpers.composite_strategies import assert_close, collapsible, numbers_of
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import (
    BINARY,
    UNARY,
    VARIADIC,
    build,
    definition_of,
    extend,
    kind_of,
)

Drawn = tuple[GateGraph, tuple[NodeId, ...]]

PRODUCT = definition_of(
    "product", ("u", "v"), build({"u": 1.0, "v": 1.0}, {"p": ("mul", "u", "v")})
)
OUTER = definition_of(
    "outside",
    ("a", "b"),
    build(
        {"a": 1.0, "b": 1.0},
        {"q": (Composite("product", ("u", "v")), "a", "b"), "e": ("exp", "q")},
    ),
)


def used_twice() -> GateGraph:
    graph = build({"x": 2.0, "y": 3.0}, {})
    SetDefinitions({"product": PRODUCT, "outside": OUTER}).apply(graph)
    kind = Composite("product", ("u", "v"))
    gates: dict[NodeId, tuple[Any, ...]] = {
        "f": (kind, "x", "y"),
        "g": (kind, "f", "x"),
        "h": (Composite("outside", ("a", "b")), "g", "y"),
    }
    extend(graph, {}, gates)
    return graph


def with_leaf(name: NodeId, *ports: NodeId) -> Definition:
    """Return the product with another leaf that is added to it, and with these ports."""
    leaf = Node(name, Input())
    total = Node("t", kind_of("add"), 2)
    wires = (*PRODUCT.wires, Wire("p", "t", 0), Wire(name, "t", 1))
    return replace(
        PRODUCT, inputs=ports, nodes=(*PRODUCT.nodes, leaf, total), wires=wires, output="t"
    )


def other_kind(draw: st.DrawFn, node: Node) -> Any:
    gates = UNARY if node.ports == 1 else VARIADIC + (BINARY if node.ports == 2 else [])
    name, settings = draw(st.sampled_from(gates))
    return kind_of(name, **settings)


@given(drawn=collapsible(), data=st.data())
def test_editing_a_definition_is_editing_every_expanded_use(
    drawn: Drawn, data: st.DataObject
) -> None:
    graph, ids = drawn
    cut = outline(graph, ids)
    collapse(graph, ids, "c").apply(graph)
    definition = graph.definitions["c"]
    sources = [each for each in graph.ids() if each != cut.output]
    wires = [data.draw(st.sampled_from([*sources, cut.output])) for _ in definition.inputs]
    kind = Composite("c", definition.inputs)
    extend(graph, {}, {"again": (kind, *wires), "top": ("add", "again", cut.output)})
    by_hand, shown = copy_of(graph), [*graph.ids()]
    gates = [node for node in definition.nodes if not node.is_leaf]
    target = data.draw(st.sampled_from(gates))
    other = st.composite(other_kind)(target)
    changed = replace(target, kind=data.draw(other))
    nodes = tuple(changed if node is target else node for node in definition.nodes)
    set_definition(graph, replace(definition, nodes=nodes)).apply(graph)
    for use in (cut.output, "again"):
        edit, expanded = expand(by_hand, use)
        edit.apply(by_hand)
        inner = [node for node in definition.nodes if node.id not in definition.inputs]
        outer = dict(zip((node.id for node in inner), expanded, strict=True))[target.id]
        ReplaceNode(replace(by_hand.node(outer), kind=changed.kind)).apply(by_hand)
    assert_close(numbers_of(graph, shown), numbers_of(by_hand, shown))


def copy_of(graph: GateGraph) -> GateGraph:
    made = GateGraph()
    SetDefinitions(graph.definitions).apply(made)
    AddNodes(tuple(graph), tuple(graph.wires())).apply(made)
    made.header = graph.header
    return made


@st.composite
def other_ports(draw: st.DrawFn) -> Definition:
    """Draw the product with its ports in another order, some gone and others new."""
    names = draw(st.permutations(["u", "v", "w"]))
    kept = tuple(names[: draw(st.integers(0, 3))])
    nodes = [Node(each, Input()) for each in (*kept, "w") if each not in {"u", "v"}]
    inner = (*PRODUCT.nodes, *{node.id: node for node in nodes}.values())
    return replace(PRODUCT, inputs=kept, nodes=inner)


@given(definition=other_ports())
def test_wires_follow_the_names_of_ports_and_undo_brings_all_back(definition: Definition) -> None:
    graph = used_twice()
    SetRoutes({("f", 0): ((1.0, 2.0),), ("f", 1): ((3.0, 4.0),)}).apply(graph)
    before = described(graph)
    feeding = {"u": "x", "v": "y"}
    routes = {"u": ((1.0, 2.0),), "v": ((3.0, 4.0),)}
    inverse = set_definition(graph, definition).apply(graph)
    assert graph.inputs("f") == tuple(feeding.get(each) for each in definition.inputs)
    points = {p: routes[each] for p, each in enumerate(definition.inputs) if each in routes}
    assert dict(graph.node("f").routes) == points
    after = described(graph)
    redo = inverse.apply(graph)
    assert described(graph) == before
    redo.apply(graph)
    assert described(graph) == after


def test_a_use_inside_another_definition_follows_too() -> None:
    graph = used_twice()
    set_definition(graph, replace(PRODUCT, inputs=("v", "u"))).apply(graph)
    assert set(graph.definitions["outside"].wires) == {
        Wire("b", "q", 0),
        Wire("a", "q", 1),
        Wire("q", "e", 0),
    }
    assert_close(numbers_of(graph, ["x", "h"]), numbers_of(used_twice(), ["x", "h"]))


def test_a_new_port_is_open_in_all_uses() -> None:
    graph = used_twice()
    set_definition(graph, with_leaf("w", "u", "v", "w")).apply(graph)
    assert graph.inputs("f") == ("x", "y", None)
    assert graph.inputs("g") == ("f", "x", None)
    assert Passes(graph).value("f") is None


def test_a_renamed_port_keeps_its_wires() -> None:
    graph = used_twice()
    nodes = (Node("first", Input()), *PRODUCT.nodes[1:])
    wires = (Wire("first", "p", 0), Wire("v", "p", 1))
    renamed = replace(PRODUCT, inputs=("first", "v"), nodes=nodes, wires=wires)
    set_definition(graph, renamed, {"u": "first"}).apply(graph)
    assert graph.inputs("f") == ("x", "y")
    assert graph.node("f").kind.port_names == ("first", "v")
    assert_close(numbers_of(graph, ["x", "h"]), numbers_of(used_twice(), ["x", "h"]))


def test_what_only_looks_otherwise_changes_no_number() -> None:
    nodes = tuple(replace(node, position=(1.0, 2.0), label="a") for node in PRODUCT.nodes)
    graph = used_twice()
    edit = set_definition(graph, replace(PRODUCT, nodes=nodes))
    assert not edit.changes().numbers
    inverse = edit.apply(graph)
    assert graph.definitions["product"].nodes[0].label == "a"
    inverse.apply(graph)
    assert described(graph) == described(used_twice())


def test_a_definition_can_not_be_put_into_itself() -> None:
    kind = Composite("outside", ("a", "b"))
    inner = Node("r", kind, 2)
    wires = (Wire("u", "r", 0), Wire("v", "r", 1))
    loop = replace(PRODUCT, nodes=(*PRODUCT.nodes[:2], inner), wires=wires, output="r")
    with pytest.raises(CycleError, match="a composite gate can't contain itself"):
        set_definition(used_twice(), loop)


def test_uses_are_counted_in_the_graph_and_in_other_definitions() -> None:
    graph = used_twice()
    assert uses_of(graph, "product") == ["f", "g"]
    assert count_uses(graph, "product") == 3
    assert count_uses(graph, "outside") == 1


def test_a_renamed_definition_is_known_by_its_new_name_everywhere() -> None:
    graph = used_twice()
    before = described(graph)
    inverse = rename_definition(graph, "product", "times").apply(graph)
    assert [*graph.definitions] == ["times", "outside"]
    assert uses_of(graph, "times") == ["f", "g"]
    assert count_uses(graph, "times") == 3
    assert_close(numbers_of(graph, ["x", "h"]), numbers_of(used_twice(), ["x", "h"]))
    inverse.apply(graph)
    assert described(graph) == before
    rename_definition(graph, "product", "product").apply(graph)
    assert described(graph) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("outside", "there is a composite gate 'outside' already; choose another name"),
        ("mul", "'mul' is the name of a gate; choose another, such as my_mul"),
        ("", "'' is not a name"),
    ],
)
def test_a_definition_can_not_have_just_any_name(name: str, says: str) -> None:
    with pytest.raises(NodeNameError, match=says):
        rename_definition(used_twice(), "product", name)


def test_a_definition_that_is_not_there_can_not_be_changed() -> None:
    with pytest.raises(GraphError, match="there is no definition 'nobody'; undo its removal"):
        rename_definition(used_twice(), "nobody", "somebody")


def test_too_many_gates_are_refused_before_they_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defining, "LARGEST_EXPANSION", 17)
    graph = used_twice()
    check_definitions(graph, graph.definitions)
    with pytest.raises(GraphError, match="would stand for 22 gates, and 17 are the limit"):
        set_definition(graph, with_leaf("w", "u", "v", "w"))


def test_too_many_levels_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defining, "DEEPEST_NESTING", 1)
    graph = used_twice()
    with pytest.raises(GraphError, match="would contain each other in more than 1 levels"):
        check_definitions(graph, graph.definitions)


def test_definitions_that_are_needed_inside_come_along() -> None:
    graph = used_twice()
    square = definition_of("my_square", ("x",), build({"x": 1.0}, {"s": ("square", "x")}))
    inner = Node("s", Composite("my_square", ("x",)), 1)
    wires = (*PRODUCT.wires, Wire("p", "s", 0))
    squared = replace(PRODUCT, nodes=(*PRODUCT.nodes, inner), wires=wires, output="s")
    before = described(graph)
    edit = set_definition(graph, squared, beside={**graph.definitions, "my_square": square})
    inverse = edit.apply(graph)
    assert Passes(graph).value("f") == 36.0
    inverse.apply(graph)
    assert described(graph) == before


def test_ports_get_other_names_or_another_order() -> None:
    graph = used_twice()
    renamed, names = with_port_names(PRODUCT, ["first", "v"])
    assert names == {"u": "first"}
    set_definition(graph, renamed, names).apply(graph)
    assert graph.node("f").kind.port_names == ("first", "v")
    turned, names = with_port_names(renamed, ["v", "first"])
    assert not names
    set_definition(graph, turned, names).apply(graph)
    assert graph.inputs("f") == ("y", "x")
    assert_close(numbers_of(graph, ["x", "h"]), numbers_of(used_twice(), ["x", "h"]))


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["u"], "product has 2 ports; name each of them"),
        (["u", "two words"], "is not a name"),
        (["w", "w"], "two ports are called 'w'"),
        (["u", "p"], "'p' is a gate inside product; choose another name"),
    ],
)
def test_ports_can_not_have_just_any_names(names: list[str], says: str) -> None:
    with pytest.raises(NodeNameError, match=says):
        with_port_names(PRODUCT, names)
