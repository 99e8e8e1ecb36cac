"""What of a graph can run: its flat form with shapes, faults, and what reaches the output."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array, Shape, format_shape
from chainrule.autodiff.planning.flat import FlatGraph, Numbers, as_list, flatten
from chainrule.errors import GateError, ShapeError
from chainrule.gates.gate import Elementwise, Gate
from chainrule.graph.composites import Composite
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import output_of

Flags: TypeAlias = npt.NDArray[np.bool_]

# How many numbers an output has at most: 1 GiB, which its gradient takes again.
LARGEST_TENSOR: Final = 2**27

UNKNOWN, NUMBER = 0, 1


@final
class Shapes:
    """The shape of each slot, as a code; None has the code UNKNOWN and () the code NUMBER."""

    def __init__(self, size: int, code: int) -> None:
        self.codes: npt.NDArray[np.int32] = np.full(size, code, np.int32)
        self.table: list[Shape | None] = [None, ()]
        self._code_of: dict[Shape | None, int] = {None: UNKNOWN, (): NUMBER}

    @property
    def known(self) -> Flags:
        """Which slots can be computed."""
        return self.codes != UNKNOWN

    def of(self, slot: int) -> Shape | None:
        """Return the shape at `slot`; None if it can't be computed."""
        return self.table[int(self.codes[slot])]

    def set(self, slot: int, shape: Shape | None) -> None:
        """Say what shape `slot` has."""
        code = self._code_of.get(shape)
        if code is None:
            code = self._code_of[shape] = len(self.table)
            self.table.append(shape)
        self.codes[slot] = code


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """What runs and what can't, slot by slot of a flat graph.

    `shapes` says what can't be computed: nodes with unwired ports, or whose inputs' shapes do not
    fit (`faults` has a sentence for each of these), and all that depends on them.
    `relevant` slots reach the output; `blocked` ones do so through something that can't be
    computed, so that their gradient is unknown. `stops` are those through which no gradient comes
    though it should: blocked ones, and `dead_ends`, nodes whose value is known and whose backward
    failed. `unfinished` has a sentence for each composite inside which a port is not wired, which
    is no misfit. `order` has the slots in topological order.
    """

    flat: FlatGraph
    output: NodeId | None
    top: int
    leaf_values: list[Array | None]
    shapes: Shapes
    order: Numbers
    relevant: Flags
    blocked: Flags
    stops: Flags
    faults: Mapping[NodeId, str]
    dead_ends: Mapping[NodeId, str]
    unfinished: Mapping[NodeId, str]

    @property
    def runs_backward(self) -> bool:
        """Whether there is an output with a value from which gradients can flow."""
        return self.output is not None and not self.blocked[self.top]

    def value_of_leaf(self, slot: int) -> Array | None:
        """Return the value of the leaf at `slot`."""
        return self.leaf_values[int(self.flat.leaves.searchsorted(slot))]

    def set_value_of_leaf(self, slot: int, value: Array) -> None:
        """Note another value of a leaf, of its old shape; nothing else in a plan depends on it."""
        self.leaf_values[int(self.flat.leaves.searchsorted(slot))] = value

    def downstream_of(self, slot: int) -> Flags:
        """Return which slots between `slot` and the output depend on it, itself included."""
        starts, sources = as_list(self.flat.starts), as_list(self.flat.sources)
        relevant: list[bool] = self.relevant.tolist()
        depends = [False] * self.flat.size
        depends[slot] = True
        for each in as_list(self.order[self.flat.topological[slot] + 1 :]):
            inputs = sources[starts[each] : starts[each + 1]]
            depends[each] = relevant[each] and any(
                source >= 0 and depends[source] for source in inputs
            )
        return np.array(depends, np.bool_)


def compile_plan(
    graph: GateGraph, broken: Mapping[NodeId, str], dead_ends: Mapping[NodeId, str]
) -> Plan:
    """Compile `graph`.

    Nodes in `broken` failed when they ran and are left out like misfits; those in `dead_ends`
    failed in the backward pass only. Both map to the sentence that says why.
    """
    flat, output = flatten(graph), output_of(graph)
    top = -1 if output is None else int(flat.slots[graph.row(output)])
    leaf_values = flat.leaf_values(graph.rows)
    order = np.argsort(flat.topological)
    named = {_id(graph, row): sentence for row, sentence in flat.faults.items()}
    inference = _Inference(graph, flat, {**named, **broken})
    shapes = inference.run(leaf_values, order)
    faults = {**dead_ends, **inference.faults}
    if output is not None:
        _check_seed(graph, shapes.of(top), output, faults)
    dead = _slots_of(graph, flat, dead_ends)
    relevant, blocked = _trace_back(flat, order, top, shapes.known, dead)
    if output is not None and output in faults and output not in dead_ends:
        blocked |= relevant
    return Plan(
        flat=flat,
        output=output,
        top=top,
        leaf_values=leaf_values,
        shapes=shapes,
        order=order,
        relevant=relevant,
        blocked=blocked,
        stops=relevant & (blocked | dead),
        faults=faults,
        dead_ends=dead_ends,
        unfinished=_unwired_insides(graph, flat, shapes, faults),
    )


