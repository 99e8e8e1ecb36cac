"""linear, bilinear, embedding: shapes, what they read, and writing into arrays that stay."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.arrays import Shape
from chainrule.errors import ShapeError, ValuesError
from chainrule.gates.gate import Gate
from chainrule.gates.library.layers import Bilinear, Embedding, Linear

RANDOM = np.random.default_rng(4)


def test_a_linear_layer_is_a_product_and_a_sum() -> None:
    x, weight, bias = (RANDOM.normal(size=shape) for shape in ((2, 4, 3), (5, 3), (5,)))
    np.testing.assert_allclose(Linear().forward(x, weight, bias), x @ weight.T + bias)
    np.testing.assert_allclose(Linear().forward(x, weight), x @ weight.T)


def test_without_a_bias_there_is_no_gradient_for_one() -> None:
    x, weight = np.ones((2, 3)), np.ones((4, 3))
    output = Linear().forward(x, weight)
    assert len(Linear().backward(output, output, x, weight)) == 2
    assert len(Linear().backward(output, output, x, weight, np.ones(4))) == 3


@pytest.mark.parametrize(
    ("gate", "shapes"),
    [
        (Linear(), ((3,), (5, 3))),
        (Linear(), ((3,), (5, 3), (5,))),
        (Linear(), ((4, 3), (5, 3), (5,))),
        (Linear(), ((2, 4, 3), (5, 3), (5,))),
        (Linear(), ((0, 3), (5, 3), (5,))),
        (Embedding(), ((), (5, 3))),
        (Embedding(), ((4, 2), (5, 3))),
    ],
)
def test_what_is_written_in_place_is_what_the_passes_return(
    gate: Any, shapes: tuple[Shape, ...]
) -> None:
    positions = isinstance(gate, Embedding)
    inputs = [RANDOM.normal(size=shape) for shape in shapes]
    if positions:
        inputs[0] = RANDOM.integers(0, 5, shapes[0]).astype(np.float64)
    output = gate.forward(*inputs)
    out = np.full(output.shape, np.nan)
    gate.forward_into(out, *inputs)
    np.testing.assert_array_equal(out, output)
    upstream = RANDOM.normal(size=output.shape)
    for port, expected in enumerate(gate.backward(upstream, output, *inputs)):
        found = np.full(shapes[port], np.nan)
        gate.backward_into(found, port, upstream, output, *inputs)
        np.testing.assert_allclose(found, expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("gate", "shapes", "sentence"),
    [
        (Linear(), ((2, 3), (3, 5)), r"x \(2, 3\) by weight \(3, 5\).* vectors of 5 .*; transpose"),
        (Linear(), ((2, 3), (4, 5)), r"x \(2, 3\) by weight \(4, 5\).*; change one of them"),
        (Linear(), ((), (4, 5)), r"x scalar by weight \(4, 5\)"),
        (Linear(), ((3,), (3,)), r"the weight \(3,\) is no matrix; give it the shape \(out, in\)"),
        (Linear(), ((2, 3), (5, 3), (2, 5)), r"the bias \(2, 5\) does not fit 5 outputs; give it"),
        (Bilinear(), ((2,), (3,), (4, 2)), r"weight \(4, 2\) has not three axes; give it the"),
        (Bilinear(), ((2,), (3,), (4, 3, 2)), r"takes vectors of 3 and 2 along the last axes"),
        (Bilinear(), ((5, 2), (3,), (4, 2, 3)), r"x \(5, 2\) and y \(3,\) are not as many vectors"),
        (Bilinear(), ((2,), (3,), (4, 2, 3), (3,)), r"the bias \(3,\) does not fit 4 outputs"),
        (Embedding(), ((2,), (3,)), r"the weight \(3,\) is no table; give it the shape \(rows,"),
    ],
)
def test_shapes_that_do_not_fit_are_told_with_a_remedy(
    gate: Gate, shapes: tuple[Shape, ...], sentence: str
) -> None:
    with pytest.raises(ShapeError, match=f"^{gate.name}: .*{sentence}"):
        gate.infer_shape(*shapes)


def test_a_bilinear_layer_is_a_quadratic_form_for_each_output() -> None:
    x, y, weight = (RANDOM.normal(size=shape) for shape in ((3,), (2,), (4, 3, 2)))
    expected = [x @ each @ y for each in weight]
    np.testing.assert_allclose(Bilinear().forward(x, y, weight), expected)


def test_a_row_that_is_read_twice_sums_up_its_gradients() -> None:
    positions, weight = np.array([2.0, 0.0, 2.0]), np.zeros((3, 2))
    upstream = np.array([[1.0, 2.0], [3.0, 4.0], [10.0, 20.0]])
    for_weight = Embedding().backward(upstream, upstream, positions, weight)[1]
    np.testing.assert_array_equal(for_weight, [[3.0, 4.0], [0.0, 0.0], [11.0, 22.0]])


def test_a_row_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValuesError, match="positions holds 3, but positions count from 0 to 2"):
        Embedding().forward(np.array([0.0, 3.0]), np.zeros((3, 2)))
