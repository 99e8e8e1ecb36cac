"""Random graphs that run, small builders, and edits drawn for a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from chainrule.arrays import ArrayLike, as_array
from chainrule.gates.catalogue import get_kind
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Input, Parameter
from chainrule.graph.bookmarks import SetView
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.edits import (
    AddNodes,
    Batch,
    Connect,
    Disconnect,
    Edit,
    MoveNodes,
    RemoveNodes,
    Rename,
    SetComments,
    SetDefinitions,
    SetHeader,
    SetKind,
    SetLabel,
    SetRoutes,
    SetValue,
)
from chainrule.graph.exercises import SetExercise
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import output_of
from chainrule.graph.switches import SetMuted, SetPinned
from tests.helpers.graph_strategies import frames, notes

Kinds = list[tuple[str, dict[str, Any]]]

UNARY: Kinds = [
    ("neg", {}),
    ("exp", {}),
    ("square", {}),
    ("sin", {}),
    ("cos", {}),
    ("tanh", {}),
    ("sigmoid", {}),
    ("softplus", {}),
    ("relu", {}),
    ("abs", {}),
    ("log", {}),
    ("sqrt", {}),
    ("reciprocal", {}),
    ("power", {"exponent": 3.0}),
    ("mul_constant", {"c": -2.5}),
    ("add_constant", {"c": 0.5}),
]
BINARY: Kinds = [("sub", {}), ("div", {})]
VARIADIC: Kinds = [("add", {}), ("mul", {}), ("max", {}), ("min", {})]


def leaf(name: NodeId, value: ArrayLike, *, trained: bool = False) -> Node:
    """Return an input or a parameter."""
    return Node(name, Parameter() if trained else Input(), value=as_array(value))


def kind_of(gate: str, **settings: Any) -> Kind:
    """Return a gate of the catalogue."""
    return get_kind(gate).create(settings)


def build(
    leaves: Mapping[NodeId, ArrayLike], gates: Mapping[NodeId, tuple[Any, ...]], **header: Any
) -> GateGraph:
    """Return the graph of `leaves` and of `gates`, each `(gate or kind, inputs…)`, None if open."""
    graph = GateGraph()
    extend(graph, leaves, gates)
    SetHeader(replace(graph.header, **header)).apply(graph)
    return graph


def extend(
    graph: GateGraph, leaves: Mapping[NodeId, ArrayLike], gates: Mapping[NodeId, tuple[Any, ...]]
) -> None:
    """Add to a graph as `build` does."""
    nodes = [leaf(name, value) for name, value in leaves.items()]
    wires: list[Wire] = []
    for name, (kind, *inputs) in gates.items():
        nodes.append(Node(name, kind_of(kind) if isinstance(kind, str) else kind, len(inputs)))
        wires += [Wire(each, name, port) for port, each in enumerate(inputs) if each is not None]
    AddNodes(tuple(nodes), tuple(wires)).apply(graph)


def definition_of(name: str, inputs: tuple[NodeId, ...], graph: GateGraph) -> Definition:
    """Return `graph` as a definition; it must have one output."""
    output = output_of(graph)
    assert output is not None
    return Definition(name, inputs, tuple(graph), tuple(graph.wires()), output)


@st.composite
def runnable_graphs(draw: st.DrawFn, *, open_ports: bool = True) -> GateGraph:
    """Draw a graph of elementwise gates on scalars and vectors of 3, some ports left open.

    Sources repeat, so that branches meet and gates read one source twice. There may be several
    sinks, and the output may be in the middle.
    """
    numbers = st.floats(-2.0, 2.0).map(lambda number: round(number, 2))
    vectors = st.lists(numbers, min_size=3, max_size=3)
    leaves = draw(st.lists(numbers | vectors, min_size=1, max_size=4))
    names = [f"x{index}" for index in range(len(leaves))]
    gates: dict[NodeId, tuple[Any, ...]] = {}
    for index in range(draw(st.integers(1, 9))):
        gate, settings = draw(st.sampled_from(UNARY + BINARY + VARIADIC * 2))
        kind = kind_of(gate, **settings)
        count = kind.least_ports + (draw(st.integers(0, 1)) if kind.variadic else 0)
        choice = st.sampled_from(names)
        source = st.one_of(choice, choice, choice, choice, st.none()) if open_ports else choice
        gates[f"g{index}"] = (kind, *[draw(source) for _ in range(count)])
        names.append(f"g{index}")
    graph = build({f"x{i}": value for i, value in enumerate(leaves)}, gates)
    if draw(st.booleans()):
        SetHeader(replace(graph.header, output=draw(st.sampled_from(names)))).apply(graph)
    _routes(draw, graph).apply(graph)
    return graph


@st.composite
def framed_graphs(draw: st.DrawFn) -> GateGraph:
    """Draw such a graph with frames, which may name nodes that are not there, or not yet."""
    graph = draw(runnable_graphs())
    graph.header = replace(graph.header, frames=draw(frames([*graph.ids(), "new_x", "fresh"])))
    return graph


@st.composite
def edits(draw: st.DrawFn, graph: GateGraph) -> Edit:
    """Draw an edit of any class for `graph`; some can't be applied and raise GraphError."""
    return draw(st.sampled_from(list(EDITS.values())))(draw, graph)


