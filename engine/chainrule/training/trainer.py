"""Gradient descent on a graph, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats, as_array
from chainrule.computation.graph import Graph
from chainrule.errors import DivergenceError, TrainingError
from chainrule.graph.edits import Batch, Edit, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.selection import subgraph
from chainrule.training.data import DataPart, prepare_data
from chainrule.training.feeding import (
    BatchLoss,
    ExampleLoss,
    Fed,
    HeldLoss,
    Holding,
    Predictor,
    TrainingLoss,
)
from chainrule.training.metrics import Decision, accuracy
from chainrule.training.parameters import Parameters
from chainrule.training.progress import Evaluation, TrainingProgress
from chainrule.training.recipes import LARGEST_LOSS, Recipe
from chainrule.training.sources import load
from chainrule.training.splitting import endless
from chainrule.training.tables import DataTable
from chainrule.training.trail import Trail


@final
class Trainer:
    """Trains the parameters of a graph so that its output, the loss, becomes small.

        trainer = Trainer(graph, Recipe(optimiser=Adam(), source=Generated("moons"), feeds=…))
        for progress in trainer.run(200):
            print(progress.loss)
        trainer.write_back(graph)

    It works on a copy of the graph, so that it may run in any thread; weights come back by
    `edit` or `write_back`. `table` stands in for the rows of the recipe's source; `folder` is where
    its paths begin. Without `copies` the graph is the trainer's own, which nobody else changes.
    Raises TrainingError where the graph can't be trained like that.
    """

    def __init__(
        self,
        graph: GateGraph | Graph,
        recipe: Recipe,
        table: DataTable | None = None,
        folder: Path | None = None,
        *,
        copies: bool = True,
    ) -> None:
        gates = graph.gates if isinstance(graph, Graph) else graph
        self._graph = gates
        if copies:
            self._graph = subgraph(gates, gates.ids())
            self._graph.header = gates.header
        self.recipe = recipe
        self.parameters = Parameters(self._graph)
        if table is None and recipe.source is not None:
            table = load(recipe.source, folder)
        self.data = None if table is None else prepare_data(self._graph, recipe, table)
        self._loss = self._make_loss()
        self.predictor = self._make_predictor()
        self._start = self.parameters.initial
        self._begin()

    def _begin(self) -> None:
        self.weights = self._start
        self.step_number = 0
        self._rule = type(self.recipe.optimiser)
        self._memory = self.recipe.optimiser.start(self.parameters.size)
        rows = 1 if self.data is None else len(self.data.training)
        batch = self.recipe.batch if self.recipe.feeds_loss else None
        self._batches = endless(rows, batch, self.recipe.seed)
        self.trail = Trail(self.parameters.size)
        self.trail.add(0, self.weights)

    def step(self) -> TrainingProgress:
        """Make one step; raise DivergenceError and stay where it was if that leads nowhere."""
        epoch, batch = next(self._batches)
        recipe = self.recipe
        before, number = self.weights, self.step_number + 1
        factor = recipe.schedule.factor(self.step_number)
        rate = recipe.optimiser.learning_rate * factor
        if self._rule is not type(recipe.optimiser):
            self._rule = type(recipe.optimiser)
            self._memory = recipe.optimiser.start(self.parameters.size)
        with np.errstate(all="ignore"):
            fed: Fed = {} if self.data is None else self.data.training.take(batch)
            loss, gradient = self._loss.gradient(before, fed)
            clipped = recipe.clipping.clip(gradient)
            after, memory = recipe.optimiser.step(before, clipped, self._memory, factor)
            self._check(loss, after, number, rate)
            norms = self.parameters.norms(gradient)
            ratios = self.parameters.norms(after - before) / self.parameters.norms(before)
        self.weights, self._memory, self.step_number = after, memory, number
        self.trail.add(number, after)
        size = float(np.linalg.norm(gradient))
        is_clipped = clipped is not gradient and not np.array_equal(clipped, gradient)
        return TrainingProgress(number, epoch, loss, rate, size, is_clipped, norms, ratios)

    def run(self, steps: int) -> Iterator[TrainingProgress]:
        """Make so many steps, and yield what is known after each; raise DivergenceError."""
        for _ in range(steps):
            yield self.step()

    def reset(self) -> None:
        """Go back to the weights at the start, as if no step had been made."""
        self._begin()

    def surveyor(self) -> Trainer:
        """Return another trainer at the same weights, to look around with in another thread."""
        table = None if self.data is None else self.data.table
        made = Trainer(self._graph, self.recipe, table, copies=False)
        made.weights = self.weights
        return made

    def retune(self, recipe: Recipe) -> None:
        """Go on with another rule, schedule or clipping; the rest of the recipe must be equal.

        Another rule begins with an empty memory, at the next step.
        """
        self.recipe = recipe  # nothing else: another thread may be making a step

    def can_move_to(self, values: Mapping[NodeId, Array]) -> bool:
        """Say whether these are all parameters, with values of their shapes."""
        shapes = dict(zip(self.parameters.ids, self.parameters.shapes, strict=True))
        return all(shapes.get(name) == value.shape for name, value in values.items())

    def move_to(self, values: Mapping[NodeId, Array]) -> None:
        """Go on from other values of parameters, of the same shapes, with the memory as it is."""
        split = self.parameters.split(self.weights)
        pairs = zip(self.parameters.ids, split, strict=True)
        self.weights = self.parameters.join([values.get(name, value) for name, value in pairs])

    def loss(self, weights: Floats | None = None, part: DataPart | None = None) -> float:
        """Return the loss on all rows that train, or on a part, at the weights or at others."""
        at = self.weights if weights is None else weights
        fed: Fed = {}
        if self.data is not None:
            fed = (self.data.training if part is None else part).fed
        with np.errstate(all="ignore"):
            return self._loss.value(at, fed)

    def evaluate(self) -> Evaluation:
        """Return losses and accuracies on the rows that train and on those that test."""
        data, nan = self.data, float("nan")
        losses = [self.loss(), nan]
        accuracies = [nan, nan]
        if data is not None:
            if len(data.testing) and self.recipe.feeds_loss:
                losses[1] = self.loss(part=data.testing)
            accuracies = [self._accuracy(part) for part in (data.training, data.testing)]
        return Evaluation(self.step_number, *losses, *accuracies)

    @property
    def has_accuracy(self) -> bool:
        """Whether predictions can be told right from wrong."""
        decides = self.recipe.decision is not Decision.NONE
        return self.predictor is not None and decides and self._has_classes

    @property
    def values(self) -> dict[NodeId, Array]:
        """The values of the parameters as they are now."""
        split = self.parameters.split(self.weights)
        pairs = zip(self.parameters.ids, split, strict=True)
        return {name: as_array(value) for name, value in pairs}

    def edit(self) -> Edit:
        """Return the edit that gives the graph the weights as they are now."""
        return Batch(tuple(SetValue(name, value) for name, value in self.values.items()))

    def write_back(self, graph: Graph) -> None:
        """Give the parameters of a graph the weights as they are now."""
        graph.apply(self.edit())

    @property
    def _has_classes(self) -> bool:
        return self.data is not None and len(self.data.training.classes) > 0

    def _accuracy(self, part: DataPart) -> float:
        if not self.has_accuracy or not len(part):
            return float("nan")
        assert self.predictor is not None
        with np.errstate(all="ignore"):
            predictions = self.predictor.predict(self.weights, part.fed)
        return accuracy(predictions, part.classes, self.recipe.decision)

    def _make_loss(self) -> TrainingLoss:
        if self.data is None or not self.recipe.feeds_loss:
            return HeldLoss(self._graph, self.parameters)
        if self.data.way is Holding.BATCH:
            return BatchLoss(self._graph, self.parameters, self.data.inputs)
        return ExampleLoss(self._graph, self.parameters, self.data.inputs)

    def _make_predictor(self) -> Predictor | None:
        node, data = self.recipe.prediction, self.data
        if node is None or data is None:
            return None
        if node not in self._graph:
            raise TrainingError(f"there is no node {node!r} to predict with; choose another")
        return Predictor(self._graph, node, self.parameters, data.inputs, data.way)

    def _check(self, loss: float, weights: Floats, number: int, rate: float) -> None:
        # The loss is that which the steps before this one have led to.
        when = f"after step {number - 1:,}" if number > 1 else "before the first step"
        remedy = f"lower the learning rate, which is {rate:.3g}, or clip the gradient"
        if not np.isfinite(loss):
            raise DivergenceError(f"the loss is {loss} {when}; {remedy}")
        if abs(loss) > LARGEST_LOSS:
            size = f"{loss:.4g}".replace("e+", "e")
            raise DivergenceError(f"the loss has grown to {size} {when}; {remedy}")
        if not np.isfinite(weights).all():
            at = int(np.flatnonzero(~np.isfinite(weights))[0])
            name = self.parameters.at(at)[0]
            raise DivergenceError(f"{name} would not be finite after step {number:,}; {remedy}")
