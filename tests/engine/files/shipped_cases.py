"""The composite gates that ship, each beside its counterpart in PyTorch and inputs to try both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from chainrule.arrays import Floats, Shape

RECORDED = Path(__file__).parent / "recorded/shipped.json"


@dataclass(frozen=True)
class Case:
    """A composite at inputs of these shapes; `theirs` takes torch and a tensor for each port."""

    name: str
    composite: str
    shapes: dict[str, Shape]
    theirs: Callable[..., Any]

    def inputs(self) -> dict[str, Floats]:
        """Return a value for each port: always the same ones."""
        rng = np.random.default_rng([*map(ord, self.name)])
        drawn = {name: rng.normal(0.0, 1.0, shape) for name, shape in self.shapes.items()}
        if "Y" in drawn:  # the truth: one class for each row
            rows, classes = drawn["Y"].shape
            drawn["Y"] = np.eye(classes)[rng.integers(0, classes, rows)]
        return drawn

    def upstream(self, shape: Shape) -> Floats:
        """Return the gradient that comes from above."""
        return np.asarray(np.random.default_rng([len(self.name), *shape]).normal(0.0, 1.0, shape))


def _neuron(torch: Any, *ports: Any) -> Any:
    w0, x0, w1, x1, w2 = ports
    return torch.sigmoid(w0 * x0 + w1 * x1 + w2)


def _linear(torch: Any, x: Any, weight: Any, bias: Any) -> Any:
    return torch.nn.functional.linear(x, weight, bias)


def _softmax_loss(torch: Any, scores: Any, truth: Any) -> Any:
    return torch.nn.functional.cross_entropy(scores, truth)


def _residual(torch: Any, *ports: Any) -> Any:
    x, w1, b1, w2, b2 = ports
    inner = torch.relu(_linear(torch, x, w1, b1))
    return torch.relu(x + _linear(torch, inner, w2, b2))


def _lstm(torch: Any, *ports: Any) -> Any:
    """Run torch.nn.LSTMCell with these weights as its parameters, so that they get gradients."""
    x, state, wx, wh, bx, bh = ports
    cell = torch.nn.LSTMCell(x.shape[1], wh.shape[1], dtype=x.dtype)
    parameters = {"weight_ih": wx, "weight_hh": wh, "bias_ih": bx, "bias_hh": bh}
    h, c = torch.func.functional_call(cell, parameters, (x, (state[0], state[1])))
    return torch.stack((h, c))


def _attention(torch: Any, *ports: Any) -> Any:
    """Scale the queries here, since PyTorch's own scale is a number that gets no gradient."""
    q, k, v, scale = ports
    attend = torch.nn.functional.scaled_dot_product_attention
    return attend((q * scale)[None], k[None], v[None], scale=1.0)[0]


CASES = (
    Case("number", "logistic_sigmoid", {"x": ()}, lambda torch, x: torch.sigmoid(x)),
    Case("matrix", "logistic_sigmoid", {"x": (3, 4)}, lambda torch, x: torch.sigmoid(x)),
    Case("neuron", "neuron", dict.fromkeys(("w0", "x0", "w1", "x1", "w2"), ()), _neuron),
    Case("batch of neurons", "neuron", {"w0": (), "x0": (5,), "w1": (), "x1": (5,), "w2": ()},
         _neuron),
    Case("linear", "linear_layer", {"X": (5, 3), "W": (4, 3), "b": (4,)}, _linear),
    Case("loss", "softmax_loss", {"S": (6, 4), "Y": (6, 4)}, _softmax_loss),
    Case("residual", "residual_block",
         {"X": (4, 5), "W1": (3, 5), "b1": (3,), "W2": (5, 3), "b2": (5,)}, _residual),
    Case("lstm", "lstm_cell",
         {"x": (4, 3), "state": (2, 4, 5), "Wx": (20, 3), "Wh": (20, 5), "bx": (20,), "bh": (20,)},
         _lstm),
    Case("attention", "attention", {"Q": (4, 6), "K": (5, 6), "V": (5, 3), "scale": ()},
         _attention),
)  # fmt: skip
