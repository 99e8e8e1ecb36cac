"""Collapsing and expanding: no number outside changes, and one takes back the other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from chainrule.errors import GraphError, NodeNameError
from chainrule.gates.leaf import Constant
from chainrule.graph.collapsing import collapse, outline
from chainrule.graph.comments import comments_of
from chainrule.graph.composites import Composite
from chainrule.graph.defining import detach
from chainrule.graph.edits import AddNodes, SetComments, SetDefinitions, SetRoutes
from chainrule.graph.expanding import expand
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.switches import SetMuted
from tests.helpers.composite_strategies import assert_close, collapsible, numbers_of
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import build, definition_of, extend, kind_of

Drawn = tuple[GateGraph, tuple[NodeId, ...]]


def neuron() -> GateGraph:
    """Return the lecture's neuron, whose last four gates are a sigmoid."""
    return build(
        {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0},
        {
            "a": ("mul", "w0", "x0"),
            "b": ("mul", "w1", "x1"),
            "s": ("add", "a", "b", "w2"),
            "n": (kind_of("mul_constant", c=-1.0), "s"),
            "e": ("exp", "n"),
            "d": (kind_of("add_constant", c=1.0), "e"),
            "f": ("reciprocal", "d"),
        },
    )


def collapsed(graph: GateGraph, *ids: NodeId, name: str = "my_sigmoid") -> GateGraph:
    collapse(graph, ids, name).apply(graph)
    return graph


@given(drawn=collapsible())
def test_collapsing_leaves_every_number_outside_as_it_is(drawn: Drawn) -> None:
    graph, ids = drawn
    cut = outline(graph, ids)
    hidden = {*cut.nodes} - {cut.output}
    outside = [each for each in graph.ids() if each not in hidden]
    wires = [wire for wire in graph.wires() if wire.target not in cut.nodes]
    before = numbers_of(graph, outside, wires)
    collapsed(graph, *ids)
    assert {*graph.ids()} == {*outside}
    assert_close(numbers_of(graph, outside, wires), before)


@given(drawn=collapsible())
def test_expanding_what_was_collapsed_restores_the_graph(drawn: Drawn) -> None:
    graph, ids = drawn
    before = described(graph)
    collapsed(graph, *ids)
    output = outline_output(graph)
    edit, expanded = expand(graph, output)
    edit.apply(graph)
    SetDefinitions({}).apply(graph)
    assert {*expanded} >= {each for each in ids if not graph.node(each).is_leaf}
    assert by_id(described(graph)) == by_id(before)


def outline_output(graph: GateGraph) -> NodeId:
    (found,) = [node.id for node in graph if isinstance(node.kind, Composite)]
    return found


def by_id(description: list) -> list:
    """Return a description in which nodes and wires stand in no order of their own."""
    nodes, wires, *others = description
    return [sorted(nodes, key=lambda node: node[0]), sorted(wires), *others]


@given(drawn=collapsible())
def test_collapsing_and_expanding_are_undone_exactly(drawn: Drawn) -> None:
    graph, ids = drawn
    before = described(graph)
    take_back = collapse(graph, ids, "c").apply(graph)
    between = described(graph)
    edit, _ = expand(graph, outline_output(graph))
    undo = edit.apply(graph)
    undo.apply(graph)
    assert described(graph) == between
    take_back.apply(graph)
    assert described(graph) == before


def test_the_four_gates_of_a_sigmoid_become_one_with_the_name_of_its_value() -> None:
    graph = collapsed(neuron(), "n", "e", "d", "f")
    assert graph.node("f").kind == Composite("my_sigmoid", ("s",))
    assert graph.inputs("f") == ("s",)
    definition = graph.definitions["my_sigmoid"]
    assert definition.output == "f"
    assert [node.id for node in definition.nodes] == ["s", "n", "e", "d", "f"]


def test_ports_stand_in_the_order_of_the_formula_and_can_be_named() -> None:
    graph = neuron()
    assert [port.name for port in outline(graph, ["s", "b", "a"]).ports] == [
        *("w0", "x0", "w1", "x1", "w2")
    ]
    collapse(graph, ["a", "b", "s"], "score", ["u", "x", "v", "y", "bias"]).apply(graph)
    assert graph.definitions["score"].inputs == ("u", "x", "v", "y", "bias")
    assert graph.inputs("s") == ("w0", "x0", "w1", "x1", "w2")


def test_wires_from_one_source_share_a_port() -> None:
    graph = build({"x": 3.0}, {"s": ("square", "x"), "f": ("mul", "s", "x", "x")})
    collapse(graph, ["s", "f"], "quartic").apply(graph)
    assert graph.inputs("f") == ("x",)


