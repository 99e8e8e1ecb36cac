"""Which rows of a table train and which test, and in which batches and order they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.errors import TrainingError

Indices: TypeAlias = npt.NDArray[np.intp]

_SPLIT, _SHUFFLE = 1, 2


def split(rows: int, test_share: float, seed: int) -> tuple[Indices, Indices]:
    """Return which rows train and which test; the same seed always gives the same split.

    Both lists are in the order of the table. Any row of the table may be in either, so that data
    sorted by class is no trap. Raises TrainingError where one of the two would be empty.
    """
    if not 0 <= test_share < 1:
        raise TrainingError(f"the share for tests is {test_share:g}; give it one from 0 to below 1")
    tests = round(rows * test_share)
    if rows - tests < 1:
        raise TrainingError(f"of {rows} rows none is left to train with; lower the share for tests")
    order = np.random.default_rng((_SPLIT, seed)).permutation(rows)
    return np.sort(order[tests:]), np.sort(order[:tests])


def batches(rows: int, size: int | None, seed: int, epoch: int) -> list[Indices]:
    """Return the batches of one epoch: places among `rows`, each in exactly one of them.

    Every epoch has an order of its own. The last batch is shorter where the size does not divide
    the rows; its gradient is the mean over its own rows. Without a size all rows are one batch, in
    their order.
    """
    if size is None or size >= rows:
        return [np.arange(rows)]
    if size < 1:
        raise TrainingError(f"a batch of {size} rows trains nothing; give it 1 or more")
    order = np.random.default_rng((_SHUFFLE, seed, epoch)).permutation(rows)
    return [order[start : start + size] for start in range(0, rows, size)]


def endless(rows: int, size: int | None, seed: int) -> Iterator[tuple[int, Indices]]:
    """Yield the batches of epoch after epoch, each with the number of its epoch, from 0."""
    epoch = 0
    while True:
        for batch in batches(rows, size, seed, epoch):
            yield epoch, batch
        epoch += 1
