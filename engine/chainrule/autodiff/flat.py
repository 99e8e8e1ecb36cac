"""A graph as a flat list of gates in topological order, with composite gates expanded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import RunError
from chainrule.gates.gate import Elementwise, Gate, Pattern
from chainrule.gates.kind import Group
from chainrule.graph.composites import LARGEST_EXPANSION, Composite, Definition, expansion_sizes
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import topological_order


@final
@dataclass(frozen=True, slots=True)
class FlatNode:
    """One gate or leaf. Its slot is its index in the list; `inputs` are slots, None if unwired.

    `wires` is the number of its first input wire; the others follow. `owner` is the node of the
    graph that people see: the composite for what is inside it. `gate` is None for a leaf.
    """

    owner: NodeId
    gate: Gate | None
    inputs: tuple[int | None, ...]
    wires: int


@final
@dataclass(frozen=True, slots=True)
class FlatGraph:
    """The flat form: nodes by slot, and where the graph's own nodes and wires are found in it.

    `readers` has for each wire the slot that reads it; `inner_values` the leaves in composites.
    `faults` has a sentence for each composite that can't be expanded.
    """

    nodes: list[FlatNode]
    slots: dict[NodeId, int]
    wires: dict[Wire, int]
    readers: list[int]
    inner_values: dict[int, Array]
    faults: dict[NodeId, str]

    def leaf_value(self, graph: GateGraph, slot: int) -> Array | None:
        """Return the value of the leaf at `slot`."""
        inner = self.inner_values.get(slot)
        return graph.node(self.nodes[slot].owner).value if inner is None else inner


def flatten(graph: GateGraph) -> FlatGraph:
    """Return the flat form of `graph`; raise RunError if its composites expand beyond measure."""
    sizes = expansion_sizes(graph.definitions)
    size = sum(
        sizes.get(node.kind.definition, 1) for node in graph if isinstance(node.kind, Composite)
    )
    if size > LARGEST_EXPANSION:
        raise RunError(
            f"the composite gates expand to {size:.3g} gates; {LARGEST_EXPANSION:,} is the limit"
        )
    flattener = _Flattener(graph)
    slots: dict[NodeId, int] = {}
    wires: dict[Wire, int] = {}
    for node_id in topological_order(graph):
        sources = graph.inputs(node_id)
        inputs = tuple(None if source is None else slots[source] for source in sources)
        first = len(flattener.readers)
        slots[node_id] = flattener.add(graph.node(node_id), inputs, node_id)
        for port, source in enumerate(sources):
            if source is not None:
                wires[Wire(source, node_id, port)] = first + port
    return FlatGraph(
        flattener.nodes,
        slots,
        wires,
        flattener.readers,
        flattener.inner_values,
        flattener.faults,
    )


@final
class _Flattener:
    """Appends nodes to the flat list, and the insides of composites in their place."""

    def __init__(self, graph: GateGraph) -> None:
        self.nodes: list[FlatNode] = []
        self.readers: list[int] = []
        self.inner_values: dict[int, Array] = {}
        self.faults: dict[NodeId, str] = {}
        self._definitions = graph.definitions
        self._insides: dict[str, tuple[GateGraph, list[NodeId]]] = {}

    def add(self, node: Node, inputs: tuple[int | None, ...], owner: NodeId) -> int:
        """Append `node` and return the slot of its output."""
        if isinstance(node.kind, Composite):
            return self._expand(node.kind, inputs, owner)
        gate = node.kind if isinstance(node.kind, Gate) else None
        return self._append(owner, gate, inputs)

    def _append(self, owner: NodeId, gate: Gate | None, inputs: tuple[int | None, ...]) -> int:
        slot = len(self.nodes)
        self.nodes.append(FlatNode(owner, gate, inputs, len(self.readers)))
        self.readers.extend([slot] * len(inputs))
        return slot

    def _expand(self, kind: Composite, inputs: tuple[int | None, ...], owner: NodeId) -> int:
        definition = self._definitions.get(kind.definition)
        if definition is None or len(definition.inputs) != len(inputs):
            self.faults[owner] = _no_definition(kind, len(inputs), definition)
            return self._append(owner, _PASS_ON, inputs)
        inside, order = self._inside(kind.definition)
        # The ports come first, so that their wires are numbered like those of any gate.
        slots = {
            leaf: self._append(owner, _PASS_ON, (source,))
            for leaf, source in zip(definition.inputs, inputs, strict=True)
        }
        for inner_id in order:
            if inner_id in slots:
                continue
            inner = inside.node(inner_id)
            sources = tuple(
                None if source is None else slots[source] for source in inside.inputs(inner_id)
            )
            slots[inner_id] = self.add(inner, sources, owner)
            if inner.value is not None:
                self.inner_values[slots[inner_id]] = inner.value
        return self._append(owner, _PASS_ON, (slots[definition.output],))

    def _inside(self, name: str) -> tuple[GateGraph, list[NodeId]]:
        if name not in self._insides:
            definition, inside = self._definitions[name], GateGraph()
            AddNodes(definition.nodes, definition.wires).apply(inside)
            self._insides[name] = inside, topological_order(inside)
        return self._insides[name]


def _no_definition(kind: Composite, wired: int, definition: Definition | None) -> str:
    if definition is None:
        return f"there is no definition {kind.definition!r}; undo its removal or remove this node"
    return (
        f"{kind.definition} has {len(definition.inputs)} inputs and is used with {wired}; "
        "put it in anew"
    )


@final
@dataclass(frozen=True)
class _PassOn(Elementwise):
    """f = x, at the borders of a composite gate: its ports and its output."""

    name = "pass_on"
    group = Group.COMPOSITE
    summary = "Its input, unchanged."
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = "x"
    derivatives = ("1",)
    rule = "The derivative of x is 1."
    samples = ((2.0,),)

    @property
    @override
    def symbol(self) -> str:
        return "="

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)


_PASS_ON = _PassOn()
