"""How rows of data get into a graph: decided here, by the shapes of the inputs that are fed.

An input that is fed by k columns (or by one column of k classes as one-hot) holds

    one number            and k = 1     one example
    a vector of k         and k ≥ 2     one example
    n rows of k numbers                 a batch
    a vector of n         and k = 1     a batch (a vector of length 1 is one example)

All inputs must agree. A graph for one example is run for every row, and the loss and the gradients
are the means over the rows: as one graph of all rows, in which equal gates of different rows run as
one stack. A graph for a batch gets all its rows at once, however many rows its inputs hold in the
drawing, and says itself what their loss is. Everything else is refused with a sentence.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from typing import Final, TypeAlias, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import TrainingError
from chainrule.graph.edits import SetHeader, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import downstream_of, require_output, upstream_of
from chainrule.graph.selection import subgraph
from chainrule.training.parameters import Parameters
from chainrule.training.running import Evaluator, require_scalar
from chainrule.training.unrolling import unroll

Fed: TypeAlias = Mapping[NodeId, Floats]
"""What is fed to each input: rows of numbers (n, k)."""

LARGEST_STACK: Final = 20_000
"""How many nodes the graph of several rows may have; more rows are run in several turns."""
_MOST_RUNNERS: Final = 6


@final
class Holding(Enum):
    """What the inputs of a graph hold."""

    EXAMPLE = "one example"
    BATCH = "a batch"


def way_of(shapes: Mapping[NodeId, Shape], widths: Mapping[NodeId, int]) -> Holding:
    """Return what inputs of these shapes hold, given how many numbers a row has for each.

    Raises TrainingError for a shape that can't be fed and for inputs that do not agree.
    """
    ways = {each: _way(each, shapes[each], width) for each, width in widths.items()}
    for way in Holding:
        if all(each is way for each in ways.values()):
            return way
    one, batch = (next(each for each, way in ways.items() if way is wanted) for wanted in Holding)
    raise TrainingError(
        f"{one!r} holds one example and {batch!r} a batch; give both one example, or both rows"
    )


def _way(node: NodeId, shape: Shape, width: int) -> Holding:
    if width == 1 and shape in ((), (1,)):
        return Holding.EXAMPLE
    if width > 1 and shape == (width,):
        return Holding.EXAMPLE
    if (len(shape) == 2 and shape[1] == width) or (len(shape) == 1 and width == 1):
        return Holding.BATCH
    wants = "a number or a vector of rows" if width == 1 else f"({width},) or (rows, {width})"
    columns = "1 number" if width == 1 else f"{width} numbers"
    raise TrainingError(
        f"{node!r} has shape {format_shape(shape)} and gets {columns} a row; give it the shape "
        f"{wants}, or other columns"
    )


class TrainingLoss(ABC):
    """The loss of a graph as a function of its parameters and of rows of data."""

    @abstractmethod
    def gradient(self, weights: Floats, fed: Fed) -> tuple[float, Floats]:
        """Return the loss and its gradient by all weights; raise TrainingError."""

    @abstractmethod
    def value(self, weights: Floats, fed: Fed) -> float:
        """Return the loss alone."""


@final
class HeldLoss(TrainingLoss):
    """The loss of a graph that holds its data: rows are not asked for."""

    def __init__(self, graph: GateGraph, parameters: Parameters) -> None:
        self._parameters = parameters
        self._runner = Evaluator(graph, parameters.ids)
        require_scalar(self._runner, require_output(graph))

    @override
    def gradient(self, weights: Floats, fed: Fed) -> tuple[float, Floats]:
        loss = self.value(weights, fed)
        return loss, gradient_of(self._runner, self._parameters)

    @override
    def value(self, weights: Floats, fed: Fed) -> float:
        return float(self._runner.forward(_leaf_values(self._runner, self._parameters, weights)))


@final
class BatchLoss(TrainingLoss):
    """The loss of a graph whose inputs hold rows."""

    def __init__(self, graph: GateGraph, parameters: Parameters, inputs: tuple[NodeId, ...]):
        self._graph, self._parameters, self._inputs = graph, parameters, inputs
        self._runners: dict[int, Evaluator] = {}

    @override
    def gradient(self, weights: Floats, fed: Fed) -> tuple[float, Floats]:
        runner, loss = self._run(weights, fed)
        return loss, gradient_of(runner, self._parameters)

    @override
    def value(self, weights: Floats, fed: Fed) -> float:
        return self._run(weights, fed)[1]

    def _run(self, weights: Floats, fed: Fed) -> tuple[Evaluator, float]:
        rows = len(next(iter(fed.values())))
        runner = self._runner(rows, fed)
        values = self._parameters.split(weights)
        for each in self._inputs:
            values.append(_row_values(self._graph, each, fed[each]))
        return runner, float(runner.forward(values))

    def _runner(self, rows: int, fed: Fed) -> Evaluator:
        found = self._runners.get(rows)
        if found is None:
            graph = with_rows(self._graph, self._inputs, fed)
            found = Evaluator(graph, (*self._parameters.ids, *self._inputs))
            require_scalar(found, require_output(graph))
            _keep(self._runners, rows, found)
        return found


@final
class ExampleLoss(TrainingLoss):
    """The mean loss of a graph for one example, over all rows.

    Parameters and inputs that the loss does not read are not in the graph of all rows; the gradient
    by such a parameter is 0.
    """

    def __init__(self, graph: GateGraph, parameters: Parameters, inputs: tuple[NodeId, ...]):
        self._graph, self._parameters = graph, parameters
        require_scalar(Evaluator(graph, ()), require_output(graph))
        needed = upstream_of(graph, [require_output(graph)])
        self._inputs = tuple(each for each in inputs if each in needed)
        self._read = [row for row, each in enumerate(parameters.ids) if each in needed]
        self._places = parameters.places(self._read)
        repeated = downstream_of(graph, inputs) & needed
        self._most = max(1, LARGEST_STACK // max(1, len(repeated)))
        self._runners: dict[int, Evaluator] = {}

    @override
    def gradient(self, weights: Floats, fed: Fed) -> tuple[float, Floats]:
        total, sum_ = 0.0, np.zeros_like(weights)
        for share, part in self._parts(fed):
            runner, loss = self._run(weights, part)
            total += share * loss
            sum_[self._places] += share * self._gradient(runner)
        return total, sum_

    @override
    def value(self, weights: Floats, fed: Fed) -> float:
        return sum(share * self._run(weights, part)[1] for share, part in self._parts(fed))

    def _parts(self, fed: Fed) -> list[tuple[float, Fed]]:
        """Return the rows in parts of nearly equal size, with their shares of all."""
        rows = len(next(iter(fed.values())))
        turns = -(-rows // self._most)
        ends = [rows * turn // turns for turn in range(turns + 1)]
        return [
            ((end - start) / rows, {each: part[start:end] for each, part in fed.items()})
            for start, end in pairwise(ends)
        ]

    def _run(self, weights: Floats, fed: Fed) -> tuple[Evaluator, float]:
        rows = len(next(iter(fed.values())))
        runner = self._runner(rows)
        if runner.is_plain:
            columns = [fed[each][:, 0] for each in self._inputs]
            numbers = np.concatenate((weights[self._places], *columns))
            return runner, float(runner.forward(numbers))
        split = self._parameters.split(weights)
        values = [split[row] for row in self._read]
        for each in self._inputs:
            values += _examples(self._graph, each, fed[each])
        return runner, float(runner.forward(values))

    def _runner(self, rows: int) -> Evaluator:
        found = self._runners.get(rows)
        if found is None:
            same = {each: [_value(self._graph, each)] * rows for each in self._inputs}
            unrolled = unroll(self._graph, same, rows)
            names = [name for each in self._inputs for name in unrolled.copies[each]]
            read = [self._parameters.ids[row] for row in self._read]
            found = Evaluator(unrolled.graph, (*read, *names))
            _keep(self._runners, rows, found)
        return found

    def _gradient(self, runner: Evaluator) -> Floats:
        """Return the gradient by the weights that the loss reads, after a run forward."""
        found = runner.backward(len(self._read))
        if isinstance(found, np.ndarray):
            return found
        among: list[Array | None] = [None] * len(self._parameters.ids)
        for row, each in zip(self._read, found, strict=True):
            among[row] = each
        return self._parameters.join(among)[self._places]


@final
class Predictor:
    """The value of a node of a graph for rows of data, forward alone."""

    def __init__(
        self,
        graph: GateGraph,
        node: NodeId,
        parameters: Parameters,
        inputs: tuple[NodeId, ...],
        way: Holding,
    ) -> None:
        before = upstream_of(graph, [node])
        self.inputs = tuple(each for each in inputs if each in before)
        if not self.inputs:
            raise TrainingError(f"{node!r} does not depend on the data; choose a node that does")
        self._way, self._node = way, node
        self._graph = subgraph(graph, [each for each in graph.ids() if each in before])
        SetHeader(replace(self._graph.header, output=node, seed=None)).apply(self._graph)
        self._parameters = parameters
        self._trained = [at for at, each in enumerate(parameters.ids) if each in before]
        self._names = (*(parameters.ids[at] for at in self._trained), *self.inputs)
        self._single = Evaluator(self._graph, self._names)
        self._runners: dict[int, Evaluator] = {}

    def predict(self, weights: Floats, fed: Fed) -> Floats:
        """Return the values of the node, one row for each row of the data (n, k)."""
        rows = len(fed[self.inputs[0]])
        split = self._parameters.split(weights)
        values = [split[at] for at in self._trained]
        if self._way is Holding.BATCH:
            data = [_row_values(self._graph, each, fed[each]) for each in self.inputs]
            return self._shaped(self._runner(fed, rows).forward([*values, *data]), rows)
        if self._single.stacks:
            data = [fed[each][:, 0] for each in self.inputs]
            found = self._runner(fed, rows).forward([*values, *data])
            return np.broadcast_to(found, (rows,)).reshape(rows, 1).copy()
        examples = [_examples(self._graph, each, fed[each]) for each in self.inputs]
        found = [self._single.forward([*values, *row]) for row in zip(*examples, strict=True)]
        return np.array([np.ravel(each) for each in found]).reshape(rows, -1)

    def _runner(self, fed: Fed, rows: int) -> Evaluator:
        found = self._runners.get(rows)
        if found is None:
            graph = subgraph(self._graph, self._graph.ids())
            SetHeader(replace(graph.header, output=self._node)).apply(graph)
            for each in self.inputs:
                value = fed[each][:, 0] if self._way is Holding.EXAMPLE else None
                shaped = _row_values(self._graph, each, fed[each]) if value is None else value
                SetValue(each, shaped).apply(graph)
            found = Evaluator(graph, self._names)
            _keep(self._runners, rows, found)
        return found

    def _shaped(self, found: Array, rows: int) -> Floats:
        if isinstance(found, np.ndarray) and found.ndim in (1, 2) and len(found) == rows:
            return np.array(found).reshape(rows, -1)
        raise TrainingError(
            f"{self._node!r} has shape {format_shape(found.shape)} for {rows} rows; choose a "
            "prediction with one row for each"
        )


def with_rows(graph: GateGraph, inputs: tuple[NodeId, ...], fed: Fed) -> GateGraph:
    """Return a copy of a graph whose inputs hold the rows that are fed."""
    made = subgraph(graph, graph.ids())
    made.header = graph.header
    for each in inputs:
        SetValue(each, _row_values(graph, each, fed[each])).apply(made)
    return made


def gradient_of(runner: Evaluator, parameters: Parameters) -> Floats:
    """Return the gradient by all parameters, which are a runner's first leaves, as a vector."""
    found = runner.backward(len(parameters.ids))
    if isinstance(found, np.ndarray):
        return np.array(found)  # the runner's own memory is written anew at the next run
    return parameters.join(found)


def _leaf_values(
    runner: Evaluator, parameters: Parameters, weights: Floats
) -> list[Array] | Floats:
    return weights if runner.is_plain else parameters.split(weights)


def _row_values(graph: GateGraph, node: NodeId, rows: Floats) -> Array:
    """Return rows in the shape in which the input of a batch gets them."""
    shape = _value(graph, node).shape
    return np.ascontiguousarray(rows[:, 0] if len(shape) == 1 else rows)


def _examples(graph: GateGraph, node: NodeId, rows: Floats) -> list[Array]:
    """Return the value of an input for each row."""
    shape = _value(graph, node).shape
    return [row.reshape(shape) if shape else row[0] for row in rows]


def _value(graph: GateGraph, node: NodeId) -> Array:
    value = graph.node(node).value
    if value is None:
        raise TrainingError(f"{node!r} computes its value; data feeds inputs")
    return value


def _keep(runners: dict[int, Evaluator], rows: int, made: Evaluator) -> None:
    """Keep a runner for so many rows, and forget the oldest of many."""
    runners[rows] = made
    if len(runners) > _MOST_RUNNERS:
        del runners[next(iter(runners))]
