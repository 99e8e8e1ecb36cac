"""Growable arrays of integers."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.graph.column import Column


def test_what_is_written_stays_when_the_column_grows() -> None:
    column = Column(np.int32, -1)
    for index in range(100):
        column.reserve(index + 1)
        column.cells[index] = index * index
    assert column.view(100).tolist() == [index * index for index in range(100)]


def test_room_that_is_not_yet_written_is_empty() -> None:
    column = Column(np.int64, -1)
    column.reserve(40)
    assert column.view(40).tolist() == [-1] * 40


def test_a_view_can_not_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Column(np.int64).view(3)[0] = 1
