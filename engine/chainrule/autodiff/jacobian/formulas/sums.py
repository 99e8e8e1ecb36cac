"""Gates as sums of products of single elements: y[i] = Σ_j W[i,j] x[j]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias, final

from chainrule.arrays import Shape
from chainrule.gates.foundations.axes import resolve_axes
from chainrule.gates.foundations.reducing import Reduction
from chainrule.gates.foundations.subscripts import parse_subscripts
from chainrule.gates.gate import Gate
from chainrule.gates.library.einsum import Einsum
from chainrule.gates.library.layers import Bilinear, Linear
from chainrule.gates.library.linear_algebra import Dot, MatMul, Outer
from chainrule.gates.library.reduction import Mean, Sum
from chainrule.gates.library.shaping import Transpose

# Letters that Unicode has as subscripts, too.
LETTERS: Final = "ijklmnprst"

# An index: a letter for each axis; None where the axis has size 1 and is broadcast.
Index: TypeAlias = tuple[str | None, ...]


@final
@dataclass(frozen=True)
class Factor:
    """An element of the input at `port`."""

    port: int
    index: Index


@final
@dataclass(frozen=True)
class Term:
    """A product of elements, summed over all letters that the output does not have."""

    factors: tuple[Factor, ...]

    def at(self, port: int) -> Factor | None:
        """Return the factor that is an element of the input at `port`."""
        return next((each for each in self.factors if each.port == port), None)


@final
@dataclass(frozen=True)
class SumFormula:
    """One element of the output as a sum of terms; `share` divides it, as a mean is divided.

    `out` has the letters of the output's axes and `sizes` how far each letter runs.
    """

    out: Index
    terms: tuple[Term, ...]
    sizes: dict[str, int]
    share: int = 1

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters of the output's axes, without those of axes that have none."""
        return tuple(each for each in self.out if each is not None)

    def summed(self, term: Term) -> tuple[str, ...]:
        """Return the letters over which a term is summed, in the order in which they stand."""
        found = dict.fromkeys(each for factor in term.factors for each in factor.index if each)
        return tuple(each for each in found if each not in self.letters)

    def term_of(self, port: int) -> Term | None:
        """Return the term in which the input at `port` stands."""
        return next((each for each in self.terms if each.at(port) is not None), None)


def sum_formula(gate: Gate, shapes: Sequence[Shape]) -> SumFormula | None:
    """Return how `gate` sums up elements of inputs of `shapes`; None for one that does not."""
    made: SumFormula | None = None
    if isinstance(gate, MatMul):
        made = _of_matmul(*shapes)
    elif isinstance(gate, Linear):
        made = _of_layer(shapes, inputs=1)
    elif isinstance(gate, Bilinear):
        made = _of_layer(shapes, inputs=2)
    elif isinstance(gate, Einsum):
        made = _of_einsum(gate, shapes)
    elif isinstance(gate, Dot):
        made = _of_einsum(Einsum("i,i->"), shapes)
    elif isinstance(gate, Outer):
        made = _of_einsum(Einsum("i,j->ij"), shapes)
    elif isinstance(gate, Sum | Mean):
        made = _of_reduction(gate, shapes[0])
    elif isinstance(gate, Transpose):
        made = _of_transpose(gate, shapes[0])
    return None if made is None else _lettered(made)


def _of_matmul(x: Shape, y: Shape) -> SumFormula:
    stack = max(len(x), len(y), 2) - 2
    batch = tuple(f"b{axis}" for axis in range(stack))
    left: Index = (*_aligned(batch, x[:-2]), *(("row", "sum")[-min(len(x), 2) :]))
    right: Index = (*_aligned(batch, y[:-2]), *(("sum", "column")[: min(len(y), 2)]))
    out = (*batch, *(("row",) if len(x) > 1 else ()), *(("column",) if len(y) > 1 else ()))
    sizes: dict[str, int] = {}
    for index, shape in ((left, x), (right, y)):
        for letter, size in zip(index, shape, strict=True):
            if letter is not None:
                sizes[letter] = max(size, sizes.get(letter, size))
    # A stack of one matrix that meets a stack of one keeps its letter, which runs over one.
    sizes |= {each: 1 for each in batch if each not in sizes}
    return SumFormula(out, (Term((Factor(0, left), Factor(1, right))),), sizes)


