"""Ports that hold positions: rounding, and what is out of range."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ValuesError
from chainrule.gates.foundations.positions import no_gradient, positions_of


def test_a_position_is_the_nearest_whole_number() -> None:
    found = positions_of("g", np.array([0.2, 1.7, -0.3]), 3, "at")
    np.testing.assert_array_equal(found, [0, 2, 0])
    assert positions_of("g", np.float64(1.0), 3, "at") == 1


@pytest.mark.parametrize(
    ("wrong", "shown"), [(3.0, "3"), (-1.0, "-1"), (np.nan, "nan"), (np.inf, "inf")]
)
def test_a_position_out_of_range_is_named_with_the_range(wrong: float, shown: str) -> None:
    sentence = f"^g: at holds {shown}, but positions count from 0 to 2; give it one of these$"
    with pytest.raises(ValuesError, match=sentence):
        positions_of("g", np.array([[0.0, wrong], [1.0, 9.0]]), 3, "at")
    with pytest.raises(ValuesError, match=sentence):
        positions_of("g", np.float64(wrong), 3, "at")


def test_what_is_not_differentiated_gets_zeros_of_its_shape() -> None:
    np.testing.assert_array_equal(no_gradient(np.ones(5), np.ones((2, 3))), np.zeros((2, 3)))
    assert isinstance(no_gradient(np.ones(5), np.float64(1.0)), np.float64)
