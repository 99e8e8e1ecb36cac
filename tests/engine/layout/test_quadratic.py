"""The quadratic programme against minima known by hand."""

from __future__ import annotations

import numpy as np

from chainrule.layout.quadratic import minimise


def test_a_tight_bound_is_met_exactly() -> None:
    found = minimise(np.eye(2), np.array([[-1.0, 1.0]]), np.array([10.0]))
    np.testing.assert_allclose(found, [-5.0, 5.0], atol=1e-9)


def test_dependent_bounds_have_a_minimum_too() -> None:
    bounds = np.array([[-1.0, 1.0, 0.0], [0.0, -1.0, 1.0], [-1.0, 0.0, 1.0]])
    found = minimise(np.eye(3), bounds, np.array([3.0, 3.0, 6.0]))
    np.testing.assert_allclose(found, [-3.0, 0.0, 3.0], atol=1e-9)


def test_a_slack_bound_changes_nothing() -> None:
    found = minimise(np.eye(2), np.array([[-1.0, 1.0]]), np.array([-1.0]))
    np.testing.assert_allclose(found, [0.0, 0.0], atol=1e-9)
