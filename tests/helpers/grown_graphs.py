"""Graphs of numbers in many forms, grown at random: as deep, wide and tangled as is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from chainrule.arrays import as_array
from chainrule.gates.kind import Kind
from chainrule.graph.composites import Composite
from chainrule.graph.edits import AddNodes, SetDefinitions, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Wire
from tests.helpers.random_graphs import (
    BINARY,
    UNARY,
    VARIADIC,
    Kinds,
    build,
    definition_of,
    kind_of,
    leaf,
)

# Gates all of whose numbers IEEE 754 rounds in one way only.
EXACT: Kinds = [
    *VARIADIC,
    *VARIADIC,
    ("sub", {}),
    ("div", {}),
    ("neg", {}),
    ("reciprocal", {}),
    ("relu", {}),
    ("abs", {}),
    ("square", {}),
    ("sqrt", {}),
    ("mul_constant", {"c": -2.5}),
    ("mul_constant", {"c": 0.0}),
    ("add_constant", {"c": 0.5}),
    ("add_constant", {"c": -0.0}),
]
ALL: Kinds = [*UNARY, *BINARY, *VARIADIC, *VARIADIC]
TAME = (0.5, -0.5, 1.0, 1.25, -2.0, 0.1, 3.0)
WILD = (*TAME, 0.0, -0.0, float("inf"), -float("inf"), float("nan"), 1e308, -1e308, 1e-308, 5e-324)
FORMS = ("any", "wide", "deep", "layered", "fan_out", "squares", "components")
SEEDS = st.integers(0, 2**32 - 1)

MIX = definition_of(
    "mix",
    ("a", "b", "idle"),
    build(
        {"a": 0.0, "b": 0.0, "idle": 0.0, "own": 1.5},
        {"m": ("max", "a", "own", "b"), "r": ("relu", "b"), "y": ("mul", "m", "r", "a")},
        output="y",
    ),
)
NEST = definition_of(
    "nest",
    ("p",),
    build({"p": 0.0}, {"n": (Composite("mix", MIX.inputs), "p", "p", "p"), "y": ("sub", "p", "n")}),
)
COMPOSITES = [Composite(each.name, each.inputs) for each in (MIX, NEST)]


def grown(
    seed: int,
    form: str,
    gates: int,
    kinds: Kinds,
    numbers: Sequence[float] = TAME,
    *,
    composites: bool = True,
) -> GateGraph:
    """Return a graph of `gates` gates on single numbers, with an output; like seeds, like graphs.

    `form` says what gates read: see `_source`. Gates of many inputs have up to six.
    """
    random = Random(seed)
    graph = build({}, {})
    SetDefinitions({each.name: each for each in (MIX, NEST)}).apply(graph)
    leaves = max(2, gates // 4) if form == "wide" else random.randint(1, 6)
    names = [f"x{index}" for index in range(leaves)]
    nodes = [leaf(name, random.choice(numbers), trained=random.random() < 0.5) for name in names]
    wires: list[Wire] = []
    for index in range(gates):
        kind, ports = _gate(random, kinds, composites)
        name = f"g{index}"
        sources = [_source(random, form, names, leaves) for _ in range(ports)]
        if form == "squares" and random.random() < 0.6:
            sources = sources[:1] * ports
        wires += [Wire(source, name, port) for port, source in enumerate(sources)]
        nodes.append(Node(name, kind, ports))
        names.append(name)
    AddNodes(tuple(nodes), tuple(wires)).apply(graph)
    seeds = (None, None, 1.0, -2.0, *numbers[-3:])
    top = random.choice(seeds)
    output = names[-1] if random.random() < 0.6 else random.choice(names)
    SetHeader(Header(output=output, seed=None if top is None else as_array(top))).apply(graph)
    return graph


def _gate(random: Random, kinds: Kinds, composites: bool) -> tuple[Kind, int]:
    if composites and random.random() < 0.06:
        composite = random.choice(COMPOSITES)
        return composite, len(composite.inputs)
    gate, settings = random.choice(kinds)
    kind = kind_of(gate, **settings)
    many = random.choice((2, 2, 2, 3, 6)) if kind.variadic else len(kind.port_names)
    return kind, many


def _source(random: Random, form: str, names: list[NodeId], leaves: int) -> NodeId:
    if form == "wide":
        return random.choice(names[: leaves + 3])
    if form == "deep":
        return names[-1] if random.random() < 0.7 else random.choice(names[-4:])
    if form == "layered":
        layer = 1 + max(0, len(names) - leaves) // 12
        end = min(len(names), leaves + 12 * (layer - 1))
        return random.choice(names[max(0, end - 12) : end])
    if form == "fan_out":
        return random.choice(names[: leaves + 2]) if random.random() < 0.8 else names[-1]
    if form == "components":
        parity = len(names) % 2
        return random.choice(names[parity::2] or names)
    return random.choice(names)
