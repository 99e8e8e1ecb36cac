"""Terms: nodes of a gradient graph in the making, with which one calculates as with numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array, Shape, as_array
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Constant
from chainrule.graph.node import Node, NodeId, Wire

_UNNAMED = "#"


@final
class Term:
    """A node and the shape of its value; `+ - * / **` make the gates that compute with it.

    A number on the right side becomes a setting of the gate, as in `mul_constant`.
    """

    __slots__ = ("draft", "id", "shape")

    def __init__(self, draft: Draft, node_id: NodeId, shape: Shape) -> None:
        self.draft, self.id, self.shape = draft, node_id, shape

    def gate(self, name: str, *others: Term, **settings: object) -> Term:
        """Return a gate of the catalogue that reads this term and `others`."""
        return self.draft.gate(name, self, *others, **settings)

    def __neg__(self) -> Term:
        return self.gate("neg")

    def __add__(self, other: Term | float) -> Term:
        if isinstance(other, Term):
            return self.gate("add", other)
        return self.gate("add_constant", c=other)

    def __sub__(self, other: Term | float) -> Term:
        return self.gate("sub", other) if isinstance(other, Term) else self + -other

    def __mul__(self, other: Term | float) -> Term:
        if isinstance(other, Term):
            return self.gate("mul", other)
        return self if other == 1.0 else self.gate("mul_constant", c=other)

    def __truediv__(self, other: Term) -> Term:
        return self.gate("div", other)

    def __pow__(self, exponent: float) -> Term:
        if exponent == 1.0:
            return self
        return self.gate("square") if exponent == 2.0 else self.gate("power", exponent=exponent)

    def chosen_by(self, mask: Term, other: Term | float = 0.0) -> Term:
        """Return this where the mask is 1, and `other` elsewhere."""
        rest = other if isinstance(other, Term) else self.draft.constant(other)
        return mask.gate("where", self, rest)

    def is_above(self, bound: Term | float) -> Term:
        """Return the mask of where this is larger."""
        other = bound if isinstance(bound, Term) else self.draft.constant(bound)
        return self.gate("greater", other)

    def is_below(self, bound: float) -> Term:
        """Return the mask of where this is smaller."""
        return self.draft.constant(bound).gate("greater", self)

    def reshaped(self, shape: Shape) -> Term:
        """Return the same numbers in another shape."""
        return self if shape == self.shape else self.gate("reshape", shape=[*shape])

    def broadcast(self, shape: Shape) -> Term:
        """Return it copied along axes of size 1 and new ones in front."""
        return self if shape == self.shape else self.gate("broadcast_to", shape=[*shape])

    def summed(self, axes: Sequence[int], *, keepdims: bool = False) -> Term:
        """Return the sum along axes; itself where there are none."""
        return self.gate("sum", axis=[*axes], keepdims=keepdims) if axes else self

    def transposed(self) -> Term:
        """Return the matrix, or each of a stack, with rows and columns exchanged."""
        count = len(self.shape)
        if count == 2:
            return self.gate("transpose")
        return self.gate("transpose", axes=[*range(count - 2), count - 1, count - 2])

    def in_shape(self, shape: Shape) -> Term:
        """Return it as a gradient of an input of `shape`: summed where that was broadcast.

        The counterpart of `arrays.unbroadcast`.
        """
        if self.shape == shape:
            return self
        if np.broadcast_shapes(self.shape, shape) == shape:
            return self.broadcast(shape)
        added = len(self.shape) - len(shape)
        stretched = [
            added + axis
            for axis, size in enumerate(shape)
            if size == 1 and self.shape[added + axis] != 1
        ]
        return self.summed([*range(added), *stretched]).reshaped(shape)


Rule: TypeAlias = Callable[..., Sequence[Term | None]]
"""Returns the gradients of the inputs of a `gate` from `upstream`, the `output` and the inputs.