def test_inputs_and_parameters_stay_outside_and_constants_go_inside() -> None:
    graph = build({"x": 3.0}, {})
    AddNodes((Node("two", Constant(), value=np.float64(2.0)),)).apply(graph)
    extend(graph, {}, {"f": ("mul", "x", "two")})
    collapse(graph, ["x", "two", "f"], "double").apply(graph)
    assert [*graph.ids()] == ["x", "f"]
    assert [node.id for node in graph.definitions["double"].nodes] == ["x", "two", "f"]


def test_a_constant_that_others_read_stays_outside() -> None:
    graph = build({"x": 3.0}, {})
    AddNodes((Node("two", Constant(), value=np.float64(2.0)),)).apply(graph)
    extend(graph, {}, {"a": ("mul", "x", "two"), "f": ("add", "a", "two")})
    collapse(graph, ["a", "two"], "double").apply(graph)
    assert graph.inputs("a") == ("x", "two")


def test_an_open_input_becomes_an_open_port() -> None:
    graph = build({"x": 3.0}, {"s": ("add", "x", None), "f": ("exp", "s")})
    collapse(graph, ["s", "f"], "half").apply(graph)
    assert graph.inputs("f") == ("x", None)
    assert graph.definitions["half"].inputs == ("x", "y")


def test_a_selection_with_two_outputs_is_refused_by_their_names() -> None:
    with pytest.raises(
        GraphError, match="a gate has one output, but a, b are all read from outside; select"
    ):
        collapse(neuron(), ["a", "b"], "both")


def test_a_node_that_is_read_inside_and_outside_is_an_output_too() -> None:
    graph = build({"x": 1.0}, {"s": ("exp", "x"), "t": ("square", "s"), "f": ("add", "s", "t")})
    with pytest.raises(GraphError, match="but s, t are all read from outside"):
        collapse(graph, ["s", "t"], "c")


def test_leaves_alone_are_no_gate() -> None:
    with pytest.raises(GraphError, match="only leaves are selected; select the gates"):
        collapse(neuron(), ["w0", "x0"], "c")


@pytest.mark.parametrize(
    ("name", "ports", "says"),
    [
        ("sigmoid", (), "'sigmoid' is the name of a gate; choose another, such as my_sigmoid"),
        ("two words", (), "is not a name"),
        ("taken", (), "there is a composite gate 'taken' already"),
        ("c", ("u", "v"), "2 names are given for 1 ports"),
        ("c", ("1",), "'1' is not a name"),
    ],
)
def test_names_that_can_not_be_are_refused(name: str, ports: tuple[str, ...], says: str) -> None:
    graph = neuron()
    square = definition_of("taken", ("x",), build({"x": 1.0}, {"s": ("square", "x")}))
    SetDefinitions({"taken": square}).apply(graph)
    with pytest.raises(NodeNameError, match=says):
        collapse(graph, ["n", "e", "d", "f"], name, ports)


def test_two_ports_of_one_name_are_refused() -> None:
    with pytest.raises(NodeNameError, match="two ports are called 'u'; rename one of them"):
        collapse(neuron(), ["a"], "product", ["u", "u"])


def test_a_gate_inside_gives_way_to_a_port_of_its_name() -> None:
    graph = neuron()
    collapse(graph, ["n", "e", "d", "f"], "c", ["e"]).apply(graph)
    assert [node.id for node in graph.definitions["c"].nodes] == ["e", "n", "e2", "d", "f"]
    assert_close(numbers_of(graph, ["s", "f"]), numbers_of(neuron(), ["s", "f"]))


def test_composites_nest_and_expand_level_by_level() -> None:
    graph = collapsed(neuron(), "n", "e", "d", "f")
    collapse(graph, ["a", "b", "s", "f"], "neuron").apply(graph)
    assert graph.inputs("f") == ("w0", "x0", "w1", "x1", "w2")
    assert_close(numbers_of(graph, ["w0", "f"]), numbers_of(neuron(), ["w0", "f"]))
    edit, ids = expand(graph, "f")
    edit.apply(graph)
    assert {*ids} == {"a", "b", "s", "f"}
    assert graph.node("f").kind == Composite("my_sigmoid", ("s",))


def test_a_second_use_expands_under_other_names() -> None:
    graph = collapsed(neuron(), "n", "e", "d", "f")
    extend(graph, {}, {"g": (Composite("my_sigmoid", ("s",)), "f")})
    first, _ = expand(graph, "f")
    first.apply(graph)
    second, ids = expand(graph, "g")
    second.apply(graph)
    assert {*ids} == {"n2", "e2", "d2", "g"}
    assert not any(isinstance(node.kind, Composite) for node in graph)


