"""The numbers of a graph as a learner has them: what follows from the answers so far.

An answer that follows from an earlier one is right, even where that one is wrong: a slip costs its
own point and not those of all that is computed from it. That goes for answers that could be slips.
With 0 or nan all that comes after is 0 or nan as well, and whoever typed that into each blank would
have found nothing and get nearly all points; so it is not worked on with, unless it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.alone import Ran, run_alone
from chainrule.autodiff.covering import Covered
from chainrule.autodiff.passes import Passes
from chainrule.graph.exercises import Asked, Blank
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import output_of
from chainrule.practice.blanks import blank_of_wire, in_order, truth_of, wire_of
from chainrule.practice.tolerance import Flags, rounded

Numbers: TypeAlias = Mapping[Blank, Array]

_INVERSES: Final[Mapping[str, Callable[[Array], Array]]] = {
    "sigmoid": lambda output: np.log(output / (1.0 - output)),
    "tanh": np.arctanh,
}
"""The inputs by the outputs of gates whose slopes are written with the output alone."""

_FARTHEST: Final = 1e6
"""A slip makes a number at most so many times larger or smaller; the rest acts like inf or 0."""


@final
class OwnNumbers:
    """What each blank should be, given the answers to the others; found blank by blank.

    A blank that wasn't answered is what follows for it. With `rounding_to`, the numbers that are
    given are those that are seen: rounded to so many decimals. `by_outputs` takes local gradients
    from the value that the learner has for a gate, as (1 − σ) σ does, not from its inputs.
    """

    def __init__(
        self,
        graph: GateGraph,
        passes: Passes,
        hidden: frozenset[Blank],
        answered: Numbers,
        rounding_to: int | None = None,
        *,
        by_outputs: bool = False,
    ) -> None:
        self._graph = graph
        self._passes = passes
        self._covered = Covered(graph, passes, hidden)
        self._answered = answered
        self._rounding_to = rounding_to
        self._by_outputs = by_outputs
        self._following: dict[Blank, Array] = {}
        self._runs: dict[NodeId, Ran] = {}
        for blank in in_order(graph, passes, hidden):
            number = self._follow(blank)
            if number is not None:
                self._following[blank] = number

    def following(self, blank: Blank) -> Array | None:
        """Return what a blank should be, by the answers to the others; None if it can't be."""
        return self._following.get(blank)

    def value(self, node_id: NodeId) -> Array | None:
        """Return a node's value as the learner has it."""
        blank = Blank(Asked.VALUE, node_id)
        return self._held(blank) if self._covered.hides_value(node_id) else self._given(blank)

    def gradient(self, node_id: NodeId) -> Array | None:
        """Return a node's gradient as the learner has it."""
        blank = Blank(Asked.GRADIENT, node_id)
        if not self._covered.hides_gradient(node_id):
            return self._given(blank)
        return self._held(blank)

    def wire_gradient(self, wire: Wire) -> Array | None:
        """Return what flows back along a wire as the learner has it."""
        blank = blank_of_wire(self._graph, wire)
        if blank.asked is Asked.GRADIENT:
            return self.gradient(blank.node)
        return self._held(blank) if self._covered.hides_wire(wire) else self._given(blank)

    def run(self, node_id: NodeId) -> Ran:
        """Return what a gate makes of the learner's numbers."""
        inputs = self.inputs(node_id)
        if inputs is None:
            return Ran(None, (None,) * self._graph.node(node_id).ports)
        if node_id not in self._runs:
            node, upstream = self._graph.node(node_id), self.gradient(node_id)
            output = self.value(node_id) if self._by_outputs else None
            inverse = _INVERSES.get(node.kind.name)
            if output is not None and inverse is not None:
                with np.errstate(all="ignore"):
                    inputs = [inverse(output)]
            self._runs[node_id] = run_alone(self._graph, node, inputs, upstream, output)
        return self._runs[node_id]

    def inputs(self, node_id: NodeId) -> list[Array] | None:
        """Return the inputs of a gate as the learner has them; None if one is missing."""
        found = [None if each is None else self.value(each) for each in self._graph.inputs(node_id)]
        known = [each for each in found if each is not None]
        return known if len(known) == len(found) else None

    def downstream(self, wire: Wire) -> Array | None:
        """Return what should flow back along a wire, by the learner's upstream gradient."""
        if self.gradient(wire.target) is None:
            return None
        return self.run(wire.target).downstream[wire.port]

    def _follow(self, blank: Blank) -> Array | None:
        if blank.asked is Asked.VALUE:
            return self._forward(blank.node)
        wire = wire_of(self._graph, blank)
        return self._sum(blank.node) if wire is None else self.downstream(wire)

    def _forward(self, node_id: NodeId) -> Array | None:
        inputs = self.inputs(node_id)
        if inputs is None:
            return None
        return run_alone(self._graph, self._graph.node(node_id), inputs).value

    def _sum(self, node_id: NodeId) -> Array | None:
        """Return the sum of what comes back to a node."""
        wires = self._graph.wires_from(node_id)
        parts = [self._coming(wire) for wire in wires]
        if node_id == output_of(self._graph):
            parts.append(self._passes.seed)
        known = [each for each in parts if each is not None]
        if len(known) < len(parts) or not known:
            return None
        total = known[0]
        for each in known[1:]:
            total = total + each
        return total

    def _coming(self, wire: Wire) -> Array | None:
        blank = blank_of_wire(self._graph, wire)
        return self.downstream(wire) if blank.asked is Asked.GRADIENT else self.wire_gradient(wire)

    def _held(self, blank: Blank) -> Array | None:
        """Return the answer where it can be a slip, else what follows, as without an answer."""
        answer, following = self._answered.get(blank), self._following.get(blank)
        truth = truth_of(self._graph, self._passes, blank)
        if answer is None or truth is None:
            return following
        if following is None:
            following = truth
        lost = ~np.isfinite(following) & np.isfinite(truth)
        return np.where(_may_be_slip(answer, truth), answer, np.where(lost, truth, following))[()]

    def _given(self, blank: Blank) -> Array | None:
        number = truth_of(self._graph, self._passes, blank)
        if number is None or self._rounding_to is None:
            return number
        return rounded(number, self._rounding_to)


def _may_be_slip(answer: Array, truth: Array) -> Flags:
    """Say for each number of an answer whether it is right or as large as a wrong one may be."""
    given, right = np.abs(np.asarray(answer)), np.abs(np.asarray(truth))
    with np.errstate(all="ignore"):
        large_enough = given * _FARTHEST >= np.minimum(right, 1.0)
        small_enough = given <= np.maximum(right, 1.0) * _FARTHEST
    is_same = (answer == truth) | (np.isnan(given) & np.isnan(right))
    return (np.isfinite(given) & large_enough & small_enough) | is_same
