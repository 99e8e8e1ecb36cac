"""Losses as PyTorch computes them, and the cases in which the two are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from chainrule.arrays import Array
from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

functional = torch.nn.functional


def _by_position(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a loss of class positions take them as floats."""
    return lambda x, target, **settings: function(x, target.detach().long(), **settings)


def _cross_entropy(scores: Any, target: Any, **settings: Any) -> Any:
    if target.ndim < scores.ndim:
        target = target.detach().long()
    return functional.cross_entropy(scores, target, **settings)


def _reduced(losses: Any, reduction: str) -> Any:
    return {"mean": losses.mean, "sum": losses.sum, "none": losses.clone}[reduction]()


def _svm_loss(scores: Any, target: Any, margin: float = 1.0, reduction: str = "mean") -> Any:
    losses = functional.multi_margin_loss(
        scores, target.detach().long(), margin=margin, reduction="none"
    )
    return _reduced(losses * scores.shape[-1], reduction)


def _weighted_mse(x: Any, target: Any, weight: Any, reduction: str = "mean") -> Any:
    return _reduced(weight * (x - target) ** 2, reduction)


def _hinge(x: Any, target: Any, margin: float = 1.0, reduction: str = "mean") -> Any:
    return _reduced(torch.clamp_min(margin - target * x, 0.0), reduction)


def _soft_margin(x: Any, target: Any, reduction: str = "mean") -> Any:
    return functional.soft_margin_loss(x, target.detach(), reduction=reduction)


def _kl_div(x: Any, target: Any, log_target: bool = False, reduction: str = "mean") -> Any:
    if reduction == "mean":  # of which PyTorch warns, as it is no divergence
        return _kl_div(x, target, log_target, "none").mean()
    return functional.kl_div(x, target, reduction=reduction, log_target=log_target)


def _triplet(*vectors: Any, margin: float = 1.0, eps: float = 1e-6, reduction: str = "mean") -> Any:
    return functional.triplet_margin_loss(*vectors, margin=margin, eps=eps, reduction=reduction)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "cross_entropy": _cross_entropy,
    "nll_loss": _by_position(functional.nll_loss),
    "svm_loss": _svm_loss,
    "multi_margin_loss": _by_position(functional.multi_margin_loss),
    "multilabel_margin_loss": _by_position(functional.multilabel_margin_loss),
    "binary_cross_entropy": functional.binary_cross_entropy,
    "binary_cross_entropy_with_logits": functional.binary_cross_entropy_with_logits,
    "mse_loss": functional.mse_loss,
    "weighted_mse_loss": _weighted_mse,
    "l1_loss": functional.l1_loss,
    "smooth_l1_loss": functional.smooth_l1_loss,
    "huber_loss": functional.huber_loss,
    "poisson_nll_loss": functional.poisson_nll_loss,
    "gaussian_nll_loss": functional.gaussian_nll_loss,
    "hinge_loss": _hinge,
    "soft_margin_loss": _soft_margin,
    "hinge_embedding_loss": functional.hinge_embedding_loss,
    "kl_div": _kl_div,
    "cosine_embedding_loss": functional.cosine_embedding_loss,
    "margin_ranking_loss": functional.margin_ranking_loss,
    "triplet_margin_loss": _triplet,
    "l1_penalty": lambda x, weight=1.0: weight * torch.linalg.vector_norm(x, 1),
    "l2_penalty": lambda x, weight=1.0: weight * torch.sum(x**2),
}

REDUCTIONS = ("mean", "sum", "none")
MARGINS: tuple[dict[str, Any], ...] = ({}, {"margin": 0.5}, {"margin": 2.0})
SCORES = ((5,), (4, 5), (3, 4, 2), (2, 3, 2, 2))
SPECIAL = (0.0, 1.0, -1.0, 1e-8, 1e-300, 40.0, -40.0, 800.0, -800.0, 1e10, -1e10)
UNTAUGHT = "PyTorch differentiates by the scores alone"
SINGLE = "PyTorch's least variance is a 1e-12 of single precision, off by 4e-9"


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for reduction in REDUCTIONS:
        for family in (_classes, _margins, _pairs, _signs, _embeddings, _distributions):
            yield from family(make, reduction)
    yield from _extremes(make)
    yield from _penalties(make)


