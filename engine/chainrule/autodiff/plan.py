"""A graph compiled into the steps of its two passes: what runs, in which order, and what can't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

from chainrule.arrays import Shape, format_shape
from chainrule.autodiff.flat import FlatGraph, FlatNode, flatten
from chainrule.errors import GateError
from chainrule.gates.gate import Gate
from chainrule.graph.composites import Composite
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import output_of


@final
@dataclass(frozen=True, slots=True)
class Step:
    """One gate to run: it reads the slots `inputs` and writes the slot `output`.

    In the backward pass it writes the gradients of its wires, numbered from `wires`.
    """

    gate: Gate
    output: int
    inputs: tuple[int, ...]
    wires: int
    owner: NodeId


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of both passes over a flat graph.

    `shapes[slot]` is None for what can't be computed: nodes with unwired ports, or whose inputs'
    shapes do not fit (`faults` has a sentence for each of these), and all that depends on them.
    `relevant` slots reach the output; `blocked` ones do so through something that can't be
    computed, so that their gradient is unknown. `dead_ends` are the nodes whose value is known and
    whose backward failed: no gradient goes through them. `unfinished` has a sentence for each
    composite inside which a port is not wired, which is no misfit.
    """

    flat: FlatGraph
    output: NodeId | None
    shapes: list[Shape | None]
    faults: dict[NodeId, str]
    relevant: list[bool]
    blocked: list[bool]
    dead_ends: Mapping[NodeId, str]
    unfinished: Mapping[NodeId, str]
    forward: list[Step] = field(default_factory=list[Step])
    backward: list[Step] = field(default_factory=list[Step])

    def stops(self, slot: int) -> bool:
        """Say whether no gradient can come out of the inputs of `slot`, though it should."""
        return self.relevant[slot] and (
            self.blocked[slot] or self.flat.nodes[slot].owner in self.dead_ends
        )


def compile_plan(
    graph: GateGraph, broken: Mapping[NodeId, str], dead_ends: Mapping[NodeId, str]
) -> Plan:
    """Compile `graph`.

    Nodes in `broken` failed when they ran and are left out like misfits; those in `dead_ends`
    failed in the backward pass only. Both map to the sentence that says why.
    """
    flat = flatten(graph)
    output = output_of(graph)
    faults = {**flat.faults, **broken}
    shapes = _infer_shapes(graph, flat, faults)
    faults = {**dead_ends, **faults}
    if output is not None:
        _check_seed(graph, shapes[flat.slots[output]], output, faults)
    relevant, blocked = _trace_back(flat, output, shapes, faults, dead_ends)
    unfinished = _unwired_insides(graph, flat, shapes, faults)
    plan = Plan(flat, output, shapes, faults, relevant, blocked, dead_ends, unfinished)
    for slot, node in enumerate(flat.nodes):
        if node.gate is not None and shapes[slot] is not None:
            step = _step(node, node.gate, slot)
            plan.forward.append(step)
            if relevant[slot] and not plan.stops(slot):
                plan.backward.append(step)
    plan.backward.reverse()
    return plan


def _step(node: FlatNode, gate: Gate, slot: int) -> Step:
    wired = tuple(source for source in node.inputs if source is not None)
    return Step(gate, slot, wired, node.wires, node.owner)


def _infer_shapes(
    graph: GateGraph, flat: FlatGraph, faults: dict[NodeId, str]
) -> list[Shape | None]:
    shapes: list[Shape | None] = []
    for slot, node in enumerate(flat.nodes):
        if node.gate is None:
            value = flat.leaf_value(graph, slot)
            shapes.append(None if value is None else value.shape)
        elif node.owner in faults:
            shapes.append(None)
        else:
            shapes.append(_infer_shape(node, node.gate, shapes, faults))
    return shapes


def _infer_shape(
    node: FlatNode, gate: Gate, shapes: list[Shape | None], faults: dict[NodeId, str]
) -> Shape | None:
    inputs: list[Shape] = []
    for source in node.inputs:
        shape = None if source is None else shapes[source]
        if shape is None:
            return None
        inputs.append(shape)
    try:
        return tuple(gate.infer_shape(*inputs))
    except Exception as error:  # noqa: BLE001  a registered gate may raise anything
        faults[node.owner] = failure_sentence(gate, error)
        return None


def failure_sentence(gate: Gate, error: Exception) -> str:
    """Say why a gate failed: in its own words where it has some."""
    if isinstance(error, GateError):
        return str(error)
    return f"the gate {gate.name} failed: {type(error).__name__}: {error}; correct its class"


def _unwired_insides(
    graph: GateGraph,
    flat: FlatGraph,
    shapes: list[Shape | None],
    faults: Mapping[NodeId, str],
) -> dict[NodeId, str]:
    """Return a sentence for each composite that has no value though its inputs have and fit."""
    found: dict[NodeId, str] = {}
    for node in graph:
        lacks_value = node.id not in faults and shapes[flat.slots[node.id]] is None
        if isinstance(node.kind, Composite) and lacks_value:
            sources = graph.inputs(node.id)
            if all(each is not None and shapes[flat.slots[each]] is not None for each in sources):
                found[node.id] = f"inside {node.kind.definition} an input is not wired; wire it"
    return found


def _check_seed(
    graph: GateGraph, shape: Shape | None, output: NodeId, faults: dict[NodeId, str]
) -> None:
    seed = graph.header.seed
    if seed is not None and shape is not None and seed.shape != shape:
        faults[output] = (
            f"the seed has shape {format_shape(seed.shape)} and the output "
            f"{format_shape(shape)}; make them equal or remove the seed"
        )


def _trace_back(
    flat: FlatGraph,
    output: NodeId | None,
    shapes: list[Shape | None],
    faults: Mapping[NodeId, str],
    dead_ends: Mapping[NodeId, str],
) -> tuple[list[bool], list[bool]]:
    relevant = [False] * len(flat.nodes)
    blocked = [shape is None for shape in shapes]
    if output is None:
        return relevant, [True] * len(flat.nodes)
    top = flat.slots[output]
    relevant[top] = True
    blocked[top] = blocked[top] or (output in faults and output not in dead_ends)
    for slot in range(top, -1, -1):
        if relevant[slot]:
            stops = blocked[slot] or flat.nodes[slot].owner in dead_ends
            for source in flat.nodes[slot].inputs:
                if source is not None:
                    relevant[source] = True
                    blocked[source] = blocked[source] or stops
    return relevant, blocked
