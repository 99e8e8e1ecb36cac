"""The parameters of a graph as one vector, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats, Shape
from chainrule.errors import TrainingError
from chainrule.gates.leaf import Parameter
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.training.splitting import Indices


@final
class Parameters:
    """The nodes that are trained, in the order of the graph; all their numbers are one vector."""

    def __init__(self, graph: GateGraph) -> None:
        nodes = [node for node in graph if isinstance(node.kind, Parameter)]
        if not nodes:
            raise TrainingError("the graph has no parameter to train; make a leaf a parameter")
        values = [node.value for node in nodes if node.value is not None]
        self.ids: tuple[NodeId, ...] = tuple(node.id for node in nodes)
        self.shapes: tuple[Shape, ...] = tuple(value.shape for value in values)
        self._ends = np.cumsum([value.size for value in values])
        self.starts: Indices = np.concatenate(([0], self._ends[:-1])).astype(np.intp)
        self.all_numbers = not any(self.shapes)
        self.initial = self.join(values)

    @property
    def size(self) -> int:
        """How many numbers there are in all."""
        return int(self._ends[-1])

    def fits(self, other: Parameters) -> bool:
        """Say whether the places of the vector stand for the same numbers as in another one."""
        return self.ids == other.ids and self.shapes == other.shapes

    def count(self, row: int) -> int:
        """Return how many numbers a parameter has."""
        return int(self._ends[row] - self.starts[row])

    def places(self, rows: Sequence[int]) -> Indices:
        """Return where in the vector the numbers of some parameters stand, one after the other."""
        every = np.arange(self.size, dtype=np.intp)
        parts = [every[self.starts[row] : self._ends[row]] for row in rows]
        return np.concatenate((every[:0], *parts))

    def at(self, place: int) -> tuple[NodeId, tuple[int, ...]]:
        """Return which number of which parameter stands at a place of the vector."""
        row = int(np.searchsorted(self._ends, place, "right"))
        inside = place - int(self.starts[row])
        return self.ids[row], tuple(
            int(each) for each in np.unravel_index(inside, self.shapes[row])
        )

    def place(self, node: NodeId, index: tuple[int, ...]) -> int:
        """Return where in the vector a number of a parameter stands; raise TrainingError."""
        try:
            row = self.ids.index(node)
            inside = int(np.ravel_multi_index(index, self.shapes[row])) if index else 0
        except ValueError:
            shown = f"{node}[{', '.join(map(str, index))}]" if index else node
            raise TrainingError(f"there is no parameter {shown} in this graph") from None
        return int(self.starts[row]) + inside

    def join(self, values: Iterable[Array | None]) -> Floats:
        """Return the numbers of all parameters as a vector; a gradient that is None is 0."""
        parts = [
            np.zeros(shape).ravel() if value is None else np.ravel(value)
            for value, shape in zip(values, self.shapes, strict=True)
        ]
        return np.concatenate(parts)

    def split(self, vector: Floats) -> list[Array]:
        """Return the values of the parameters; they share the memory of the vector."""
        if self.all_numbers:
            return [*vector]
        parts = np.split(vector, self._ends[:-1])
        return [
            part.reshape(shape) if shape else part[0]
            for part, shape in zip(parts, self.shapes, strict=True)
        ]

    def norms(self, vector: Floats) -> Floats:
        """Return the Euclidean norm of each parameter's part of a vector."""
        return np.sqrt(np.add.reduceat(vector * vector, self.starts))