def _shares(make: Maker, *shape: int) -> Array:
    """Return probabilities along the axis of the classes."""
    weights = np.exp(make.numbers(*shape))
    axis = min(1, len(shape) - 1)
    return np.round(weights / np.sum(weights, axis=axis, keepdims=True), 6)


def _target(make: Maker, shape: tuple[int, ...]) -> Array:
    """Return class positions for scores of `shape`."""
    axis = min(1, len(shape) - 1)
    return make.places(shape[axis], *shape[:axis], *shape[axis + 1 :])


def _classes(make: Maker, reduction: str) -> Iterator[Case]:
    for shape in SCORES:
        scores, target = make.numbers(*shape), _target(make, shape)
        yield make.case("cross_entropy", scores, target, reduction=reduction)
        yield make.case("cross_entropy", scores, _shares(make, *shape), reduction=reduction)
        smooth = {"reduction": reduction, "label_smoothing": 0.15}
        yield make.case("cross_entropy", scores, target, **smooth)
        yield make.case("cross_entropy", scores, _shares(make, *shape), **smooth)
        yield make.case("nll_loss", scores, target, reduction=reduction)


def _margins(make: Maker, reduction: str) -> Iterator[Case]:
    for shape in SCORES[:2]:
        scores, target = make.numbers(*shape), _target(make, shape)
        for settings in MARGINS:
            yield make.case("svm_loss", scores, target, reduction=reduction, **settings)
            for p in (1, 2):
                both = {"reduction": reduction, "p": p, **settings}
                yield make.case("multi_margin_loss", scores, target, **both)
    row = [3.0, 0.0, -1.0, 1.0, 4.0]
    yield make.case("multilabel_margin_loss", make.numbers(5), row, reduction=reduction)
    rows = [row, [-1.0] * 5, [0.0, 1.0, 2.0, 3.0, 4.0], [2.0, 2.0, -1.0, 0.0, 0.0]]
    yield make.case("multilabel_margin_loss", make.numbers(4, 5), rows, reduction=reduction)


def _pairs(make: Maker, reduction: str) -> Iterator[Case]:
    for shape in ((), (4,), (3, 2, 2)):
        x, target = make.numbers(*shape), make.numbers(*shape)
        for gate in ("mse_loss", "l1_loss"):
            yield make.case(gate, x, target, reduction=reduction)
        for limit in (0.3, 1.0, 2.5):
            yield make.case("smooth_l1_loss", x, target, reduction=reduction, beta=limit)
            yield make.case("huber_loss", x, target, reduction=reduction, delta=limit)
        weight = abs(make.numbers(*shape))
        yield make.case("weighted_mse_loss", x, target, weight, reduction=reduction)
        counts = make.places(9, *shape)
        yield make.case("poisson_nll_loss", x, counts, reduction=reduction)
        rates = {"reduction": reduction, "log_input": False, "eps": 0.01}
        yield make.case("poisson_nll_loss", abs(x), counts, **rates)
        yield make.case("poisson_nll_loss", x, counts + 1.0, reduction=reduction, full=True)
    x, target = make.numbers(3, 4), make.numbers(3, 4)
    yield make.case("gaussian_nll_loss", x, target, abs(make.numbers(3, 4)), reduction=reduction)
    least = {"reduction": reduction, "eps": 0.5, "full": True}
    yield make.case("gaussian_nll_loss", x, target, abs(make.numbers(3, 4)), **least)