def _add(draw: st.DrawFn, graph: GateGraph) -> Edit:
    ids = [*graph.ids()]
    nodes = (leaf("new_x", 1.5), Node("new_g", kind_of("add"), 2))
    ends = st.sampled_from([*ids, "new_x", "new_g"])
    wires = st.builds(Wire, ends, ends, st.integers(0, 1))
    output = draw(st.none() | ends)
    return AddNodes(nodes, tuple(draw(st.lists(wires, max_size=4))), output)


def _remove(draw: st.DrawFn, graph: GateGraph) -> Edit:
    return RemoveNodes(tuple(draw(st.lists(st.sampled_from([*graph.ids()]), max_size=4))))


def _connect(draw: st.DrawFn, graph: GateGraph) -> Edit:
    ends = st.sampled_from([*graph.ids()])
    return Connect(draw(st.builds(Wire, ends, ends, st.integers(0, 2))))


def _disconnect(draw: st.DrawFn, graph: GateGraph) -> Edit:
    return Disconnect(draw(st.sampled_from([*graph.ids()])), draw(st.integers(0, 2)))


def _value(draw: st.DrawFn, graph: GateGraph) -> Edit:
    value = draw(st.sampled_from([0.0, 1.25, np.inf, [1.0, 2.0, 3.0], [1.0, 2.0]]))
    return SetValue(draw(st.sampled_from([*graph.ids()])), as_array(value))


def _kind(draw: st.DrawFn, graph: GateGraph) -> Edit:
    name = draw(st.sampled_from([*graph.ids()]))
    gate, settings = draw(st.sampled_from(UNARY + BINARY + VARIADIC))
    kind = kind_of(gate, **settings)
    ports = max(kind.least_ports, graph.node(name).ports if kind.variadic else 0)
    edit = SetKind(name, kind, ports)
    return draw(st.sampled_from([edit, SetKind(name, Parameter(), 0, as_array(0.75))]))


def _label(draw: st.DrawFn, graph: GateGraph) -> Edit:
    return SetLabel(draw(st.sampled_from([*graph.ids()])), draw(st.none() | st.text(max_size=3)))


def _muted(draw: st.DrawFn, graph: GateGraph) -> Edit:
    ids = st.sampled_from([*graph.ids()])
    return SetMuted(draw(st.dictionaries(ids, st.booleans(), max_size=3)))


