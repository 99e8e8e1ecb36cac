"""Negative log-likelihoods: the least variance, and the terms that PyTorch adds as `full`."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.gates.library.losses_likelihood import GaussianNllLoss, PoissonNllLoss


def test_a_vanishing_variance_counts_as_the_least_one() -> None:
    gate = GaussianNllLoss("none", eps=0.5)
    inputs = np.array([1.0, 1.0]), np.array([0.0, 0.0]), np.array([0.0, 0.5])
    losses = gate.forward(*inputs)
    np.testing.assert_allclose(losses, [0.5 * (np.log(0.5) + 2.0)] * 2)
    for_variance = gate.backward(np.ones(2), losses, *inputs)[2]
    np.testing.assert_allclose(for_variance, [-1.0, -1.0])


def test_the_full_normal_likelihood_integrates_to_one() -> None:
    x = np.linspace(-12.0, 12.0, 2001)
    gate = GaussianNllLoss("none", full=True)
    density = np.exp(-gate.forward(x, np.zeros(2001), np.full(2001, 1.5)))
    assert np.sum(density) * (x[1] - x[0]) == pytest.approx(1.0, rel=1e-9)


def test_the_full_count_likelihood_has_stirling_s_factorial() -> None:
    target, x = np.array([0.0, 1.0, 20.0]), np.zeros(3)
    added = PoissonNllLoss("none", full=True).forward(x, target)
    added = added - PoissonNllLoss("none").forward(x, target)
    np.testing.assert_allclose(added, [0.0, 0.0, math.lgamma(21.0)], rtol=1e-3)


def test_the_branch_changes_where_stirling_s_formula_begins() -> None:
    target = np.array([0.5, 1.0, 1.5])
    np.testing.assert_array_equal(PoissonNllLoss(full=True).branch(target, target), [0.0, 0.0, 1.0])
