"""How numbers and tensors are written on wires."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import as_array
from chainrule.diagram.numbers import UNKNOWN, format_number, format_value


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (0.5, 2, "0.50"),
        (-0.196612, 2, "−0.20"),
        (-0.196612, 4, "−0.1966"),
        (0.0, 2, "0.00"),
        (-0.0, 2, "0.00"),
        (3.0, 0, "3"),
        (1234.567, 2, "1234.6"),
        (-12345.0, 2, "−1.2e4"),
        (0.004, 2, "4.0e−3"),
        (-1.25e-200, 2, "−1.2e−200"),
        (np.inf, 2, "∞"),
        (-np.inf, 2, "−∞"),
        (np.nan, 2, "nan"),
    ],
)
def test_numbers_are_short_and_only_zero_looks_like_zero(
    number: float, decimals: int, text: str
) -> None:
    assert format_number(number, decimals) == text


def test_what_is_not_known_never_looks_like_a_number() -> None:
    assert format_value(None, 2) == UNKNOWN


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.50"),
        ([1, -2], "[1.00, −2.00]"),
        ([1, 2, 3, 4, 5], "5 long"),
        ([[1, 2], [3, 4], [5, 6]], "3 × 2"),
    ],
)
def test_short_vectors_are_written_out_and_tensors_by_shape(value: object, text: str) -> None:
    assert format_value(as_array(value), 2) == text  # type: ignore[arg-type]  # nested lists
