"""Which columns probably feed which inputs, so that a graph need not be mapped by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from chainrule.gates.leaf import Input
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId
from chainrule.graph.queries import output_of, upstream_of
from chainrule.training.encoding import Encoding, Feeding, count_classes, is_class_column
from chainrule.training.metrics import Decision
from chainrule.training.recipes import Recipe
from chainrule.training.tables import DataTable


def label_of(table: DataTable) -> str | None:
    """Return the column that is probably to be predicted: classes of words, else the last one."""
    if table.classes:
        return next(iter(table.classes))
    return table.columns[-1] if len(table.columns) > 1 else None


def suggested_feeds(graph: GateGraph, table: DataTable) -> Mapping[NodeId, Feeding]:
    """Return which columns feed which inputs, as far as names and shapes tell.

    A column feeds the input of its name. What is left of the features goes to an input with as many
    places in a row, or one by one to inputs of single numbers; the label to one that is left.
    """
    output = output_of(graph)
    before = set[NodeId]() if output is None else upstream_of(graph, [output])
    inputs = [node for node in graph if isinstance(node.kind, Input) and node.id in before]
    label = label_of(table)
    features = [each for each in table.columns if each != label and each not in table.classes]
    found: dict[NodeId, Feeding] = {}
    for node in inputs:
        if node.id in table.columns and _width(node) == 1:
            found[node.id] = Feeding((node.id,))
    left = [node for node in inputs if node.id not in found]
    taken = {name for feeding in found.values() for name in feeding.columns}
    free = [each for each in features if each not in taken]
    for node in [*left]:
        if free and len(free) > 1 and _width(node) == len(free):
            found[node.id] = Feeding(tuple(free))
            left.remove(node)
            free = []
    for node, name in zip([each for each in left if _width(each) == 1], free, strict=False):
        found[node.id] = Feeding((name,))
        left.remove(node)
    if label is not None and label not in taken and left:
        found[left[0].id] = _label_feeding(table, label, left[0])
    return MappingProxyType(found)


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
    return replace(recipe, feeds=MappingProxyType({**feeds}), label=label, decision=decision)


def _label_feeding(table: DataTable, label: str, node: Node) -> Feeding:
    if is_class_column(table, label) and _width(node) == count_classes(table, label) > 1:
        return Feeding((label,), Encoding.ONE_HOT)
    return Feeding((label,))


def _width(node: Node) -> int:
    """Return how many numbers an input takes of a row, if it holds a batch or a single number."""
    shape: Sequence[int] = () if node.value is None else node.value.shape
    return shape[1] if len(shape) == 2 else 1
