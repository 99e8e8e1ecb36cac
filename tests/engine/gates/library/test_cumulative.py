"""Running sums and products: gradients of what comes behind, with zeros, too."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.gates.library.cumulative import CumProd, CumSum


def test_a_number_gets_the_gradients_of_all_sums_from_its_own_on() -> None:
    upstream = np.array([1.0, 10.0, 100.0])
    (gradient,) = CumSum().backward(upstream, upstream, upstream)
    np.testing.assert_array_equal(gradient, [111.0, 110.0, 100.0])


@given(
    x=st.lists(st.sampled_from((0.0, 1.0, -2.0, 0.5, 3.0)), min_size=1, max_size=9),
    seed=st.integers(0, 9),
)
def test_the_gradient_of_a_running_product_is_the_sum_of_the_others_products(
    x: list[float], seed: int
) -> None:
    numbers = np.array(x)
    upstream = np.random.default_rng(seed).normal(size=numbers.shape)
    expected = np.zeros(numbers.shape)
    for place in range(len(x)):
        without = np.where(np.arange(len(x)) == place, 1.0, numbers)
        expected[place] = np.sum((upstream * np.cumprod(without))[place:])
    (gradient,) = CumProd().backward(upstream, CumProd().forward(numbers), numbers)
    np.testing.assert_allclose(gradient, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("gate", [CumSum(), CumProd()])
def test_nothing_stays_nothing(gate: CumSum | CumProd) -> None:
    x = np.zeros((0, 3))
    assert gate.forward(x).shape == gate.backward(x, x, x)[0].shape == (0, 3)