def test_what_is_not_seen_inside_does_not_make_the_output_unclear() -> None:
    inside = build({"x": 1.0, "idle": 7.0}, {"t": ("exp", "x"), "s": ("square", "x")}, output="s")
    graph = build({"x": 3.0}, {})
    SetDefinitions({"odd": definition_of("odd", ("x",), inside)}).apply(graph)
    extend(graph, {}, {"f": (Composite("odd", ("x",)), "x")})
    before = numbers_of(graph, ["x", "f"])
    expand(graph, "f")[0].apply(graph)
    assert graph.header.output == "f"
    assert_close(numbers_of(graph, ["x", "f"]), before)


def test_a_port_that_nothing_reads_does_not_make_the_output_unclear() -> None:
    inside = build({"x": 1.0, "y": 7.0}, {"s": ("square", "x")}, output="s")
    graph = build({"x": 3.0, "y": 4.0}, {})
    SetDefinitions({"odd": definition_of("odd", ("x", "y"), inside)}).apply(graph)
    extend(graph, {}, {"f": (Composite("odd", ("x", "y")), "x", "y")})
    before = numbers_of(graph, ["x", "y", "f"])
    expand(graph, "f")[0].apply(graph)
    assert_close(numbers_of(graph, ["x", "y", "f"]), before)


@pytest.mark.parametrize("chosen", [None, "f"])
def test_a_composite_that_passes_a_port_on_leaves_a_wire(chosen: NodeId | None) -> None:
    graph = build({"x": 3.0, "y": 1.0}, {})
    inside = build({"x": 1.0, "y": 2.0}, {}, output="x")
    SetDefinitions({"same": definition_of("same", ("x", "y"), inside)}).apply(graph)
    extend(graph, {}, {"f": (Composite("same", ("x", "y")), "x", "y"), "g": ("exp", "f")})
    if chosen is not None:
        graph.header = build({"f": 1.0}, {}, output="f").header
    before = numbers_of(graph, ["x", "y"])
    expand(graph, "f")[0].apply(graph)
    assert "f" not in graph
    assert graph.inputs("g") == ("x",)
    assert_close(numbers_of(graph, ["x", "y"]), before)


def test_only_composites_that_compute_can_be_expanded() -> None:
    graph = collapsed(neuron(), "n", "e", "d", "f")
    with pytest.raises(GraphError, match="'a' is no composite gate; expand one of those"):
        expand(graph, "a")
    SetMuted({"f": True}).apply(graph)
    with pytest.raises(GraphError, match="'f' is muted, so expanding it would change it"):
        expand(graph, "f")
    SetDefinitions({}).apply(graph)
    with pytest.raises(GraphError, match="there is no definition 'my_sigmoid'; undo its removal"):
        expand(graph, "f")


def test_frames_go_inside_with_all_their_gates_and_come_out_again() -> None:
    graph = neuron()
    whole = {"title": "squash", "colour": "blue", "nodes": ["n", "e"]}
    part = {"title": "all", "colour": "grey", "nodes": ["s", "n", "f"]}
    SetComments([whole, part], None).apply(graph)
    collapsed(graph, "n", "e", "d", "f")
    assert [frame.nodes for frame in comments_of(graph.header).frames] == [("s", "f")]
    expand(graph, "f")[0].apply(graph)
    frames = {frame.title: frame.nodes for frame in comments_of(graph.header).frames}
    assert frames["squash"] == ("n", "e")
    assert {*frames["all"]} == {"s", "f", "n", "e", "d"}


def test_points_of_wires_inside_move_with_the_gates() -> None:
    graph = neuron()
    SetRoutes({("e", 0): ((1.0, 2.0),), ("f", 0): ((3.0, 4.0),)}).apply(graph)
    before = by_id(described(graph))
    collapsed(graph, "n", "e", "d", "f")
    expand(graph, "f")[0].apply(graph)
    SetDefinitions({}).apply(graph)
    assert by_id(described(graph)) == before


def test_a_detached_use_has_a_definition_of_its_own() -> None:
    graph = collapsed(neuron(), "n", "e", "d", "f")
    with pytest.raises(GraphError, match="'f' is the only use of my_sigmoid; edit that itself"):
        detach(graph, "f")
    extend(graph, {}, {"g": (Composite("my_sigmoid", ("s",)), "f")})
    inverse = detach(graph, "g").apply(graph)
    assert graph.node("g").kind == Composite("my_sigmoid2", ("s",))
    assert [*graph.definitions] == ["my_sigmoid", "my_sigmoid2"]
    assert graph.wires_into("g") == [Wire("f", "g", 0)]
    inverse.apply(graph)
    assert [*graph.definitions] == ["my_sigmoid"]
