"""The loss over all rows of a table as one graph, with a recipe that trains it as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from chainrule.arrays import Array
from chainrule.errors import TrainingError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.sections import with_section
from chainrule.training.data import prepare_data
from chainrule.training.feeding import Holding
from chainrule.training.recipe_json import SECTION, recipe_json
from chainrule.training.recipes import Recipe
from chainrule.training.tables import DataTable
from chainrule.training.unrolling import unroll


def whole_loss(graph: GateGraph, recipe: Recipe, table: DataTable) -> GateGraph:
    """Return one graph of every gate for every training row, whose output is the mean loss.

    Its recipe trains it without rows; they go on to serve the prediction of the first row's copy.
    Raises TrainingError where the graph is not one for single examples.
    """
    if recipe.holds_data:
        raise TrainingError("the loss holds its data already; there is nothing to put into it")
    data = prepare_data(graph, recipe, table)
    if data.way is not Holding.EXAMPLE:
        raise TrainingError("the inputs hold rows, so the graph is one of all of them already")
    rows = len(data.training)
    fed: Mapping[NodeId, list[Array]] = {
        node: _values(graph, node, numbers) for node, numbers in data.training.fed.items()
    }
    made = unroll(graph, fed, rows, placed=True)
    first = {node: names[0] for node, names in made.copies.items()}
    prediction = None if recipe.prediction is None else first.get(recipe.prediction)
    feeds = {first[node]: feeding for node, feeding in recipe.feeds.items() if node in first}
    held = replace(
        recipe,
        feeds=MappingProxyType(feeds),
        holds_data=True,
        prediction=prediction,
        batch=None,
    )
    title = graph.header.title or "A graph"
    header = replace(
        made.graph.header,
        title=f"{title}, all {rows:,} rows",
        description=f"The mean loss over {rows:,} rows as one graph: every gate stands there once "
        "for each row, and the parameters once for all.",
    )
    made.graph.header = with_section(header, SECTION, recipe_json(held))
    return made.graph


def _values(graph: GateGraph, node: NodeId, rows: np.ndarray) -> list[Array]:
    """Return the value of an input for each row, in its shape."""
    value = graph.node(node).value
    shape = () if value is None else value.shape
    return [np.float64(row[0]) if not shape else row.reshape(shape) for row in rows]
