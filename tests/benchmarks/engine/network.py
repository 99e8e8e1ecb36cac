"""The tensor workload: a network of two layers on a batch, with the softmax loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import Vector

INPUTS, HIDDEN, CLASSES, BATCH = 784, 256, 10, 128

SHAPES = {"W1": (INPUTS, HIDDEN), "b1": (HIDDEN,), "W2": (HIDDEN, CLASSES), "b2": (CLASSES,)}

Matrix = NDArray[np.float64]


@final
@dataclass(frozen=True)
class Network:
    """The data: what is fed, and which class is right, as numbers and as rows of ones."""

    features: Matrix
    classes: NDArray[np.intp]
    targets: Matrix


def make_network() -> tuple[Network, list[Matrix]]:
    """Return the data, and weights and bias of the first layer, then of the second."""
    dice = np.random.default_rng(0)
    features = dice.standard_normal((BATCH, INPUTS))
    classes = dice.integers(0, CLASSES, BATCH)
    weights = [
        0.05 * dice.standard_normal((INPUTS, HIDDEN)),
        0.1 * dice.standard_normal(HIDDEN),
        0.1 * dice.standard_normal((HIDDEN, CLASSES)),
        0.1 * dice.standard_normal(CLASSES),
    ]
    return Network(features, classes, np.eye(CLASSES)[classes]), weights


def by_hand(network: Network, weights: list[Matrix]) -> tuple[float, list[Matrix]]:
    """Return loss and gradients as a lecture writes them with NumPy."""
    W1, b1, W2, b2 = weights
    X, y, rows = network.features, network.classes, np.arange(BATCH)
    pre = X @ W1 + b1
    hidden = np.maximum(pre, 0)
    scores = hidden @ W2 + b2
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances = powers / powers.sum(axis=1, keepdims=True)
    loss = -np.log(chances[rows, y]).mean()
    d_scores = chances
    d_scores[rows, y] -= 1
    d_scores /= BATCH
    d_hidden = d_scores @ W2.T
    d_hidden[pre <= 0] = 0
    gradients = [X.T @ d_hidden, d_hidden.sum(axis=0), hidden.T @ d_scores, d_scores.sum(axis=0)]
    return float(loss), gradients


def numbers_of(loss: float, gradients: list[Matrix]) -> Numbers:
    """Return loss and gradients in the form in which they are compared."""
    return Numbers(loss, flatten(gradients))


def flatten(arrays: list[Matrix]) -> Vector:
    """Return the numbers of all arrays one after the other."""
    return np.concatenate([np.ravel(each) for each in arrays])
