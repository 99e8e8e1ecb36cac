"""matmul: shapes of all kinds of products."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Shape, unbroadcast
from chainrule.gates.library.linear_algebra import MatMul


@pytest.mark.parametrize(
    ("x", "y", "product"),
    [
        ((3,), (3,), ()),
        ((2, 3), (3,), (2,)),
        ((3,), (3, 2), (2,)),
        ((2, 3), (3, 4), (2, 4)),
        ((5, 2, 3), (3, 4), (5, 2, 4)),
        ((5, 1, 2, 3), (6, 3, 4), (5, 6, 2, 4)),
        ((5, 2, 3), (3,), (5, 2)),
        ((3,), (5, 3, 2), (5, 2)),
        ((0, 3), (3, 2), (0, 2)),
    ],
)
def test_shapes_of_products_and_gradients(x: Shape, y: Shape, product: Shape) -> None:
    left, right = np.ones(x), np.ones(y)
    output = MatMul().forward(left, right)
    assert MatMul().infer_shape(x, y) == output.shape == product
    gradients = MatMul().backward(output, output, left, right)
    assert unbroadcast(gradients[0], x).shape == x
    assert unbroadcast(gradients[1], y).shape == y


def test_the_inner_product_gives_each_vector_the_other() -> None:
    x, y = np.array([1.0, -2.0, 0.5]), np.array([2.0, 0.25, -1.0])
    for_x, for_y = MatMul().backward(np.float64(3.0), MatMul().forward(x, y), x, y)
    np.testing.assert_array_equal(for_x, 3.0 * y)
    np.testing.assert_array_equal(for_y, 3.0 * x)
