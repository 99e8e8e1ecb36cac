"""Rules of gates that are written as smaller gates, whose own rules then run backwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from chainrule.autodiff.gradient_graph.terms import Rule, Term
from chainrule.graph.node import NodeId


def composed(forward: Callable[..., Term]) -> Rule:
    """Make the rule of a gate from `forward(gate, *inputs)`, which computes it by smaller ones."""

    def backward(gate: Any, up: Term, out: Term, *inputs: Term) -> Sequence[Term | None]:
        draft, apart = up.draft, _apart(inputs)
        begun = draft.count
        made = forward(gate, *apart)
        known = {each.id: each for each in apart}
        arrived: dict[NodeId, Term] = {made.id: up}
        for term in reversed(draft.made_since(begun)):
            known[term.id] = term
            if term.id in arrived:
                _send_back(term, arrived, known)
        return [arrived.get(each.id) for each in apart]

    return backward


def _apart(inputs: Sequence[Term]) -> list[Term]:
    """Return inputs of which no two are one node, so that each gets a gradient of its own."""
    apart: list[Term] = []
    for each in inputs:
        twice = any(each.id == other.id for other in apart)
        apart.append(each.gate("identity") if twice else each)
    return apart


def _send_back(term: Term, arrived: dict[NodeId, Term], inputs: dict[NodeId, Term]) -> None:
    """Add what a gate sends back along its inputs to what has arrived there."""
    draft, upstream = term.draft, arrived[term.id]
    kind, sources = draft.kinds[term.id]
    if not sources:
        return
    terms = [inputs.get(each) or draft.terms[each] for each in sources]
    for source, sent in zip(
        terms, draft.rules[kind.name](kind, upstream, term, *terms), strict=True
    ):
        if sent is not None:
            back = sent.in_shape(source.shape)
            so_far = arrived.get(source.id)
            arrived[source.id] = back if so_far is None else so_far + back
