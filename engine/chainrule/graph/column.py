"""A growable array of integers, read and written one by one and handed out as a whole."""

from __future__ import annotations

from typing import Any, Final, TypeAlias, final

import numpy as np
from numpy.typing import DTypeLike, NDArray

Integers: TypeAlias = NDArray[Any]

_LEAST: Final = 16


@final
class Column:
    """An array with room to grow; what is not yet written holds `empty`.

    `cells` reads and writes single integers, several times faster than NumPy does; it is another
    object after every `reserve` that had to grow.
    """

    __slots__ = ("_array", "_empty", "cells")

    def __init__(self, dtype: DTypeLike, empty: int = 0) -> None:
        self._empty = empty
        self._array: Integers = np.full(_LEAST, empty, dtype)
        self.cells: memoryview[int] = self._array.data

    def reserve(self, count: int) -> None:
        """Make room for `count` integers; it at least doubles, so that appending is cheap."""
        have = len(self._array)
        if count > have:
            grown = np.full(max(count, 2 * have), self._empty, self._array.dtype)
            grown[:have] = self._array
            self._array, self.cells = grown, grown.data

    def view(self, count: int) -> Integers:
        """Return the first `count` integers, read-only, as they are until the next change."""
        view = self._array[:count]
        view.flags.writeable = False
        return view

    def writeable(self, count: int) -> Integers:
        """Return the first `count` integers, to be written in bulk by the column's owner."""
        return self._array[:count]