def _aligned(batch: tuple[str, ...], shape: Shape) -> Index:
    """Return the letters of stacked axes, aligned at the right; None where one is stretched."""
    letters = batch[len(batch) - len(shape) :]
    return tuple(None if size == 1 else letter for letter, size in zip(letters, shape, strict=True))


def _of_layer(shapes: Sequence[Shape], inputs: int) -> SumFormula:
    """Return the formula of `linear`, or of `bilinear` with two inputs: Σ W[o,i] x[…,i] + b[o]."""
    batch = tuple(f"b{axis}" for axis in range(len(shapes[0]) - 1))
    sums = tuple(f"sum{number}" for number in range(inputs))
    sizes = dict(zip(batch, shapes[0], strict=False))
    sizes |= {each: shapes[number][-1] for number, each in enumerate(sums)}
    sizes["out"] = shapes[inputs][0]
    # The weight first, as the lecture writes it.
    weight = Factor(inputs, ("out", *sums))
    product = Term((weight, *(Factor(port, (*batch, sums[port])) for port in range(inputs))))
    bias = [Term((Factor(port, ("out",)),)) for port in range(inputs + 1, len(shapes))]
    return SumFormula((*batch, "out"), (product, *bias), sizes)


def _of_einsum(gate: Einsum, shapes: Sequence[Shape]) -> SumFormula:
    parsed = parse_subscripts(gate.name, gate.subscripts)
    terms, output = parsed.spelled_out(gate.name, tuple(map(len, shapes)))
    sizes: dict[str, int] = {}
    for term, shape in zip(terms, shapes, strict=True):
        for letter, size in zip(term, shape, strict=True):
            sizes[letter] = max(size, sizes.get(letter, size))
    factors = tuple(
        Factor(
            port,
            tuple(
                None if size == 1 != sizes[letter] else letter
                for letter, size in zip(term, shape, strict=True)
            ),
        )
        for port, (term, shape) in enumerate(zip(terms, shapes, strict=True))
    )
    return SumFormula(tuple(output), (Term(factors),), sizes)


def _of_reduction(gate: Reduction, shape: Shape) -> SumFormula:
    gone = resolve_axes(gate.name, gate.axis, shape)
    index = tuple(f"a{axis}" for axis in range(len(shape)))
    kept: list[str | None] = []
    share = 1
    for axis, letter in enumerate(index):
        if axis not in gone:
            kept.append(letter)
        else:
            share *= shape[axis]
            kept += [None] * gate.keepdims
    sizes = dict(zip(index, shape, strict=True))
    term = Term((Factor(0, index),))
    return SumFormula(tuple(kept), (term,), sizes, share if isinstance(gate, Mean) else 1)


def _of_transpose(gate: Transpose, shape: Shape) -> SumFormula:
    index = tuple(f"a{axis}" for axis in range(len(shape)))
    axes = gate.axes if gate.axes is not None else tuple(range(len(shape)))[::-1]
    out = tuple(index[axis] for axis in axes)
    return SumFormula(out, (Term((Factor(0, index),)),), dict(zip(index, shape, strict=True)))


def _lettered(made: SumFormula) -> SumFormula | None:
    """Return the formula with one letter for each index: those of the output come first."""
    fresh = fresh_letters(())
    names: dict[str | None, str | None] = {None: None}
    order: list[str | None] = [*made.out]
    for term in made.terms:
        order += [each for factor in term.factors for each in factor.index]
    for each in order:
        if each not in names:
            names[each] = next(fresh, None)
            if names[each] is None:
                return None

    def index(of: Index) -> Index:
        return tuple(names[each] for each in of)

    terms = tuple(
        Term(tuple(Factor(each.port, index(each.index)) for each in term.factors))
        for term in made.terms
    )
    sizes = {name: made.sizes[each] for each, name in names.items() if each and name}
    return SumFormula(index(made.out), terms, sizes, made.share)


def fresh_letters(used: Sequence[str]) -> Iterator[str]:
    """Yield letters that are not used yet."""
    return (each for each in LETTERS if each not in used)
