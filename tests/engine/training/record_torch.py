"""Writes recorded/torch.json: the way that PyTorch's optimisers, schedules and clipping go.

Run it from the checkout, where PyTorch is installed (the optional extra "peers"):

    python -m tests.engine.training.record_torch
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.engine.training.torch_cases import CLIPPED, RULES, SCHEDULED, START, STEPS, slope

torch: Any = import_module("torch")

PLACE = Path(__file__).with_name("recorded") / "torch.json"

_MAKERS: dict[str, Callable[..., Any]] = {
    "sgd": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "nesterov": lambda weights, lr, **more: torch.optim.SGD(weights, lr, nesterov=True, **more),
    "rmsprop": lambda weights, lr, smoothing, epsilon, **more: torch.optim.RMSprop(
        weights, lr, alpha=smoothing, eps=epsilon, **more
    ),
    "adam": lambda weights, lr, beta1, beta2, epsilon, decoupled, **more: (
        torch.optim.AdamW if decoupled else torch.optim.Adam
    )(weights, lr, betas=(beta1, beta2), eps=epsilon, **more),
}
_SCHEDULERS: dict[str, Callable[..., Any]] = {
    "step": torch.optim.lr_scheduler.StepLR,
    "exponential": torch.optim.lr_scheduler.ExponentialLR,
    "linear": lambda of, steps, end: torch.optim.lr_scheduler.LinearLR(of, 1.0, end, steps),
    "cosine": torch.optim.lr_scheduler.CosineAnnealingLR,
}


def main() -> None:
    """Record every case."""
    content = {
        "version": torch.__version__.partition("+")[0],
        "rules": [_way(*case) for case in RULES],
        "schedules": [_factors(*case) for case in SCHEDULED],
        "clipped": [_clipped(*case) for case in CLIPPED],
    }
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _way(name: str, settings: dict[str, Any]) -> list[list[float]]:
    """Return the weights after each step."""
    weights = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    given = {**settings}
    rule = _MAKERS[name]([weights], given.pop("learning_rate"), **given)
    way: list[list[float]] = []
    for _ in range(STEPS):
        weights.grad = torch.tensor(slope(weights.detach().numpy()))
        rule.step()
        way.append(weights.detach().tolist())
    return way


def _factors(name: str, settings: dict[str, Any], steps: int) -> list[float]:
    """Return the learning rate at each step, where it would be 1 without a schedule."""
    rule = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0)
    scheduler = _SCHEDULERS[name](rule, **settings)
    factors: list[float] = []
    for _ in range(steps):
        factors.append(rule.param_groups[0]["lr"])
        rule.step()
        scheduler.step()
    return factors


def _clipped(kind: str, limit: float, gradient: list[float]) -> list[float]:
    weights = torch.zeros(len(gradient), dtype=torch.float64, requires_grad=True)
    weights.grad = torch.tensor(gradient, dtype=torch.float64)
    clip = torch.nn.utils.clip_grad_norm_ if kind == "norm" else torch.nn.utils.clip_grad_value_
    clip([weights], limit)
    return weights.grad.tolist()


if __name__ == "__main__":
    main()
