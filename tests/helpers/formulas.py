"""Graphs as short lines of text, to compare what formulas become."""

from __future__ import annotations

from chainrule.gates.leaf import Leaf
from chainrule.graph.composites import kind_name
from chainrule.graph.graph import GateGraph


def gates_of(graph: GateGraph) -> list[str]:
    """Return each gate as `id = gate(inputs; parameters)`, in the order of the graph."""
    lines: list[str] = []
    for node in graph:
        if not isinstance(node.kind, Leaf):
            inputs = ", ".join(str(each) for each in graph.inputs(node.id))
            settings = ", ".join(f"{name}={value}" for name, value in node.kind.settings().items())
            arguments = f"{inputs}; {settings}" if settings else inputs
            lines.append(f"{node.id} = {kind_name(node.kind)}({arguments})")
    return lines


def leaves_of(graph: GateGraph) -> dict[str, tuple[str, float]]:
    """Return the kind and the value of each leaf that is a number."""
    return {
        node.id: (node.kind.name, float(node.value))
        for node in graph
        if node.value is not None and node.value.ndim == 0
    }
