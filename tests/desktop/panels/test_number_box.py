"""Steps fit the size of a number and leave no digits of rounding."""

from __future__ import annotations

import pytest

from chainrule_desktop.panels.number_box import stepped_number


@pytest.mark.parametrize(
    ("start", "steps", "end"),
    [
        (2.0, 1, 2.1),
        (0.1, -1, 0.0),
        (0.3, 1, 0.4),
        (0.0, -1, -0.1),
        (25.0, 1, 26.0),
        (-3.0, 3, -2.7),
        (1500.0, 1, 1600.0),
        (0.02, 1, 0.021),
    ],
)
def test_a_step_is_a_tenth_of_the_leading_digits_place(
    start: float, steps: int, end: float
) -> None:
    assert stepped_number(start, steps) == end
