"""A small convex quadratic programme with lower bounds on differences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

STEPS = 1500
TOLERANCE = 1e-4


def minimise(quadratic: Matrix, bounds: Matrix, least: Vector) -> Vector:
    """Return the y that minimises yᵀ Q y / 2 where A y ≥ b, for a positive definite Q.

    Q is `quadratic`, A is `bounds` (one row a bound), b is `least`. The alternating direction
    method of multipliers finds which bounds are tight; one linear system then gives the exact
    minimum, as in OSQP (Stellato et al., 2020).
    """
    if not least.size:
        return np.zeros(len(quadratic))
    approximate, forces = _alternate(quadratic, bounds, least)
    tight = forces < -TOLERANCE
    exact = _with_equalities(quadratic, bounds[tight], least[tight])
    return exact if np.all(bounds @ exact >= least - 1e-6) else approximate


def _alternate(quadratic: Matrix, bounds: Matrix, least: Vector) -> tuple[Vector, Vector]:
    """Return an approximate minimum and the scaled force on each bound (negative where tight)."""
    step = 0.1
    solve = np.linalg.inv(quadratic + step * bounds.T @ bounds)
    pull = step * solve @ bounds.T
    slack, force = least.copy(), np.zeros_like(least)
    y = np.zeros(len(quadratic))
    for _ in range(STEPS):
        y = pull @ (slack - force)
        reached = bounds @ y
        moved = np.maximum(least, reached + force)
        change = float(np.max(np.abs(moved - slack)))
        slack = moved
        force = force + reached - slack
        if change < TOLERANCE and float(np.max(np.abs(reached - slack))) < TOLERANCE:
            break
    return y, force


def _with_equalities(quadratic: Matrix, bounds: Matrix, least: Vector) -> Vector:
    """Return the minimum where all the given bounds are tight."""
    size, tight = len(quadratic), len(bounds)
    system = np.zeros((size + tight, size + tight))
    system[:size, :size] = quadratic
    system[:size, size:] = bounds.T
    system[size:, :size] = bounds
    # Bounds may depend on each other; least squares then takes any of the equal solutions.
    aim = np.concatenate([np.zeros(size), least])
    return np.asarray(np.linalg.lstsq(system, aim, rcond=None)[0][:size], dtype=np.float64)
