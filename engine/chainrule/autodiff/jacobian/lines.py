"""Rows and columns of a Jacobian by passes along its path; the latest ones are kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final, cast, final

import numpy as np

from chainrule.arrays import Array, Floats, Shape
from chainrule.autodiff.jacobian.path import Path
from chainrule.autodiff.planning.flat import Numbers, as_list

# How many bytes of rows and columns are kept for whoever looks at them again.
KEPT: Final = 4 * 2**20


@final
class Lines:
    """The rows, by backward passes, and the columns, by forward mode, of one path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: OrderedDict[tuple[bool, int], Floats] = OrderedDict()
        self._bytes = 0

    def row(self, number: int) -> Floats:
        """Return the derivatives of one number of the target."""
        return self._line((True, number))

    def column(self, number: int) -> Floats:
        """Return the derivatives by one number of the source."""
        return self._line((False, number))

    def block(self, rows: Numbers, columns: Numbers) -> Floats:
        """Return the entries where `rows` and `columns` cross, by whichever are fewer passes."""
        found = np.zeros((len(rows), len(columns)))
        if self._missing(True, rows) <= self._missing(False, columns):
            for place, number in enumerate(as_list(rows)):
                found[place] = self.row(number)[columns]
        else:
            for place, number in enumerate(as_list(columns)):
                found[:, place] = self.column(number)[rows]
        return found

    def _missing(self, by_rows: bool, numbers: Numbers) -> int:
        return sum((by_rows, number) not in self._kept for number in as_list(numbers))

    def _line(self, key: tuple[bool, int]) -> Floats:
        line = self._kept.get(key)
        if line is None:
            line = self._kept[key] = self._computed(*key)
            self._bytes += line.nbytes
            while self._bytes > KEPT and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes
        else:
            self._kept.move_to_end(key)
        return line

    def _computed(self, by_rows: bool, number: int) -> Floats:
        path = self._path
        if by_rows:
            return _flat(path.pull(_unit(number, path.target.shape)))
        return _flat(path.push(_unit(number, path.source.shape)))


def _unit(number: int, shape: Shape) -> Array:
    vector = np.zeros(int(np.prod(shape, dtype=np.int64)))
    vector[number] = 1.0
    return cast(Array, vector.reshape(shape)[()])


def _flat(array: Array) -> Floats:
    # A copy, since a gate may hand on its upstream gradient.
    flat: Any = np.array(array).ravel()
    return flat
