"""Small graphs that can be trained, for one example and for batches of rows."""

from __future__ import annotations

import numpy as np

from chainrule import Graph
from chainrule.training.encoding import Encoding, Feeding
from chainrule.training.metrics import Decision
from chainrule.training.optimisers import SGD
from chainrule.training.recipes import Recipe
from chainrule.training.sources import Generated


def neuron() -> Graph:
    """Return max(0, 1 − y tanh(w1 x1 + w2 x2 + b)) for one example."""
    g = Graph()
    x1, x2, y = g.input("x1", 0.5), g.input("x2", -1.0), g.input("y", 1.0)
    w1, w2, b = g.parameter("w1", 0.3), g.parameter("w2", -0.2), g.parameter("b", 0.1)
    score = g.tanh(w1 * x1 + w2 * x2 + b, name="score")
    g.output = g.relu(1 - y * score, name="loss")
    return g


def neuron_recipe(**changes) -> Recipe:
    feeds = {
        "x1": Feeding(("x1",)),
        "x2": Feeding(("x2",)),
        "y": Feeding(("class",), Encoding.SIGNS),
    }
    usual = {
        "optimiser": SGD(0.2),
        "source": Generated("moons", 30, 0.1, 0),
        "feeds": feeds,
        "prediction": "score",
        "label": "class",
        "decision": Decision.SIGN,
    }
    return Recipe(**{**usual, **changes})


def layers(rows: int = 4) -> Graph:
    """Return a softmax classifier of one hidden layer for a batch of rows."""
    dice = np.random.default_rng(0)
    g = Graph()
    X, y = g.input("X", dice.standard_normal((rows, 2))), g.input("y", np.zeros(rows))
    W = g.parameter("W", dice.standard_normal((2, 8)))
    c = g.parameter("c", np.zeros(8))
    V = g.parameter("V", 0.3 * dice.standard_normal((8, 3)))
    scores = g.matmul(g.tanh(g.matmul(X, W) + c), V, name="scores")
    g.output = g.cross_entropy(scores, y, name="loss")
    return g


def layers_recipe(**changes) -> Recipe:
    usual = {
        "optimiser": SGD(0.5),
        "source": Generated("blobs", 60, 0.4, 0),
        "feeds": {"X": Feeding(("x1", "x2")), "y": Feeding(("class",))},
        "prediction": "scores",
        "label": "class",
        "decision": Decision.ARGMAX,
    }
    return Recipe(**{**usual, **changes})
