"""Graphs whose second derivatives are compared with PyTorch's, each beside its twin there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from chainrule import Graph
from chainrule.arrays import Floats, Shape

RECORDED = Path(__file__).parent / "recorded/second_order.json"


@dataclass(frozen=True)
class Case:
    """A function of arrays of `shapes` to a number: `ours` adds it to a graph that has the inputs.

    `theirs` takes the module torch and a tensor for each input.
    """

    name: str
    shapes: dict[str, Shape]
    ours: Callable[[Graph], Any]
    theirs: Callable[..., Any]

    def inputs(self) -> dict[str, Floats]:
        """Return the numbers at which the derivatives are taken: always the same ones."""
        rng = np.random.default_rng([len(self.name), *map(ord, self.name)])
        return {name: rng.normal(0.0, 1.0, shape) for name, shape in self.shapes.items()}

    def vectors(self) -> dict[str, Floats]:
        """Return what the Hessian is multiplied with."""
        rng = np.random.default_rng(len(self.name))
        return {name: rng.normal(0.0, 1.0, shape) for name, shape in self.shapes.items()}

    def graph(self) -> Graph:
        """Return the graph, run once."""
        g = Graph()
        for name, value in self.inputs().items():
            g.parameter(name, value)
        g.output = self.ours(g)
        g.forward()
        return g


def _network(g: Graph) -> Any:
    hidden = g.tanh(g.linear(g["x"], g["W"], g["b"]))
    return g.mse_loss(g.linear(hidden, g["V"]), g["t"])


def _network_theirs(torch: Any, x: Any, W: Any, b: Any, V: Any, t: Any) -> Any:
    linear, loss = torch.nn.functional.linear, torch.nn.functional.mse_loss
    return loss(linear(torch.tanh(linear(x, W, b)), V), t)


CASES = [
    Case(
        "rosenbrock",
        {"x": (4,)},
        lambda g: g.sum(
            g.square(1.0 - g.slice(g["x"], stop=3))
            + 100.0 * g.square(g.slice(g["x"], start=1) - g.square(g.slice(g["x"], stop=3)))
        ),
        lambda torch, x: ((1 - x[:-1]) ** 2 + 100 * (x[1:] - x[:-1] ** 2) ** 2).sum(),
    ),
    Case(
        "quadratic form",
        {"A": (3, 3), "x": (3,)},
        lambda g: g.matmul(g["x"], g.matmul(g["A"], g["x"])),
        lambda torch, A, x: x @ (A @ x),
    ),
    Case(
        "sigmoid neuron",
        {"w": (3,), "x": (3,)},
        lambda g: g.sigmoid(g.matmul(g["w"], g["x"])),
        lambda torch, w, x: torch.sigmoid(w @ x),
    ),
    Case(
        "softmax loss",
        {"W": (3, 4), "x": (5, 4)},
        lambda g: g.mean(
            g.neg(g.slice(g.log_softmax(g.linear(g["x"], g["W"]), axis=1), axis=1, stop=1))
        ),
        lambda torch, W, x: -torch.log_softmax(x @ W.T, 1)[:, :1].mean(),
    ),
    Case(
        "network",
        {"x": (4, 3), "W": (5, 3), "b": (5,), "V": (2, 5), "t": (4, 2)},
        _network,
        _network_theirs,
    ),
    Case(
        "softmax squared",
        {"x": (2, 4)},
        lambda g: g.sum(g.square(g.softmax(g["x"], axis=1))),
        lambda torch, x: (torch.softmax(x, 1) ** 2).sum(),
    ),
    Case(
        "logsumexp of products",
        {"x": (3,), "y": (3,)},
        lambda g: g.logsumexp(g.mul(g["x"], g["y"])),
        lambda torch, x, y: torch.logsumexp(x * y, 0),
    ),
    Case(
        "solve",
        {"A": (3, 3), "b": (3,)},
        lambda g: g.sum(g.square(g.solve(g["A"], g["b"]))),
        lambda torch, A, b: (torch.linalg.solve(A, b) ** 2).sum(),
    ),
    Case(
        "determinant of an inverse",
        {"A": (3, 3)},
        lambda g: g.det(g.inverse(g["A"])),
        lambda torch, A: torch.linalg.det(torch.linalg.inv(A)),
    ),
    Case(
        "length",
        {"x": (4,)},
        lambda g: g.sqrt(g.sum(g.square(g["x"]))),
        lambda torch, x: torch.sqrt((x**2).sum()),
    ),
    Case(
        "product",
        {"x": (5,)},
        lambda g: g.prod(g["x"]),
        lambda torch, x: torch.prod(x),
    ),
    Case(
        "gelu, silu and softplus",
        {"x": (6,)},
        lambda g: g.sum(g.gelu(g["x"]) * g.silu(g["x"]) + g.softplus(g["x"])),
        lambda torch, x: (
            torch.nn.functional.gelu(x) * torch.nn.functional.silu(x)
            + torch.nn.functional.softplus(x)
        ).sum(),
    ),
    Case(
        "convolution",
        {"x": (1, 1, 4, 4), "w": (2, 1, 2, 2)},
        lambda g: g.mean(g.square(g.tanh(g.conv2d(g["x"], g["w"], stride=2)))),
        lambda torch, x, w: (torch.tanh(torch.nn.functional.conv2d(x, w, stride=2)) ** 2).mean(),
    ),
    Case(
        "logits",
        {"x": (4,), "y": (4,)},
        lambda g: g.binary_cross_entropy_with_logits(g["x"], g.sigmoid(g["y"])),
        lambda torch, x, y: torch.nn.functional.binary_cross_entropy_with_logits(
            x, torch.sigmoid(y)
        ),
    ),
    Case(
        "einsum",
        {"x": (2, 3), "y": (3, 2), "z": (2,)},
        lambda g: g.sum(g.sin(g.einsum(g["x"], g["y"], g["z"], subscripts="ij,jk,k->i"))),
        lambda torch, x, y, z: torch.sin(torch.einsum("ij,jk,k->i", x, y, z)).sum(),
    ),
    Case(
        "variance",
        {"x": (3, 4)},
        lambda g: g.sum(g.log(g.var(g["x"], axis=1))),
        lambda torch, x: torch.log(torch.var(x, 1)).sum(),
    ),
]
