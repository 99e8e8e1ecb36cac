"""What a map of a matrix is drawn from: a lazy Jacobian, or numbers that are there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.overview import Overview, overview, reduced


class MatrixSource(ABC):
    """A matrix of which only what is looked at is asked for."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and columns."""

    @abstractmethod
    def picture(self, rows: range, columns: range, height: int, width: int) -> Overview:
        """Return a region in so many pixels at most; each has the entry farthest from 0."""

    def entry(self, row: int, column: int) -> float:
        """Return one entry."""
        place = range(row, row + 1), range(column, column + 1)
        return float(self.picture(*place, 1, 1).picture[0, 0])


@final
@dataclass(frozen=True, eq=False)
class JacobianSource(MatrixSource):
    """All of a Jacobian: a row for each number of the target, a column for each of the source."""

    jacobian: Jacobian

    @property
    @override
    def shape(self) -> tuple[int, int]:
        return self.jacobian.rows, self.jacobian.columns

    @override
    def picture(self, rows: range, columns: range, height: int, width: int) -> Overview:
        return overview(self.jacobian, rows, columns, height, width)


@final
@dataclass(frozen=True, eq=False)
class NumbersSource(MatrixSource):
    """A matrix that is there already."""

    numbers: Floats

    @property
    @override
    def shape(self) -> tuple[int, int]:
        rows, columns = self.numbers.shape
        return rows, columns

    @override
    def picture(self, rows: range, columns: range, height: int, width: int) -> Overview:
        region = self.numbers[rows.start : rows.stop, columns.start : columns.stop]
        return Overview(reduced(region, min(height, len(rows)), min(width, len(columns))))


def as_matrix(array: Floats | np.float64) -> Floats:
    """Return an array as a matrix: its last axis across, all others down."""
    flat = np.atleast_1d(array)
    return np.reshape(flat, (-1, flat.shape[-1]))