def _pinned(draw: st.DrawFn, graph: GateGraph) -> Edit:
    ids = st.sampled_from([*graph.ids()])
    return SetPinned(draw(st.dictionaries(ids, st.booleans(), max_size=3)))


def _rename(draw: st.DrawFn, graph: GateGraph) -> Edit:
    ids = [*graph.ids()]
    return Rename(draw(st.sampled_from(ids)), draw(st.sampled_from([*ids, "fresh", "no name"])))


def _move(draw: st.DrawFn, graph: GateGraph) -> Edit:
    places = st.none() | st.tuples(st.floats(-9, 9), st.floats(-9, 9))
    ids = st.sampled_from([*graph.ids()])
    return MoveNodes(draw(st.dictionaries(ids, places, max_size=3)))


def _routes(draw: st.DrawFn, graph: GateGraph) -> SetRoutes:
    points = st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=2).map(tuple)
    ports = [(wire.target, wire.port) for wire in graph.wires()]
    chosen = draw(st.lists(st.sampled_from(ports), max_size=2)) if ports else []
    return SetRoutes({port: draw(points) for port in chosen})


def _routes_anywhere(draw: st.DrawFn, graph: GateGraph) -> Edit:
    unwired = (draw(st.sampled_from([*graph.ids()])), draw(st.integers(0, 2)))
    return SetRoutes({**_routes(draw, graph).routes, unwired: ((1.0, 2.0),)})


def _header(draw: st.DrawFn, graph: GateGraph) -> Edit:
    output = draw(st.none() | st.sampled_from([*graph.ids(), "nobody"]))
    seed = draw(st.sampled_from([None, as_array(2.0), as_array([1.0, -1.0, 0.5])]))
    title = draw(st.none() | st.just("A title"))
    return SetHeader(replace(graph.header, output=output, seed=seed, title=title))


def _comments(draw: st.DrawFn, graph: GateGraph) -> Edit:
    return SetComments(draw(frames([*graph.ids()])), draw(notes()))


def _view(draw: st.DrawFn, graph: GateGraph) -> Edit:
    return SetView(draw(st.none() | st.just({"centre": [1, 2], "zoom": 0.5})))


def _definitions(draw: st.DrawFn, graph: GateGraph) -> Edit:
    if not draw(st.booleans()):
        return SetDefinitions({})
    inside = build({"x": 1.0}, {"s": ("square", "x")})
    square = definition_of("my_square", ("x",), inside)
    used = Node(draw(st.sampled_from(["used", "again"])), Composite("my_square", ("x",)), 1)
    wire = Wire(draw(st.sampled_from([*graph.ids()])), used.id, 0)
    return Batch((SetDefinitions({"my_square": square}), AddNodes((used,), (wire,))))


def _batch(draw: st.DrawFn, graph: GateGraph) -> Edit:
    return Batch(tuple(draw(st.lists(edits(graph), max_size=3))))


def _exercise(draw: st.DrawFn, graph: GateGraph) -> Edit:
    ids = st.sampled_from([*graph.ids()])
    blanks = [{"value": each} for each in draw(st.lists(ids, max_size=3))]
    answers = [{**each, "text": "1/3"} for each in blanks]
    return SetExercise({"blanks": blanks, "decimals": 2}, draw(st.none() | st.just(answers)))


EDITS: dict[str, Callable[[st.DrawFn, GateGraph], Edit]] = {
    "AddNodes": _add,
    "RemoveNodes": _remove,
    "Connect": _connect,
    "Disconnect": _disconnect,
    "SetValue": _value,
    "SetKind": _kind,
    "SetLabel": _label,
    "SetMuted": _muted,
    "SetPinned": _pinned,
    "Rename": _rename,
    "MoveNodes": _move,
    "SetRoutes": _routes_anywhere,
    "SetHeader": _header,
    "SetComments": _comments,
    "SetView": _view,
    "SetDefinitions": _definitions,
    "SetExercise": _exercise,
    "Batch": _batch,
}
