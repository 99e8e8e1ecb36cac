"""Variance and standard deviation: corrections, and numbers that are all equal."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.gates.library.statistics import Std, Var

X = np.array([[1.0, 2.0, 4.0], [0.5, -1.0, 2.0]])


@pytest.mark.parametrize("correction", [0, 1, 2])
def test_a_correction_is_taken_off_the_count(correction: int) -> None:
    gate = Var(axis=1, correction=correction)
    np.testing.assert_allclose(gate.forward(X), np.var(X, axis=1, ddof=correction))
    np.testing.assert_allclose(Std(1, correction=correction).forward(X), np.sqrt(gate.forward(X)))


@pytest.mark.parametrize("gate", [Var(), Std()])
def test_one_number_alone_has_no_spread(gate: Var | Std) -> None:
    with np.errstate(all="ignore"):
        assert np.isnan(gate.forward(np.array([3.0])))


def test_equal_numbers_have_no_gradient() -> None:
    x = np.full(4, 2.5)
    assert Std().forward(x) == 0.0
    np.testing.assert_array_equal(Std().backward(np.float64(1.0), Std().forward(x), x)[0], 0.0 * x)


def test_moving_all_numbers_changes_no_spread() -> None:
    for gate in (Var(), Std()):
        (gradient,) = gate.backward(np.float64(1.0), gate.forward(X), X)
        assert np.sum(gradient) == pytest.approx(0.0, abs=1e-14)
