"""Numbers for people: six digits, large tensors by shape, and columns that line up."""

from __future__ import annotations

import numpy as np

from chainrule.cli.table import shown, table


def test_what_is_not_computed_never_looks_like_a_number() -> None:
    assert shown(None) == "not computed"


def test_numbers_have_six_digits() -> None:
    assert shown(np.float64(1 / 3)) == "0.333333"
    assert shown(np.array([[1.0, -2.5], [np.nan, np.inf]])) == "[[1, -2.5], [nan, inf]]"


def test_a_large_tensor_is_its_shape_and_its_first_numbers() -> None:
    assert shown(np.arange(12000.0).reshape(3, 4000)) == "3 x 4000: 0, 1, 2, ..."
    assert len(shown(np.full((3, 3), 0.123456789))) <= 40


def test_columns_line_up() -> None:
    assert table(("a", "b"), [("long", "1"), ("x", "100")], right=(1,)) == (
        "a       b\nlong    1\nx     100\n"
    )


def test_zero_has_no_sign() -> None:
    assert shown(np.array([-0.0, 0.0])) == "[0, 0]"
