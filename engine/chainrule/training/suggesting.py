"""Which columns probably feed which inputs, so that a graph need not be mapped by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from chainrule.gates.leaf import Input
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId
from chainrule.graph.queries import output_of, upstream_of
from chainrule.training.encoding import Encoding, Feeding, count_classes, is_class_column
from chainrule.training.metrics import Decision
from chainrule.training.recipes import Recipe
from chainrule.training.tables import DataTable

_FAR: Final = 10.0
_PREDICTIONS: Final = ("score", "scores", "logits", "prediction", "guess", "y_hat")
"""What people call the node that predicts."""


def label_of(table: DataTable) -> str | None:
    """Return the column that is probably to be predicted: classes of words, else the last one."""
    if table.classes:
        return next(iter(table.classes))
    return table.columns[-1] if len(table.columns) > 1 else None


def suggested_feeds(graph: GateGraph, table: DataTable) -> Mapping[NodeId, Feeding]:
    """Return which columns feed which inputs, as far as names and shapes tell.

    A column feeds the input of its name. Features that are left go to inputs with several places in
    a row, then one by one to inputs of single numbers, the last of which gets the label. Features
    that are far from 0 or far apart are scaled.
    """
    output = output_of(graph)
    before = set[NodeId]() if output is None else upstream_of(graph, [output])
    inputs = [node for node in graph if isinstance(node.kind, Input) and node.id in before]
    label = label_of(table)
    found: dict[NodeId, Feeding] = {}
    for node in inputs:
        if node.id in table.columns and _width(node) == 1:
            found[node.id] = _feeding(table, (node.id,), label)
    taken = {name for feeding in found.values() for name in feeding.columns}
    free = [each for each in table.columns if each not in taken and each not in table.classes]
    free = [each for each in free if each != label]
    left = [node for node in inputs if node.id not in found]
    for node in [each for each in left if 1 < _width(each) <= len(free)]:
        width = _width(node)
        found[node.id] = _feeding(table, tuple(free[:width]), label)
        free = free[width:]
        left.remove(node)
    singles = [node for node in left if _width(node) == 1]
    if label is not None and label not in taken and left:
        last = singles.pop() if singles else left[-1]
        found[last.id] = _label_feeding(table, label, last)
    for node, name in zip(singles, free, strict=False):
        found[node.id] = _feeding(table, (name,), label)
    return MappingProxyType({node.id: found[node.id] for node in inputs if node.id in found})


def with_suggestions(recipe: Recipe, graph: GateGraph, table: DataTable) -> Recipe:
    """Return a recipe for other rows: what it says of columns is kept as far as they exist."""
    columns = set(table.columns)
    kept = {
        node: feeding
        for node, feeding in recipe.feeds.items()
        if node in graph and columns.issuperset(feeding.columns)
    }
    feeds = kept if kept and len(kept) == len(recipe.feeds) else suggested_feeds(graph, table)
    label = recipe.label if recipe.label in columns else label_of(table)
    has_classes = label is not None and is_class_column(table, label)
    decision = recipe.decision
    if not has_classes:
        decision = Decision.NONE
    elif decision is Decision.NONE and label is not None and label != recipe.label:
        two = count_classes(table, label) <= 2
        decision = Decision.SIGN if two else Decision.ARGMAX
    prediction = recipe.prediction
    if prediction is None:
        prediction = next((name for name in _PREDICTIONS if name in graph), None)
    return replace(
        recipe,
        feeds=MappingProxyType({**feeds}),
        label=label,
        decision=decision,
        prediction=prediction,
    )


def _label_feeding(table: DataTable, label: str, node: Node) -> Feeding:
    if is_class_column(table, label) and _width(node) == count_classes(table, label) > 1:
        return Feeding((label,), Encoding.ONE_HOT)
    return Feeding((label,))


def _feeding(table: DataTable, columns: tuple[str, ...], label: str | None) -> Feeding:
    """Return columns as they are, or scaled where they are far from what networks start with."""
    numbers = table.take(columns)
    far = bool((np.abs(numbers.mean(axis=0)) > _FAR).any() or (numbers.std(axis=0) > _FAR).any())
    scales = far and label not in columns
    return Feeding(columns, Encoding.SCALED if scales else Encoding.NUMBER)


def _width(node: Node) -> int:
    """Return how many numbers an input takes of a row, if it holds a batch or a single number."""
    shape: Sequence[int] = () if node.value is None else node.value.shape
    return shape[1] if len(shape) == 2 else 1
