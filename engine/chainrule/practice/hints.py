"""Hints in three steps: the rule of the gate, the rule in this graph's names, and its numbers.

No step says the answer itself, nor the answer to another blank: where that is not found yet, its
name stands in its place, and where the learner has answered it, that answer, said to be theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, final

from chainrule.arrays import Array
from chainrule.autodiff.alone import run_alone
from chainrule.autodiff.covering import Covered
from chainrule.autodiff.passes import Passes
from chainrule.diagram.numbers import format_value, is_short_vector
from chainrule.errors import ExpressionError
from chainrule.expression.notation import Binding, Piece, enclosed
from chainrule.expression.spelled import spelled, spelled_derivative
from chainrule.gates.gate import Elementwise, Gate
from chainrule.graph.exercises import Answers, Asked, Blank, Exercise
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import output_of
from chainrule.practice.answering import read_answer
from chainrule.practice.blanks import (
    blank_of_wire,
    canonical,
    derivative_name,
    shape_of,
    shown_name,
    wire_of,
)

_SIMPLE: Final = re.compile(r"−?[\w.₀-₉]+ᵀ?|\[[^\[\]]*\]ᵀ?|1\[[^\[\]]*\]|\w+\([^()]*\)")
"""Formulas that need no brackets around them as a factor."""

STEPS: Final = ("Rule", "Symbols", "Numbers")
_BRANCHES_ADD: Final = "Where a value is used several times, the gradients of its branches add."
_CHAIN_RULE: Final = "Downstream is local times upstream."
OWN_NUMBERS_COUNT: Final = (
    "What follows rightly from your own numbers gets all points, even where they are wrong."
)
"""What is said beside a hint that reckons with them; see `own_numbers`."""


@final
class Hints(NamedTuple):
    """The three steps of a hint, a sentence or an equation each.

    `numbers` names the learner's own answers that stand in it, and says what comes of them.
    """

    rule: str
    symbols: str
    numbers: str


def hints_for(
    graph: GateGraph, passes: Passes, exercise: Exercise, answers: Answers, blank: Blank
) -> Hints:
    """Return the hints for a blank, with the numbers that are given or were answered."""
    texts = {canonical(graph, each): text for each, text in answers.texts.items()}
    shown = {canonical(graph, each) for each in answers.shown}
    hinter = _Hinter(graph, passes, exercise, texts)
    rule, symbols, numbers = hinter.hints(blank)
    own = [
        _equation(graph, each, texts[each])
        for each in hinter.taken
        if each not in shown and hinter.without(each).hints(blank).numbers != numbers
    ]
    if own:
        numbers += f", with your {' and '.join(own)}. {OWN_NUMBERS_COUNT}"
    return Hints(rule, symbols, numbers)


def _equation(graph: GateGraph, blank: Blank, text: str) -> str:
    """Return an answer as an equation, just as it was typed: q = 99."""
    wire = wire_of(graph, blank)
    if blank.asked is Asked.VALUE:
        name = shown_name(graph, blank.node)
    elif wire is None:
        name = derivative_name(graph, blank.node)
    else:
        along = f" along the wire to {shown_name(graph, wire.target)}"
        name = derivative_name(graph, wire.source) + along
    return f"{name} = {text.replace('-', '−')}"


@final
class _Hinter:
    """Writes hints with what a learner can know."""

    def __init__(
        self, graph: GateGraph, passes: Passes, exercise: Exercise, answers: Mapping[Blank, str]
    ) -> None:
        self._graph, self._passes, self._exercise = graph, passes, exercise
        self._decimals = exercise.decimals
        self._covered = Covered(graph, passes, frozenset(exercise.blanks))
        self._answers = answers
        # The answers that were looked at so far, in that order.
        self.taken: dict[Blank, None] = {}

    def without(self, blank: Blank) -> _Hinter:
        """Return one that doesn't know the answer to a blank."""
        others = {each: text for each, text in self._answers.items() if each != blank}
        return _Hinter(self._graph, self._passes, self._exercise, others)

    def hints(self, blank: Blank) -> Hints:
        if blank.asked is Asked.VALUE:
            return self._of_value(self._graph.node(blank.node))
        wire = wire_of(self._graph, blank)
        if wire is not None:
            return self._of_flow(wire)
        wires = self._graph.wires_from(blank.node)
        return self._of_flow(wires[0]) if len(wires) == 1 else self._of_sum(blank.node, wires)

    def _of_value(self, node: Node) -> Hints:
        sources = self._graph.inputs(node.id)
        name, kind = shown_name(self._graph, node.id), node.kind
        names = [Piece(shown_name(self._graph, each)) for each in sources]
        numbers = [
            self._piece(self._value(each), shown_name(self._graph, each)) for each in sources
        ]
        if node.passes_on:
            rule = "It is muted: it passes its first input on as it is."
            return Hints(rule, f"{name} = {names[0].text}", f"{name} = {numbers[0].text}")
        rule = kind.summary if isinstance(kind, Gate) else "Compute the gates inside of it in turn."
        return Hints(rule, f"{name} = {spelled(kind, names)}", f"{name} = {spelled(kind, numbers)}")

    def _of_flow(self, wire: Wire) -> Hints:
        kind = self._graph.node(wire.target).kind
        rule = f"{_CHAIN_RULE} {kind.rule}" if isinstance(kind, Gate) else _CHAIN_RULE
        down = derivative_name(self._graph, wire.source)
        numbers = f"{down} = {self._product_in_numbers(wire)}"
        formula = self._local_formula(wire)
        if wire.target == output_of(self._graph):
            symbols = (
                f"{down} = {formula or self._local_symbol(wire)}, times the gradient at the end"
            )
            return Hints(rule, symbols, numbers)
        symbols = f"{down} = {self._product_in_symbols(wire)}"
        if formula:
            symbols += f", where {self._local_symbol(wire)} = {formula}"
        return Hints(rule, symbols, numbers)

    def _of_sum(self, node_id: NodeId, wires: Sequence[Wire]) -> Hints:
        down = derivative_name(self._graph, node_id)
        if not wires:
            return Hints("The output's own gradient is 1: the backward pass begins with it.",
                         f"{down} = 1", f"{down} = 1")  # fmt: skip
        symbols = " + ".join(self._product_in_symbols(wire) for wire in wires)
        terms = [self._branch(wire) for wire in wires]
        first, *others = terms
        numbers = [enclosed(first, Binding.SUM), *(enclosed(each, Binding.ATOM) for each in others)]
        if node_id == output_of(self._graph):
            symbols, numbers = f"{symbols} + 1", [*numbers, "1"]
        return Hints(_BRANCHES_ADD, f"{down} = {symbols}", f"{down} = {' + '.join(numbers)}")

    def _branch(self, wire: Wire) -> Piece:
        """Return the number of a branch if that can be known, and else how it is found."""
        blank = blank_of_wire(self._graph, wire)
        known = self._known(blank, self._covered.wire_gradient(wire))
        if known is None:
            return Piece(self._product_in_numbers(wire), Binding.SUM)
        return self._piece(known, self._product_in_symbols(wire))

    def _product_in_symbols(self, wire: Wire) -> str:
        return f"{self._local_symbol(wire)} · {derivative_name(self._graph, wire.target)}"

    def _product_in_numbers(self, wire: Wire) -> str:
        """Return local × upstream with the numbers that are known, and names for the others."""
        name = derivative_name(self._graph, wire.target)
        blank = Blank(Asked.GRADIENT, wire.target)
        upstream = self._known(blank, self._covered.gradient(wire.target))
        factor = enclosed(self._piece(upstream, name), Binding.ATOM)
        local = self._local(wire)
        formula = self._local_formula_in_numbers(wire) or self._local_symbol(wire)
        if self._is_hidden_value(wire):
            local, formula = None, shown_name(self._graph, wire.target)
        if local is not None:
            formula = enclosed(self._piece(local, formula), Binding.SUM)
        elif not _SIMPLE.fullmatch(formula):
            formula = f"({formula})"
        node = self._graph.node(wire.target)
        is_number = (shape := self._passes.shape(wire.target)) is not None and not shape
        sign = "×" if is_number else "⊙" if isinstance(node.kind, Elementwise) else "·"
        return f"{formula} {sign} {factor}"

    def _local_symbol(self, wire: Wire) -> str:
        return f"∂{shown_name(self._graph, wire.target)}/∂{shown_name(self._graph, wire.source)}"

    def _local_formula(self, wire: Wire) -> str:
        names = [shown_name(self._graph, each) for each in self._graph.inputs(wire.target)]
        return self._formula(wire, names, shown_name(self._graph, wire.target))

    def _local_formula_in_numbers(self, wire: Wire) -> str:
        inputs = [
            enclosed(self._piece(self._value(each), shown_name(self._graph, each)), Binding.ATOM)
            for each in self._graph.inputs(wire.target)
        ]
        value = self._value(wire.target)
        output = self._piece(value, shown_name(self._graph, wire.target))
        formula = self._formula(wire, inputs, enclosed(output, Binding.ATOM))
        # A formula that is one input alone has its brackets already.
        return formula[1:-1] if formula in inputs and formula.startswith("(") else formula

    def _formula(self, wire: Wire, inputs: Sequence[str], output: str) -> str:
        node = self._graph.node(wire.target)
        if node.passes_on:
            return "1" if wire.port == 0 else "0"
        return spelled_derivative(node, wire.port, inputs, output)

    def _is_hidden_value(self, wire: Wire) -> bool:
        """Say whether a local gradient is the very value that is asked for, as with exp."""
        names = [shown_name(self._graph, each) for each in self._graph.inputs(wire.target)]
        node = self._graph.node(wire.target)
        if node.passes_on or not self._covered.hides_value(wire.target):
            return False
        value = spelled(node.kind, [Piece(each) for each in names])
        return value == spelled_derivative(node, wire.port, names, value)

    def _local(self, wire: Wire) -> Array | None:
        """Return the local gradient by numbers that a learner has, None where it is no number."""
        node = self._graph.node(wire.target)
        values = [self._value(each) for each in self._graph.inputs(wire.target)]
        known = [each for each in values if each is not None]
        elementwise = isinstance(node.kind, Elementwise) or not any(each.ndim for each in known)
        if len(known) < len(values) or not elementwise:
            return None
        return run_alone(self._graph, node, known).downstream[wire.port]

    def _value(self, node_id: NodeId | None) -> Array | None:
        if node_id is None:
            return None
        return self._known(Blank(Asked.VALUE, node_id), self._covered.value(node_id))

    def _known(self, blank: Blank, given: Array | None) -> Array | None:
        """Return a number that is given or was answered; None for what is still to be found."""
        text = self._answers.get(blank)
        if given is not None or text is None:
            return given
        shape = shape_of(self._graph, self._passes, blank)
        try:
            answer = read_answer(text, shape or ())
        except ExpressionError:
            return None
        if answer.shape != shape:
            return None
        self.taken[blank] = None
        return answer

    def _piece(self, number: Array | None, name: str) -> Piece:
        """Return a number as it stands in an equation, or its name where there is none to write."""
        if number is None or (number.ndim and not is_short_vector(number.shape)):
            return Piece(name)
        text = format_value(number, self._decimals)
        return Piece(text, Binding.SUM if text.startswith("−") else Binding.ATOM)
