"""What an answer would be if a learner had made a certain fault: found by making it.

Each fault is made with the numbers that the learner has. None of the sentences gives the right
number away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.alone import run_alone
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Elementwise, Gate, Pattern
from chainrule.graph.exercises import Asked, Blank
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.practice.blanks import derivative_name, shown_name, wire_of
from chainrule.practice.faults import Fault
from chainrule.practice.own_numbers import OwnNumbers

_MOST_BRANCHES: Final = 5
_SWAPPED: Final = {
    "add": ("mul", "multiplied"),
    "mul": ("add", "added"),
    "max": ("min", "took the smallest"),
    "min": ("max", "took the largest"),
}
_WORDS: Final = {
    "add": "+ adds its inputs",
    "mul": "× multiplies its inputs",
    "max": "max takes the largest",
    "min": "min takes the smallest",
}


@final
class Suspect(NamedTuple):
    """A fault, the number that it leads to, and what to say to who made it."""

    fault: Fault
    number: Array
    says: str


def suspects(graph: GateGraph, own: OwnNumbers, blank: Blank) -> Iterator[Suspect]:
    """Yield the faults that can be made at a blank, the likeliest first."""
    if blank.asked is Asked.VALUE:
        yield from _of_value(graph, own, blank.node)
        return
    wire = wire_of(graph, blank)
    if wire is not None:
        yield from _Flow(graph, own, wire).suspects()
        return
    wires = graph.wires_from(blank.node)
    if len(wires) == 1:
        yield from _Flow(graph, own, wires[0]).suspects()
    else:
        yield from _of_sum(graph, own, blank.node, wires)


def _of_value(graph: GateGraph, own: OwnNumbers, node_id: NodeId) -> Iterator[Suspect]:
    node, inputs = graph.node(node_id), own.inputs(node_id)
    gradient = own.gradient(node_id)
    if gradient is not None:
        says = f"This is the gradient at {shown_name(graph, node_id)}; its value is asked for."
        yield Suspect(Fault.GRADIENT, gradient, says)
    swapped = _SWAPPED.get(node.kind.name)
    if inputs is None or swapped is None or node.passes_on:
        return
    other, did = swapped
    made = run_alone(graph, Node(node_id, get_kind(other)(), node.ports), inputs).value
    if made is not None:
        yield Suspect(Fault.OTHER_GATE, made, f"You {did}; {_WORDS[node.kind.name]}.")


@final
@dataclass(frozen=True, slots=True)
class _Flow:
    """What can go wrong where a gradient flows back through a gate, along one wire."""

    graph: GateGraph
    own: OwnNumbers
    wire: Wire

    def suspects(self) -> Iterator[Suspect]:
        yield from self._forgotten()
        yield from self._other_inputs()
        yield from _value_for_gradient(self.graph, self.own, self.wire.source)

    def _forgotten(self) -> Iterator[Suspect]:
        """Yield one of the two factors alone, and a sum that was not made."""
        node, inputs = self._gate, self.own.inputs(self.wire.target)
        upstream = self.own.gradient(self.wire.target)
        if inputs is None:
            return
        local = run_alone(self.graph, node, inputs).downstream[self.wire.port]
        gate, source = self._name(self.wire.target), self._name(self.wire.source)
        up = derivative_name(self.graph, self.wire.target)
        if local is not None:
            says = (
                f"You forgot the upstream gradient: this is the local gradient ∂{gate}/∂{source} "
                f"alone; multiply it by {up}."
            )
            yield Suspect(Fault.NO_UPSTREAM, local, says)
        if upstream is None:
            return
        if isinstance(node.kind, Gate) and node.kind.pattern is Pattern.ROUTER:
            yield from self._routed(upstream)
        unsummed = _unsummed(node, self.wire.port, inputs, upstream)
        if unsummed is not None:
            says = (
                f"{source} was copied to fit, so its gradient is the sum over the copies; you have "
                "the gradient of each copy."
            )
            yield Suspect(Fault.NOT_SUMMED, unsummed, says)
        says = (
            f"This is the upstream gradient {up} alone; multiply it by the local gradient "
            f"∂{gate}/∂{source}."
        )
        yield Suspect(Fault.ONLY_UPSTREAM, upstream, says)

    def _routed(self, upstream: Array) -> Iterator[Suspect]:
        """Yield the gradient with winner and loser exchanged."""
        sent = self.own.run(self.wire.target).downstream[self.wire.port]
        if sent is None or sent.shape != upstream.shape:
            return
        kind = self._gate.kind.name
        says = (
            f"{kind} routes the whole upstream gradient to the input that won, and 0 to the "
            "others; here it went to the other side."
        )
        yield Suspect(Fault.LOSER, upstream - sent, says)

    def _other_inputs(self) -> Iterator[Suspect]:
        """Yield what belongs to another input of the gate, with and without the upstream."""
        node, inputs = self._gate, self.own.inputs(self.wire.target)
        if inputs is None or len(inputs) < 2:
            return
        sources, kind = self.graph.inputs(self.wire.target), self._gate.kind
        sent = self.own.run(self.wire.target).downstream
        locals_ = run_alone(self.graph, node, inputs).downstream
        switches = isinstance(kind, Gate) and kind.pattern is Pattern.SWITCHER
        rule = f" {kind.symbol} switches its inputs: each gets the other one." if switches else ""
        for port, source in enumerate(sources):
            if port == self.wire.port:
                continue
            says = f"This belongs to the other input, {self._name(source)}.{rule}"
            for number in (sent[port], locals_[port]):
                if number is not None:
                    yield Suspect(Fault.OTHER_INPUT, number, says)

    @property
    def _gate(self) -> Node:
        return self.graph.node(self.wire.target)

    def _name(self, node_id: NodeId | None) -> str:
        return shown_name(self.graph, node_id)


def _of_sum(
    graph: GateGraph, own: OwnNumbers, node_id: NodeId, wires: Sequence[Wire]
) -> Iterator[Suspect]:
    """Yield the faults where the gradients of several branches add."""
    coming = [(wire, own.wire_gradient(wire)) for wire in wires]
    known = [(wire, number) for wire, number in coming if number is not None]
    if 1 < len(known) <= _MOST_BRANCHES:
        for count in range(1, len(known)):
            for some in combinations(known, count):
                yield _missing(graph, node_id, some)
    locals_ = [_local(graph, own, wire) for wire in wires]
    found = [each for each in locals_ if each is not None]
    if found and len(found) == len(locals_):
        says = (
            "You forgot the upstream gradients: each branch brings its local gradient times its "
            "upstream gradient, and then they add."
        )
        yield Suspect(Fault.NO_UPSTREAM, _total(found), says)
    yield from _value_for_gradient(graph, own, node_id)


def _missing(graph: GateGraph, node_id: NodeId, some: Sequence[tuple[Wire, Array]]) -> Suspect:
    name = shown_name(graph, node_id)
    through = " and ".join(dict.fromkeys(shown_name(graph, wire.target) for wire, _ in some))
    says = (
        f"You forgot to add a branch: this is what comes back through {through}; {name} is used "
        "more than once, and its branches add."
    )
    return Suspect(Fault.MISSING_BRANCH, _total([number for _, number in some]), says)


def _local(graph: GateGraph, own: OwnNumbers, wire: Wire) -> Array | None:
    inputs = own.inputs(wire.target)
    if inputs is None:
        return None
    return run_alone(graph, graph.node(wire.target), inputs).downstream[wire.port]


def _value_for_gradient(graph: GateGraph, own: OwnNumbers, node_id: NodeId) -> Iterator[Suspect]:
    value = own.value(node_id)
    if value is not None:
        says = f"This is the value of {shown_name(graph, node_id)}; its gradient is asked for."
        yield Suspect(Fault.VALUE, value, says)


def _unsummed(node: Node, port: int, inputs: Sequence[Array], upstream: Array) -> Array | None:
    """Return the gradient of the copies of an input that was broadcast; None if it wasn't."""
    gate = node.kind
    if not isinstance(gate, Elementwise) or node.passes_on:
        return None
    if inputs[port].shape == upstream.shape:
        return None
    try:
        with np.errstate(all="ignore"):
            sent = gate.backward(upstream, gate.forward(*inputs), *inputs)[port]
    except Exception:  # noqa: BLE001  a registered gate may raise anything
        return None
    return sent if sent.shape != inputs[port].shape else None


def _total(numbers: Sequence[Array]) -> Array:
    total = numbers[0]
    for each in numbers[1:]:
        total = total + each
    return total