def _signs(make: Maker, reduction: str) -> Iterator[Case]:
    for shape in ((), (4,), (3, 4)):
        x = make.numbers(*shape)
        chance = 1.0 / (1.0 + np.exp(-x))
        target = abs(make.numbers(*shape)) % 1.0
        yield make.case("binary_cross_entropy", np.round(chance, 6), target, reduction=reduction)
        yield make.case("binary_cross_entropy_with_logits", x, target, reduction=reduction)
        signs = 2.0 * make.places(2, *shape) - 1.0
        yield make.case("soft_margin_loss", x, signs, reduction=reduction, deviates=UNTAUGHT)
        for margin in (0.5, 1.0):
            settings = {"reduction": reduction, "margin": margin}
            yield make.case("hinge_loss", x, signs, **settings)
            yield make.case("hinge_embedding_loss", x, signs, **settings)


def _embeddings(make: Maker, reduction: str) -> Iterator[Case]:
    for shape in ((4,), (3, 4)):
        vectors = [make.numbers(*shape) for _ in range(3)]
        for margin in (0.0, 0.5):
            settings = {"reduction": reduction, "margin": margin}
            signs = 2.0 * make.places(2, *shape[:-1]) - 1.0
            yield make.case("cosine_embedding_loss", *vectors[:2], signs, **settings)
            ahead = {"reduction": reduction, "margin": margin + 0.5}
            yield make.case("triplet_margin_loss", *vectors, **ahead)
            orders = 2.0 * make.places(2, *shape) - 1.0
            yield make.case("margin_ranking_loss", *vectors[:2], orders, **settings)
    equal = make.numbers(3, 4)
    yield make.case("triplet_margin_loss", equal, equal, equal, reduction=reduction, eps=0.01)


def _distributions(make: Maker, reduction: str) -> Iterator[Case]:
    for shape in ((), (4,), (3, 4)):
        x, target = make.numbers(*shape), abs(make.numbers(*shape))
        yield make.case("kl_div", x, target, reduction=reduction)
        logs = {"reduction": reduction, "log_target": True}
        yield make.case("kl_div", x, -target, **logs)


def _extremes(make: Maker) -> Iterator[Case]:
    """Yield cases where a formula written down would overflow, divide by 0 or take log 0."""
    zero = np.zeros(len(SPECIAL))
    for gate in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"):
        yield make.case(gate, SPECIAL, zero, reduction="none")
    for target in (zero, zero + 1.0, zero + 0.25):
        logits = SPECIAL[:5], target[:5]
        yield make.case("binary_cross_entropy_with_logits", *logits, reduction="none")
        chances = (0.0, 1.0, 1e-30, 0.5), target[:4]
        yield make.case("binary_cross_entropy", *chances, deviates=SINGLE)
        signs = 2.0 * target[:5] - 1.0
        yield make.case("soft_margin_loss", SPECIAL[:5], signs, deviates=UNTAUGHT)
    for scores in ((1000.0, 1001.0, 999.0), (1e300, -1e300, 0.0), (-math.inf, 0.0, 1.0)):
        for position in (1.0, 2.0):
            yield make.case("cross_entropy", scores, position)
    yield make.case("cross_entropy", (math.inf, 1.0), 1.0)
    yield make.case("cross_entropy", (math.nan, 1.0), 1.0)
    yield make.case("kl_div", make.numbers(2, 3), abs(make.numbers(2, 3)), reduction="batchmean")
    zeros = "PyTorch's slope at a target of 0 is nan or 0, ours -inf"
    yield make.case("kl_div", make.numbers(3), (0.0, 0.5, 0.5), deviates=zeros)


def _penalties(make: Maker) -> Iterator[Case]:
    for gate in ("l1_penalty", "l2_penalty"):
        for shape in ((), (3,), (2, 3)):
            yield make.case(gate, make.numbers(*shape))
            yield make.case(gate, make.numbers(*shape), weight=0.05)
        yield make.case(gate, (0.0, 2.0, -1e-300, 1e10))
