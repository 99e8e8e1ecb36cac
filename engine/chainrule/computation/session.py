"""A graph that a program builds and runs: the names of its nodes and the state of its passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import final

from chainrule.arrays import Array, ArrayLike, as_array
from chainrule.autodiff.diagnosis import standing_problems
from chainrule.autodiff.passes import Passes
from chainrule.computation.calling import gate_class
from chainrule.computation.program import Program
from chainrule.errors import RunError, ShapeError
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Constant, Leaf
from chainrule.graph.changes import NOTHING, Changes
from chainrule.graph.checks import Severity
from chainrule.graph.composites import kind_name
from chainrule.graph.edits import AddNodes, Batch, Edit, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import listed, require_output, upstream_of


@final
class Session:
    """Adds nodes to a graph, and runs it when asked to.

    Nodes without a name of their own are called by their gate: `add1`, `add2`, `mul1`. Numbers are
    given only between a run and the next change, so that they always belong to the graph as it is.
    """

    def __init__(self, gates: GateGraph) -> None:
        self.gates = gates
        self._passes: Passes | None = None
        self._changes: Changes = NOTHING
        self._has_run = False
        self._numbers: dict[str, Iterator[int]] = {}

    def apply(self, edit: Edit) -> Edit:
        """Change the graph and return the edit that undoes it."""
        inverse = edit.apply(self.gates)
        self._changes |= edit.changes()
        self._has_run = self._has_run and not edit.changes().numbers
        return inverse

    def leaf(self, kind: Leaf, name: NodeId, value: ArrayLike) -> NodeId:
        """Add a leaf."""
        self.apply(AddNodes((Node(name, kind, value=as_array(value)),)))
        return name

    def constant(self, value: ArrayLike, name: NodeId | None = None) -> NodeId:
        """Add a constant."""
        return self.leaf(Constant(), name or self._fresh_name("constant"), value)

    def gate(
        self, gate: str, *inputs: NodeId, name: NodeId | None = None, **settings: object
    ) -> NodeId:
        """Add a gate of the catalogue that reads `inputs`."""
        return self.node(gate_class(gate).create(settings), inputs, name)

    def node(
        self, kind: Kind, inputs: Sequence[NodeId | Array], name: NodeId | None = None
    ) -> NodeId:
        """Add a gate or a composite that reads `inputs`; arrays among them become constants."""
        name = name or self._fresh_name(kind_name(kind))
        added: list[Node] = []
        wires: list[Wire] = []
        for port, each in enumerate(inputs):
            if isinstance(each, str):
                wires.append(Wire(each, name, port))
            else:
                source = self._fresh_name("constant")
                added.append(Node(source, Constant(), value=each))
                wires.append(Wire(source, name, port))
        added.append(Node(name, kind, len(inputs)))
        self.apply(AddNodes(tuple(added), tuple(wires)))
        return name

    def _fresh_name(self, stem: str) -> NodeId:
        stem = stem if stem.isidentifier() else "composite"
        numbers = self._numbers.setdefault(stem, count(1))
        names = (f"{stem}{number}" for number in numbers)
        return next(name for name in names if name not in self.gates)

    def run(self, values: Mapping[NodeId, ArrayLike]) -> Array:
        """Give leaves `values`, run both passes and return the value of the output.

        Raises RunError, before anything changes, for a name that can't be given a value; and
        afterwards if there is no output or it can't be computed.
        """
        self.apply(Batch(tuple(self._assignment(*item) for item in values.items())))
        output = require_output(self.gates)
        if self._passes is None:
            self._passes = Passes(self.gates)
        else:
            self._passes.update(self._changes)
        self._changes = NOTHING
        self._has_run = True
        value = self._passes.value(output)
        if value is None:
            raise RunError(self._obstacle(output, self._passes))
        return as_array(value)

    def program(self, inputs: Sequence[NodeId] | None, *, keep_wires: bool) -> Program:
        """Return a program that runs the graph as it is now; see `Graph.program`."""
        names = dict.fromkeys(node.id for node in self.gates if self._takes_values(node))
        for name in inputs or ():
            if name not in names:
                raise RunError(self._no_input(name))
        if inputs is not None and len(set(inputs)) < len(inputs):
            raise RunError("an input is listed twice; name each once")
        passes, output = Passes(self.gates), require_output(self.gates)
        if passes.value(output) is None or passes.plan.stops.any():
            raise RunError(self._obstacle(output, passes))
        chosen = tuple(names) if inputs is None else inputs
        return Program(self.gates, passes, chosen, keep_wires=keep_wires)

    def results(self) -> Passes:
        """Return the numbers of the last run; RunError if the graph has changed since."""
        if self._passes is None or not self._has_run:
            raise RunError("there are no numbers for this graph yet; call forward first")
        return self._passes

    def gradients(self) -> dict[NodeId, Array]:
        """Return the gradients of all inputs and parameters; raise RunError if one has none.

        They are copies: the passes share one array among the inputs of a sum.
        """
        passes = self.results()
        gradients: dict[NodeId, Array] = {}
        for node in self.gates:
            if isinstance(node.kind, Leaf) and node.kind.checked:
                gradient = passes.gradient(node.id)
                if gradient is None:
                    raise RunError(self._obstacle(require_output(self.gates), passes))
                gradients[node.id] = as_array(gradient)
        return gradients

    def _assignment(self, name: NodeId, value: ArrayLike) -> SetValue:
        if name not in self.gates or not self._takes_values(self.gates.node(name)):
            raise RunError(self._no_input(name))
        try:
            return SetValue(name, as_array(value))
        except ShapeError as error:
            raise RunError(f"the value of {name!r} can't be used: {error}") from None

    def _no_input(self, name: NodeId) -> str:
        names = listed([node.id for node in self.gates if self._takes_values(node)])
        return f"{name!r} is no input or parameter of this graph; it has {names or 'none'}"

    def _takes_values(self, node: Node) -> bool:
        return isinstance(node.kind, Leaf) and node.kind.checked

    def _obstacle(self, output: NodeId, passes: Passes) -> str:
        before = upstream_of(self.gates, [output])
        for problem in standing_problems(self.gates, passes):
            if problem.severity is Severity.ERROR and problem.node in before:
                return f"{problem.node}: {problem.sentence}"
        return f"{output!r} has no value; look at what stands before it"
