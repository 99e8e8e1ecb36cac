"""What nodes are called, what is known of their numbers, and how a value came about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import final

from chainrule.arrays import Array
from chainrule.autodiff.covering import Covered, Readable
from chainrule.autodiff.playback import Moment
from chainrule.diagram.gradient_names import Notation, gradient_text
from chainrule.diagram.numbers import format_dimensions, format_value
from chainrule.diagram.parts import NAME_SIZE
from chainrule.diagram.text import one_line, shorten, typeset_name
from chainrule.expression.notation import Binding, Piece
from chainrule.expression.spelled import spelled
from chainrule.gates.gate import Elementwise
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule_desktop.panels.runs import Line, Run, Shade, number_run

MOST_PORTS = 6
"""Of how many inputs the derivation is spelled out."""

_LONGEST_NAME = 100.0
_MARK = 0xE000


@final
class Explainer:
    """Names nodes of one graph and writes what is known of their numbers, with so many decimals.

    `differentiated` is the output of a graph around it, where gradients are derivatives of that.
    """

    def __init__(
        self,
        graph: GateGraph,
        known: Readable,
        decimals: int,
        notation: Notation = Notation.LEIBNIZ,
        differentiated: str | None = None,
    ) -> None:
        self.graph = graph
        self._differentiated = differentiated
        self.known = known
        self.decimals = decimals
        self.notation = notation

    def name(self, node_id: NodeId | None) -> str:
        """Return what people call a node; `?` for a port that is not wired."""
        if node_id is None:
            return "?"
        name = one_line(self.graph.node(node_id).label or "") or typeset_name(node_id)
        return shorten(name, NAME_SIZE, _LONGEST_NAME)

    @property
    def differentiated(self) -> str:
        """What gradients are derivatives of: the output of this graph, or of one around it."""
        around = self._differentiated
        return self.name(self.known.output) if around is None else typeset_name(around)

    def derivative(self, node_id: NodeId | None) -> str:
        """Return what a node's gradient is called, such as ∂f/∂x."""
        return gradient_text(self.notation, self.differentiated, self.name(node_id))

    def forward(self, node_id: NodeId) -> Line:
        """Return `e = exp(n) = exp(−1.00) = 0.37`; numbers only where all of them are short."""
        node = self.graph.node(node_id)
        line = [Run(f"{self.name(node_id)} = ")]
        sources = self.graph.inputs(node_id)
        if not node.is_leaf:
            named = spelled(node.kind, [Piece(self.name(each)) for each in sources])
            line += [Run(named), Run(" = ")]
            numbers = [self.value(each) for each in sources]
            if all(self._is_number(each) for each in sources):
                line += [*_written_runs(node, numbers), Run(" = ")]
        return (*line, self.value(node_id))

    def value(self, node_id: NodeId | None) -> Run:
        """Return a node's value, or why there is none."""
        value = None if node_id is None else self.known.value(node_id)
        if value is None and node_id is not None:
            return self._unknown(lambda all_: all_.value(node_id))
        return number_run(value, self.decimals, Shade.VALUE)

    def gradient(self, node_id: NodeId) -> Run:
        """Return a node's gradient, or why there is none."""
        gradient = self.known.gradient(node_id)
        if gradient is None:
            return self._unknown(lambda all_: all_.gradient(node_id))
        return number_run(gradient, self.decimals, Shade.GRADIENT)

    def wire_gradient(self, wire: Wire) -> Run:
        """Return what comes back along a wire, or why nothing does."""
        gradient = self.known.wire_gradient(wire)
        if gradient is None:
            return self._unknown(lambda all_: all_.wire_gradient(wire))
        return number_run(gradient, self.decimals, Shade.GRADIENT)

    def is_partial(self, node_id: NodeId) -> bool:
        """Say whether more will be added to a node's gradient in steps to come."""
        known = self._uncovered
        return isinstance(known, Moment) and not known.is_complete(node_id)

    def in_words(self, node: Node, port: int) -> str:
        """Say what the vector-Jacobian product does where writing it out would fill pages."""
        source = self.graph.inputs(node.id)[port]
        shape = None if source is None else self.known.shape(source)
        if source is None or shape is None:
            return ""
        result = f"{self.derivative(source)} ({format_dimensions(shape) or 'a number'})"
        if isinstance(node.kind, Elementwise):
            summed = self.known.shape(node.id) != shape
            rest = f", summed over the copies of {self.name(source)}" if summed else ""
            return f"{result} is local ⊙ upstream, number by number{rest}"
        size = self.jacobian_size(node.id, source)
        return f"{result} is upstream times the Jacobian of {size} numbers, which is not formed"

    def jacobian_size(self, node_id: NodeId, source: NodeId) -> str:
        """Return the sizes of a local Jacobian's axes, the output's first."""
        out, into = self.known.shape(node_id), self.known.shape(source)
        if out is None or into is None:
            return "?"
        return " × ".join(str(size) for size in (*out, *into)) or "1"

    def _unknown(self, find: Callable[[Readable], Array | None]) -> Run:
        """Say whether a number waits for a later step, is asked for, or can't be computed."""
        known, uncovered = self.known, self._uncovered
        if known is not uncovered and find(uncovered) is not None:
            return Run("asked for", Shade.MUTED)
        if isinstance(uncovered, Moment) and find(uncovered.passes) is not None:
            return Run("not reached yet", Shade.MUTED)
        return Run("not computed", Shade.MUTED)

    @property
    def _uncovered(self) -> Readable:
        """What would be known if no exercise hid anything."""
        return self.known.passes if isinstance(self.known, Covered) else self.known

    def _is_number(self, node_id: NodeId | None) -> bool:
        value = None if node_id is None else self.known.value(node_id)
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
