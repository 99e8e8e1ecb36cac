"""Which two axes of a tensor are shown, and where on the others; no widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats, Shape
from chainrule.autodiff.jacobian.formulas.text import element

_LONGEST_ROW = 16


@final
@dataclass(frozen=True, slots=True)
class Slicing:
    """A matrix inside a tensor: the axis of its rows, of its columns, and an index of all others.

    An axis of None has one row or column. `at` has a number for every axis; those of the two that
    are shown don't count.
    """

    shape: Shape
    rows: int | None
    columns: int | None
    at: tuple[int, ...]

    @property
    def fixed(self) -> tuple[int, ...]:
        """The axes that are not shown."""
        return tuple(
            axis for axis in range(len(self.shape)) if axis not in (self.rows, self.columns)
        )

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns are shown."""
        rows = 1 if self.rows is None else self.shape[self.rows]
        return rows, 1 if self.columns is None else self.shape[self.columns]

    def matrix(self, tensor: Array) -> Floats:
        """Return the numbers that are shown, without copying them."""
        shown = (self.rows, self.columns)
        picked = np.asarray(tensor)[
            tuple(slice(None) if axis in shown else at for axis, at in enumerate(self.at))
        ]
        if self.rows is not None and self.columns is not None and self.rows > self.columns:
            picked = picked.T
        return picked.reshape(self.size)

    def index(self, row: int, column: int) -> tuple[int, ...]:
        """Return the index in the tensor of a number that is shown."""
        found = list(self.at)
        if self.rows is not None:
            found[self.rows] = row
        if self.columns is not None:
            found[self.columns] = column
        return tuple(found)

    def cell(self, index: tuple[int, ...]) -> tuple[int, int]:
        """Return the row and the column of an index, whichever slice it is in."""
        row = 0 if self.rows is None else index[self.rows]
        return row, 0 if self.columns is None else index[self.columns]

    def moved(self, axis: int, at: int) -> Slicing:
        """Return the slice at another place of an axis that is not shown."""
        return replace(self, at=(*self.at[:axis], at, *self.at[axis + 1 :]))

    def with_rows(self, axis: int) -> Slicing:
        """Return the slice with another axis for its rows; that of the columns swaps them."""
        columns = self.rows if axis == self.columns else self.columns
        return replace(self, rows=axis, columns=columns)

    def with_columns(self, axis: int) -> Slicing:
        """Return the slice with another axis for its columns; that of the rows swaps them."""
        rows = self.columns if axis == self.rows else self.rows
        return replace(self, rows=rows, columns=axis)

    def fitted(self, shape: Shape) -> Slicing:
        """Return the same slice of another shape, or its first one if the axes are others."""
        if len(shape) != len(self.shape):
            return first_slice(shape)
        at = tuple(min(at, size - 1) for at, size in zip(self.at, shape, strict=True))
        return replace(self, shape=shape, at=at)


def first_slice(shape: Shape) -> Slicing:
    """Return the first matrix of a tensor; a vector lies if it is short, else it stands."""
    at = (0,) * len(shape)
    if not shape:
        return Slicing(shape, None, None, at)
    if len(shape) == 1:
        lies = shape[0] <= _LONGEST_ROW
        return Slicing(shape, None, 0, at) if lies else Slicing(shape, 0, None, at)
    return Slicing(shape, len(shape) - 2, len(shape) - 1, at)


def indexed(name: str, index: tuple[int, ...], origin: int) -> str:
    """Write a number of a tensor by its place: from 0 as programs do, `W[2, 0]`; from 1, `W₃₁`."""
    if not index:
        return name
    if origin == 0:
        return f"{name}[{', '.join(map(str, index))}]"
    return element(name, [each + origin for each in index]).plain
