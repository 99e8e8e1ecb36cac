"""Dual numbers behave as arrays do, and say so where they can't."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from chainrule.errors import GateError
from chainrule.gates.dual import Dual
from chainrule.gates.dual.ufuncs import BINARY, UNARY
from chainrule.gates.foundations.numerics import values_of

STEP = 1e-6


def dual(*shape: int, seed: int = 0, low: float = 0.2, high: float = 0.8) -> Dual:
    """Return different positive numbers below 1, and how they move."""
    rng = np.random.default_rng([seed, *shape])
    return Dual(rng.uniform(low, high, shape)[()], rng.normal(size=shape)[()])


def agrees_with_differences(function: Callable[..., Any], *duals: Dual) -> None:
    """Compare a function's tangent with central differences along the same direction."""
    found = function(*duals)
    above, below = (
        function(*(each.value + step * each.tangent for each in duals)) for step in (STEP, -STEP)
    )
    assert isinstance(found, Dual)
    np.testing.assert_allclose(found.value, function(*(each.value for each in duals)), rtol=1e-14)
    np.testing.assert_allclose(found.tangent, (above - below) / (2 * STEP), rtol=1e-6, atol=1e-7)
    assert np.shape(found.tangent) == np.shape(found.value)


@pytest.mark.parametrize("function", UNARY, ids=lambda each: each.__name__)
def test_functions_of_one_number_have_their_slopes(function: np.ufunc) -> None:
    low = 1.2 if function is np.arccosh else 0.2
    agrees_with_differences(function, dual(3, low=low, high=low + 0.6))
    agrees_with_differences(function, dual(low=low, high=low + 0.6))


@pytest.mark.parametrize("function", BINARY, ids=lambda each: each.__name__)
def test_functions_of_two_numbers_have_both_slopes_and_broadcast(function: np.ufunc) -> None:
    agrees_with_differences(function, dual(3), dual(2, 3, seed=1))
    agrees_with_differences(lambda x: function(x, 0.55), dual(3))
    agrees_with_differences(lambda x: function(np.float64(0.55), x), dual(3))


def best_of_rank_1(x: Any) -> Any:
    """Return what the largest singular value and its vectors make."""
    left, sizes, right = np.linalg.svd(x, full_matrices=False)
    return np.multiply.outer(left[:, 0] * sizes[0], right[0])


OTHERS: dict[str, tuple[Callable[..., Any], tuple[tuple[int, ...], ...]]] = {
    "matmul": (np.matmul, ((2, 3), (3, 4))),
    "einsum": (lambda x, y: np.einsum("ij,jk->ki", x, y), ((2, 3), (3, 4))),
    "tensordot": (lambda x, y: np.tensordot(x, y, 1), ((2, 3), (3, 4))),
    "outer of a ufunc": (np.multiply.outer, ((2,), (3,))),
    "sum": (lambda x: np.sum(x, axis=1, keepdims=True), ((2, 3),)),
    "add.reduce": (np.add.reduce, ((2, 3),)),
    "mean": (lambda x: x.mean(axis=-1), ((2, 3),)),
    "max": (lambda x: np.max(x, axis=(0, 2), initial=-np.inf), ((2, 3, 4),)),
    "min": (lambda x: x.min(), ((2, 3),)),
    "maximum.reduce": (lambda x: np.maximum.reduce(x, axis=1), ((2, 3),)),
    "maximum.accumulate": (lambda x: np.maximum.accumulate(x, axis=1), ((3, 5),)),
    "minimum.accumulate": (np.minimum.accumulate, ((5, 2),)),
    "prod": (lambda x: np.prod(x, axis=1), ((2, 4),)),
    "prod of all": (np.prod, ((2, 3),)),
    "cumsum": (lambda x: np.cumsum(x, axis=1), ((2, 3),)),
    "cumprod": (lambda x: np.cumprod(x, axis=1), ((2, 3),)),
    "var": (lambda x: np.var(x, axis=0, ddof=1), ((3, 2),)),
    "std": (lambda x: x.std(), ((3, 2),)),
    "sort": (lambda x: np.sort(x, axis=0), ((4, 2),)),
    "where": (lambda x, y: np.where(x > y, x, 2.0 * y), ((4,), (4,))),
    "clip": (lambda x: np.clip(x, 0.3, 0.6), ((8,),)),
    "concatenate": (lambda x, y: np.concatenate([x, np.ones((1, 3)), y]), ((2, 3), (1, 3))),
    "stack": (lambda x, y: np.stack((x, y), axis=-1), ((2, 3), (2, 3))),
    "split": (lambda x: np.split(x, [1], axis=1)[1], ((2, 3),)),
    "pad": (lambda x: np.pad(x, 1, constant_values=3.0), ((2, 3),)),
    "pad by reflection": (lambda x: np.pad(x, 1, mode="reflect"), ((3, 3),)),
    "windows": (lambda x: sliding_window_view(x, 2, axis=1), ((2, 4),)),
    "take_along_axis": (lambda x: np.take_along_axis(x, np.array([[1], [0]]), 1), ((2, 3),)),
    "fancy index": (lambda x: x[[2, 0, 0]], ((3, 2),)),
    "transposes": (lambda x: (x.T @ x).mT + np.swapaxes(x.T @ x, 0, 1), ((2, 3),)),
    "inv": (np.linalg.inv, ((2, 3, 3),)),
    "solve": (np.linalg.solve, ((3, 3), (3, 2))),
    "solve a vector": (np.linalg.solve, ((3, 3), (3,))),
    "det": (np.linalg.det, ((2, 3, 3),)),
    "log of det": (lambda x: np.linalg.slogdet(x)[1], ((3, 3),)),
    "norm": (np.linalg.norm, ((2, 3),)),
    "1-norm": (lambda x: np.linalg.norm(x, 1, axis=1), ((2, 3),)),
    "inf-norm": (lambda x: np.linalg.norm(x, np.inf, axis=1), ((2, 3),)),
    "3-norm": (lambda x: np.linalg.norm(x, 3, axis=0), ((2, 3),)),
    "nuclear norm": (lambda x: np.linalg.norm(x, "nuc"), ((2, 3),)),
    "spectral norm": (lambda x: np.linalg.norm(x, 2), ((2, 3),)),
    "singular values": (lambda x: np.linalg.svd(x, compute_uv=False), ((3, 2),)),
    "best matrix of rank 1": (best_of_rank_1, ((3, 2),)),
    "matrix power": (lambda x: np.linalg.matrix_power(x, -2), ((2, 2),)),
    "sinc": (np.sinc, ((3,),)),
}


