"""Losses of the probabilities that scores give to the right class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, select
from chainrule.errors import ParameterError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.classes import class_axis, right_classes, rows_of, without_axis
from chainrule.gates.foundations.losses import Loss, spread
from chainrule.gates.foundations.numerics import ZERO, log_sum_above_peak, peak, softmax
from chainrule.gates.foundations.positions import no_gradient
from chainrule.gates.gate import Pattern
from chainrule.gates.kind import NUMBER, Group, parameter

SCORES = (1.0, -2.0, 0.5)
BATCH = ((0.2, 1.5, -0.7), (2.0, -1.0, 0.4))


@register
@final
@dataclass(frozen=True)
class CrossEntropy(Loss):
    """f = -Σ t log softmax(scores), the softmax loss, without overflow and with all digits.

    The classes stand along axis 1, or along the only axis of a vector, as in PyTorch. The target
    has either the position of the right class, and then no class axis, or a probability for each
    class (one-hot for one right class), and then the shape of the scores. The mean is taken over
    all that is classified. Label smoothing mixes the target with the uniform distribution.
    """

    label_smoothing: float = parameter(
        0.0, NUMBER, "How much of the target is spread evenly over all classes, from 0 to 1."
    )

    name = "cross_entropy"
    group = Group.LOSS
    summary = "The softmax loss: minus the log-probability that scores give to the right class."
    aliases = ("softmax loss", "log loss", "multinomial logistic loss", "CrossEntropyCriterion")
    ports = ("scores", "target")
    pattern = Pattern.MIXER
    formula = r"\log \sum e^{\mathrm{scores}} - \mathrm{scores}_{\mathrm{target}}"
    derivatives = (
        r"\mathrm{softmax}(\mathrm{scores}) - \mathrm{onehot}(\mathrm{target})",
        r"-\log \mathrm{softmax}(\mathrm{scores})",
    )
    rule = (
        "Each score gets its probability, and the right one 1 less: what the softmax gives too "
        "much is pushed down, the right class up."
    )
    samples = ((SCORES, 2.0), (BATCH, (1.0, 0.0)), (BATCH, ((0.0, 1.0, 0.0), (0.5, 0.2, 0.3))))
    variants = (
        ({"reduction": "sum"}, (BATCH, (1.0, 0.0))),
        ({"reduction": "none"}, (BATCH, (1.0, 2.0))),
        ({"reduction": "none"}, (SCORES, (0.0, 0.0, 1.0))),
        ({"label_smoothing": 0.1}, (BATCH, (1.0, 2.0))),
        ({"label_smoothing": 0.2}, (BATCH, ((0.0, 1.0, 0.0), (0.5, 0.2, 0.3)))),
        ({"reduction": "none"}, (((BATCH[0], BATCH[1]),), ((0.0, 1.0, 1.0),))),
    )

    def __post_init__(self) -> None:
        if not 0.0 <= self.label_smoothing <= 1.0:
            raise ParameterError(
                f"cross_entropy: label_smoothing {self.label_smoothing:g} is no share of the "
                "target; choose one from 0 to 1"
            )

    @property
    @override
    def symbol(self) -> str:
        return "CE"

    @override
    def forward(self, scores: Array, target: Array) -> Array:
        axis = class_axis(scores.shape)
        logs = _log_softmax(scores, axis)
        if target.ndim < scores.ndim and not self.label_smoothing:
            right = right_classes(self.name, scores, target)
            # Selected, not multiplied: an excluded class, at -inf, would make nan of a product.
            return self.reduced(-np.sum(select(right, logs, ZERO), axis=axis))
        return self.reduced(-np.sum(self._weights(scores, target) * logs, axis=axis))

    @override
    def backward(
        self, upstream: Array, output: Array, scores: Array, target: Array
    ) -> tuple[Array, ...]:
        axis = class_axis(scores.shape)
        share = spread(self.shared(upstream, without_axis(scores.shape, axis)), axis)
        weights = self._weights(scores, target)
        if target.ndim < scores.ndim:
            for_scores = share * (softmax(scores, axis) - weights)
            return for_scores, no_gradient(upstream, target)
        total = np.sum(weights, axis=axis, keepdims=True)
        for_scores = share * (softmax(scores, axis) * total - weights)
        kept = share * (1.0 - self.label_smoothing)
        return for_scores, -kept * _log_softmax(scores, axis)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.reduced_shape(rows_of(self.name, *shapes))

    def _weights(self, scores: Array, target: Array) -> Array:
        """Return how much each class counts."""
        weights = target
        if target.ndim < scores.ndim:
            weights = right_classes(self.name, scores, target).astype(np.float64)
        if not self.label_smoothing:
            return weights
        even = self.label_smoothing / scores.shape[class_axis(scores.shape)]
        return weights * (1.0 - self.label_smoothing) + even


@register
@final
@dataclass(frozen=True)
class NllLoss(Loss):
    """f = -x_target for log-probabilities x: the second half of cross_entropy.

    The classes stand along axis 1, or along the only axis of a vector; the target has positions.
    A one-hot target counts by its largest number and gets no gradient either.
    """

    name = "nll_loss"
    group = Group.LOSS
    summary = "The negative log-likelihood: minus the log-probability of the right class."
    aliases = ("negative log likelihood", "ClassNLLCriterion")
    ports = ("x", "target")
    pattern = Pattern.ROUTER
    formula = r"-x_{\mathrm{target}}"
    derivatives = (r"-\mathrm{onehot}(\mathrm{target})", "0")
    rule = "The right class gets the whole gradient with its sign turned, the others get nothing."
    samples = ((SCORES, 2.0), (BATCH, (1.0, 0.0)))
    variants = (
        ({"reduction": "sum"}, (BATCH, (1.0, 0.0))),
        ({"reduction": "none"}, (BATCH, ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "NLL"

    @override
    def forward(self, x: Array, target: Array) -> Array:
        right = right_classes(self.name, x, target)
        return self.reduced(-np.sum(select(right, x, ZERO), axis=class_axis(x.shape)))

    @override
    def backward(
        self, upstream: Array, output: Array, x: Array, target: Array
    ) -> tuple[Array, ...]:
        axis = class_axis(x.shape)
        share = spread(self.shared(upstream, without_axis(x.shape, axis)), axis)
        right = right_classes(self.name, x, target)
        return np.where(right, -share, ZERO), no_gradient(upstream, target)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.reduced_shape(rows_of(self.name, *shapes))


def _log_softmax(scores: Array, axis: int) -> Array:
    return (scores - peak(scores, axis)) - log_sum_above_peak(scores, axis)
