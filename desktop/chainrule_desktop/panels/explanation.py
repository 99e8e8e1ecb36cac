"""Why a node's numbers are what they are: its forward line, and upstream × local = downstream."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from chainrule.arrays import Array
from chainrule.autodiff.covering import Readable
from chainrule.autodiff.local import local_gradients
from chainrule.diagram.numbers import format_dimensions, format_value, is_short_vector
from chainrule.diagram.parts import NAME_SIZE
from chainrule.diagram.text import one_line, shorten, typeset_name
from chainrule.expression.notation import Binding, Piece
from chainrule.expression.spelled import spelled, spelled_derivative
from chainrule.gates.gate import Elementwise
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule_desktop.panels.runs import Line, Run, Shade, in_brackets, number_run

MOST_PORTS = 6
"""Of how many inputs the derivation is spelled out."""

_LONGEST_NAME = 100.0
_MARK = 0xE000


@final
@dataclass(frozen=True, slots=True)
class Derivation:
    """How the gradient goes back through one input port.

    `upstream`, `local` and `downstream` are the symbols; `numbers` are the equation in numbers, or
    in words where tensors are multiplied or a number is missing.
    """

    source: str
    local: str
    downstream: str
    local_number: Run
    downstream_number: Run
    numbers: Line


@final
class Explainer:
    """Explains nodes of one graph with so many decimals."""

    def __init__(self, graph: GateGraph, passes: Readable, decimals: int) -> None:
        self._graph = graph
        self._passes = passes
        self._decimals = decimals

    def name(self, node_id: NodeId | None) -> str:
        """Return what people call a node; `?` for a port that is not wired."""
        if node_id is None:
            return "?"
        name = one_line(self._graph.node(node_id).label or "") or typeset_name(node_id)
        return shorten(name, NAME_SIZE, _LONGEST_NAME)

    def derivative(self, node_id: NodeId | None) -> str:
        """Return the symbol of a node's gradient: ∂f/∂x."""
        return f"∂{self.name(self._passes.output)}/∂{self.name(node_id)}"

    def forward(self, node_id: NodeId) -> Line:
        """Return `e = exp(n) = exp(−1.00) = 0.37`; numbers only where all of them are short."""
        node = self._graph.node(node_id)
        value = number_run(self._passes.value(node_id), self._decimals, Shade.VALUE)
        line = [Run(f"{self.name(node_id)} = ")]
        sources = self._graph.inputs(node_id)
        if not node.is_leaf:
            named = spelled(node.kind, [Piece(self.name(each)) for each in sources])
            line += [Run(named), Run(" = ")]
            numbers = [self._value_run(each) for each in sources]
            if all(self._is_number(each) for each in sources):
                line += [*_written_runs(node, numbers), Run(" = ")]
        return (*line, value)

    def upstream(self, node_id: NodeId) -> Run:
        """Return the node's own gradient."""
        return number_run(self._passes.gradient(node_id), self._decimals, Shade.GRADIENT)

    def branches(self, node_id: NodeId, wires: Sequence[Wire]) -> Line:
        """Return the sum by which the gradients along a node's wires become one.

        Nothing for a single wire, for very many, and where only shapes could be written.
        """
        shape = self._passes.shape(node_id)
        short = shape is not None and (not shape or is_short_vector(shape))
        if not (short and 1 < len(wires) <= MOST_PORTS):
            return ()
        line: list[Run] = []
        for wire in wires:
            gradient = self._passes.wire_gradient(wire)
            run = number_run(gradient, self._decimals, Shade.GRADIENT)
            line += [Run(" + "), in_brackets(run)] if line else [run]
        return (*line, Run(" = "), self.upstream(node_id))

    def derivations(self, node_id: NodeId) -> list[Derivation]:
        """Return how the gradient goes back through each input, at most MOST_PORTS of them."""
        node = self._graph.node(node_id)
        locals_ = local_gradients(self._graph, self._passes, node)
        ports = range(min(node.ports, MOST_PORTS))
        return [self._derivation(node, port, locals_[port]) for port in ports]

    def derivation(self, node_id: NodeId, port: int) -> Derivation:
        """Return how the gradient goes back through one input."""
        node = self._graph.node(node_id)
        local = local_gradients(self._graph, self._passes, node)[port]
        return self._derivation(node, port, local)

    def _derivation(self, node: Node, port: int, local: Array | None) -> Derivation:
        source = self._graph.inputs(node.id)[port]
        gradient = self._wire_gradient(node.id, port)
        downstream = number_run(gradient, self._decimals, Shade.GRADIENT)
        jacobian = f"∂{self.name(node.id)}/∂{self.name(source)}"
        formula = self._local_formula(node, port)
        known = local is not None
        return Derivation(
            source=self.name(source),
            local=f"{jacobian} = {formula}" if formula else jacobian,
            downstream=self.derivative(source),
            local_number=number_run(local, self._decimals, Shade.VALUE)
            if known
            else Run(self._jacobian_size(node.id, source), Shade.MUTED),
            downstream_number=downstream,
            numbers=self._equation(node, port, local),
        )

    def _equation(self, node: Node, port: int, local: Array | None) -> Line:
        source = self._graph.inputs(node.id)[port]
        downstream, upstream = self._wire_gradient(node.id, port), self.upstream(node.id)
        if source is None:
            return (Run(f"input {port + 1} is not wired", Shade.MUTED),)
        if self._passes.output is None:
            return (Run("choose an output to get gradients", Shade.MUTED),)
        if downstream is None or self._passes.value(node.id) is None:
            return (Run("not computed: an input has no value", Shade.MUTED),)
        if local is not None:
            left = number_run(downstream, self._decimals, Shade.GRADIENT)
            factor = number_run(local, self._decimals, Shade.VALUE)
            return (left, Run(" = "), in_brackets(factor), Run(" × "), in_brackets(upstream))
        return (Run(self._in_words(node, source, downstream)),)

    def _in_words(self, node: Node, source: NodeId, downstream: Array) -> str:
        """Say what the vector-Jacobian product does where writing it out would fill pages."""
        result = f"{self.derivative(source)} ({format_dimensions(downstream.shape) or 'a number'})"
        if isinstance(node.kind, Elementwise):
            value = self._passes.value(node.id)
            summed = value is not None and value.shape != downstream.shape
            rest = f", summed over the copies of {self.name(source)}" if summed else ""
            return f"{result} is local ⊙ upstream, number by number{rest}"
        size = self._jacobian_size(node.id, source)
        return f"{result} is upstream times the Jacobian of {size} numbers, which is not formed"

    def _local_formula(self, node: Node, port: int) -> str:
        sources = [self.name(each) for each in self._graph.inputs(node.id)]
        return spelled_derivative(node, port, sources, self.name(node.id))

    def _jacobian_size(self, node_id: NodeId, source: NodeId | None) -> str:
        out = self._passes.shape(node_id)
        into = None if source is None else self._passes.shape(source)
        if out is None or into is None:
            return "?"
        return " × ".join(str(size) for size in (*out, *into)) or "?"

    def _wire_gradient(self, node_id: NodeId, port: int) -> Array | None:
        source = self._graph.inputs(node_id)[port]
        return None if source is None else self._passes.wire_gradient(Wire(source, node_id, port))

    def _value_run(self, node_id: NodeId | None) -> Run:
        value = None if node_id is None else self._passes.value(node_id)
        return number_run(value, self._decimals, Shade.VALUE)

    def _is_number(self, node_id: NodeId | None) -> bool:
        value = None if node_id is None else self._passes.value(node_id)
        return value is not None and value.ndim == 0


def _written_runs(node: Node, numbers: Sequence[Run]) -> list[Run]:
    """Write a gate with numbers for its inputs; signs stand for them until the text is there."""
    pieces = [
        Piece(chr(_MARK + at), Binding.SUM if run.text.startswith("−") else Binding.ATOM)
        for at, run in enumerate(numbers)
    ]
    text = spelled(node.kind, pieces)
    runs: list[Run] = []
    for piece in re.split(f"([{chr(_MARK)}-{chr(0xF8FF)}])", text):
        if piece:
            at = ord(piece[0]) - _MARK
            runs.append(numbers[at] if 0 <= at < len(numbers) else Run(piece))
    return runs


def value_sentence(value: Array | None, decimals: int) -> str:
    """Return a value for a tooltip: all digits of a number, the shape of a tensor."""
    if value is None:
        return "not computed"
    if value.ndim == 0:
        return repr(float(value)).replace("-", "−")
    return f"{format_value(value, decimals)}, shape {format_dimensions(value.shape)}"