@pytest.mark.parametrize("name", OTHERS)
def test_functions_of_arrays_carry_tangents_along(name: str) -> None:
    function, shapes = OTHERS[name]
    agrees_with_differences(
        function, *(dual(*shape, seed=number) for number, shape in enumerate(shapes))
    )


def test_buffers_are_filled_by_items_and_by_adding_at_places() -> None:
    def scattered(x: Any) -> Any:
        buffer = np.zeros_like(x, shape=(4,))
        buffer[0] = x[1]
        np.add.at(buffer, np.array([2, 2, 3]), x)
        np.add(buffer, 1.0, out=buffer)
        buffer[1:2] = 7.0
        return buffer

    agrees_with_differences(scattered, dual(3))


def test_products_with_a_zero_have_a_tangent() -> None:
    product: Any = np.prod
    found = product(Dual(np.array([0.0, 2.0, 3.0]), np.array([1.0, 10.0, 10.0])))
    assert found.value == 0.0
    assert found.tangent == 6.0


def test_the_determinant_of_a_singular_matrix_has_a_tangent() -> None:
    found = np.linalg.det(Dual(np.array([[1.0, 2.0], [2.0, 4.0]]), np.eye(2)))
    assert found.tangent == pytest.approx(5.0)


def test_what_is_chosen_comes_out_plain() -> None:
    x = dual(2, 3)
    for chosen in (x > 0.5, x == x, np.isfinite(x), np.sign(x), np.rint(x), np.argmax(x, axis=1)):
        assert isinstance(chosen, np.ndarray)
    assert isinstance(x.astype(np.intp), np.ndarray)
    assert np.zeros_like(x, dtype=np.intp).dtype == np.intp
    assert values_of(x) is x.value  # pyright: ignore[reportArgumentType] -- gates see an array


def test_one_number_stays_a_number() -> None:
    x = dual()
    assert isinstance((x * x + 1.0).value, np.float64)
    y = x
    y += 1.0
    assert y.value == x.value + 1.0


def test_a_function_without_a_rule_is_named() -> None:
    with pytest.raises(GateError, match=r"np\.fft\.\S*fft has no forward-mode rule"):
        np.fft.fft(dual(3))
    with pytest.raises(GateError, match=r"np\.gcd has no forward-mode rule"):
        np.gcd(dual(3), dual(3))


def test_a_tangent_is_never_dropped_silently() -> None:
    with pytest.raises(TypeError, match="would lose its tangent"):
        np.asarray(dual(3))
    with pytest.raises(GateError, match=r"np\.zeros_like\(upstream"):
        np.add(dual(3), 1.0, out=np.zeros(3))
    with pytest.raises(AttributeError, match="no attribute 'tofile'"):
        dual(3).tofile("x")
