"""Jacobians as matrices that are known from a few numbers, without being formed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.autodiff.planning.flat import Numbers

# The rows, the columns and the numbers of entries.
Places: TypeAlias = tuple[Numbers, Numbers, Floats]


class Matrix(ABC):
    """A matrix whose entries cost nothing to look up; rows and columns count flat, row by row."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and of columns."""

    @property
    @abstractmethod
    def nonzeros(self) -> int:
        """How many entries may differ from 0; all others are 0 at whatever inputs."""

    @abstractmethod
    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        """Return the entries where `rows` and `columns` cross."""


@final
@dataclass(frozen=True, eq=False)
class Zero(Matrix):
    """No row depends on any column."""

    rows: int
    columns: int

    @property
    @override
    def shape(self) -> tuple[int, int]:
        return self.rows, self.columns

    @property
    @override
    def nonzeros(self) -> int:
        return 0

    @override
    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        return np.zeros((len(rows), len(columns)))


@final
@dataclass(frozen=True, eq=False)
class Selection(Matrix):
    """Each row has at most one entry: `weights[i]` in the column `picks[i]`, none where that is -1.

    Elementwise gates, changes of shape, slices, copies and the choice of a largest number.
    """

    picks: Numbers
    weights: Floats
    columns: int

    @property
    @override
    def shape(self) -> tuple[int, int]:
        return len(self.picks), self.columns

    @property
    @override
    def nonzeros(self) -> int:
        return int(np.count_nonzero(self.picks >= 0))

    @override
    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        meets = self.picks[rows][:, None] == columns[None, :]
        return np.where(meets, self.weights[rows][:, None], 0.0)

    @property
    def is_injective(self) -> bool:
        """Whether no two rows pick the same column."""
        used = self.picks[self.picks >= 0]
        return len(np.unique(used)) == len(used)

    @property
    def is_diagonal(self) -> bool:
        """Whether row i picks column i, or nothing."""
        picks = self.picks
        own = np.arange(len(picks))
        return len(picks) == self.columns and bool(((picks == own) | (picks < 0)).all())


@final
@dataclass(frozen=True, eq=False)
class Gathering(Matrix):
    """Each column has at most one entry: `weights[j]` in the row `owners[j]`.

    Sums, means and other reductions: every number of the input counts in one number of the output.
    """

    owners: Numbers
    weights: Floats
    rows: int

    @property
    @override
    def shape(self) -> tuple[int, int]:
        return self.rows, len(self.owners)

    @property
    @override
    def nonzeros(self) -> int:
        return int(np.count_nonzero(self.owners >= 0))

    @override
    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        meets = rows[:, None] == self.owners[columns][None, :]
        return np.where(meets, self.weights[columns][None, :], 0.0)


@final
@dataclass(frozen=True, eq=False)
class SharedOut(Matrix):
    """A diagonal plus, within each group, a product of two vectors: δᵢⱼ dᵢ + uᵢ vⱼ.

    Softmax: diag(f) − f fᵀ in each slice that sums to 1.
    """

    diagonal: Floats
    groups: Numbers
    left: Floats
    right: Floats

    @property
    @override
    def shape(self) -> tuple[int, int]:
        return len(self.diagonal), len(self.diagonal)

    @property
    @override
    def nonzeros(self) -> int:
        sizes = np.bincount(self.groups) if len(self.groups) else np.zeros(0, np.int64)
        return int(np.sum(sizes * sizes))

    @override
    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        together = self.groups[rows][:, None] == self.groups[columns][None, :]
        product = np.where(together, self.left[rows][:, None] * self.right[columns][None, :], 0.0)
        own = rows[:, None] == columns[None, :]
        return product + np.where(own, self.diagonal[rows][:, None], 0.0)


@final
@dataclass(frozen=True, eq=False)
class Mapped(Matrix):
    """Rows of another matrix, picked and scaled: what elementwise gates behind it make of it."""

    outer: Selection
    inner: Matrix

    @property
    @override
    def shape(self) -> tuple[int, int]:
        return self.outer.shape[0], self.inner.shape[1]

    @property
    @override
    def nonzeros(self) -> int:
        used = self.outer.picks[self.outer.picks >= 0]
        most = int(np.bincount(used).max()) if len(used) else 0
        rows, columns = self.shape
        return min(self.inner.nonzeros * most, rows * columns)

    @override
    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        picks, weights = self.outer.picks[rows], self.outer.weights[rows]
        found = self.inner.block(np.maximum(picks, 0), columns)
        return np.where(picks[:, None] >= 0, found * weights[:, None], 0.0)


def places_of(matrix: Matrix) -> Places | None:
    """Return all entries that may differ from 0, where they are at most as many as rows or columns.

    None for a matrix of more entries, whose blocks are to be asked for.
    """
    if isinstance(matrix, Selection):
        rows = np.flatnonzero(matrix.picks >= 0)
        return rows, matrix.picks[rows], matrix.weights[rows]
    if isinstance(matrix, Gathering):
        columns = np.flatnonzero(matrix.owners >= 0)
        return matrix.owners[columns], columns, matrix.weights[columns]
    if isinstance(matrix, Zero):
        nowhere = np.zeros(0, np.int64)
        return nowhere, nowhere, np.zeros(0)
    return None
