"""Structure of a Jacobian that nobody knows, found by a few products with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, cast

import numpy as np

from chainrule.arrays import Array, Floats, Shape
from chainrule.autodiff.jacobian.matrices import Gathering, Selection
from chainrule.autodiff.planning.flat import Numbers

Product: TypeAlias = Callable[[Array], Array]

_CLOSE = 1e-9


def find_selection(push: Product, shape: Shape) -> Selection | None:
    """Return the Jacobian if each of its rows has at most one entry, from three products with it.

    A row with the one entry w in column j takes ones to w, and the numbers of the columns to w j.
    Random numbers then tell whether that was all: they would have to conspire to hide another
    entry. `shape` is that of the source.
    """
    found = _lone_entries(push, shape)
    if found is None:
        return None
    picks, weights = found
    return Selection(picks, weights, int(np.prod(shape, dtype=np.int64)))


def find_gathering(pull: Product, shape: Shape) -> Gathering | None:
    """Return the Jacobian if each column has at most one entry; `shape` is that of the target."""
    found = _lone_entries(pull, shape)
    if found is None:
        return None
    owners, weights = found
    return Gathering(owners, weights, int(np.prod(shape, dtype=np.int64)))


def _lone_entries(product: Product, shape: Shape) -> tuple[Numbers, Floats] | None:
    size = int(np.prod(shape, dtype=np.int64))
    random = np.random.default_rng(0).uniform(0.5, 1.5, size)
    weights = _flat(product, np.ones(size), shape)
    counted = _flat(product, np.arange(1.0, size + 1.0), shape)
    mixed = _flat(product, random, shape)
    if not (np.isfinite(weights).all() and np.isfinite(counted).all()):
        return None
    there = weights != 0.0
    if np.any(counted[~there] != 0.0) or np.any(mixed[~there] != 0.0):
        return None
    exact = counted[there] / weights[there]
    places = np.rint(exact)
    if np.any(np.abs(exact - places) > 1e-6) or np.any((places < 1) | (places > size)):
        return None
    picks = np.full(len(weights), -1, np.int64)
    picks[there] = places.astype(np.int64) - 1
    expected = weights[there] * random[picks[there]]
    if np.any(np.abs(mixed[there] - expected) > _CLOSE * np.abs(weights[there])):
        return None
    return picks, weights


def _flat(product: Product, numbers: Floats, shape: Shape) -> Floats:
    given = cast(Array, numbers.reshape(shape)[()])
    return cast(Any, np.ravel(product(given)))


def rank_of(product: Product, shape: Shape, most: int) -> int | None:
    """Return the rank of the Jacobian if it is at most `most`, from one product more than that."""
    rng = np.random.default_rng(1)
    size = int(np.prod(shape, dtype=np.int64))
    images = [_flat(product, rng.normal(size=size), shape) for _ in range(most + 1)]
    sizes = np.linalg.svd(np.stack(images), compute_uv=False)
    if not np.isfinite(sizes).all() or sizes[0] == 0.0:
        return None
    rank = int(np.count_nonzero(sizes > 1e-10 * sizes[0]))
    return rank if rank <= most else None
