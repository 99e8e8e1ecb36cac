"""The neuron, micrograd's demo and the chain: scalar graphs that are made by rule."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.engine.scalar_graph import Builder, Kind, ScalarGraph

Layers = list[list[tuple[list[float], float]]]
"""By layer and neuron: its weights and its bias."""

SIZES = (2, 16, 16, 1)
SAMPLES = 100
L2 = 1e-4

_CYCLE = (Kind.MUL, Kind.ADD, Kind.SIGMOID, Kind.EXP, Kind.RECIPROCAL, Kind.MAX)


def neuron() -> ScalarGraph:
    """Return 1/(1 + exp(−(w0·x0 + w1·x1 + w2))) gate by gate: 8 gates."""
    made = Builder()
    w0, x0, w1, x1, w2 = (made.leaf(value) for value in (2.0, -1.0, -3.0, -2.0, -3.0))
    products = made.gate(Kind.MUL, w0, x0), made.gate(Kind.MUL, w1, x1)
    score = made.gate(Kind.ADD, made.gate(Kind.ADD, *products), w2)
    power = made.gate(Kind.EXP, made.gate(Kind.MUL, score, made.leaf(-1.0)))
    below = made.gate(Kind.ADD, power, made.leaf(1.0))
    return made.finish(made.gate(Kind.RECIPROCAL, below))


def demo_data(samples: int = SAMPLES) -> tuple[NDArray[np.float64], list[float], Layers]:
    """Return points and labels of two half moons, and the layers of micrograd's demo."""
    dice, half = np.random.RandomState(1337), samples // 2
    angles = np.linspace(0, np.pi, half)
    upper = np.column_stack((np.cos(angles), np.sin(angles)))
    lower = np.column_stack((1 - np.cos(angles), 0.5 - np.sin(angles)))
    points = np.vstack((upper, lower)) + dice.normal(0, 0.1, (2 * half, 2))
    labels = np.repeat((-1.0, 1.0), half)
    shuffled = dice.permutation(2 * half)
    weights = random.Random(1337)
    layers: Layers = [
        [([weights.uniform(-1, 1) for _ in range(inputs)], 0.0) for _ in range(outputs)]
        for inputs, outputs in pairwise(SIZES)
    ]
    return points[shuffled], labels[shuffled].tolist(), layers


def demo(samples: int = SAMPLES) -> ScalarGraph:
    """Return the loss of micrograd's README demo, node for node as its `Value`s make it.

    MLP(2, [16, 16, 1]), SVM loss and L2. The numbers that micrograd wraps (the labels, the zero at
    which `sum` begins, 1/n) are leaves as they are there; weights and biases are the first leaves.
    """
    points, labels, layers = demo_data(samples)
    made = Builder()
    weights = [
        [([made.leaf(weight) for weight in row], made.leaf(bias)) for row, bias in layer]
        for layer in layers
    ]
    rows = [[made.leaf(number) for number in point] for point in points.tolist()]
    scores = [_score(made, weights, row) for row in rows]
    losses: list[int] = []
    for score, label in zip(scores, labels, strict=True):
        margin = made.gate(Kind.MUL, score, made.leaf(-label))
        losses.append(made.gate(Kind.RELU, made.gate(Kind.ADD, margin, made.leaf(1.0))))
    data = made.gate(Kind.MUL, _sum(made, losses), made.leaf(1.0 / len(losses)))
    numbers = [leaf for layer in weights for row, bias in layer for leaf in (*row, bias)]
    squares = [made.gate(Kind.MUL, leaf, leaf) for leaf in numbers]
    penalty = made.gate(Kind.MUL, _sum(made, squares), made.leaf(L2))
    return made.finish(made.gate(Kind.ADD, data, penalty))


def chain(gates: int) -> ScalarGraph:
    """Return a chain of alternating gates, in which nothing can be done at the same time.

    The leaves are chosen so that values stay near 1, and the gradient does along the whole chain:
    one that dies out would leave zeros, or denormal numbers, with which processors are slow.
    """
    dice, made = random.Random(0), Builder()
    row, value, slope = made.leaf(0.5), 0.5, 1.0
    for step in range(gates):
        kind = _CYCLE[step % len(_CYCLE)]
        if kind is Kind.MUL:
            value, slope, leaf = value / slope, 1.0, 1 / slope
        elif kind is Kind.ADD:
            aim = dice.uniform(-0.5, 0.5)
            value, leaf = aim, aim - value
        elif kind is Kind.MAX:
            leaf = dice.uniform(0.0, 0.3)
        else:
            value, steepness = _squash(kind, value)
            slope *= steepness
            row = made.gate(kind, row)
            continue
        row = made.gate(kind, row, made.leaf(leaf))
    return made.finish(row)


def _squash(kind: Kind, x: float) -> tuple[float, float]:
    """Return the value of a gate with one input, and the size of its slope there."""
    if kind is Kind.SIGMOID:
        value = 1 / (1 + math.exp(-x))
        return value, value * (1 - value)
    if kind is Kind.EXP:
        return math.exp(x), math.exp(x)
    return 1 / x, 1 / (x * x)


def _score(made: Builder, weights: list[list[tuple[list[int], int]]], inputs: list[int]) -> int:
    """Add the network for one point and return its score."""
    last = len(weights) - 1
    for depth, layer in enumerate(weights):
        outputs: list[int] = []
        for row, bias in layer:
            total = bias
            for weight, source in zip(row, inputs, strict=True):
                total = made.gate(Kind.ADD, total, made.gate(Kind.MUL, weight, source))
            outputs.append(total if depth == last else made.gate(Kind.RELU, total))
        inputs = outputs
    return inputs[0]


def _sum(made: Builder, rows: Sequence[int]) -> int:
    """Add rows one after the other to a zero, as Python's `sum` does."""
    total = made.leaf(0.0)
    for row in rows:
        total = made.gate(Kind.ADD, total, row)
    return total
