"""The two ends of a Jacobian, as one chooses them: which node, by which node or input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.making import jacobian_between, local_jacobian
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import upstream_of
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.panels.context import Context


@final
@dataclass(frozen=True, slots=True)
class Source:
    """By what is differentiated: a node, or what comes in at one port of the target alone."""

    node: NodeId
    port: int | None = None

    @property
    def text(self) -> str:
        """How a list shows it."""
        return self.node if self.port is None else f"{self.node}, at input {self.port + 1} alone"


def targets_of(graph: GateGraph) -> list[NodeId]:
    """Return the nodes that depend on others."""
    return [node.id for node in graph if not node.is_leaf]


def sources_of(graph: GateGraph, target: NodeId) -> list[Source]:
    """Return by what a node can be differentiated: its inputs first, then all before them.

    An input that reaches the target by more than one way is listed once more for each port, where
    the derivative is the gate's own, the local gradient.
    """
    direct = list(graph.wires_into(target))
    nodes = list(dict.fromkeys(wire.source for wire in direct))
    before = upstream_of(graph, [target])
    farther = [each for each in graph.ids() if each in before and each not in {*nodes, target}]
    ports = [Source(wire.source, wire.port) for wire in direct if len(direct) > 1]
    return [*map(Source, nodes), *ports, *map(Source, farther)]


def suggested(context: Context, selection: Selection) -> tuple[NodeId, Source] | None:
    """Return the ends that someone means by what is selected; None where there is nothing to do.

    Two nodes are the two ends; a wire is its gate by that input; a gate is meant by its first
    input, and a leaf as what the output is differentiated by.
    """
    graph = context.graph
    if selection.wires:
        wire = min(selection.wires, key=lambda each: (each.target, each.port))
        return wire.target, Source(wire.source, wire.port)
    nodes = selection.nodes
    if len(nodes) == 2:
        for target, source in (nodes, nodes[::-1]):
            if source in upstream_of(graph, [target]):
                return target, Source(source)
    target = nodes[0] if len(nodes) == 1 else context.passes.output
    if target is not None and graph.node(target).is_leaf:
        output = context.passes.output
        reached = output is not None and target in upstream_of(graph, [output])
        return (output, Source(target)) if output is not None and reached else None
    sources = [] if target is None else sources_of(graph, target)
    return (target, sources[0]) if target is not None and sources else None


def make_jacobian(context: Context, target: NodeId, source: Source) -> Jacobian:
    """Return the Jacobian between two ends; raise RunError where a value is missing."""
    if source.port is None:
        return jacobian_between(context.graph, context.passes, target, source.node)
    return local_jacobian(context.graph, context.passes, target, source.port)
