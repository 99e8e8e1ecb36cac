"""Borders, copies and turns: the gradient finds its way back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.repeating import Flip, Pad, Repeat, Roll, Tile

X = np.arange(6.0).reshape(2, 3)
MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def test_widths_begin_with_the_last_axis() -> None:
    np.testing.assert_array_equal(
        Pad((1, 0, 0, 2), value=9.0).forward(X), np.pad(X, ((0, 2), (1, 0)), constant_values=9.0)
    )


@pytest.mark.parametrize("mode", MODES)
def test_a_border_is_that_of_numpy(mode: str) -> None:
    expected = np.pad(X, ((1, 1), (2, 1)), MODES[mode])  # pyright: ignore[reportCallIssue, reportArgumentType] -- a word from a table
    np.testing.assert_array_equal(Pad((2, 1, 1, 1), mode).forward(X), expected)


@pytest.mark.parametrize("mode", ["constant", *MODES])
def test_a_border_hands_its_gradient_to_the_numbers_it_repeats(mode: str) -> None:
    gate = Pad((2, 1, 1, 1), mode)
    upstream = np.ones(gate.infer_shape(X.shape))
    (gradient,) = gate.backward(upstream, upstream, X)
    assert np.sum(gradient) == (X.size if mode == "constant" else upstream.size)


def test_no_widths_leave_a_number_alone() -> None:
    number: Any = np.float64(2.0)
    assert Pad(()).forward(number) == 2.0
    assert Pad(()).backward(number, number, number) == (2.0,)


@pytest.mark.parametrize(
    ("mode", "widest"), [("reflect", 2), ("circular", 3), ("replicate", 50), ("constant", 50)]
)
def test_a_border_is_as_wide_as_the_numbers_allow(mode: str, widest: int) -> None:
    assert Pad((widest, 0), mode).infer_shape((3,)) == (3 + widest,)
    if widest < 50:
        with pytest.raises(ShapeError, match=f"a border of {widest + 1} can't be made of the 3"):
            Pad((widest + 1, 0), mode).infer_shape((3,))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Pad((1,)), "leave a side without one; give two for each axis"),
        (lambda: Pad((1, -1)), "are negative; use widths from 0, or slice to cut"),
        (lambda: Tile((2, -1)), "are negative; use counts from 0"),
        (lambda: Repeat(-1), "-1 times can't be; use a count from 0"),
        (lambda: Flip((0, 0)), "names an axis twice"),
    ],
)
def test_settings_that_no_array_could_satisfy_are_refused(make: Any, says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        make()


@pytest.mark.parametrize("gate", [Flip(), Flip(1), Roll(2), Roll(-7, axis=1), Roll(0)])
def test_turning_back_restores_the_array(gate: Flip | Roll) -> None:
    turned = gate.forward(X)
    np.testing.assert_array_equal(gate.backward(turned, turned, X)[0], X)


def test_a_number_gets_the_gradients_of_its_copies() -> None:
    tiled = Tile((2, 1, 2)).forward(X)
    assert tiled.shape == (2, 2, 6)
    np.testing.assert_array_equal(Tile((2, 1, 2)).backward(tiled, tiled, X)[0], 4.0 * X)
    repeated: Any = Repeat(3, axis=1).forward(X)
    np.testing.assert_array_equal(repeated[0], [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0])
    np.testing.assert_array_equal(Repeat(3, axis=1).backward(repeated, repeated, X)[0], 3.0 * X)


@pytest.mark.parametrize("gate", [Tile((0,)), Repeat(0, axis=1)])
def test_no_copy_is_an_empty_array_without_gradient(gate: Tile | Repeat) -> None:
    nothing = gate.forward(X)
    assert nothing.shape == gate.infer_shape(X.shape) == (2, 0)
    np.testing.assert_array_equal(gate.backward(nothing, nothing, X)[0], np.zeros((2, 3)))


@pytest.mark.parametrize("mode", ["constant", *MODES])
def test_an_empty_batch_gets_a_border_along_its_other_axes(mode: str) -> None:
    gate, x = Pad(widths=(1, 2), mode=mode), np.ones((0, 3))
    assert gate.infer_shape(x.shape) == gate.forward(x).shape == (0, 6)
    upstream = np.ones((0, 6))
    assert gate.backward(upstream, upstream, x)[0].shape == (0, 3)


@pytest.mark.parametrize("mode", MODES)
def test_an_axis_without_numbers_has_none_for_a_border(mode: str) -> None:
    with pytest.raises(ShapeError, match="a border of 2 can't be made of the 0 numbers"):
        Pad(widths=(1, 2), mode=mode).infer_shape((3, 0))
