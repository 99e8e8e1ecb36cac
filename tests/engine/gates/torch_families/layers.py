"""Layers as PyTorch computes them, and the cases in which the two are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

functional = torch.nn.functional


def _embedding(positions: Any, weight: Any) -> Any:
    return functional.embedding(positions.detach().long(), weight)


def _masked(x: Any, draws: tuple[int, ...], p: float, seed: int, training: bool) -> Any:
    """Drop by NumPy's draws, since PyTorch's own can't be seeded alike."""
    if not training:
        return functional.dropout(x, p, training=False)
    random = np.random.Generator(np.random.PCG64(seed))
    kept = torch.tensor(random.random(math.prod(draws)).reshape(draws) >= p)
    return torch.where(kept, x / (1.0 - p), 0.0) if p < 1.0 else functional.dropout(x, 1.0)


def _dropout(x: Any, p: float = 0.5, seed: int = 0, training: bool = True) -> Any:
    return _masked(x, tuple(x.shape), p, seed, training)


def _dropout2d(x: Any, p: float = 0.5, seed: int = 0, training: bool = True) -> Any:
    return _masked(x, (*x.shape[:-2], 1, 1), p, seed, training)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "linear": functional.linear,
    "bilinear": functional.bilinear,
    "embedding": _embedding,
    "dropout": _dropout,
    "dropout2d": _dropout2d,
}

DROPPING: tuple[dict[str, Any], ...] = (
    {},
    {"p": 0.2, "seed": 3},
    {"p": 0.0},
    {"p": 1.0},
    {"training": False},
)


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for rows in ((), (4,), (2, 3)):
        yield make.case("linear", make.numbers(*rows, 3), make.numbers(5, 3))
        yield make.case("linear", make.numbers(*rows, 3), make.numbers(5, 3), make.numbers(5))
        factors = make.numbers(*rows, 3), make.numbers(*rows, 2), make.numbers(4, 3, 2)
        yield make.case("bilinear", *factors)
        yield make.case("bilinear", *factors, make.numbers(4))
        yield make.case("embedding", make.places(6, *rows), make.numbers(6, 3))
    yield make.case("linear", make.numbers(1, 1), make.numbers(1, 1), make.numbers(1))
    yield make.case("embedding", make.places(2, 9), make.numbers(2, 2))
    for settings in DROPPING:
        for shape in ((), (6,), (2, 3, 2)):
            yield make.case("dropout", make.numbers(*shape), **settings)
        for shape in ((3, 2), (4, 2, 3), (2, 3, 2, 2)):
            yield make.case("dropout2d", make.numbers(*shape), **settings)
