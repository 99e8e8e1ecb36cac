"""Random graphs of tensors: broadcasting, products of matrices, reductions, changes of shape."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from chainrule.arrays import Shape
from chainrule.errors import ShapeError
from chainrule.gates.gate import Gate
from chainrule.graph.edits import AddNodes, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Wire
from tests.helpers.grown_graphs import ALL
from tests.helpers.random_graphs import Kinds, build, extend, kind_of, leaf

SHAPES: tuple[Shape, ...] = ((), (), (1,), (3,), (1, 3), (2, 3), (3, 2), (2, 1), (4, 4), (2, 3, 4))
MIXING: Kinds = [
    *[("matmul", {})] * 12,
    ("sum", {}),
    ("sum", {"axis": 0}),
    ("sum", {"axis": -1, "keepdims": True}),
    ("mean", {}),
    ("mean", {"axis": -1}),
    ("logsumexp", {"axis": -1}),
    ("softmax", {"axis": -1}),
    ("log_softmax", {}),
    ("transpose", {}),
    ("reshape", {"shape": (3, 2)}),
    ("reshape", {"shape": (-1,)}),
    ("concat", {"axis": 0}),
    ("concat", {"axis": -1}),
]
# Gates whose numbers and slopes stay small however many follow each other.
GENTLE: Kinds = [
    *[("tanh", {}), ("sigmoid", {}), ("sin", {}), ("cos", {})],
    *[("neg", {}), ("softplus", {}), ("abs", {}), ("relu", {}), ("mul_constant", {"c": -0.5})],
    *[("sub", {}), ("mul", {}), ("max", {}), ("min", {}), ("add", {})],
]


def tensor_graph(seed: int, gates: int) -> GateGraph:
    """Return a graph of gates on numbers and tensors, with an output; what doesn't fit is left."""
    random = Random(seed)
    rng = np.random.default_rng(seed)
    shapes: dict[NodeId, Shape] = {}
    nodes: list[Node] = []
    wires: list[Wire] = []
    for index in range(random.randint(2, 7)):
        name = f"x{index}"
        shapes[name] = random.choice(SHAPES)
        value = np.round(rng.normal(0.0, 1.0, shapes[name]), 2)
        nodes.append(leaf(name, value, trained=random.random() < 0.4))
    while len(nodes) < gates:
        gate, settings = random.choice(random.choice((ALL, MIXING)))
        kind = kind_of(gate, **settings)
        assert isinstance(kind, Gate)
        ports = random.choice((2, 2, 3)) if kind.variadic else len(kind.port_names)
        sources = random.choices([*shapes], k=ports)
        try:
            shape = kind.infer_shape(*(shapes[each] for each in sources))
        except ShapeError:
            continue
        name = f"g{len(nodes)}"
        shapes[name] = shape
        wires += [Wire(source, name, port) for port, source in enumerate(sources)]
        nodes.append(Node(name, kind, ports))
    graph = GateGraph()
    AddNodes(tuple(nodes), tuple(wires)).apply(graph)
    output = nodes[-1].id if random.random() < 0.7 else random.choice(nodes).id
    seed_value = rng.normal(0.0, 1.0, shapes[output])[()] if random.random() < 0.5 else None
    SetHeader(Header(output=output, seed=seed_value)).apply(graph)
    return graph


def many_small(seed: int, gates: int, shape: Shape) -> GateGraph:
    """Return a graph of so many gates on one small shape that they are stacked, summed up."""
    random, rng = Random(seed), np.random.default_rng(seed)
    leaves = {f"x{index}": np.round(rng.normal(0.0, 1.0, shape), 2) for index in range(4)}
    made: dict[NodeId, tuple[Any, ...]] = {}
    names = [*leaves]
    for index in range(gates):
        gate, settings = random.choice(GENTLE)
        kind = kind_of(gate, **settings)
        ports = random.choice((2, 3)) if kind.variadic else len(kind.port_names)
        made[f"g{index}"] = (kind, *random.choices(names[-12:], k=ports))
        names.append(f"g{index}")
        if random.random() < 0.05:
            # Out of the stack and back, by gates that run by themselves.
            made[f"n{index}"] = (kind_of("sum"), names[-1])
            made[f"b{index}"] = ("mul", random.choice(names), f"n{index}")
            names.append(f"b{index}")
    last = names[-6:]
    graph = build(leaves, {})
    extend(graph, {}, {**made, "all": ("add", *last), "f": (kind_of("mean"), "all")})
    SetHeader(Header(output="f")).apply(graph)
    return graph
