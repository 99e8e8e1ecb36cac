"""The chain rule at one input of a gate: downstream = local × upstream, in symbols and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.jacobian.formulas.text import substituted
from chainrule.autodiff.local import local_gradients
from chainrule.diagram.gradient_names import (
    gradient_latex,
    gradient_text,
    latex_name,
    local_latex,
    local_text,
)
from chainrule.diagram.numbers import format_dimensions, is_short_vector
from chainrule.expression.notation import number
from chainrule.expression.spelled import spelled_derivative
from chainrule.expression.symbolic.job import Formulas
from chainrule.gates.gate import Gate, Pattern
from chainrule.graph.composites import Composite
from chainrule.graph.node import Node, NodeId, Wire
from chainrule_desktop.panels.explanation import MOST_PORTS, Explainer
from chainrule_desktop.panels.formula_label import EQUALS, TIMES, Row, Segment, segment_of
from chainrule_desktop.panels.runs import Run, Shade, in_brackets, number_run

_PLUS: Final = Segment("+")
_CAPTIONS: Final = ("downstream", "", "local", "", "upstream")


FindFormulas: TypeAlias = Callable[[str], Formulas | None]


def _no_formulas(_: str) -> Formulas | None:
    return None


@final
@dataclass(frozen=True, slots=True)
class Derivation:
    """How the gradient goes back through one input port.

    `equation` has the symbols, the numbers and what they are called, in columns; `local` is what
    the local gradient is, `says` a sentence where numbers can't say it.
    """

    source: str
    equation: tuple[Row, ...]
    local: Row
    says: str = ""


@final
@dataclass(frozen=True, slots=True)
class Share:
    """How much of the upstream gradient arrives at an input: 1 for all of it, −1 turned around."""

    source: str
    part: float


@final
class ChainRule:
    """Explains how gradients flow back through the nodes of a graph.

    `formulas` returns what is known of the composite gate of that name.
    """

    def __init__(self, explainer: Explainer, formulas: FindFormulas = _no_formulas) -> None:
        self._explainer = explainer
        self._formulas = formulas
        self._graph = explainer.graph
        self._known = explainer.known

    def gradient(self, node_id: NodeId | None) -> Segment:
        """Return what the gradient of a node is called."""
        of, by = self._explainer.differentiated, self._explainer.name(node_id)
        notation = self._explainer.notation
        latex = gradient_latex(notation, of, by)
        return Segment(gradient_text(notation, of, by), latex, Shade.GRADIENT)

    def branches(self, node_id: NodeId, wires: Sequence[Wire]) -> Row:
        """Return the sum by which the gradients along a node's wires become one.

        Nothing for a single wire, for very many, and where only shapes could be written.
        """
        shape = self._known.shape(node_id)
        short = shape is not None and (not shape or is_short_vector(shape))
        if not (short and 1 < len(wires) <= MOST_PORTS):
            return ()
        row: list[Segment] = [self.gradient(node_id), EQUALS]
        for wire in wires:
            run = self._explainer.wire_gradient(wire)
            row += [_PLUS, segment_of(in_brackets(run))] if len(row) > 2 else [segment_of(run)]
        return (*row, EQUALS, segment_of(self._explainer.gradient(node_id)))

    def derivations(self, node_id: NodeId) -> list[Derivation]:
        """Return how the gradient goes back through each input, at most MOST_PORTS of them."""
        node = self._graph.node(node_id)
        locals_ = local_gradients(self._graph, self._known, node)
        ports = range(min(node.ports, MOST_PORTS))
        return [self._derivation(node, port, locals_[port]) for port in ports]

    def derivation(self, node_id: NodeId, port: int) -> Derivation:
        """Return how the gradient goes back through one input."""
        node = self._graph.node(node_id)
        return self._derivation(node, port, local_gradients(self._graph, self._known, node)[port])

    def shares(self, node_id: NodeId) -> list[Share]:
        """Return how much of the upstream gradient each input gets; nothing where none is known.

        Of tensors it is the sum of the magnitudes, or, where the shapes differ, the largest one.
        """
        upstream = self._known.gradient(node_id)
        if upstream is None or not _finite(upstream) or not np.any(upstream):
            return []
        found: list[Share] = []
        for wire in self._graph.wires_into(node_id)[:MOST_PORTS]:
            downstream = self._known.wire_gradient(wire)
            if downstream is None or not _finite(downstream):
                return []
            part = _part_of(downstream, upstream)
            found.append(Share(self._explainer.name(wire.source), part))
        return found

    def _derivation(self, node: Node, port: int, local: Array | None) -> Derivation:
        source = self._graph.inputs(node.id)[port]
        name, jacobian = self._explainer.name(source), self._jacobian(node.id, source)
        symbols = self.gradient(source), EQUALS, jacobian, TIMES, self.gradient(node.id)
        captions = [Segment(each, shade=Shade.MUTED, small=True) for each in _CAPTIONS]
        says = self._missing(node, port)
        if says:
            rows: tuple[Row, ...] = symbols, captions
            return Derivation(name, rows, self._local(node, port, None), says)
        rows = symbols, self._numbers(node, port, local), captions
        words = "" if local is not None else self._explainer.in_words(node, port)
        return Derivation(name, rows, self._local(node, port, local), words)

    def _missing(self, node: Node, port: int) -> str:
        """Say why the equation has no numbers; nothing where it has."""
        source = self._graph.inputs(node.id)[port]
        if source is None:
            return f"input {port + 1} is not wired"
        if self._known.output is None:
            return "choose an output to get gradients"
        wire = Wire(source, node.id, port)
        known = self._known.wire_gradient(wire) is not None
        return "" if known else self._explainer.wire_gradient(wire).text

    def _numbers(self, node: Node, port: int, local: Array | None) -> Row:
        source = self._graph.inputs(node.id)[port]
        assert source is not None
        downstream = self._known.wire_gradient(Wire(source, node.id, port))
        upstream = self._number(self._known.gradient(node.id), Shade.GRADIENT)
        factor = self._number(local, Shade.VALUE)
        if local is None:
            factor = Run(self._explainer.jacobian_size(node.id, source), Shade.MUTED)
        return (
            segment_of(self._number(downstream, Shade.GRADIENT)),
            EQUALS,
            segment_of(in_brackets(factor)),
            Segment("×" if local is not None else "·"),
            segment_of(in_brackets(upstream)),
        )

    def _jacobian(self, node_id: NodeId, source: NodeId | None) -> Segment:
        of, by = self._explainer.name(node_id), self._explainer.name(source)
        return Segment(local_text(of, by), local_latex(of, by), Shade.VALUE)

    def _local(self, node: Node, port: int, local: Array | None) -> Row:
        """Return what the local gradient is, by the gate's rule: ∂e/∂n = eⁿ = 0.37."""
        inputs = self._graph.inputs(node.id)
        formula = self._rule(node, port)
        if formula is None:
            return ()
        row = [self._jacobian(node.id, inputs[port]), EQUALS, formula]
        if local is not None:
            run = self._number(local, Shade.VALUE)
            if not _is_number(formula.plain):
                row += [EQUALS, segment_of(run)]
        return row

    def _rule(self, node: Node, port: int) -> Segment | None:
        inputs = self._graph.inputs(node.id)
        names = [self._explainer.name(each) for each in inputs]
        kind = node.kind
        if node.passes_on:
            return Segment("1" if port == 0 else "0", "1" if port == 0 else "0", Shade.VALUE)
        if isinstance(kind, Composite):
            return self._rule_of_composite(kind, port, names, self._explainer.name(node.id))
        if not isinstance(kind, Gate):
            return None
        if kind.variadic and node.ports > len(kind.ports):
            return _rule_of_many(kind, names, port)
        if len(kind.derivatives) < node.ports:
            return None
        plain = spelled_derivative(node, port, names, self._explainer.name(node.id))
        ports = {each: latex_name(name) for each, name in zip(kind.ports, names, strict=False)}
        settings = {
            each.name: number(setting)
            for each in kind.parameters()
            if isinstance(setting := getattr(kind, each.name), float)
        }
        known = {**settings, **ports, "f": latex_name(self._explainer.name(node.id))}
        return Segment(plain, substituted(kind.derivatives[port], known), Shade.VALUE)

    def _rule_of_composite(
        self, kind: Composite, port: int, names: Sequence[str], output: str
    ) -> Segment | None:
        formulas = self._formulas(kind.definition)
        if formulas is None or port >= len(formulas.slopes):
            return None
        slope = formulas.slopes[port]
        if slope is None:
            return None
        latex = slope.latex([*map(latex_name, names)], latex_name(output))
        return Segment(slope.plain(names, output), latex, Shade.VALUE)

    def _number(self, value: Array | None, shade: Shade) -> Run:
        if value is not None and value.ndim and not is_short_vector(value.shape):
            return Run(format_dimensions(value.shape).replace(" × ", "\u00a0×\u00a0"), shade)
        return number_run(value, self._explainer.decimals, shade)


