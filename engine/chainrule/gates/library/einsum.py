"""Einstein's summation over the named axes of any number of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.subscripts import Subscripts, letter_sizes, parse_subscripts
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import TEXT, Group, parameter


@register
@final
@dataclass(frozen=True)
class Einsum(Gate):
    """f = Σ of the products of all inputs over the axes whose letters the output does not have.

    As np.einsum: without an arrow the output has the letters that stand once, in the order of the
    alphabet; a letter twice in a term takes the diagonal; ... stands for axes that broadcast; and
    an axis of size 1 broadcasts against one of the same letter. The gradient of an input is again
    such a sum: of the upstream gradient and all other inputs, to the letters of this one.
    """

    subscripts: str = parameter(
        "ij->ji", TEXT, "A letter for each axis, such as ij,jk->ik.", required=True
    )

    name = "einsum"
    group = Group.MATRICES
    summary = "Products of arrays, summed over axes that are named by letters."
    aliases = ("Einstein summation", "contraction", "tensordot", "index notation")
    ports = ("x", "y")
    optional = 1
    variadic = True
    pattern = Pattern.SWITCHER
    formula = r"\sum x_{\ldots} y_{\ldots}"
    derivatives = (r"y_{\ldots}", r"x_{\ldots}")
    rule = "Like mul: each input gets the upstream gradient times all others, summed to its axes."
    samples = ((((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),),)
    variants = (
        (
            {"subscripts": "ij,jk->ik"},
            (((1.0, 2.0), (3.0, -4.0)), ((0.5, -1.0, 1.5), (2.0, 0.0, 1.0))),
        ),
        ({"subscripts": "ii"}, (((1.0, 2.0), (3.0, -4.0)),)),
        ({"subscripts": "iij->ij"}, ((((1.0, 2.0), (0.5, 3.0)), ((0.5, -1.0), (2.0, 0.25))),)),
        ({"subscripts": "i,j,j->i"}, ((1.0, 2.0), (3.0, -4.0, 0.5), (0.5, 1.5, 2.0))),
        ({"subscripts": "...i,...i"}, (((1.0, 2.0), (3.0, -4.0)), (0.5, 1.5))),
        ({"subscripts": "ij,k->"}, (((1.0, 2.0), (3.0, -4.0)), (0.5, 1.5))),
        ({"subscripts": "ij,ij->j"}, (((1.0, 2.0),), ((0.5,), (1.5,)))),
    )

    def __post_init__(self) -> None:
        parse_subscripts(self.name, self.subscripts)

    @property
    @override
    def symbol(self) -> str:
        return "einsum"

    @override
    def forward(self, *inputs: Floats) -> Array:
        terms, output = self._terms(inputs)
        return np.einsum(f"{','.join(terms)}->{output}", *inputs, optimize=True)[()]

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Floats) -> tuple[Array, ...]:
        terms, result = self._terms(inputs)
        sizes = letter_sizes(self.name, terms, tuple(x.shape for x in inputs), self.subscripts)
        return tuple(
            _placed(_gradient(upstream, result, terms, inputs, port, sizes), terms[port], x, sizes)
            for port, x in enumerate(inputs)
        )

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        terms, output = self._parsed.spelled_out(self.name, tuple(map(len, shapes)))
        sizes = letter_sizes(self.name, terms, shapes, self.subscripts)
        return tuple(sizes[letter] for letter in output)

    @property
    def _parsed(self) -> Subscripts:
        return parse_subscripts(self.name, self.subscripts)

    def _terms(self, inputs: tuple[Array, ...]) -> tuple[tuple[str, ...], str]:
        return self._parsed.spelled_out(self.name, tuple(x.ndim for x in inputs))


def _gradient(
    upstream: Array,
    result: str,
    terms: tuple[str, ...],
    inputs: tuple[Array, ...],
    port: int,
    sizes: dict[str, int],
) -> Array:
    """Return the gradient of one input with one axis of full size for each of its letters.

    A letter that stands in this input alone was summed over, so its gradient is copied along it.
    """
    letters = "".join(dict.fromkeys(terms[port]))
    others = (*terms[:port], *terms[port + 1 :])
    shared = [each for each in letters if each in result or any(each in one for one in others)]
    summed = np.einsum(
        f"{','.join((result, *others))}->{''.join(shared)}",
        upstream,
        *inputs[:port],
        *inputs[port + 1 :],
        optimize=True,
    )[()]
    lone = tuple(place for place, each in enumerate(letters) if each not in shared)
    widened = np.expand_dims(summed, lone) if lone else summed
    return np.broadcast_to(widened, tuple(sizes[each] for each in letters))[()]


def _placed(gradient: Array, term: str, x: Floats, sizes: dict[str, int]) -> Array:
    """Bring a gradient by letters into the shape of `x`, whose axes have the letters of `term`.

    Axes along which x was broadcast are summed up; a letter that stands twice is a diagonal.
    """
    letters = list(dict.fromkeys(term))
    own = dict(zip(term, x.shape, strict=True))
    stretched = tuple(place for place, each in enumerate(letters) if own[each] == 1 != sizes[each])
    if stretched:
        gradient = np.sum(gradient, axis=stretched, keepdims=True)
    if len(letters) == len(term):
        return gradient
    placed = np.zeros_like(gradient, shape=x.shape)
    ranks = np.indices(tuple(own[each] for each in letters), sparse=True)
    placed[tuple(ranks[letters.index(each)] for each in term)] = gradient
    return placed
