"""Answers are read as people type them, and never run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Shape
from chainrule.errors import ExpressionError
from chainrule.practice.answering import read_answer


@pytest.mark.parametrize(
    ("text", "shape", "number"),
    [
        ("3", (), 3.0),
        (" -0.20 ", (), -0.2),
        ("−0.2", (), -0.2),
        ("1/3", (), 1 / 3),
        ("0,5", (), 0.5),
        ("-12,25", (), -12.25),
        ("- 0,5", (), -0.5),
        ("+ 0,5", (), 0.5),
        ("−,5", (), -0.5),
        (",5", (), 0.5),
        ("1,2e-5", (), 1.2e-5),
        ("-1,2E+3", (), -1200.0),
        ("1/2,5", (), 0.4),
        ("-0,5 * 1,5", (), -0.75),
        ("2 ** -0,5", (), 2**-0.5),
        ("0,5 - -.25", (), 0.75),
        ("0,5", (1, 1), [[0.5]]),
        ("2*3", (), 6.0),
        ("1e-3", (), 0.001),
        ("[1, 2]", (2,), [1.0, 2.0]),
        ("1, 2", (2,), [1.0, 2.0]),
        ("[1/2, -2]", (2,), [0.5, -2.0]),
        ("[[1, 2], [3, 4]]", (2, 2), [[1.0, 2.0], [3.0, 4.0]]),
        ("[[1, 2]]", (2,), [1.0, 2.0]),
        ("[3]", (), 3.0),
    ],
)
def test_what_was_typed_is_read(text: str, shape: Shape, number: object) -> None:
    np.testing.assert_array_equal(read_answer(text, shape), number)


def test_what_has_another_shape_keeps_it() -> None:
    assert read_answer("[1, 2, 3]", (2,)).shape == (3,)
    assert read_answer("[[1], [2]]", (1, 2, 2)).shape == (2, 1)


@pytest.mark.parametrize("text", ["1, 2", "1 ,5", "1,2,3", "[0,5]", "0,5, 3", "1,5, 2,5", "1.5,2"])
def test_other_commas_divide_the_numbers_of_a_list(text: str) -> None:
    assert read_answer(text, ()).ndim == 1


@given(st.floats(-1e9, 1e9), st.sampled_from(("{}", "{:e}", "{:.3f}", "{:g}")))
def test_a_number_with_a_comma_is_the_number_with_a_point(number: float, form: str) -> None:
    text = form.format(number)
    assert read_answer(text.replace(".", ","), ()) == read_answer(text, ()) == float(text)


@pytest.mark.parametrize("text", ["", "a", "f(2)", "1 +", "[1, [2]]", "open('x')", "1" * 3000])
def test_what_is_no_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ExpressionError):
        read_answer(text, ())


def test_nothing_is_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with pytest.raises(ExpressionError):
        read_answer(f"__import__('pathlib').Path({str(trace)!r}).touch()", ())
    assert not trace.exists()