def failure_sentence(gate: Gate, error: Exception) -> str:
    """Say why a gate failed: in its own words where it has some."""
    if isinstance(error, GateError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"{gate.name}: it needs more memory than there is; feed smaller tensors"
    return f"the gate {gate.name} failed: {type(error).__name__}: {error}; correct its class"


def _id(graph: GateGraph, row: int) -> NodeId:
    return graph.rows.node(row).id


def _slots_of(graph: GateGraph, flat: FlatGraph, ids: Mapping[NodeId, str]) -> Flags:
    """Return which slots belong to the nodes `ids`."""
    rows = [graph.row(each) for each in ids]
    return np.isin(flat.owners, rows) if rows else np.zeros(flat.size, np.bool_)


@final
class _Inference:
    """Finds the shape of every slot, and a sentence for each node whose inputs do not fit."""

    def __init__(self, graph: GateGraph, flat: FlatGraph, faults: dict[NodeId, str]) -> None:
        self._graph, self._flat = graph, flat
        self.faults = faults
        self._faulty = {graph.row(each) for each in faults}

    def run(self, leaf_values: list[Array | None], order: Numbers) -> Shapes:
        flat = self._flat
        if self._all_numbers(leaf_values):
            return Shapes(flat.size, NUMBER)
        shapes = Shapes(flat.size, UNKNOWN)
        for slot, value in zip(as_list(flat.leaves), leaf_values, strict=True):
            shapes.set(slot, None if value is None else value.shape)
        starts, sources = as_list(flat.starts), as_list(flat.sources)
        gates = [kind if isinstance(kind, Gate) else None for kind in flat.kinds]
        for slot in as_list(order):
            gate = gates[int(flat.codes[slot])]
            if gate is not None:
                inputs = sources[starts[slot] : starts[slot + 1]]
                known = [None if each < 0 else shapes.of(each) for each in inputs]
                shapes.set(slot, self._shape(slot, gate, known))
        return shapes

    def _all_numbers(self, leaf_values: list[Array | None]) -> bool:
        """Say whether every slot is a number for certain, without asking each."""
        flat = self._flat
        return (
            not self._faulty
            and set(map(type, leaf_values)) <= {np.float64}
            and not (flat.sources < 0).any()
            and all(isinstance(kind, Elementwise) for kind in flat.kinds if isinstance(kind, Gate))
        )

    def _shape(self, slot: int, gate: Gate, inputs: list[Shape | None]) -> Shape | None:
        row = int(self._flat.owners[slot])
        if row in self._faulty or None in inputs:
            return None
        if not any(inputs) and isinstance(gate, Elementwise):
            return ()
        try:
            shape = tuple(gate.infer_shape(*(each for each in inputs if each is not None)))
            _refuse_huge(gate, shape)
            return shape
        except Exception as error:  # noqa: BLE001  a registered gate may raise anything
            self._faulty.add(row)
            self.faults[_id(self._graph, row)] = failure_sentence(gate, error)
            return None


def _refuse_huge(gate: Gate, shape: Shape) -> None:
    """Raise ShapeError for an output that a slip of the hand, not a computation, asks for."""
    size = math.prod(shape)
    if size > LARGEST_TENSOR:
        raise ShapeError(
            f"{gate.name}: its output {format_shape(shape)} would be {size:,} numbers, and "
            f"{LARGEST_TENSOR:,} are the limit; feed smaller tensors or change its settings"
        )


def _unwired_insides(
    graph: GateGraph,
    flat: FlatGraph,
    shapes: Shapes,
    faults: Mapping[NodeId, str],
) -> dict[NodeId, str]:
    """Return a sentence for each composite that has no value though its inputs have and fit."""
    if not any(isinstance(kind, Composite) for kind in graph.rows.kinds):
        return {}
    found: dict[NodeId, str] = {}
    for node in graph:
        if not isinstance(node.kind, Composite) or node.id in faults:
            continue
        if shapes.of(int(flat.slots[graph.row(node.id)])) is None:
            sources = graph.inputs(node.id)
            slots = [flat.slots[graph.row(each)] for each in sources if each is not None]
            if len(slots) == len(sources) and all(shapes.known[slots]):
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


def _reads_all(flat: FlatGraph, top: int) -> bool:
    """Say whether nothing but the output is unread, so that everything reaches it."""
    unread = np.ones(flat.size, np.bool_)
    unread[flat.sources] = False
    return bool(unread[top]) and np.count_nonzero(unread) == 1


def _trace_back(
    flat: FlatGraph, order: Numbers, top: int, known: Flags, dead: Flags
) -> tuple[Flags, Flags]:
    """Return which slots reach the output, and which of them through something unknown."""
    if top < 0:
        return np.zeros(flat.size, np.bool_), np.ones(flat.size, np.bool_)
    if known.all() and not dead.any() and _reads_all(flat, top):
        return known, ~known
    starts, sources = as_list(flat.starts), as_list(flat.sources)
    relevant = [False] * flat.size
    blocked: list[bool] = (~known).tolist()
    stops: list[bool] = (~known | dead).tolist()
    relevant[top] = True
    for slot in as_list(order[flat.topological[top] :: -1]):
        if relevant[slot]:
            stopped = blocked[slot] or stops[slot]
            for source in sources[starts[slot] : starts[slot + 1]]:
                if source >= 0:
                    relevant[source] = True
                    if stopped:
                        blocked[source] = True
    return np.array(relevant, np.bool_), np.array(blocked, np.bool_)
