"""Builds the gradient graph: the forward part as it is, then what each gate's backward does.

The nodes are visited from the output to the leaves. At each, the gradients that come back along its
wires are added up, and what is sent back along its inputs is made of ordinary gates (`rules`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.autodiff.gradient_graph.rules.table import RULES
from chainrule.autodiff.gradient_graph.terms import Draft, Term
from chainrule.autodiff.passes import Passes
from chainrule.errors import GateError, RunError
from chainrule.gates.leaf import Leaf
from chainrule.graph.comments import Comments, Frame, Hue, comments_of, with_comments
from chainrule.graph.composites import Composite
from chainrule.graph.edits import AddNodes
from chainrule.graph.expanding import expand
from chainrule.graph.fresh_names import FreshNames
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import MAX_ID_LENGTH, Node, NodeId, Wire
from chainrule.graph.queries import require_output, topological_order, upstream_of
from chainrule.graph.selection import subgraph

Report: TypeAlias = Callable[[int, int], None]
_OFTEN: Final = 64


@final
@dataclass(frozen=True, slots=True)
class GradientGraph:
    """A gradient graph, and where the gradients are in it.

    `gradients` has the node of each node's gradient, `wires` that of what comes back along each
    wire, for those that lead to the output; both are of the graph with its composites expanded.
    Leaves that don't reach the output have the gradient 0. `backward` are all nodes that were
    added.
    """

    graph: GateGraph
    gradients: Mapping[NodeId, NodeId]
    wires: Mapping[Wire, NodeId]
    backward: tuple[NodeId, ...]


def gradient_graph(
    graph: GateGraph, of: NodeId | None = None, report: Report | None = None
) -> GradientGraph:
    """Return the graph of both passes of `graph`, in which gradients are nodes called dX.

    Its output is the gradient of `of`, or else of the first input or parameter. It holds for
    tensors of the shapes that there are now. Composite gates are expanded. `report` is told how
    many nodes are done, of how many, and may end it by raising. Raises RunError where it isn't
    clear which node is the output, where it has no value, and for a gate without a rule.
    """
    require_output(graph)
    return _Building(_expanded(graph)).run(of, report)


def _expanded(graph: GateGraph) -> GateGraph:
    """Return a copy without composite gates, apart from muted ones, which pass their input on."""
    copy = subgraph(graph, graph.ids())
    copy.header = replace(graph.header, output=require_output(graph))
    while inner := [node.id for node in copy if _is_expandable(node)]:
        for each in inner:
            expand(copy, each)[0].apply(copy)
    return copy


def _is_expandable(node: Node) -> bool:
    return isinstance(node.kind, Composite) and not node.passes_on


@final
class _Building:
    """One gradient graph in the making."""

    def __init__(self, graph: GateGraph) -> None:
        self._graph = graph
        self._passes = Passes(graph)
        self._output = require_output(graph)
        self._draft = Draft(RULES)
        self._names = FreshNames(graph.ids())
        self._arrived: dict[NodeId, list[tuple[Wire | None, Term]]] = {}
        self._gradients: dict[NodeId, Term] = {}
        self._wires: dict[Wire, Term] = {}
        self._readers = Counter[NodeId]()

    def run(self, of: NodeId | None, report: Report | None) -> GradientGraph:
        if self._passes.shape(self._output) is None:
            raise RunError(
                f"the output {self._output!r} has no value; wire what is open and correct what "
                "does not fit before it"
            )
        seed = self._draft.constant(self._passes.seed)
        self._arrived[self._output] = [(None, seed)]
        way = upstream_of(self._graph, (self._output,))
        self._readers.update(wire.source for wire in self._graph.wires() if wire.target in way)
        order = topological_order(self._graph)[::-1]
        for done, node_id in enumerate(order):
            if report is not None and done % _OFTEN == 0:
                report(done, len(order))
            node = self._graph.node(node_id)
            # A muted gate may have inputs without a value; nothing comes back from it to them.
            if not self._matters(node_id) or self._passes.shape(node_id) is None:
                continue
            if node_id in way:
                self._visit(node, way)
            elif node.is_leaf and node.value is not None:
                self._gather(node)
        self._draft.keep([*self._gradients.values(), *self._wires.values()])
        self._draft.name_rest(self._names.take)
        return self._finished(of)

    def _visit(self, node: Node, way: set[NodeId]) -> None:
        """Add up what has come back to a node, and send it on."""
        gradient = self._gather(node)
        if node.is_leaf:
            return
        for wire, sent in zip(self._ports(node), self._sent(node, gradient), strict=True):
            if wire is None or sent is None or not self._matters(wire.source):
                continue
            downstream = sent.in_shape(self._shape(wire.source))
            if self._readers[wire.source] > 1:
                name = self._name(wire.source, wire.target)
                downstream = self._draft.named(downstream, name)
            self._wires[wire] = downstream
            self._arrived.setdefault(wire.source, []).append((wire, downstream))

    def _matters(self, node_id: NodeId) -> bool:
        """Say whether anybody asks for a node's gradient: constants have none."""
        kind = self._graph.node(node_id).kind
        return not isinstance(kind, Leaf) or kind.checked

    def _gather(self, node: Node) -> Term:
        """Return the sum of what has come back to a node, under the name of its gradient."""
        arrived = self._arrived.get(node.id, [])
        parts = [term for _, term in arrived]
        if not parts:
            parts = [self._draft.constant(cast(Array, np.zeros(self._shape(node.id))[()]))]
        total = parts[0] if len(parts) == 1 else parts[0].gate("add", *parts[1:])
        named = self._draft.named(total, self._name(node.id))
        if len(arrived) == 1 and arrived[0][0] is not None:
            # The only wire of a node sends back the node's gradient itself.
            self._wires[arrived[0][0]] = named
        self._gradients[node.id] = named
        return named

    def _ports(self, node: Node) -> list[Wire | None]:
        inputs = enumerate(self._graph.inputs(node.id))
        return [None if each is None else Wire(each, node.id, port) for port, each in inputs]

    def _sent(self, node: Node, gradient: Term) -> Sequence[Term | None]:
        if node.passes_on:
            return (gradient, *[None] * (node.ports - 1))
        rule = RULES.get(node.kind.name)
        if rule is None:
            raise RunError(
                f"{node.id!r}: the gate {node.kind.name} has no gradient graph; build it from "
                "smaller gates, or leave it out"
            )
        terms = [self._forward(each) for each in (node.id, *self._graph.inputs(node.id))]
        try:
            return rule(node.kind, gradient, *terms)
        except (RunError, GateError) as error:
            raise RunError(f"{node.id!r}: {error}") from None

    def _forward(self, node_id: NodeId | None) -> Term:
        if node_id is None:
            raise RunError("an input is not wired; wire it first")
        return Term(self._draft, node_id, self._shape(node_id))

    def _shape(self, node_id: NodeId) -> Shape:
        shape = self._passes.shape(node_id)
        if shape is None:
            raise RunError(f"{node_id!r} has no value; wire what is open before it")
        return shape

    def _name(self, *ids: NodeId) -> NodeId:
        """Return a free name for the gradient of a node, or of its wire to another."""
        return self._names.take(f"d{'_'.join(ids)}"[: MAX_ID_LENGTH - 10])

    def _finished(self, of: NodeId | None) -> GradientGraph:
        graph, draft = self._graph, self._draft
        nodes, wires = draft.parts()
        gradients = {each: draft.name_of(term) for each, term in self._gradients.items()}
        labels = {
            name: f"d{graph.node(each).label}" if graph.node(each).label is not None else name
            for each, name in gradients.items()
            if graph.node(each).label is not None or graph.node(each).is_leaf
        }
        forward = tuple(graph.ids())
        made = tuple(replace(each, label=labels.get(each.id)) for each in nodes)
        AddNodes(made, tuple(wires)).apply(graph)
        backward = tuple(node.id for node in made)
        chosen = self._chosen(of, gradients)
        header = replace(graph.header, output=chosen, seed=None, view=None)
        frames = (Frame("Forward", forward, Hue.GREEN), Frame("Backward", backward, Hue.RED))
        comments = comments_of(header)
        graph.header = with_comments(header, Comments((*frames, *comments.frames), comments.notes))
        return GradientGraph(
            graph,
            gradients,
            {wire: draft.name_of(term) for wire, term in self._wires.items()},
            backward,
        )

    def _chosen(self, of: NodeId | None, gradients: Mapping[NodeId, NodeId]) -> NodeId:
        if of is not None and of not in gradients:
            raise RunError(f"{of!r} has no gradient here; choose a node that leads to the output")
        leaves = (each for each in gradients if self._graph.node(each).is_leaf)
        ordered = sorted(leaves, key=self._graph.row)
        first = of if of is not None else next(iter(ordered), self._output)
        return gradients[first]
