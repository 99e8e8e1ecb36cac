"""A graph made ready to be run many times with other numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeAlias, final

import numpy as np

from chainrule.arrays import Array, ArrayLike, Floats, as_array, format_shape
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.exchange import Exchange
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.machine.fast import loader
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.planning.flat import Numbers, as_list
from chainrule.autodiff.planning.plan import NUMBER
from chainrule.autodiff.reading import downstream_at, gradient_at, value_at
from chainrule.errors import RunError, ShapeError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId

# A vector where all are single numbers; else one array for each, None where there is none.
Results: TypeAlias = Floats | list[Array | None]


@final
class Program:
    """Runs a graph forward and backward for given values of its inputs.

        program = g.program()                 # of all inputs and parameters, in the graph's order
        loss = program.run(numbers)           # one number or array for each of them
        program.gradients()                   # in the same order

    It is the quickest way to run a graph of many gates, since nothing is looked up by name. What
    runs is the graph as it was when the program was made; later changes do not reach it.

    Where all of the graph are single numbers, what it returns is a vector; otherwise a list of
    arrays, with None for what can't be computed. Arrays are good until the next run. All methods
    but `run` raise RunError before the first run and after one that failed.
    """

    def __init__(
        self, graph: GateGraph, passes: Passes, inputs: Sequence[NodeId], *, keep_wires: bool
    ) -> None:
        plan = self._plan = passes.plan
        self.inputs = tuple(inputs)
        self._seed = passes.seed
        self._keeps_wires = keep_wires
        # Copied, since rows find new tenants when the graph changes.
        self._owners = graph.rows.nodes.copy()
        self._has_run = False
        self._inputs: Numbers = plan.flat.slots[[graph.row(name) for name in inputs]]
        self._is_plain = bool((plan.shapes.codes == NUMBER).all())
        self._feed: Callable[[Floats], None] | None = None
        self._adopt(executor_of(plan, keeps_wires=keep_wires, loops=loader.loops))
        self._exchange = Exchange(plan, self._executor)

    def run(self, numbers: Sequence[ArrayLike] | Floats) -> Array:
        """Run both passes for `numbers`, one for each input, and return the value of the output.

        Arrays are read where they are, not copied. Raises RunError if there are too few or too
        many, if they have other shapes than the values in the graph, or if a gate fails with them.
        """
        if len(numbers) != len(self.inputs):
            raise RunError(f"{len(self.inputs)} inputs want as many values, not {len(numbers)}")
        self._has_run = False
        faster = self._exchange.take(self._executor)
        if faster is not None:
            self._adopt(faster)
        if self._feed is None:
            self._feed_each(numbers)
        else:
            self._feed(_vector(numbers))
        failed = self._executor.forward() or self._executor.backward(self._seed)
        for row, sentence in failed.items():
            node = self._owners[row]
            assert node is not None
            raise RunError(f"{node.id}: {sentence}")
        self._has_run = True
        return self.value()

    def value(self) -> Array:
        """Return the value of the output at the last run."""
        self._require_run()
        value = self._executor.value(self._plan.top)
        assert value is not None
        return value

    def gradients(self) -> Results:
        """Return the gradient of each input, in their order."""
        return self._gradients_at(self._inputs)

    def values(self) -> Results:
        """Return the value of each node, in the order of `graph.gates.ids()`."""
        self._require_run()
        if self._is_plain:
            return self._executor.numbers(self._nodes)
        return [value_at(self._plan, self._executor, slot) for slot in as_list(self._nodes)]

    def node_gradients(self) -> Results:
        """Return the gradient of each node, in the order of `graph.gates.ids()`."""
        return self._gradients_at(self._nodes)

    def wire_gradients(self) -> Results:
        """Return what flowed back along each wire, in the order of `graph.gates.wires()`.

        Raises RunError also if the program was told not to keep them.
        """
        if not self._keeps_wires:
            raise RunError("this program keeps no gradients of wires; make one with keep_wires")
        self._require_run()
        if self._is_plain:
            return self._executor.number_downstream(self._wires)
        return [downstream_at(self._plan, self._executor, wire) for wire in as_list(self._wires)]

    def _require_run(self) -> None:
        if not self._has_run:
            raise RunError("there are no numbers of this program yet; call run first")

    def _adopt(self, executor: Executor) -> None:
        self._executor = executor
        self._feed = executor.feeder(self._inputs) if self._is_plain else None

    @cached_property
    def _nodes(self) -> Numbers:
        """The slots of all nodes, in the order of the graph: that of its rows."""
        slots = self._plan.flat.slots
        return slots[slots >= 0]

    @cached_property
    def _wires(self) -> Numbers:
        """The flat wires of all wires of the graph, by target and port, as it lists them."""
        flat = self._plan.flat
        wires = np.sort(flat.wires[flat.wires >= 0])
        return wires[flat.sources[wires] >= 0]

    def _gradients_at(self, slots: Numbers) -> Results:
        self._require_run()
        if self._is_plain:
            return self._executor.number_gradients(slots)
        return [gradient_at(self._plan, self._executor, slot) for slot in as_list(slots)]

    def _feed_each(self, numbers: Sequence[ArrayLike] | Floats) -> None:
        given = [_as_array(*item) for item in zip(self.inputs, numbers, strict=True)]
        for name, slot, value in zip(self.inputs, as_list(self._inputs), given, strict=True):
            shape = self._plan.shapes.of(slot)
            if value.shape != shape:
                raise RunError(
                    f"{name!r} has shape {format_shape(shape or ())} in the graph, and the value "
                    f"given {format_shape(value.shape)}; make them equal"
                )
        for slot, value in zip(as_list(self._inputs), given, strict=True):
            self._executor.set_value(slot, value)


def _as_array(name: NodeId, number: ArrayLike) -> Array:
    """Return what is an array of float64 as it is, and all else as one."""
    if isinstance(number, np.ndarray) and number.dtype == np.float64 and number.ndim > 0:
        return number
    try:
        return as_array(number)
    except ShapeError as error:
        raise RunError(f"the value of {name!r} can't be used: {error}") from None


def _vector(numbers: Sequence[ArrayLike] | Floats) -> Floats:
    """Return numbers as a vector, as it is where it is one already."""
    if isinstance(numbers, np.ndarray) and numbers.dtype == np.float64 and numbers.ndim == 1:
        return numbers
    if set(map(type, numbers)) <= {float, np.float64}:
        return np.array(numbers, np.float64)
    try:
        vector = np.array([float(as_array(each)) for each in numbers])
    except (ShapeError, TypeError) as error:
        raise RunError("the inputs of this graph are single numbers; give one for each") from error
    return vector
