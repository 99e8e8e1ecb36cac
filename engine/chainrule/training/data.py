"""The rows of a table, split and encoded for the inputs of one graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Floats
from chainrule.errors import TrainingError
from chainrule.gates.leaf import Input
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.training.encoding import Encoder, encoder_for, is_class_column
from chainrule.training.feeding import Fed, Holding, way_of
from chainrule.training.recipes import Recipe
from chainrule.training.splitting import Indices, split
from chainrule.training.tables import DataTable


@final
@dataclass(frozen=True, slots=True, eq=False)
class DataPart:
    """Some rows: where in the table they stand, what feeds each input, and which class is right.

    Without a label there are no classes.
    """

    rows: Indices
    fed: Fed
    classes: npt.NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, places: Indices) -> Fed:
        """Return what feeds the inputs in a batch of these rows."""
        if len(places) == len(self.rows):
            return self.fed  # all of them are in their order
        return {each: numbers[places] for each, numbers in self.fed.items()}


@final
@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """The rows that train and those that test, and how others are encoded like them."""

    table: DataTable
    way: Holding
    training: DataPart
    testing: DataPart
    encoders: Mapping[NodeId, Encoder]
    recipe: Recipe

    @property
    def inputs(self) -> tuple[NodeId, ...]:
        """The inputs that are fed, in the order of the recipe."""
        return tuple(self.recipe.feeds)

    @property
    def features(self) -> tuple[str, ...]:
        """The columns that are fed, without the label."""
        found = [each for feeding in self.recipe.feeds.values() for each in feeding.columns]
        return tuple(each for each in dict.fromkeys(found) if each != self.recipe.label)

    def feed(self, columns: Mapping[str, Floats]) -> Fed:
        """Return what feeds the inputs for other rows, given column by column."""
        return {
            each: self.encoders[each].encode(
                np.stack([columns[name] for name in feeding.columns], axis=1)
            )
            for each, feeding in self.recipe.feeds.items()
        }


def prepare_data(graph: GateGraph, recipe: Recipe, table: DataTable) -> Data:
    """Return the rows of a table for a graph; raise TrainingError where they don't fit."""
    if not recipe.feeds:
        raise TrainingError("no column feeds an input of the graph; choose which does")
    rows_in, rows_out = split(len(table), recipe.test_share, recipe.seed)
    encoders: dict[NodeId, Encoder] = {}
    encoded: dict[NodeId, Floats] = {}
    for each, feeding in recipe.feeds.items():
        _check_input(graph, each)
        encoders[each] = encoder_for(table, feeding, rows_in)
        encoded[each] = encoders[each].encode(table.take(feeding.columns))
    widths = {each: numbers.shape[1] for each, numbers in encoded.items()}
    shapes = {
        each: value.shape for each in encoded if (value := graph.node(each).value) is not None
    }
    way = way_of(shapes, widths)
    classes = _classes(table, recipe)

    def part(rows: Indices) -> DataPart:
        fed = {each: np.ascontiguousarray(numbers[rows]) for each, numbers in encoded.items()}
        return DataPart(rows, fed, classes[rows] if len(classes) else classes)

    return Data(table, way, part(rows_in), part(rows_out), encoders, recipe)


def _check_input(graph: GateGraph, node: NodeId) -> None:
    if node not in graph:
        raise TrainingError(f"there is no node {node!r} in this graph; choose which input is fed")
    if not isinstance(graph.node(node).kind, Input):
        raise TrainingError(f"{node!r} is no input; data feeds inputs only")


def _classes(table: DataTable, recipe: Recipe) -> npt.NDArray[np.intp]:
    if recipe.label is None:
        return np.empty(0, np.intp)
    numbers = table.column(recipe.label)
    if not is_class_column(table, recipe.label):
        return np.empty(0, np.intp)
    return numbers.astype(np.intp)
