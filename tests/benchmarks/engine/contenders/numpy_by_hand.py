"""The network with NumPy, as one writes it by hand, and as one does to allocate nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias, final

import numpy as np
from typing_extensions import override

from tests.benchmarks.engine import lenet, network
from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.network import (
    BATCH,
    CLASSES,
    HIDDEN,
    SHAPES,
    Matrix,
    Network,
    numbers_of,
)
from tests.benchmarks.engine.reference import Numbers

ByHandFunction: TypeAlias = Callable[[Any, list[Matrix]], tuple[float, list[Matrix]]]
"""From the data and the weights to the loss and its gradients."""


@final
class ByHand(Contender):
    """As a lecture writes it: every line makes a new array."""

    def __init__(self, by_hand: ByHandFunction, task: Any) -> None:
        self._by_hand, self._task = by_hand, task
        self._gradients: list[Matrix] = []

    @override
    def run(self, point: list[Matrix]) -> float:
        loss, self._gradients = self._by_hand(self._task, point)
        return loss

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(loss, self._gradients)


@final
class IntoBuffers(Contender):
    """The same into arrays that are made once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._rows = np.arange(BATCH)
        self._pre = np.empty((BATCH, HIDDEN))
        self._hidden = np.empty((BATCH, HIDDEN))
        self._d_hidden = np.empty((BATCH, HIDDEN))
        self._off = np.empty((BATCH, HIDDEN), np.bool_)
        self._scores = np.empty((BATCH, CLASSES))
        self._gradients = [np.empty(shape) for shape in SHAPES.values()]

    @override
    def run(self, point: list[Matrix]) -> float:
        W1, b1, W2, b2 = point
        X, pre, hidden, scores = self._network.features, self._pre, self._hidden, self._scores
        np.matmul(X, W1, out=pre)
        pre += b1
        np.maximum(pre, 0, out=hidden)
        np.matmul(hidden, W2, out=scores)
        scores += b2
        loss = self._softmax_loss(scores)
        dW1, db1, dW2, db2 = self._gradients
        np.matmul(hidden.T, scores, out=dW2)
        np.sum(scores, axis=0, out=db2)
        np.matmul(scores, W2.T, out=self._d_hidden)
        np.less_equal(pre, 0, out=self._off)
        self._d_hidden[self._off] = 0
        np.matmul(X.T, self._d_hidden, out=dW1)
        np.sum(self._d_hidden, axis=0, out=db1)
        return loss

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(loss, self._gradients)

    def _softmax_loss(self, scores: Matrix) -> float:
        """Return the loss and turn the scores into their gradient."""
        rows, classes = self._rows, self._network.classes
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        loss = -np.log(scores[rows, classes]).mean()
        scores[rows, classes] -= 1
        scores /= BATCH
        return float(loss)


if __name__ == "__main__":
    compete(
        {
            "plain": partial(ByHand, network.by_hand),
            "buffers": IntoBuffers,
            "lenet": partial(ByHand, lenet.by_hand),
        }
    )
