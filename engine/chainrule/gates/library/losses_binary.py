"""Losses of yes or no: targets 0 and 1 for probabilities and logits, -1 and 1 for margins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, select
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.losses import PointwiseLoss
from chainrule.gates.foundations.numerics import ONE, ZERO, logistic
from chainrule.gates.gate import Pattern, Piecewise
from chainrule.gates.kind import NUMBER, Group, parameter

LEAST_LOG = -100.0
LEAST_VARIANCE = 1e-12

CHANCES = ((0.2, 0.9, 0.5), (0.75, 0.05, 0.6))
LOGITS = ((0.5, -1.2, 3.0), (-0.4, 2.0, -2.5))
TARGETS = ((0.0, 1.0, 1.0), (0.25, 0.0, 0.8))
SIGNS = ((1.0, -1.0, 1.0), (-1.0, 1.0, 1.0))


@register
@final
@dataclass(frozen=True)
class BinaryCrossEntropy(PointwiseLoss):
    """f = -(t log x + (1 - t) log(1 - x)) for a probability x and a target t from 0 to 1.

    As in PyTorch a logarithm is at least -100 and x (1 - x), in the slope's denominator, at least
    1e-12, so that a probability of 0 or 1 costs much but not infinitely much. Beyond 0 and 1 it
    is nan; PyTorch refuses such numbers.
    """

    name = "binary_cross_entropy"
    group = Group.LOSS
    summary = "The cross-entropy of probabilities for yes or no."
    aliases = ("BCE", "log loss", "BCECriterion")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = r"-(\mathrm{target} \cdot \log x + (1 - \mathrm{target}) \cdot \log(1 - x))"
    derivatives = (r"\frac{x - \mathrm{target}}{x (1 - x)}", r"\log(1 - x) - \log x")
    rule = "The pull towards the target is the stronger, the surer the probability is."
    samples = ((0.25, 1.0), (CHANCES, TARGETS))
    variants = (
        ({"reduction": "sum"}, (CHANCES, TARGETS)),
        ({"reduction": "none"}, (CHANCES, TARGETS)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "BCE"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        yes, no = self._logs(x)
        return -(target * yes + (ONE - target) * no)

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        yes, no = self._logs(x)
        return (x - target) / np.maximum(x * (1.0 - x), LEAST_VARIANCE), no - yes

    def _logs(self, x: Array) -> tuple[Array, Array]:
        return np.maximum(np.log(x), LEAST_LOG), np.maximum(np.log1p(-x), LEAST_LOG)


@register
@final
@dataclass(frozen=True)
class BinaryCrossEntropyWithLogits(PointwiseLoss):
    """f = t log(1 + e⁻ˣ) + (1 - t) log(1 + eˣ): the sigmoid and its cross-entropy in one.

    In this form nothing cancels, so that also tiny losses and gradients keep their digits.
    """

    name = "binary_cross_entropy_with_logits"
    group = Group.LOSS
    summary = "The cross-entropy of logits for yes or no: a sigmoid and its loss in one gate."
    aliases = ("BCE with logits", "sigmoid cross entropy", "logistic regression loss")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = (
        r"\mathrm{target} \cdot \log(1 + e^{-x}) + (1 - \mathrm{target}) \cdot \log(1 + e^{x})"
    )
    derivatives = (r"\frac{1}{1 + e^{-x}} - \mathrm{target}", "-x")
    rule = "The gradient is the probability minus the target."
    samples = ((0.5, 1.0), (LOGITS, TARGETS))
    variants = (
        ({"reduction": "sum"}, (LOGITS, TARGETS)),
        ({"reduction": "none"}, (LOGITS, TARGETS)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "BCE σ"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return target * np.logaddexp(ZERO, -x) + (ONE - target) * np.logaddexp(ZERO, x)

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        return (ONE - target) * logistic(x) - target * logistic(-x), -x


@register
@final
@dataclass(frozen=True)
class HingeLoss(PointwiseLoss, Piecewise):
    """f = max(0, margin - target x) for targets -1 and 1; just at the margin the gradient is 0."""

    margin: float = parameter(1.0, NUMBER, "How far on its side a score must be.")

    name = "hinge_loss"
    group = Group.LOSS
    summary = "The loss of a binary SVM: how far scores are from the right side of a margin."
    aliases = ("binary SVM", "hinge", "MarginCriterion")
    ports = ("x", "target")
    pattern = Pattern.ROUTER
    formula = r"\max(0, \mathrm{margin} - \mathrm{target} \cdot x)"
    derivatives = (
        r"-\mathrm{target} \cdot \mathbf{1}[\mathrm{target} \cdot x < \mathrm{margin}]",
        r"-x \cdot \mathbf{1}[\mathrm{target} \cdot x < \mathrm{margin}]",
    )
    rule = "Scores within the margin are pushed to their side; those beyond it get nothing."
    samples = ((0.5, 1.0), (LOGITS, SIGNS))
    variants = (
        ({"reduction": "sum", "margin": 0.25}, (LOGITS, SIGNS)),
        ({"reduction": "none", "margin": 1.75}, (LOGITS, SIGNS)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "hinge"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return np.maximum(ZERO, self.margin - target * x)

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        within = self.margin - target * x > 0
        return select(within, -target, ZERO), select(within, -x, ZERO)

    @override
    def branch(self, x: Array, target: Array) -> Array:
        return select(self.margin - target * x > 0, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class SoftMarginLoss(PointwiseLoss):
    """f = log(1 + e^(-target x)) for targets -1 and 1, without overflow."""

    name = "soft_margin_loss"
    group = Group.LOSS
    summary = "The logistic loss of scores for the classes −1 and 1: a smooth hinge."
    aliases = ("logistic loss", "SoftMarginCriterion")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = r"\log(1 + e^{-\mathrm{target} \cdot x})"
    derivatives = (
        r"\frac{-\mathrm{target}}{1 + e^{\mathrm{target} \cdot x}}",
        r"\frac{-x}{1 + e^{\mathrm{target} \cdot x}}",
    )
    rule = "Every score is pushed to its side, the less the farther it is there already."
    samples = ((0.5, 1.0), (LOGITS, SIGNS))
    variants = (
        ({"reduction": "sum"}, (LOGITS, SIGNS)),
        ({"reduction": "none"}, (LOGITS, SIGNS)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "soft mgn"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return np.logaddexp(ZERO, -(target * x))

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        wrong = logistic(-(target * x))
        return -target * wrong, -x * wrong


@register
@final
@dataclass(frozen=True)
class HingeEmbeddingLoss(PointwiseLoss, Piecewise):
    """f = x where the target is 1 and max(0, margin - x) where it is -1; x is a distance.

    Only the target's sign is read, and it gets no gradient. Just at the margin the gradient is 0;
    PyTorch lets it pass there.
    """

    margin: float = parameter(1.0, NUMBER, "How far apart unlike pairs must be.")

    name = "hinge_embedding_loss"
    group = Group.LOSS
    summary = "Makes distances of like pairs small, and of unlike ones larger than a margin."
    aliases = ("contrastive loss", "HingeEmbeddingCriterion")
    ports = ("x", "target")
    pattern = Pattern.ROUTER
    formula = (
        r"x \cdot \mathbf{1}[\mathrm{target} > 0] + "
        r"\max(0, \mathrm{margin} - x) \cdot \mathbf{1}[\mathrm{target} \leq 0]"
    )
    derivatives = (
        r"\mathbf{1}[\mathrm{target} > 0] - "
        r"\mathbf{1}[\mathrm{target} \leq 0] \cdot \mathbf{1}[x < \mathrm{margin}]",
        "0",
    )
    rule = "Like pairs are pulled together; unlike ones are pushed apart up to the margin."
    samples = ((0.5, 1.0), (LOGITS, SIGNS))
    variants = (
        ({"reduction": "sum", "margin": 0.25}, (LOGITS, SIGNS)),
        ({"reduction": "none", "margin": 1.75}, (LOGITS, ((-1.0, -1.0, 1.0), (-1.0, 1.0, -1.0)))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "hinge ±"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        return select(target > 0, x, np.maximum(ZERO, self.margin - x))

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        apart = select(x < self.margin, -ONE, ZERO)
        return select(target > 0, ONE, apart), ZERO * target

    @override
    def branch(self, x: Array, target: Array) -> Array:
        return select((target > 0) | (x < self.margin), ONE, ZERO)