def pattern_of(node: Node) -> str:
    """Say in a word and a sentence what a node does to gradients."""
    if node.passes_on:
        return "Muted: it passes its first input on, and the whole gradient back to it."
    if not isinstance(node.kind, Gate):
        return ""
    pattern = node.kind.pattern
    return f"{WORDS[pattern]}: it {pattern.value}."


def rule_of(node: Node) -> str:
    """Say why the local gradient of a node is what it is."""
    if node.passes_on:
        return "A muted gate is the identity of its first input, whose local gradient is 1."
    if isinstance(node.kind, Gate):
        return _COMPUTED_ALREADY.get(node.kind.name, node.kind.rule)
    return "Its local gradients are those of the gates inside, multiplied along the wires."


WORDS: Final = {
    Pattern.DISTRIBUTOR: "Distributor",
    Pattern.ROUTER: "Router",
    Pattern.SWITCHER: "Switcher",
    Pattern.SCALER: "Scaler",
    Pattern.SQUASHER: "Squasher",
    Pattern.MIXER: "Mixer",
    Pattern.RESHAPER: "Reshaper",
    Pattern.BLOCKER: "Blocker",
}
_COMPUTED_ALREADY: Final = {
    "exp": "The exponential is its own derivative, so the local gradient is the output, which the "
    "forward pass already computed.",
    "sigmoid": "The slope is (1 − f) f, of the output f that the forward pass already computed: a "
    "quarter in the middle, nothing where the output saturates.",
    "tanh": "The slope is 1 − f², of the output f that the forward pass already computed: one in "
    "the middle, nothing where the output saturates.",
}


def _rule_of_many(kind: Gate, names: Sequence[str], port: int) -> Segment | None:
    """Return the local gradient of a sum or product of more inputs than its formula names."""
    if kind.name == "add":
        return Segment("1", "1", Shade.VALUE)
    if kind.name != "mul":
        return None
    others = [name for at, name in enumerate(names) if at != port]
    latex = r" \cdot ".join(map(latex_name, others))
    return Segment(" · ".join(others), latex, Shade.VALUE)


def _part_of(downstream: Array, upstream: Array) -> float:
    if downstream.ndim == upstream.ndim == 0:
        return float(downstream / upstream)
    if downstream.shape == upstream.shape:
        return float(np.sum(np.abs(downstream)) / np.sum(np.abs(upstream)))
    return float(np.max(np.abs(downstream), initial=0.0) / np.max(np.abs(upstream)))


def _finite(value: Array) -> bool:
    return bool(np.isfinite(value).all())


def _is_number(text: str) -> bool:
    try:
        float(text.replace("−", "-"))
    except ValueError:
        return False
    return True
