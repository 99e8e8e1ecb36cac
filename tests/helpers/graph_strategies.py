"""Random graphs with every kind of node, and what makes two graphs equal."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chainrule.arrays import Array
from chainrule.errors import ParameterError
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.kind import (
    AXES,
    BOOLEAN,
    INTEGER,
    NUMBER,
    NUMBERS,
    PERMUTATION,
    SIZE_OR_SIZES,
    SIZES,
    SIZES_OR_NULL,
    TEXT,
    Kind,
    ParameterInfo,
    ParameterType,
)
from chainrule.gates.leaf import Input, Leaf
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.edits import AddNodes, SetDefinitions, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Wire
from chainrule.graph.routes import with_route

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
EXTRAS = st.just({}) | st.dictionaries(TEXTS.map(lambda text: f"x-{text}"), PLAIN, max_size=2)
PLACES = st.floats(-1e9, 1e9)
ROUTES = st.lists(st.tuples(PLACES, PLACES), max_size=3).map(tuple)
SIZES_OF_AXES = st.integers(-3, 9)
SETTINGS: dict[ParameterType, st.SearchStrategy[Any]] = {
    NUMBER: st.floats(allow_nan=False, allow_infinity=False),
    INTEGER: st.integers(-9, 9),
    BOOLEAN: st.booleans(),
    AXES: st.none() | SIZES_OF_AXES | st.lists(st.integers(0, 9), max_size=3, unique=True),
    SIZES: st.lists(st.integers(1, 9), max_size=3),
    PERMUTATION: st.none() | st.permutations([0, 1, 2]),
    SIZE_OR_SIZES: st.integers(1, 3) | st.lists(st.integers(1, 3), min_size=2, max_size=2),
    SIZES_OR_NULL: st.none() | st.integers(1, 3),
    NUMBERS: st.lists(st.floats(-9.0, 9.0), max_size=3),
    TEXT: st.text("abcdij,->. ", max_size=9),
}


def _settings(info: ParameterInfo) -> st.SearchStrategy[Any]:
    """Return settings of the parameter's type; of a type that few gates have, the default."""
    if info.type.choices:
        return st.sampled_from(info.type.choices)
    return SETTINGS.get(info.type, st.just(info.default))


@st.composite
def values(draw: st.DrawFn) -> Array:
    """Draw a number or a small tensor; not-a-number and infinities are among them."""
    if draw(st.booleans()):
        return np.float64(draw(st.floats()))
    shape = draw(hnp.array_shapes(max_dims=3, max_side=3))
    return draw(hnp.arrays(np.float64, shape, elements=st.floats()))


@st.composite
def kinds(draw: st.DrawFn) -> Kind:
    """Draw a kind of the catalogue with settings of the right types."""
    kind = draw(st.sampled_from(all_kinds()))
    settings = {each.name: draw(_settings(each)) for each in kind.parameters()}
    try:
        return kind.create(settings)
    except ParameterError:  # each is of its type, but together they make no sense
        return kind()


@st.composite
def nodes(draw: st.DrawFn, node_id: NodeId, used: list[Kind]) -> Node:
    """Draw a node of any kind, or of one of `used`."""
    kind = draw(st.sampled_from(used) | kinds() if used else kinds())
    least = kind.least_ports
    return Node(
        node_id,
        kind,
        draw(st.integers(least, least + 2)) if kind.variadic else least,
        draw(values()) if isinstance(kind, Leaf) else None,
        draw(st.none() | TEXTS),
        draw(st.none() | st.tuples(PLACES, PLACES)),
        draw(EXTRAS),
        muted=draw(st.booleans()) and least > 0,
        pinned=draw(st.booleans()),
    )


