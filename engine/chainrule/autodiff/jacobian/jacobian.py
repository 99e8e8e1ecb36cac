"""The Jacobian of one value by another, of which only what is looked at is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.autodiff.jacobian.checking import EntryCheck, check_entry
from chainrule.autodiff.jacobian.composing import compose_path
from chainrule.autodiff.jacobian.finding import find_gathering, find_selection, rank_of
from chainrule.autodiff.jacobian.lines import Lines
from chainrule.autodiff.jacobian.matrices import Matrix, Selection
from chainrule.autodiff.jacobian.path import Path
from chainrule.autodiff.jacobian.recognising import recognise, structure_of
from chainrule.autodiff.jacobian.structure import (
    Certainty,
    Form,
    Structure,
    counted,
    said_bytes,
)
from chainrule.autodiff.planning.flat import Numbers, as_list
from chainrule.errors import RunError
from chainrule.gates.gate import Elementwise

# What `dense` forms at most, which is 128 MB; and up to which size structure is seen exactly.
LARGEST_DENSE: Final = 2**24
LARGEST_SEEN: Final = 256
_SAMPLED: Final = 8

# Where an entry, a row or a column is: counted flat, or by all its indices.
Where: TypeAlias = int | tuple[int, ...]
# Several rows or columns, counted flat.
Range: TypeAlias = slice | range | Sequence[int]


@final
@dataclass(frozen=True)
class Jacobian:
    """The derivative of `target` by `source` at the values of the last run, as it was made.

        j = jacobian_between(graph, passes, "y", "x")   # or local_jacobian(graph, passes, "y", 0)
        j.shape, j.size, j.bytes        # (out…, in…), entries, memory if it were formed
        j.structure.words               # "diagonal: 4,096 of 16,777,216 entries can be nonzero"
        j.instead                       # what the backward pass does without forming it
        j.entry(2, 6), j.entry((1, 0), (0, 3))
        j.row(i), j.column(k)           # by a backward pass, by forward mode
        j.block(range(0, 64), range(128, 192))

    Rows are the numbers of the target and columns those of the source, each counted flat from 0,
    row by row; an `index` may also name all axes, as in the second entry above. In numerator layout
    the target's indices come first: j.dense()[i…, k…] is ∂target[i…] / ∂source[k…].

    Nothing is computed before it is asked for, and no more than that: blocks of known structure
    come from a few vectors; others from rows or columns, whichever are fewer, of which the latest
    are kept. It holds copies of the values on the way, so it stays as it is when the graph runs
    again.
    """

    target: str
    source: str
    path: Path

    @property
    def out_shape(self) -> Shape:
        """The shape of the target."""
        return self.path.target.shape

    @property
    def in_shape(self) -> Shape:
        """The shape of the source."""
        return self.path.source.shape

    @property
    def shape(self) -> Shape:
        """The target's sizes, then the source's: numerator layout."""
        return (*self.out_shape, *self.in_shape)

    @property
    def rows(self) -> int:
        """The number of rows: how many numbers the target has."""
        return self.path.target.size

    @property
    def columns(self) -> int:
        """The number of columns: how many numbers the source has."""
        return self.path.source.size

    @property
    def size(self) -> int:
        """The number of entries."""
        return self.rows * self.columns

    @property
    def bytes(self) -> int:
        """The memory that it would take if it were formed."""
        return 8 * self.size

    @property
    def layout(self) -> str:
        """What the axes are, in words."""
        return (
            f"numerator layout: rows are the numbers of {self.target} "
            f"{format_shape(self.out_shape)}, columns those of {self.source} "
            f"{format_shape(self.in_shape)}"
        )

    @cached_property
    def matrix(self) -> Matrix | None:
        """Its entries where the gates on the way say what they are, without a pass."""
        with np.errstate(all="ignore"):
            return compose_path(self.path)

    @cached_property
    def structure(self) -> Structure:
        """What it is like: known from the gates, seen in all its entries, or probed."""
        if self.matrix is not None:
            return structure_of(self.matrix)
        if self.rows <= LARGEST_SEEN and self.columns <= LARGEST_SEEN:
            everything = self.block(range(self.rows), range(self.columns))
            return recognise(everything)
        return self._probed

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.path)

    @property
    def _probed(self) -> Structure:
        found = find_selection(self.path.push, self.in_shape) or find_gathering(
            self.path.pull, self.out_shape
        )
        if found is not None:
            return structure_of(found, Certainty.PROBED)
        sampled = self._sampled_density()
        nonzeros = round(sampled * self.size)
        least = min(self.rows, self.columns)
        most = min(_SAMPLED, least // 2)
        rank = rank_of(self.path.push, self.in_shape, most) if most else None
        if rank is not None and sampled > 0.25:
            return Structure(
                Form.LOW_RANK, nonzeros, self.size, Certainty.ESTIMATED, f"rank {rank}"
            )
        form = Form.SPARSE if sampled < 0.25 else Form.DENSE
        return Structure(form, nonzeros, self.size, Certainty.ESTIMATED)

    def _sampled_density(self) -> float:
        """Return which part of some rows and columns is nonzero."""
        rows = np.unique(np.linspace(0, self.rows - 1, _SAMPLED).astype(np.int64))
        columns = np.unique(np.linspace(0, self.columns - 1, _SAMPLED).astype(np.int64))
        by_rows = [np.count_nonzero(self._lines.row(int(each))) / self.columns for each in rows]
        by_columns = [
            np.count_nonzero(self._lines.column(int(each))) / self.rows for each in columns
        ]
        return float(np.mean([*by_rows, *by_columns]))

    @property
    def instead(self) -> str:
        """What the backward pass does instead of forming it, in words."""
        would = f"the Jacobian would be {said_bytes(self.bytes)}"
        steps = self.path.steps
        if not self.path.connected:
            return f"{self.target} does not depend on {self.source}: no gradient comes back"
        if not steps:
            return f"{self.target} is {self.source} itself: the gradient is passed on"
        if len(steps) > 1:
            return (
                f"the backward pass takes the upstream gradient through {len(steps):,} gates, "
                f"one after the other; {would}"
            )
        (gate,) = [step.gate for step in steps]
        if isinstance(gate, Elementwise) and isinstance(self.matrix, Selection):
            weights = self.matrix.weights
            mask = bool(((weights == 0.0) | (weights == 1.0)).all())
            what = "a mask of" if mask else "slopes:"
            return (
                f"{gate.name}: {what} {counted(len(weights), 'number')} times the upstream "
                f"gradient; {would}"
            )
        rule = gate.rule[0].lower() + gate.rule[1:].rstrip(".")
        return f"{gate.name}: {rule}; {would}"

    def entry(self, row: Where, column: Where) -> float:
        """Return ∂target[row] / ∂source[column]; raise IndexError where there is no such number."""
        i, j = self.row_number(row), self.column_number(column)
        return float(self.block([i], [j])[0, 0])

    def check(self, row: Where, column: Where) -> EntryCheck:
        """Return an entry beside its central difference; raise IndexError as `entry`."""
        i, j = self.row_number(row), self.column_number(column)
        return check_entry(self.path, self.entry(i, j), i, j)

    def row(self, row: Where) -> Floats:
        """Return one row as a vector: the gradient of one number of the target, a backward pass."""
        return self.block([self.row_number(row)], range(self.columns))[0]

    def column(self, column: Where) -> Floats:
        """Return one column as a vector: what one number of the source moves, by forward mode."""
        return self.block(range(self.rows), [self.column_number(column)])[:, 0]

    def block(self, rows: Range, columns: Range) -> Floats:
        """Return the entries where `rows` and `columns` cross, as a matrix.

        Raises IndexError for a row or column that is not there.
        """
        i, j = _numbers(rows, self.rows), _numbers(columns, self.columns)
        if self.matrix is not None:
            return self.matrix.block(i, j)
        return self._lines.block(i, j)

    def dense(self) -> Array:
        """Return all of it, in its `shape`; raise RunError where that is beyond 128 MB."""
        if self.size > LARGEST_DENSE:
            raise RunError(
                f"the Jacobian of {self.target} by {self.source} would be "
                f"{said_bytes(self.bytes)}; ask for a block of it, or for less than "
                f"{said_bytes(8 * LARGEST_DENSE)}"
            )
        whole = self.block(range(self.rows), range(self.columns))
        return cast(Array, whole.reshape(self.shape)[()])

    def times(self, tangent: Array) -> Array:
        """Return the Jacobian times `tangent`, of the source's shape: how the target moves."""
        return self.path.push(tangent)

    def after(self, upstream: Array) -> Array:
        """Return `upstream`, of the target's shape, times the Jacobian: the downstream gradient."""
        return self.path.pull(upstream)

    def row_number(self, index: Where) -> int:
        """Return which row an index of the target is; raise IndexError."""
        return _flat(index, self.out_shape)

    def column_number(self, index: Where) -> int:
        """Return which column an index of the source is; raise IndexError."""
        return _flat(index, self.in_shape)


def _flat(index: Where, shape: Shape) -> int:
    size = int(np.prod(shape, dtype=np.int64))
    if isinstance(index, int) and 0 <= index < size:
        return index
    if not isinstance(index, int) and len(index) == len(shape):
        number, inside = 0, True
        for each, of in zip(index, shape, strict=True):
            number, inside = number * of + each, inside and 0 <= each < of
        if inside:
            return number
    raise IndexError(f"there is no index {index} in the shape {format_shape(shape)}")


def _numbers(chosen: Range, count: int) -> Numbers:
    if isinstance(chosen, slice):
        return np.arange(count)[chosen]
    numbers = np.array(chosen, np.int64)
    if any(not 0 <= each < count for each in as_list(numbers)):
        raise IndexError(f"there are {count} rows or columns, counted from 0; choose among them")
    return numbers
