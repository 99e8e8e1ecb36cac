"""The Jacobian of one value by another, of which only what is looked at is computed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.autodiff.jacobian.checking import EntryCheck, check_entry
from chainrule.autodiff.jacobian.composing import compose_path
from chainrule.autodiff.jacobian.formulas.elements import at_indices, generic
from chainrule.autodiff.jacobian.formulas.subject import (
    LECTURE,
    ElementFormula,
    Subject,
    indices,
)
from chainrule.autodiff.jacobian.formulas.text import (
    Formula,
    derivative_sign,
    element,
    with_number,
)
from chainrule.autodiff.jacobian.lines import Lines
from chainrule.autodiff.jacobian.matrices import Matrix
from chainrule.autodiff.jacobian.path import Path
from chainrule.autodiff.jacobian.probing import probe
from chainrule.autodiff.jacobian.recognising import recognise, structure_of
from chainrule.autodiff.jacobian.structure import Structure, said_bytes
from chainrule.autodiff.jacobian.telling import what_happens_instead
from chainrule.autodiff.planning.flat import Numbers, as_list
from chainrule.errors import RunError

# What `dense` forms at most, which is 128 MB; and up to which size structure is seen exactly.
LARGEST_DENSE: Final = 2**24
LARGEST_SEEN: Final = 256

# Where an entry, a row or a column is: counted flat, or by all its indices.
Where: TypeAlias = int | tuple[int, ...]
# Several rows or columns, counted flat.
Range: TypeAlias = slice | range | Sequence[int]


@final
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

    def __init__(
        self, target: str, source: str, path: Path, names: tuple[str, ...] | None = None
    ) -> None:
        self.target, self.source, self.path = target, source, path
        self.out_shape: Shape = path.target.shape
        self.in_shape: Shape = path.source.shape
        self.shape: Shape = (*self.out_shape, *self.in_shape)
        self.rows, self.columns = path.target.size, path.source.size
        self.size = self.rows * self.columns
        self.bytes = 8 * self.size
        self._names = names
        self._lines = Lines(path)

    @property
    def layout(self) -> str:
        """What the axes are, in words."""
        rows = f"rows are the numbers of {self.target} {format_shape(self.out_shape)}"
        those = "those" if self.out_shape else "are the numbers"
        columns = f"columns {those} of {self.source} {format_shape(self.in_shape)}"
        return "numerator layout: {}, {}".format(
            rows if self.out_shape else f"the only row is {self.target}",
            columns if self.in_shape else f"the only column is {self.source}",
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
        return probe(self.path, self._lines)

    @property
    def instead(self) -> str:
        """What the backward pass does instead of forming it, in words."""
        return what_happens_instead(self.target, self.source, self.path, self.matrix)

    def formula(self, origin: int = LECTURE) -> ElementFormula | None:
        """Return one element of the target as a formula, and its derivative by one of the source.

        `yᵢ = Σⱼ Wᵢⱼ xⱼ` and `∂yᵢ/∂xⱼ = Wᵢⱼ`, for a single gate that has them; None otherwise.
        Indices count from `origin`: from 1 as in the lecture (∂y₃/∂x₇), or from 0 as in NumPy.
        """
        subject = self._subject(origin)
        return None if subject is None else generic(subject, self.matrix)

    def formula_at(self, row: Where, column: Where, origin: int = LECTURE) -> Formula:
        """Return an entry as a formula with its indices and its number: `∂y₃/∂x₇ = W₃₇ = 0.5`.

        `row` and `column` count from 0 as everywhere, what is written from `origin`.
        """
        i, j = _flat(row, self.out_shape), _flat(column, self.in_shape)
        value, subject = self.entry(i, j), self._subject(origin)
        if subject is not None:
            return with_number(at_indices(subject, self.matrix, i, j), value)
        ends = ((self.target, i, self.out_shape), (self.source, j, self.in_shape))
        places = [indices(number, shape, origin) for _, number, shape in ends]
        over, under = (element(end[0], place) for end, place in zip(ends, places, strict=True))
        return with_number(derivative_sign(over, under), value)

    def _subject(self, origin: int) -> Subject | None:
        steps = self.path.steps
        ports = [port for step in steps for port, place in enumerate(step.feeds) if place == 0]
        if len(steps) != 1 or len(ports) != 1:
            return None
        names = self._names or steps[0].gate.port_names
        if len(names) != len(steps[0].inputs):
            return None
        return Subject(steps[0], ports[0], (self.target, *names), origin)

    def entry(self, row: Where, column: Where) -> float:
        """Return ∂target[row] / ∂source[column]; raise IndexError where there is no such number."""
        i, j = _flat(row, self.out_shape), _flat(column, self.in_shape)
        return float(self.block([i], [j])[0, 0])

    def check(self, row: Where, column: Where) -> EntryCheck:
        """Return an entry beside its central difference; raise IndexError as `entry`."""
        i, j = _flat(row, self.out_shape), _flat(column, self.in_shape)
        return check_entry(self.path, self.entry(i, j), i, j)

    def row(self, row: Where) -> Floats:
        """Return one row as a vector: the gradient of one number of the target, a backward pass."""
        return self.block([_flat(row, self.out_shape)], range(self.columns))[0]

    def column(self, column: Where) -> Floats:
        """Return one column as a vector: what one number of the source moves, by forward mode."""
        return self.block(range(self.rows), [_flat(column, self.in_shape)])[:, 0]

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