@st.composite
def parts(draw: st.DrawFn, used: list[Kind], most: int) -> tuple[tuple[Node, ...], list[Wire]]:
    """Draw nodes, and wires from earlier to later ones."""
    names = draw(
        st.lists(
            st.from_regex(r"[a-zα-ω][a-z0-9]{0,4}", fullmatch=True), max_size=most, unique=True
        )
    )
    made: list[Node] = []
    wires: list[Wire] = []
    for name in names:
        node = draw(nodes(f"{name}_", used))
        for port in range(node.ports):
            if made and draw(st.booleans()):
                wires.append(Wire(draw(st.sampled_from(made)).id, node.id, port))
                node = with_route(node, port, draw(st.just(()) | ROUTES))
        made.append(node)
    return tuple(made), wires


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Definition]:
    """Draw up to two definitions, the second of which may contain the first."""
    drawn: dict[str, Definition] = {}
    for name in draw(st.lists(TEXTS.map(lambda text: f"d {text}"), max_size=2, unique=True)):
        used: list[Kind] = [Composite(each.name, each.inputs) for each in drawn.values()]
        inner, wires = draw(parts(used, 3))
        port = Node("port", Input(), value=draw(st.none() | values()))
        everything = (port, *inner)
        output = draw(st.sampled_from(everything)).id
        drawn[name] = Definition(name, ("port",), everything, tuple(wires), output, draw(EXTRAS))
    return drawn


# Made once: Hypothesis looks a strategy over whenever it is a new one.
_MEMBERS = st.lists(st.integers(0, 5), max_size=4)
_SOUND_FRAMES = st.fixed_dictionaries(
    {"title": TEXTS, "nodes": _MEMBERS},
    optional={"colour": st.sampled_from(["blue", "red", "mauve"]), "x": TEXTS},
)
_ODD = st.sampled_from([None, 3, "odd", [1], {"title": "t"}, {"text": "t", "position": [0]}])
_FRAMES = st.none() | st.lists(_SOUND_FRAMES | _ODD, max_size=3)
_SOUND_NOTES = st.fixed_dictionaries(
    {"text": TEXTS, "position": st.lists(PLACES, min_size=2, max_size=2)}, optional={"x": TEXTS}
)
_NOTES = st.none() | st.lists(_SOUND_NOTES | _ODD, max_size=3)


@st.composite
def frames(draw: st.DrawFn, ids: list[NodeId]) -> Any:
    """Draw the frames of a header, sound and malformed ones, around some of `ids` and others."""
    names = [*ids[-5:], "nobody"]
    drawn: Any = draw(_FRAMES)
    return drawn and [
        {**each, "nodes": [names[number % len(names)] for number in each["nodes"]]}
        if isinstance(each, dict) and "nodes" in each
        else each
        for each in drawn
    ]


def notes() -> st.SearchStrategy[Any]:
    """Return what draws the notes of a header, sound and malformed ones."""
    return _NOTES


@st.composite
def graphs(draw: st.DrawFn) -> GateGraph:
    """Draw a graph of which everything that a file can hold may be there."""
    graph = GateGraph()
    composites = draw(definitions())
    SetDefinitions(composites).apply(graph)
    made, wires = draw(
        parts([Composite(each.name, each.inputs) for each in composites.values()], 6)
    )
    AddNodes(made, tuple(wires)).apply(graph)
    header = Header(
        draw(st.none() | TEXTS),
        draw(st.none() | TEXTS),
        draw(st.sampled_from(made)).id if made and draw(st.booleans()) else None,
        draw(st.none() | values()),
        draw(frames([node.id for node in made])),
        draw(st.none() | st.dictionaries(TEXTS, PLAIN, max_size=2)),
        draw(notes()),
        draw(EXTRAS),
    )
    SetHeader(header).apply(graph)
    return graph


def described(graph: GateGraph) -> list[object]:
    """Return all that there is to a graph as plain data that can be compared with ==."""
    header = graph.header
    return [
        [_node(node) for node in graph],
        list(graph.wires()),
        (
            header.title,
            header.description,
            header.output,
            _value(header.seed),
            header.frames,
            header.view,
            header.notes,
            dict(header.extras),
        ),
        {name: _definition(each) for name, each in graph.definitions.items()},
    ]


def _definition(definition: Definition) -> tuple[object, ...]:
    nodes_ = [_node(node) for node in definition.nodes]
    extras = dict(definition.extras)
    return definition.inputs, nodes_, definition.wires, definition.output, extras


def _node(node: Node) -> tuple[object, ...]:
    looks = (node.label, node.position, dict(node.extras), dict(node.routes))
    switches = node.muted, node.pinned
    return node.id, node.kind, node.ports, _value(node.value), *looks, *switches


def _value(value: Array | None) -> object:
    # Every not-a-number is one, whatever its bits.
    return None if value is None else (value.shape, repr(value.tolist()))
