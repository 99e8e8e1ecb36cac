"""The Jacobian along a path from those of its gates, as far as their structures compose."""

from __future__ import annotations

import numpy as np

from chainrule.autodiff.jacobian.matrices import Gathering, Mapped, Matrix, Selection, Zero
from chainrule.autodiff.jacobian.path import SOURCE, Path, Place
from chainrule.autodiff.jacobian.rules import matrix_of


def compose_path(path: Path) -> Matrix | None:
    """Return the Jacobian of a path as a matrix that is known; None where that isn't easy."""
    rows, columns = path.target.size, path.source.size
    if not path.connected:
        return Zero(rows, columns)
    known: dict[Place, Matrix | None] = {SOURCE: _identity(columns)}
    for number, step in enumerate(path.steps, start=1):
        known[number] = None
        total: Matrix | None = None
        for port, place in enumerate(step.feeds):
            if place is None:
                continue
            inner = known[place]
            outer = None if inner is None else matrix_of(step, port)
            part = None if inner is None or outer is None else chained(outer, inner)
            if part is None:
                break
            total = part if total is None else added(total, part)
            if total is None:
                break
        else:
            known[number] = total
    return known[len(path.steps)]


def _identity(size: int) -> Selection:
    return Selection(np.arange(size), np.ones(size), size)


def is_identity(matrix: Matrix) -> bool:
    """Say whether a matrix changes nothing."""
    return (
        isinstance(matrix, Selection) and matrix.is_diagonal and bool((matrix.weights == 1.0).all())
    )


def chained(outer: Matrix, inner: Matrix) -> Matrix | None:
    """Return the product of two matrices if it is as simple as they are: the chain rule."""
    if is_identity(inner):
        return outer
    if is_identity(outer):
        return inner
    if isinstance(outer, Zero) or isinstance(inner, Zero):
        return Zero(outer.shape[0], inner.shape[1])
    if isinstance(outer, Selection):
        return _picked(outer, inner)
    if isinstance(outer, Gathering) and isinstance(inner, Gathering):
        owners = outer.owners[np.maximum(inner.owners, 0)]
        weights = outer.weights[np.maximum(inner.owners, 0)] * inner.weights
        return Gathering(np.where(inner.owners >= 0, owners, -1), weights, outer.rows)
    if isinstance(outer, Gathering) and isinstance(inner, Selection) and inner.is_injective:
        return _gathered(outer, inner)
    return None


def _picked(outer: Selection, inner: Matrix) -> Matrix:
    if not isinstance(inner, Selection):
        return Mapped(outer, inner)
    picks = np.where(outer.picks >= 0, inner.picks[np.maximum(outer.picks, 0)], -1)
    weights = outer.weights * inner.weights[np.maximum(outer.picks, 0)]
    return Selection(picks, weights, inner.columns)


def _gathered(outer: Gathering, inner: Selection) -> Matrix:
    """Each column is picked by at most one row, so it still counts in one output alone."""
    owners = np.full(inner.columns, -1, np.int64)
    weights = np.zeros(inner.columns)
    rows = np.flatnonzero(inner.picks >= 0)
    owners[inner.picks[rows]] = outer.owners[rows]
    weights[inner.picks[rows]] = outer.weights[rows] * inner.weights[rows]
    return Gathering(owners, weights, outer.rows)


def added(one: Matrix, other: Matrix) -> Matrix | None:
    """Return the sum of two matrices if it is as simple as they are: where branches meet."""
    if isinstance(one, Zero):
        return other
    if isinstance(other, Zero):
        return one
    if isinstance(one, Selection) and isinstance(other, Selection):
        either = np.where(one.picks >= 0, one.picks, other.picks)
        agree = (one.picks == other.picks) | (one.picks < 0) | (other.picks < 0)
        if agree.all():
            mine = np.where(one.picks >= 0, one.weights, 0.0)
            its = np.where(other.picks >= 0, other.weights, 0.0)
            return Selection(either, mine + its, one.columns)
    if isinstance(one, Gathering) and isinstance(other, Gathering):
        either = np.where(one.owners >= 0, one.owners, other.owners)
        agree = (one.owners == other.owners) | (one.owners < 0) | (other.owners < 0)
        if agree.all():
            mine = np.where(one.owners >= 0, one.weights, 0.0)
            its = np.where(other.owners >= 0, other.weights, 0.0)
            return Gathering(either, mine + its, one.rows)
    return None