Each may have the broadcast shape; None stands for zeros.
"""


@final
class Draft:
    """Collects the nodes and wires of a gradient graph; those that nobody named get names last."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self.kinds: dict[NodeId, tuple[Kind, tuple[NodeId, ...]]] = {}
        self.terms: dict[NodeId, Term] = {}
        self.values: dict[NodeId, Array] = {}
        self._names: dict[NodeId, NodeId] = {}
        self._numbers: dict[float, Term] = {}

    @property
    def count(self) -> int:
        """How many nodes have been made."""
        return len(self.terms)

    def made_since(self, count: int) -> list[Term]:
        """Return the nodes that have been made after the first `count`, in their order."""
        return [*islice(self.terms.values(), count, None)]

    def constant(self, value: Array | float) -> Term:
        """Return a constant; equal plain numbers, unlike those of NumPy, are one node."""
        if type(value) is float and value in self._numbers:
            return self._numbers[value]
        made = self._unnamed(as_array(value).shape, Constant(), ())
        self.values[made.id] = as_array(value)
        if type(value) is float:
            self._numbers[value] = made
        return made

    def gate(self, name: str, *inputs: Term, **settings: object) -> Term:
        """Return a gate of the catalogue that reads `inputs`."""
        kind = cast(Gate, get_kind(name).create(settings))
        shape = kind.infer_shape(*(each.shape for each in inputs))
        return self._unnamed(shape, kind, tuple(each.id for each in inputs))

    def named(self, term: Term, name: NodeId) -> Term:
        """Give a node its name; one that has one already is copied by an identity."""
        if not term.id.startswith(_UNNAMED) or term.id in self._names or self._is_number(term):
            term = term.gate("identity")
        self._names[term.id] = name
        return term

    def name_of(self, term: Term) -> NodeId:
        """Return the name that a node has got."""
        return self._names.get(term.id, term.id)

    def name_rest(self, take: Callable[[str], str]) -> None:
        """Give all other nodes names: `take` returns a free one for a wanted one."""
        for node_id in self.kinds:
            if node_id not in self._names:
                wanted = "c1" if node_id in self.values else "t1"
                self._names[node_id] = take(wanted)

    def parts(self) -> tuple[list[Node], list[Wire]]:
        """Return the nodes and wires under their names."""
        nodes: list[Node] = []
        wires: list[Wire] = []
        for node_id, (kind, inputs) in self.kinds.items():
            name, value = self._names[node_id], self.values.get(node_id)
            nodes.append(Node(name, kind, len(inputs), value))
            sources = (self._names.get(each, each) for each in inputs)
            wires += [Wire(source, name, port) for port, source in enumerate(sources)]
        return nodes, wires

    def keep(self, terms: Sequence[Term]) -> None:
        """Drop what none of `terms` depends on."""
        wanted, needed = [each.id for each in terms], set[NodeId]()
        while wanted:
            here = wanted.pop()
            if here in self.kinds and here not in needed:
                needed.add(here)
                wanted.extend(self.kinds[here][1])
        self.kinds = {each: made for each, made in self.kinds.items() if each in needed}

    def _is_number(self, term: Term) -> bool:
        return any(each is term for each in self._numbers.values())

    def _unnamed(self, shape: Shape, kind: Kind, inputs: tuple[NodeId, ...]) -> Term:
        node_id = f"{_UNNAMED}{len(self.kinds)}"
        self.kinds[node_id] = kind, inputs
        self.terms[node_id] = Term(self, node_id, shape)
        return self.terms[node_id]


def count_of(shape: Shape) -> int:
    """Return how many numbers a shape holds."""
    return math.prod(shape)


def rule(function: Callable[..., Sequence[Term | None]]) -> Rule:
    """Make a rule of a function of `(upstream, output, *inputs)` that needs no settings."""

    def backward(gate: Any, *terms: Term) -> Sequence[Term | None]:
        return function(*terms)

    return backward


def one(function: Callable[[Term, Term, Term], Term | None]) -> Rule:
    """Make the rule of a gate of one input from a function of `(upstream, output, input)`."""

    def backward(gate: Any, *terms: Term) -> tuple[Term | None, ...]:
        return (function(*terms),)

    return backward


def pair(function: Callable[[Term, Term, Term, Term], tuple[Term | None, Term | None]]) -> Rule:
    """Make the rule of a gate of two inputs from a function of `(upstream, output, *inputs)`."""
    return rule(function)


def slope(function: Callable[[Term, Term], Term]) -> Rule:
    """Make a rule of a gate of one input from its slope, a function of the output and the input."""
    return one(lambda upstream, output, x: upstream * function(output, x))


def with_settings(function: Callable[[Any, Term, Term, Term], Term | None]) -> Rule:
    """Make the rule of a gate of one input from a function of `(gate, upstream, output, input)`."""

    def backward(gate: Any, *terms: Term) -> tuple[Term | None, ...]:
        return (function(gate, *terms),)

    return backward


def nothing(ports: int) -> Rule:
    """Return the rule of a gate that sends nothing back along any of its inputs."""
    return rule(lambda *_: (None,) * ports)
