"""Which rows and columns of a map get their number written."""

from __future__ import annotations

import pytest

from chainrule_desktop.panels.jacobian.map_axes import ticks


@pytest.mark.parametrize(
    ("numbers", "cell", "origin", "written"),
    [
        (range(4), 60.0, 1, [1, 2, 3, 4]),
        (range(6), 24.0, 1, [2, 4, 6]),
        (range(12), 10.0, 1, [5, 10]),
        (range(12), 10.0, 0, [0, 5, 10]),
        (range(23, 34), 10.0, 1, [25, 30]),
        (range(4096), 0.1, 0, [0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]),
    ],
)
def test_round_numbers_are_written_as_far_apart_as_they_need(
    numbers: range, cell: float, origin: int, written: list[int]
) -> None:
    assert [each + origin for each in ticks(numbers, cell, 45.0, origin)] == written
