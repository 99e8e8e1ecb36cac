"""Another formula for the graph that is open: all gates anew, as one undo step."""

from __future__ import annotations

from dataclasses import replace

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.expression.formula import graph_from_formula
from chainrule.gates.leaf import Constant
from chainrule.graph.edits import AddNodes, Batch, Edit, RemoveNodes, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule_desktop.document.document import Document


def rewrite(document: Document, text: str) -> None:
    """Replace all nodes by those of a formula; leaves that stay by name keep kind and value.

    Raises ExpressionError, and changes nothing, for a text that is no formula.
    """
    graph = document.graph
    new = graph_from_formula(text, definitions=graph.definitions)
    values = _kept_values(graph, new)
    if values:
        new = graph_from_formula(text, values, graph.definitions)
    arrange(new, Passes(new)).apply(new)
    document.apply(_replacement(graph, new), "Enter formula")


def _kept_values(old: GateGraph, new: GateGraph) -> dict[NodeId, Array]:
    kept: dict[NodeId, Array] = {}
    for node in new:
        value = old.node(node.id).value if node.id in old else None
        # The value of a constant stands in the formula itself.
        if node.is_leaf and value is not None and not isinstance(node.kind, Constant):
            kept[node.id] = value
    return kept


def _replacement(old: GateGraph, new: GateGraph) -> Edit:
    nodes = tuple(
        replace(node, kind=old.node(node.id).kind, label=old.node(node.id).label)
        if node.is_leaf and node.id in old and old.node(node.id).is_leaf
        else node
        for node in new
    )
    return Batch(
        (
            RemoveNodes(tuple(old.ids())),
            AddNodes(nodes, tuple(new.wires())),
            SetHeader(replace(old.header, output=new.header.output, seed=None)),
        )
    )
