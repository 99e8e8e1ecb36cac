"""A graph compiled into the steps of its two passes: what runs, in which order, and what can't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

from chainrule.arrays import Shape, format_shape
from chainrule.autodiff.flat import FlatGraph, FlatNode, flatten
from chainrule.errors import GateError
from chainrule.gates.gate import Gate
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
    computed, so that their gradient is unknown.
    """

    flat: FlatGraph
    output: NodeId | None
    shapes: list[Shape | None]
    faults: dict[NodeId, str]
    relevant: list[bool]
    blocked: list[bool]
    forward: list[Step] = field(default_factory=list[Step])
    backward: list[Step] = field(default_factory=list[Step])


def compile_plan(graph: GateGraph, broken: Mapping[NodeId, str]) -> Plan:
    """Compile `graph`. Nodes in `broken` failed when they ran; they are left out like misfits."""
    flat = flatten(graph)
    output = output_of(graph)
    faults = dict(broken)
    shapes = _infer_shapes(graph, flat, faults)
    if output is not None:
        _check_seed(graph, shapes[flat.slots[output]], output, faults)
    relevant, blocked = _trace_back(flat, output, shapes, faults)
    plan = Plan(flat, output, shapes, faults, relevant, blocked)
    for slot, node in enumerate(flat.nodes):
        if node.gate is not None and shapes[slot] is not None:
            step = _step(node, node.gate, slot)
            plan.forward.append(step)
            if relevant[slot] and not blocked[slot]:
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
        return gate.infer_shape(*inputs)
    except GateError as error:
        faults[node.owner] = str(error)
        return None


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
    faults: dict[NodeId, str],
) -> tuple[list[bool], list[bool]]:
    relevant = [False] * len(flat.nodes)
    blocked = [shape is None for shape in shapes]
    if output is None:
        return relevant, [True] * len(flat.nodes)
    top = flat.slots[output]
    relevant[top] = True
    blocked[top] = blocked[top] or output in faults
    for slot in range(top, -1, -1):
        if relevant[slot]:
            for source in flat.nodes[slot].inputs:
                if source is not None:
                    relevant[source] = True
                    blocked[source] = blocked[source] or blocked[slot]
    return relevant, blocked
