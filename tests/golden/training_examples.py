"""Writes the examples that train anew: `python -m tests.golden.training_examples`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from chainrule import Graph
from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.diagram.parts import Display
from chainrule.files import write_graph
from chainrule.graph.edits import Batch, MoveNodes, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Position
from chainrule.graph.sections import SetSection
from chainrule.training.encoding import Encoding, Feeding
from chainrule.training.generators import generate
from chainrule.training.metrics import Decision
from chainrule.training.optimisers import SGD, Adam
from chainrule.training.recipe_json import SECTION, recipe_json
from chainrule.training.recipes import Recipe
from chainrule.training.schedules import LinearDecay
from chainrule.training.sources import Generated

FOLDER = Path(__file__).parents[2] / "assets" / "examples"
SIZES = (2, 16, 16, 1)
_APART, _LAYER, _BLOCKS = 48.0, 620.0, 4

Places = dict[NodeId, Position]


def line_fit() -> GateGraph:
    """Return a line through points: two weights, whose landscape can be seen as a whole."""
    g = Graph()
    x, y = g.input("x", 0.5), g.input("y", 1.8)
    w, b = g.parameter("w", -1.0), g.parameter("b", -0.5)
    guess = g.add(g.mul(w, x, name="slope"), b, name="guess")
    g.output = g.square(g.sub(guess, y, name="error"), name="L")
    places: Places = {"w": (0, 0), "x": (0, 90), "b": (160, 150), "y": (330, 200)}
    places |= {"slope": (180, 40), "guess": (340, 80), "error": (500, 120), "L": (660, 120)}
    recipe = Recipe(
        SGD(0.1),
        source=Generated("line", 40, 0.2, 0),
        feeds={"x": Feeding(("x",)), "y": Feeding(("y",))},
        prediction="guess",
        label="y",
        steps=100,
    )
    return _finished(
        g,
        places,
        "Training: a line through points",
        "Run ▸ Train… fits y = w x + b to forty points by gradient descent. The mean squared error "
        "is a bowl over w and b; the page Landscape draws it with the way of the descent.",
        recipe,
    )


def moons_network() -> GateGraph:
    """Return micrograd's demo: a network of two hidden layers, every multiplication a gate."""
    g, places = Graph(), Places()
    sources = [g.input("x1", 0.5).name, g.input("x2", 0.2).name]
    y = g.input("y", 1.0)
    places |= {"x1": (-260.0, 1100.0), "x2": (-260.0, 1300.0)}
    dice, left, last = np.random.default_rng(1337), 0.0, len(SIZES) - 2
    for layer, (_, neurons) in enumerate(pairwise(SIZES)):
        across = _BLOCKS if len(sources) > 2 and neurons > 1 else 1
        outputs: list[NodeId] = []
        for neuron in range(neurons):
            at = left + neuron % across * _LAYER, _down(neuron // across, sources, neurons)
            weights = dice.uniform(-1, 1, len(sources))
            name = f"{'abs'[layer]}{neuron}" if layer < last else "score"
            outputs.append(_neuron(g, places, name, sources, weights, at, layer < last))
        sources, left = outputs, left + across * _LAYER + 60
    _margin(g, places, y.name, places["score"])
    return _finished(
        g,
        places,
        "Training: two moons",
        "micrograd's demo: a network 2–16–16–1 with 337 weights learns to tell two moons apart, "
        "with the margin loss of support vector machines. Run ▸ Train… shows it; Run ▸ Whole Loss "
        "as One Graph makes one graph of all 100 points, every multiplication a gate. A decay of "
        "0.0002 stands for the demo's penalty 0.0001 Σ w².",
        _moons_recipe(),
    )


def spiral_classifier() -> GateGraph:
    """Return a network of matrices with the softmax loss, fed with batches of rows."""
    dice, rows = np.random.default_rng(3), generate("spirals", 12, 0.1, 0)
    g = Graph()
    X, y = g.input("X", rows.take(("x1", "x2"))), g.input("y", rows.column("class"))
    W1 = g.parameter("W1", np.round(dice.standard_normal((2, 24)), 3))
    b1 = g.parameter("b1", np.zeros(24))
    W2 = g.parameter("W2", np.round(0.3 * dice.standard_normal((24, 3)), 3))
    b2 = g.parameter("b2", np.zeros(3))
    before = g.add(g.matmul(X, W1, name="XW1"), b1, name="before")
    hidden = g.relu(before, name="hidden")
    scores = g.add(g.matmul(hidden, W2, name="HW2"), b2, name="scores")
    g.output = g.cross_entropy(scores, y, name="L")
    recipe = Recipe(
        Adam(0.03),
        source=Generated("spirals", 300, 0.15, 0),
        feeds={"X": Feeding(("x1", "x2")), "y": Feeding(("class",))},
        prediction="scores",
        label="class",
        decision=Decision.ARGMAX,
        batch=60,
        test_share=0.2,
        steps=400,
    )
    passes = Passes(g.gates)
    g.apply(arrange(g.gates, passes, Display()))
    return _finished(
        g,
        {node.id: node.position for node in g.gates if node.position is not None},
        "Training: spirals in batches",
        "A network of one hidden layer learns three spirals with the softmax loss. Its inputs hold "
        "rows, so Run ▸ Train… feeds it batches of 60, and a fifth of the rows is kept for tests.",
        recipe,
    )


EXAMPLES: Mapping[str, Callable[[], GateGraph]] = {
    "line-fit": line_fit,
    "moons-network": moons_network,
    "spiral-classifier": spiral_classifier,
}


def _moons_recipe() -> Recipe:
    """Return micrograd's own way of training: a rate that falls from 1 to 0.1."""
    return Recipe(
        SGD(1.0, weight_decay=2e-4),
        LinearDecay(steps=100, end=0.1),
        source=Generated("moons", 100, 0.1, 0),
        feeds={
            "x1": Feeding(("x1",)),
            "x2": Feeding(("x2",)),
            "y": Feeding(("class",), Encoding.SIGNS),
        },
        prediction="score",
        label="class",
        decision=Decision.SIGN,
        steps=100,
    )


def _down(row: int, sources: Sequence[NodeId], neurons: int) -> float:
    high = (len(sources) + 2) * _APART
    return 1200.0 - high / 2 if neurons == 1 else row * high


def _neuron(
    g: Graph,
    places: Places,
    name: NodeId,
    sources: Sequence[NodeId],
    weights: np.ndarray,
    at: Position,
    rectified: bool,
) -> NodeId:
    """Add a neuron whose block begins `at` a place, and return its output."""
    products: list[NodeId] = []
    for row, (source, weight) in enumerate(zip(sources, weights.round(4).tolist(), strict=True)):
        w, product = f"w_{name}_{row}", f"p_{name}_{row}"
        g.parameter(w, weight)
        g.mul(g[w], g[source], name=product)
        places[w] = at[0], at[1] + row * _APART
        places[product] = at[0] + 150, at[1] + row * _APART + 12
        products.append(product)
    bias = f"c_{name}"
    g.parameter(bias, 0.0)
    places[bias] = at[0] + 150, at[1] + len(sources) * _APART + 24
    total = f"t_{name}" if rectified else name
    g.add(*(g[each] for each in (*products, bias)), name=total)
    middle = at[1] + len(sources) * _APART / 2
    places[total] = at[0] + 310, middle
    if rectified:
        g.relu(g[total], name=name)
        places[name] = at[0] + 430, middle
    return name


def _margin(g: Graph, places: Places, y: NodeId, score: Position) -> None:
    """Add the loss max(0, 1 − y score)."""
    agreement = g.mul(g["score"], g[y], name="agreement")
    negative = g.mul_constant(agreement, c=-1.0, name="negative")
    margin = g.add_constant(negative, c=1.0, name="margin")
    g.output = g.relu(margin, name="L")
    x, down = score
    places[y] = x - 160, down + 500
    for step, name in enumerate(("agreement", "negative", "margin", "L"), 1):
        places[name] = x + 170.0 * step, down + 60


def _finished(g: Graph, places: Places, title: str, says: str, recipe: Recipe) -> GateGraph:
    header = replace(g.gates.header, title=title, description=says)
    whole = {name: (float(round(x)), float(round(y))) for name, (x, y) in places.items()}
    edits = (
        SetHeader(header),
        MoveNodes(whole),
        SetSection(SECTION, recipe_json(recipe)),
    )
    g.apply(Batch(edits))
    return g.gates


if __name__ == "__main__":
    for name, make in EXAMPLES.items():
        write_graph(make(), FOLDER / f"{name}.chainrule")
