"""Second derivatives of a graph's output: exact, by running the backward pass on dual numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array, ArrayLike, Floats, Shape, as_array, format_shape, unbroadcast
from chainrule.autodiff.forward_mode import paired, push_forward
from chainrule.autodiff.jacobian.path import Step, Values, Way, collect_steps
from chainrule.autodiff.newton import NewtonDirection, solve_newton
from chainrule.autodiff.passes import Passes
from chainrule.errors import RunError
from chainrule.gates.dual import Dual
from chainrule.gates.leaf import Leaf
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import require_output

# Of how many numbers the whole Hessian is formed: 2,048 squared are 32 MB.
LARGEST: Final = 2048
# Hears how much is done, and of how much.
Report: TypeAlias = Callable[[int, int], None]


@final
class Hessian:
    """The second derivatives of the output, a single number, by some leaves of a graph.

        h = hessian(graph, passes, ["W", "b"])
        h.times({"W": V})               # H v: one pass forward and one backward on dual numbers
        h.block("W", "b")               # ∂²L/∂W∂b, of shape (W…, b…)
        h.dense()                       # all blocks, the leaves flat and one behind the other
        h.newton_direction()            # d with H d = −g

    A leaf's gradient is what the backward pass makes of the values of all gates. Moving the leaves
    in the direction v moves these by forward mode; the same backward pass on dual numbers says how
    the gradient moves: H v, without a difference quotient. The values are those of the last run.
    """

    def __init__(self, leaves: Mapping[NodeId, Array], way: Way, seed: Array) -> None:
        self.names = tuple(leaves)
        self.shapes: tuple[Shape, ...] = tuple(each.shape for each in leaves.values())
        self.size = sum(each.size for each in leaves.values())
        self._way, self._seed = way, seed
        self._matrix: Floats | None = None

    @cached_property
    def gradient(self) -> dict[NodeId, Array]:
        """The first derivatives, which come along."""
        still = [None] * len(self.names)
        return {name: each.value for name, each in zip(self.names, self._moved(still), strict=True)}

    def times(self, vector: Mapping[NodeId, ArrayLike]) -> dict[NodeId, Array]:
        """Return H v, by leaf; `vector` has v by leaf, zeros for those that it leaves out.

        Raises RunError for what is no leaf of this Hessian or has another shape than its value.
        """
        tangents: list[Array | None] = [None] * len(self.names)
        for name, given in vector.items():
            if name not in self.names:
                raise RunError(f"{name!r} is none of {', '.join(self.names)}; leave it out")
            number, value = self.names.index(name), as_array(given)
            if value.shape != self.shapes[number]:
                raise RunError(
                    f"the vector of {name!r} has shape {format_shape(value.shape)} and its value "
                    f"{format_shape(self.shapes[number])}; make them equal"
                )
            tangents[number] = value
        moved = self._moved(tangents)
        return {name: each.tangent for name, each in zip(self.names, moved, strict=True)}

    def dense(self) -> Floats:
        """Return the matrix of all second derivatives; raise RunError beyond 2,048 numbers."""
        return self._formed.copy()

    def entry(self, row: int, column: int) -> float:
        """Return one second derivative; the numbers of all leaves count on from leaf to leaf."""
        return float(self._formed[row, column])

    def block(self, row: NodeId, column: NodeId) -> Array:
        """Return ∂²L/∂row∂column, of the shape of `row` and then that of `column`."""
        (i, first), (j, second) = (self._place(each) for each in (row, column))
        found = self._formed[first, second]
        return cast(Array, found.reshape((*self.shapes[i], *self.shapes[j]))[()])

    @property
    def asymmetry(self) -> float:
        """The largest difference of mirrored entries over the largest entry: rounding, or a fault.

        It is 0 where all entries are.
        """
        formed = self._formed
        largest = float(np.abs(formed).max(initial=0.0))
        return float(np.abs(formed - formed.T).max(initial=0.0)) / largest if largest else 0.0

    def newton_direction(self) -> NewtonDirection:
        """Return d with H d = −g, and what is to be known of it: where it leads, if H is singular.

        Raises RunError where H is too large to be formed or not finite.
        """
        flat = np.concatenate([np.ravel(self.gradient[name]) for name in self.names])
        return solve_newton(self._formed, flat, self._split)

    def form(self, report: Report | None = None) -> None:
        """Form the matrix now, column by column, each of which is reported: how many, of how many.

        `report` may end it by raising. Raises RunError beyond 2,048 numbers.
        """
        self.require_formable()
        if self._matrix is None:
            self._matrix = self._columns(report or _tell_nobody)

    def require_formable(self) -> None:
        """Raise RunError where the matrix is too large to be formed."""
        if self.size > LARGEST:
            raise RunError(
                f"the Hessian of {self.size:,} numbers would have {self.size**2:,} entries; ask "
                f"for its product with a vector, or for leaves of at most {LARGEST:,} numbers"
            )

    @property
    def _formed(self) -> Floats:
        self.form()
        return cast(Floats, self._matrix)

    def _columns(self, report: Report) -> Floats:
        columns = np.zeros((self.size, self.size))
        for number in range(self.size):
            report(number, self.size)
            unit = np.zeros(self.size)
            unit[number] = 1.0
            moved = self._moved([*self._split(unit).values()])
            columns[:, number] = np.concatenate([np.ravel(each.tangent) for each in moved])
        return columns

    def _split(self, flat: Floats) -> dict[NodeId, Array]:
        """Cut a vector of all numbers into one array for each leaf."""
        ends = np.cumsum([math.prod(shape) for shape in self.shapes])[:-1]
        pieces = zip(self.names, np.split(flat, ends), self.shapes, strict=True)
        return {name: cast(Array, each.reshape(shape)[()]) for name, each, shape in pieces}

    def _place(self, name: NodeId) -> tuple[int, slice]:
        if name not in self.names:
            raise RunError(f"{name!r} is none of {', '.join(self.names)}; choose one of them")
        number = self.names.index(name)
        start = sum(math.prod(each) for each in self.shapes[:number])
        return number, slice(start, start + math.prod(self.shapes[number]))

    def _moved(self, tangents: Sequence[Array | None]) -> list[Dual]:
        """Return the gradients of the leaves as dual numbers, with the leaves so moved."""
        with np.errstate(all="ignore"):
            moving = _forward(self._way.steps, tangents)
            arrived = _backward(self._way, moving, self._seed)
        still = (Dual(np.zeros(shape)[()], np.zeros(shape)[()]) for shape in self.shapes)
        return [
            nothing if each is None else each
            for nothing, each in zip(still, arrived[: len(self.shapes)], strict=True)
        ]


def hessian(graph: GateGraph, passes: Passes, leaves: Sequence[NodeId] | None = None) -> Hessian:
    """Return the Hessian of the output by `leaves`, by default all inputs and parameters.

    Nothing is computed before it is asked for. Raises UnknownNodeError, and RunError if it isn't
    clear which node is the output, if that is no single number or has no value, or for what is no
    leaf with a value.
    """
    output = require_output(graph)
    shape = passes.shape(output)
    if shape is None:
        raise RunError(f"the output {output!r} has no value; see what is open before it")
    if math.prod(shape) != 1:
        raise RunError(
            f"the output {output!r} has shape {format_shape(shape)}, but second derivatives are "
            "those of a single number; sum it up first"
        )
    names = tuple(_checked_leaves(graph) if leaves is None else dict.fromkeys(leaves))
    if not names:
        raise RunError("there is no leaf to differentiate by; name at least one")
    for name in names:
        node = graph.node(name)
        if not isinstance(node.kind, Leaf) or node.value is None:
            raise RunError(f"{name!r} is no leaf with a value; choose an input or a parameter")
    flat, values = passes.plan.flat, Values(passes.plan, passes.executor)
    slots = [int(flat.slots[graph.row(name)]) for name in names]
    top = int(flat.slots[graph.row(output)])
    way = collect_steps(passes.plan, values, slots, top)
    return Hessian(dict(zip(names, map(values.at, slots), strict=True)), way, passes.seed)


def _tell_nobody(_: int, __: int) -> None:
    pass


def _checked_leaves(graph: GateGraph) -> list[NodeId]:
    return [
        node.id
        for node in graph
        if isinstance(node.kind, Leaf) and node.kind.checked and node.value is not None
    ]


def _forward(steps: Sequence[Step], tangents: Sequence[Array | None]) -> list[Array | None]:
    """Return the tangents of all places; None for what does not move."""
    moving = list(tangents)
    for step in steps:
        given = [None if place is None else moving[place] for place in step.feeds]
        still = all(each is None for each in given)
        moving.append(None if still else push_forward(step.gate, step.inputs, step.output, given))
    return moving


def _backward(way: Way, moving: Sequence[Array | None], seed: Array) -> list[Dual | None]:
    """Return the gradients of all places as dual numbers; None where nothing arrives."""
    steps, first = way.steps, len(moving) - len(way.steps)
    gradients: list[Dual | None] = [None] * len(moving)
    if way.top is not None:
        gradients[way.top] = Dual(seed, np.zeros(seed.shape)[()])
    for number in range(len(steps) - 1, -1, -1):
        step, arriving = steps[number], gradients[first + number]
        if arriving is None:
            continue
        given = [None if place is None else moving[place] for place in step.feeds]
        pairs = paired((step.output, *step.inputs), (moving[first + number], *given))
        downstream: Sequence[Any] = step.gate.backward(cast(Any, arriving), *pairs)
        for place, gradient, source in zip(step.feeds, downstream, step.inputs, strict=True):
            if place is not None:
                before, part = gradients[place], _fitted(gradient, source.shape)
                gradients[place] = part if before is None else cast(Any, before) + part
    return gradients


def _fitted(gradient: Any, shape: Shape) -> Dual:
    """Return a gradient as a dual number of the shape of its input."""
    summed: Any = unbroadcast(gradient, shape)
    return summed if isinstance(summed, Dual) else Dual(summed, np.zeros(shape)[()])
