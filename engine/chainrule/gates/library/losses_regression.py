"""Losses of numbers that should be near other numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import ParameterError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.losses import PointwiseLoss
from chainrule.gates.gate import Pattern, Piecewise
from chainrule.gates.kind import NUMBER, Group, parameter

HALF = np.float64(0.5)

PREDICTED = ((0.5, -1.0, 3.0), (2.0, 0.25, -0.75))
WANTED = ((0.0, -1.5, 1.0), (2.25, 1.0, -0.5))
WEIGHTS = ((0.0, 1.0, 4.0), (2.0, 5.0, 3.0))


@register
@final
@dataclass(frozen=True)
class MseLoss(PointwiseLoss):
    """f = (x - target)², averaged over all numbers, without the ½ that some books put before it."""

    name = "mse_loss"
    group = Group.LOSS
    summary = "The mean squared error: the squares of the differences."
    aliases = ("mean squared error", "L2 loss", "quadratic loss", "MSECriterion")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = r"(x - \mathrm{target})^{2}"
    derivatives = (r"2 (x - \mathrm{target})", r"-2 (x - \mathrm{target})")
    rule = "The pull towards the target grows with the distance from it."
    samples = ((2.0, 0.5), (PREDICTED, WANTED))
    variants = (
        ({"reduction": "sum"}, (PREDICTED, WANTED)),
        ({"reduction": "none"}, (PREDICTED, WANTED)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "MSE"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return (x - target) * (x - target)

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        difference = x - target
        slope = difference + difference
        return slope, -slope


@register
@final
@dataclass(frozen=True)
class WeightedMseLoss(PointwiseLoss):
    """f = weight (x - target)²; the mean divides by how many numbers there are.

    PyTorch's mse_loss with a weight divides by the sum of the weights instead; Torch's
    WeightedMSECriterion multiplies the target alone by its weights, which makes numbers approach
    weight · target; for that feed this product to `mse_loss`.
    """

    name = "weighted_mse_loss"
    group = Group.LOSS
    summary = "The mean squared error, in which each number counts by a weight of its own."
    aliases = ("weighted least squares", "WeightedMSECriterion")
    ports = ("x", "target", "weight")
    pattern = Pattern.SCALER
    formula = r"\mathrm{weight} (x - \mathrm{target})^{2}"
    derivatives = (
        r"2 \cdot \mathrm{weight} (x - \mathrm{target})",
        r"-2 \cdot \mathrm{weight} (x - \mathrm{target})",
        r"(x - \mathrm{target})^{2}",
    )
    rule = "The pull towards the target grows with the distance from it and with the weight."
    samples = ((2.0, 0.5, 3.0), (PREDICTED, WANTED, WEIGHTS))
    variants = (
        ({"reduction": "sum"}, (PREDICTED, WANTED, WEIGHTS)),
        ({"reduction": "none"}, (PREDICTED, WANTED, WEIGHTS)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "wMSE"

    @override
    def losses(self, x: Array, target: Array, weight: Array) -> Array:
        return weight * ((x - target) * (x - target))

    @override
    def slopes(self, x: Array, target: Array, weight: Array) -> tuple[Array, ...]:
        difference = x - target
        slope = weight * (difference + difference)
        return slope, -slope, difference * difference


@register
@final
@dataclass(frozen=True)
class L1Loss(PointwiseLoss, Piecewise):
    """f = |x - target|, averaged over all numbers; where the two are equal the gradient is 0."""

    name = "l1_loss"
    group = Group.LOSS
    summary = "The mean absolute error: the magnitudes of the differences."
    aliases = ("mean absolute error", "MAE", "AbsCriterion")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = r"\left| x - \mathrm{target} \right|"
    derivatives = (r"\mathrm{sign}(x - \mathrm{target})", r"-\mathrm{sign}(x - \mathrm{target})")
    rule = "The pull towards the target is equally strong at any distance."
    samples = ((2.0, 0.5), (PREDICTED, WANTED))
    variants = (
        ({"reduction": "sum"}, (PREDICTED, WANTED)),
        ({"reduction": "none"}, (PREDICTED, WANTED)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "L1"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return abs(x - target)

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        slope = np.sign(x - target)
        return slope, -slope

    @override
    def branch(self, x: Array, target: Array) -> Array:
        return np.sign(x - target)


@register
@final
@dataclass(frozen=True)
class SmoothL1Loss(PointwiseLoss, Piecewise):
    """f = d² / (2 beta) for |d| < beta and |d| - beta / 2 beyond, d = x - target.

    It is the Huber loss with delta = beta, divided by beta: far away its slope is 1. PyTorch takes
    a beta of 0 for l1_loss; here that is a gate of its own.
    """

    beta: float = parameter(1.0, NUMBER, "The distance at which the parabola becomes a line.")

    name = "smooth_l1_loss"
    group = Group.LOSS
    summary = "The absolute error with its corner rounded off."
    aliases = ("smooth L1", "SmoothL1Criterion")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = (
        r"\frac{c}{beta} (d - \frac{c}{2}), c = \max(-beta, \min(beta, d)), d = x - \mathrm{target}"
    )
    derivatives = (
        r"\max(-1, \min(1, \frac{x - \mathrm{target}}{beta}))",
        r"-\max(-1, \min(1, \frac{x - \mathrm{target}}{beta}))",
    )
    rule = "The pull towards the target grows with the distance up to beta, and stays 1 from there."
    samples = ((2.0, 0.5), (PREDICTED, WANTED))
    variants = (
        ({"reduction": "sum", "beta": 0.4}, (PREDICTED, WANTED)),
        ({"reduction": "none", "beta": 2.5}, (PREDICTED, WANTED)),
    )

    def __post_init__(self) -> None:
        if self.beta <= 0.0:
            raise ParameterError(
                f"smooth_l1_loss: beta must be above 0, not {self.beta:g}; for 0 use l1_loss"
            )

    @property
    @override
    def symbol(self) -> str:
        return "smooth L1"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return _huber(x - target, self.beta) / self.beta

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        slope = _clipped(x - target, self.beta) / self.beta
        return slope, -slope

    @override
    def branch(self, x: Array, target: Array) -> Array:
        return _side(x - target, self.beta)


@register
@final
@dataclass(frozen=True)
class HuberLoss(PointwiseLoss, Piecewise):
    """f = d² / 2 for |d| ≤ delta and delta (|d| - delta / 2) beyond, d = x - target."""

    delta: float = parameter(1.0, NUMBER, "The distance at which the parabola becomes a line.")

    name = "huber_loss"
    group = Group.LOSS
    summary = "Half the squared error nearby, and the absolute error far away."
    aliases = ("Huber", "robust loss")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = (
        r"c \cdot (d - \frac{c}{2}), c = \max(-delta, \min(delta, d)), d = x - \mathrm{target}"
    )
    derivatives = (
        r"\max(-delta, \min(delta, x - \mathrm{target}))",
        r"-\max(-delta, \min(delta, x - \mathrm{target}))",
    )
    rule = "The pull towards the target grows with the distance up to delta, and stays from there."
    samples = ((2.0, 0.5), (PREDICTED, WANTED))
    variants = (
        ({"reduction": "sum", "delta": 0.4}, (PREDICTED, WANTED)),
        ({"reduction": "none", "delta": 2.5}, (PREDICTED, WANTED)),
    )

    def __post_init__(self) -> None:
        if self.delta <= 0.0:
            raise ParameterError(
                f"huber_loss: delta must be above 0, not {self.delta:g}; choose a distance"
            )

    @property
    @override
    def symbol(self) -> str:
        return "Huber"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return _huber(x - target, self.delta)

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        slope = _clipped(x - target, self.delta)
        return slope, -slope

    @override
    def branch(self, x: Array, target: Array) -> Array:
        return _side(x - target, self.delta)


def _clipped(difference: Array, limit: float) -> Array:
    return np.maximum(-limit, np.minimum(limit, difference))


def _huber(difference: Array, limit: float) -> Array:
    """Return c (d - c / 2) with d clipped to c: d² / 2 inside, a line outside."""
    clipped = _clipped(difference, limit)
    return clipped * (difference - HALF * clipped)


def _side(difference: Array, limit: float) -> Array:
    """Return -1, 0 and 1 for what is below, inside and above the limits."""
    return np.trunc(_clipped(difference, limit) / limit)
