"""The cases in which training is compared with PyTorch: a way down Rosenbrock's valley."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainrule.arrays import Floats

START = [-1.2, 1.0, 0.7]
STEPS = 12

_ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}

RULES: list[tuple[str, dict[str, Any]]] = [
    ("sgd", {"learning_rate": 1e-3}),
    ("sgd", {"learning_rate": 1e-3, "weight_decay": 0.1}),
    ("momentum", {"learning_rate": 5e-4, "momentum": 0.9}),
    ("momentum", {"learning_rate": 5e-4, "momentum": 0.5, "weight_decay": 0.02}),
    ("nesterov", {"learning_rate": 5e-4, "momentum": 0.9}),
    ("nesterov", {"learning_rate": 5e-4, "momentum": 0.8, "weight_decay": 0.02}),
    ("rmsprop", {"learning_rate": 0.01, "smoothing": 0.99, "epsilon": 1e-8}),
    (
        "rmsprop",
        {"learning_rate": 0.02, "smoothing": 0.9, "epsilon": 1e-6, "weight_decay": 0.05},
    ),
    ("adam", {"learning_rate": 0.05, **_ADAM, "decoupled": False}),
    ("adam", {"learning_rate": 0.05, **_ADAM, "decoupled": False, "weight_decay": 0.1}),
    ("adam", {"learning_rate": 0.05, **_ADAM, "decoupled": True, "weight_decay": 0.1}),
]
SCHEDULED: list[tuple[str, dict[str, Any], int]] = [
    ("step", {"every": 3, "gamma": 0.5}, 12),
    ("exponential", {"gamma": 0.9}, 12),
    ("linear", {"steps": 8, "end": 0.1}, 12),
    ("cosine", {"steps": 10, "end": 0.05}, 11),
]
CLIPPED: list[tuple[str, float, list[float]]] = [
    ("value", 1.5, [3.0, -2.0, 0.5]),
    ("norm", 2.0, [3.0, -2.0, 0.5]),
    ("norm", 9.0, [3.0, -2.0, 0.5]),
]


def slope(weights: Floats) -> Floats:
    """Return the gradient of Rosenbrock's function of three numbers."""
    x, y, z = (float(each) for each in weights)
    return np.array(
        [
            -400 * x * (y - x**2) - 2 * (1 - x),
            200 * (y - x**2) - 400 * y * (z - y**2) - 2 * (1 - y),
            200 * (z - y**2),
        ]
    )
