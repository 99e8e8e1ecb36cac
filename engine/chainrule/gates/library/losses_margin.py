"""Losses of scores in which right classes must lead wrong ones by a margin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from chainrule.arrays import Array, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.classes import (
    Mask,
    class_axis,
    right_classes,
    rows_of,
    without_axis,
)
from chainrule.gates.foundations.losses import Loss, require_equal, spread
from chainrule.gates.foundations.numerics import ONE, ZERO, values_of
from chainrule.gates.foundations.positions import Positions, no_gradient, positions_of
from chainrule.gates.gate import Pattern, Piecewise
from chainrule.gates.kind import INTEGER, NUMBER, Group, parameter

SCORES = (1.0, -2.0, 0.5)
BATCH = ((0.2, 1.5, -0.7), (2.0, -1.0, 0.4))


@register
@final
@dataclass(frozen=True)
class SvmLoss(Loss, Piecewise):
    """f = Σ over the wrong classes j of max(0, s_j - s_target + margin), as in the lecture.

    It is a sum over the classes; `multi_margin_loss`, PyTorch's, divides it by their number. The
    classes stand along axis 1, or along the only axis of a vector. The target has positions, or is
    one-hot and counts by its largest number. A score just at its margin gets no gradient.
    """

    margin: float = parameter(1.0, NUMBER, "By how much the right score must lead.")

    name = "svm_loss"
    group = Group.LOSS
    summary = "The multiclass SVM loss: how far wrong classes come within a margin of the right."
    aliases = ("multiclass SVM", "Weston-Watkins", "hinge", "max-margin loss")
    ports = ("scores", "target")
    pattern = Pattern.ROUTER
    formula = r"\sum \max(0, \mathrm{scores} - \mathrm{scores}_{\mathrm{target}} + \mathrm{margin})"
    derivatives = (
        r"\mathbf{1}[\mathrm{scores} + \mathrm{margin} > \mathrm{scores}_{\mathrm{target}}]",
        "0",
    )
    rule = (
        "Every wrong class within the margin gets the gradient; the right class pays for all of "
        "them, with its sign turned."
    )
    samples = ((SCORES, 2.0), (BATCH, (1.0, 0.0)), (BATCH, ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0))))
    variants = (
        ({"reduction": "sum"}, (BATCH, (2.0, 1.0))),
        ({"reduction": "none", "margin": 2.5}, (BATCH, (2.0, 1.0))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "SVM"

    @override
    def forward(self, scores: Array, target: Array) -> Array:
        right = right_classes(self.name, scores, target)
        margins = _margins(scores, right, self.margin)
        return self.reduced(np.sum(margins, axis=class_axis(scores.shape)))

    @override
    def backward(
        self, upstream: Array, output: Array, scores: Array, target: Array
    ) -> tuple[Array, ...]:
        axis = class_axis(scores.shape)
        share = spread(self.shared(upstream, without_axis(scores.shape, axis)), axis)
        right = right_classes(self.name, scores, target)
        violated = _margins(scores, right, self.margin) > 0
        return _paid(np.where(violated, share, ZERO), right, axis), no_gradient(upstream, target)

    @override
    def branch(self, scores: Array, target: Array) -> Array:
        right = right_classes(self.name, scores, target)
        return np.where(_margins(scores, right, self.margin) > 0, ONE, ZERO)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.reduced_shape(rows_of(self.name, *shapes))


@register
@final
@dataclass(frozen=True)
class MultiMarginLoss(Loss, Piecewise):
    """f = Σ over the wrong classes j of max(0, s_j - s_target + margin)ᵖ, over the classes' number.

    So it is in PyTorch and Torch; `svm_loss`, the lecture's, doesn't divide. The classes stand
    along axis 1, or along the only axis of a vector; the target has positions, or is one-hot.
    """

    p: int = parameter(1, INTEGER, "The power of the margins: 1, or 2 for a smooth loss.")
    margin: float = parameter(1.0, NUMBER, "By how much the right score must lead.")

    name = "multi_margin_loss"
    group = Group.LOSS
    summary = "The multiclass SVM loss divided by the number of classes, as PyTorch has it."
    aliases = ("multiclass SVM", "MultiMarginCriterion")
    ports = ("scores", "target")
    pattern = Pattern.ROUTER
    formula = (
        r"\frac{1}{n} \cdot \sum \max(0, \mathrm{scores} - \mathrm{scores}_{\mathrm{target}}"
        r" + \mathrm{margin})^{p}"
    )
    derivatives = (
        r"\frac{1}{n} \cdot "
        r"\mathbf{1}[\mathrm{scores} + \mathrm{margin} > \mathrm{scores}_{\mathrm{target}}]",
        "0",
    )
    rule = (
        "Every wrong class within the margin gets its part of the gradient; the right class pays "
        "for all of them, with its sign turned."
    )
    samples = ((SCORES, 2.0), (BATCH, (1.0, 0.0)), (BATCH, ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0))))
    variants = (
        ({"reduction": "sum"}, (BATCH, (2.0, 1.0))),
        ({"reduction": "none", "margin": 2.5}, (BATCH, (2.0, 1.0))),
        ({"p": 2, "reduction": "none"}, (BATCH, (2.0, 1.0))),
    )

    def __post_init__(self) -> None:
        if self.p not in (1, 2):
            raise ParameterError(f"multi_margin_loss: p {self.p} is not offered; choose 1 or 2")

    @property
    @override
    def symbol(self) -> str:
        return "SVM/n"

    @override
    def forward(self, scores: Array, target: Array) -> Array:
        axis = class_axis(scores.shape)
        right = right_classes(self.name, scores, target)
        margins = _margins(scores, right, self.margin)
        powers = margins if self.p == 1 else margins * margins
        return self.reduced(np.sum(powers, axis=axis) / np.float64(scores.shape[axis]))

    @override
    def backward(
        self, upstream: Array, output: Array, scores: Array, target: Array
    ) -> tuple[Array, ...]:
        axis = class_axis(scores.shape)
        share = spread(self.shared(upstream, without_axis(scores.shape, axis)), axis)
        share = share / np.float64(scores.shape[axis])
        right = right_classes(self.name, scores, target)
        margins = _margins(scores, right, self.margin)
        slopes = np.where(margins > 0, share, ZERO) if self.p == 1 else share * (2.0 * margins)
        return _paid(slopes, right, axis), no_gradient(upstream, target)

    @override
    def branch(self, scores: Array, target: Array) -> Array:
        right = right_classes(self.name, scores, target)
        return np.where(_margins(scores, right, self.margin) > 0, ONE, ZERO)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.reduced_shape(rows_of(self.name, *shapes))


@register
@final
@dataclass(frozen=True)
class MultiLabelMarginLoss(Loss, Piecewise):
    """f = Σ max(0, 1 - (x_k - x_i)) over right classes k and wrong classes i, over their number.

    The target has the shape of x; each row lists the positions of the right classes, and what
    follows the first negative number is not read, as in PyTorch.
    """

    name = "multilabel_margin_loss"
    group = Group.LOSS
    summary = "A margin loss for several right classes: each of them must lead each wrong one by 1."
    aliases = ("multi label hinge", "MultiLabelMarginCriterion")
    ports = ("x", "target")
    pattern = Pattern.ROUTER
    formula = r"\frac{1}{n} \cdot \sum \max(0, 1 - (x_{\mathrm{right}} - x_{\mathrm{wrong}}))"
    derivatives = (
        r"\frac{1}{n} \cdot \mathbf{1}[x_{\mathrm{right}} - x_{\mathrm{wrong}} < 1]",
        "0",
    )
    rule = "Each pair within the margin pushes its wrong class down and its right class up."
    samples = (
        ((0.1, 0.2, 0.4, 0.8), (3.0, 0.0, -1.0, 1.0)),
        (((0.1, 0.2, 0.4), (1.5, -0.3, 0.2)), ((2.0, -1.0, 0.0), (0.0, 1.0, -1.0))),
    )
    variants = (
        ({"reduction": "sum"}, (BATCH, ((2.0, -1.0, 0.0), (0.0, 1.0, -1.0)))),
        ({"reduction": "none"}, (BATCH, ((2.0, -1.0, 0.0), (0.0, 1.0, -1.0)))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "margins"

    @override
    def forward(self, x: Array, target: Array) -> Array:
        pairs = self._counts(x, target) * np.maximum(ZERO, _leads(x))
        return self.reduced(np.sum(pairs, axis=(-2, -1)) / np.float64(x.shape[x.ndim - 1]))

    @override
    def backward(
        self, upstream: Array, output: Array, x: Array, target: Array
    ) -> tuple[Array, ...]:
        share = spread(self.shared(upstream, x.shape[:-1]), -1) / np.float64(x.shape[x.ndim - 1])
        violated = self._counts(x, target) * (_leads(x) > 0)
        net = np.sum(violated, axis=-2) - np.sum(violated, axis=-1)
        return share * net, no_gradient(upstream, target)

    @override
    def branch(self, x: Array, target: Array) -> Array:
        return np.where((self._counts(x, target) > 0) & (_leads(x) > 0), ONE, ZERO)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        require_equal(self.name, self.ports, shapes)
        if len(shapes[0]) not in (1, 2):
            raise ShapeError(
                f"multilabel_margin_loss: x {format_shape(shapes[0])} is neither a vector of scores"
                " nor rows of them; reshape it"
            )
        return self.reduced_shape(shapes[0][:-1])

    def _counts(self, x: Array, target: Array) -> npt.NDArray[np.float64]:
        """Return at [..., k, i] how often k is listed as right, and 0 where i is right too."""
        classes: int = x.shape[x.ndim - 1]
        read = np.logical_and.accumulate(np.rint(values_of(target)) >= 0, axis=-1)
        listed = positions_of(self.name, np.where(read, values_of(target), ZERO), classes, "target")
        ranks: Positions = np.arange(classes)
        hits = (np.expand_dims(listed, -1) == ranks) & np.expand_dims(read, -1)
        often = np.sum(hits, axis=-2, dtype=np.float64)
        return np.expand_dims(often, -1) * np.expand_dims(often == 0, -2)


def _margins(scores: Array, right: Mask, margin: float) -> Array:
    """Return how far each wrong class is within the margin, and 0 for the right one."""
    lead = np.sum(np.where(right, scores, ZERO), axis=class_axis(scores.shape), keepdims=True)
    return np.where(right, ZERO, np.maximum(ZERO, scores - lead + margin))


def _paid(slopes: Array, right: Mask, axis: int) -> Array:
    """Return `slopes`, which are 0 at the right class, with their sum taken off there."""
    return np.where(right, -np.sum(slopes, axis=axis, keepdims=True), slopes)


def _leads(x: Array) -> Array:
    """Return at [..., k, i] by how much class k misses a lead of 1 over class i."""
    return ONE - (np.expand_dims(x, -1) - np.expand_dims(x, -2))
