"""Jacobians of sums of products, such as a matrix product's, from the factors themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape
from chainrule.autodiff.jacobian.formulas.sums import Index, SumFormula, sum_formula
from chainrule.autodiff.jacobian.matrices import Matrix
from chainrule.autodiff.planning.flat import Numbers
from chainrule.gates.gate import Gate


@final
@dataclass(frozen=True, eq=False)
class Product(Matrix):
    """∂ Σ W[i,j] x[j] / ∂ x[k] and the like: an entry is the other factors at its indices.

    `row` and `column` have the letters of the output's axes and of the input's; an entry can be
    nonzero only where a letter that stands in both has one value. `rest` is the product of the
    other factors, with one axis for each of `letters`, summed over all letters that it has alone.
    """

    row: Index
    out_shape: Shape
    column: Index
    in_shape: Shape
    rest: Floats
    letters: str

    @property
    @override
    def shape(self) -> tuple[int, int]:
        return prod(self.out_shape), prod(self.in_shape)

    @property
    @override
    def nonzeros(self) -> int:
        return prod(self._sizes.values())

    @override
    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        down = self._bound(self.row, self.out_shape, rows)
        across = self._bound(self.column, self.in_shape, columns)
        agree: Any = np.ones((len(rows), len(columns)), np.bool_)
        for letter, values in down:
            agree &= np.logical_and.reduce(
                [values[:, None] == others for each, others in across if each == letter]
                or [np.True_]
            )
        for numbered in (down, across):
            agree &= _own_diagonal(numbered, by_rows=numbered is down)
        places = {letter: values[None, :] for letter, values in across}
        places |= {letter: values[:, None] for letter, values in down}
        entries = self.rest[tuple(places[each] for each in self.letters)]
        return np.where(agree, entries, 0.0)

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """The letters that rows and columns share, in the order of the rows."""
        return tuple(dict.fromkeys(each for each in self.row if each and each in self.column))

    @cached_property
    def _sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for index, shape in ((self.row, self.out_shape), (self.column, self.in_shape)):
            sizes |= {each: size for each, size in zip(index, shape, strict=True) if each}
        return sizes

    @property
    def blocks(self) -> tuple[int, int, int]:
        """How many blocks there are, and the height and width of each."""
        sizes = self._sizes
        count = prod(sizes[each] for each in self.shared)
        height = prod(sizes[each] for each in {*self.row} - {None} - {*self.shared} if each)
        width = prod(sizes[each] for each in {*self.column} - {None} - {*self.shared} if each)
        return count, height, width

    @property
    def is_block_diagonal(self) -> bool:
        """Whether the blocks lie along the diagonal as rows and columns are numbered."""
        shared = self.shared
        return all(
            tuple(each for each in index if each)[: len(shared)] == shared
            and len({each for each in index if each}) == len([each for each in index if each])
            for index in (self.row, self.column)
        )

    def _bound(self, index: Index, shape: Shape, numbers: Numbers) -> list[tuple[str, Numbers]]:
        """Return the value of each letter at flat numbers of an array, axis by axis."""
        values = np.unravel_index(numbers, shape) if shape else ()
        pairs = zip(index, values, strict=True)
        return [(letter, value) for letter, value in pairs if letter is not None]


def _own_diagonal(bound: Sequence[tuple[str, Numbers]], *, by_rows: bool) -> Any:
    """Return where a letter that stands twice has one value, as in the trace of a matrix."""
    seen: dict[str, Numbers] = {}
    agree: Any = np.True_
    for letter, values in bound:
        if letter in seen:
            same = seen[letter] == values
            agree = agree & (same[:, None] if by_rows else same[None, :])
        seen[letter] = values
    return agree


def product_of(gate: Gate, inputs: Sequence[Array], output: Array, port: int) -> Product | None:
    """Return the Jacobian of a gate that sums up products, by the input at `port`."""
    formula = sum_formula(gate, [each.shape for each in inputs])
    term = None if formula is None else formula.term_of(port)
    own = None if term is None else term.at(port)
    if formula is None or term is None or own is None:
        return None
    bound = {each for each in (*formula.out, *own.index) if each}
    others = [each for each in term.factors if each is not own]
    kept = "".join(sorted({each for one in others for each in one.index if each} & bound))
    rest = _contracted([(each.index, inputs[each.port]) for each in others], kept, formula)
    return Product(formula.out, output.shape, own.index, inputs[port].shape, rest, kept)


def _contracted(factors: Sequence[tuple[Index, Array]], kept: str, formula: SumFormula) -> Floats:
    """Return the product of factors with the axes `kept`, summed over their other letters."""
    if not factors:
        return np.array(1.0 / formula.share)
    terms: list[str] = []
    arrays: list[Any] = []
    for index, array in factors:
        narrow = tuple(axis for axis, letter in enumerate(index) if letter is None)
        terms.append("".join(each for each in index if each))
        arrays.append(np.squeeze(array, narrow))
    whole: Any = np.einsum(f"{','.join(terms)}->{kept}", *arrays, optimize=True)
    return _widened(whole, kept, formula.sizes) / formula.share


def _widened(array: Any, letters: str, sizes: Mapping[str, int]) -> Any:
    return np.broadcast_to(array, tuple(sizes[each] for each in letters))
