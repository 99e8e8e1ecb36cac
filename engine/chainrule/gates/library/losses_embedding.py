"""Losses of what is alike and what is not: pairs and triples of vectors and of scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, format_shape, select
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.losses import Loss, PointwiseLoss, require_equal, spread
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.foundations.positions import no_gradient
from chainrule.gates.gate import Pattern, Piecewise
from chainrule.gates.kind import NUMBER, Group, parameter

# What PyTorch adds to the squared norms in cosine_embedding_loss.
EPSILON = 1e-12

FIRST = ((1.0, 0.5, -2.0), (0.3, -1.0, 0.8))
SECOND = ((0.5, 2.0, -1.0), (0.4, -0.2, 1.5))
THIRD = ((1.5, 0.25, -1.0), (-0.5, 1.0, 0.75))


@register
@final
@dataclass(frozen=True)
class CosineEmbeddingLoss(Loss, Piecewise):
    """f = 1 - cos(x, y) where the target is 1, and max(0, cos(x, y) - margin) where it is -1.

    The vectors stand along the last axis, and the target has the shape without it; only its sign
    is read, and it gets no gradient. As in PyTorch 1e-12 is added to the squared norms.
    """

    margin: float = parameter(0.0, NUMBER, "The cosine that unlike vectors may have.")

    name = "cosine_embedding_loss"
    group = Group.LOSS
    summary = "Turns like vectors into one direction, and unlike ones away from each other."
    aliases = ("cosine similarity loss", "CosineEmbeddingCriterion")
    ports = ("x", "y", "target")
    pattern = Pattern.MIXER
    formula = (
        r"(1 - \cos(x, y)) \cdot \mathbf{1}[\mathrm{target} > 0] + "
        r"\max(0, \cos(x, y) - \mathrm{margin}) \cdot \mathbf{1}[\mathrm{target} \leq 0]"
    )
    derivatives = (
        r"-\mathrm{target} (\frac{y}{|x| |y|} - \cos(x, y) \frac{x}{|x|^{2}})",
        r"-\mathrm{target} (\frac{x}{|x| |y|} - \cos(x, y) \frac{y}{|y|^{2}})",
        "0",
    )
    rule = "A vector is turned, never made longer: its gradient is at right angles to it."
    samples = ((FIRST[0], SECOND[0], 1.0), (FIRST, SECOND, (1.0, -1.0)))
    variants = (
        ({"reduction": "sum", "margin": 0.2}, (FIRST, SECOND, (-1.0, 1.0))),
        ({"reduction": "none", "margin": -0.5}, (FIRST, SECOND, (-1.0, -1.0))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "cos loss"

    @override
    def forward(self, x: Array, y: Array, target: Array) -> Array:
        cosine = _cosine(x, y)
        apart = np.maximum(ZERO, cosine - self.margin)
        return self.reduced(select(target > 0, ONE - cosine, apart))

    @override
    def backward(
        self, upstream: Array, output: Array, x: Array, y: Array, target: Array
    ) -> tuple[Array, ...]:
        cosine = _cosine(x, y)
        apart = select(cosine > self.margin, ONE, ZERO)
        slope = select(target > 0, -ONE, apart) * self.shared(upstream, target.shape)
        for_x = _turned(x, y, cosine, slope)
        return for_x, _turned(y, x, cosine, slope), no_gradient(upstream, target)

    @override
    def branch(self, x: Array, y: Array, target: Array) -> Array:
        return select((target > 0) | (_cosine(x, y) > self.margin), ONE, ZERO)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, y, target = shapes
        require_equal(self.name, self.ports[:2], (x, y))
        if not x or target != x[:-1]:
            raise ShapeError(
                f"cosine_embedding_loss: vectors {format_shape(x)} and target "
                f"{format_shape(target)} do not fit; give the target one number for each vector, "
                "which stand along the last axis"
            )
        return self.reduced_shape(target)


@register
@final
@dataclass(frozen=True)
class MarginRankingLoss(PointwiseLoss, Piecewise):
    """f = max(0, margin - target (x - y)): x ranks above y where the target is 1, below for -1.

    Just at the margin the gradient is 0; PyTorch lets it pass there.
    """

    margin: float = parameter(0.0, NUMBER, "By how much one must lead the other.")

    name = "margin_ranking_loss"
    group = Group.LOSS
    summary = "Makes one score lead another by a margin, in the order that the target asks for."
    aliases = ("ranking", "pairwise hinge", "MarginRankingCriterion")
    ports = ("x", "y", "target")
    pattern = Pattern.ROUTER
    formula = r"\max(0, \mathrm{margin} - \mathrm{target} (x - y))"
    derivatives = (
        r"-\mathrm{target} \cdot \mathbf{1}[\mathrm{target} (x - y) < \mathrm{margin}]",
        r"\mathrm{target} \cdot \mathbf{1}[\mathrm{target} (x - y) < \mathrm{margin}]",
        r"(y - x) \cdot \mathbf{1}[\mathrm{target} (x - y) < \mathrm{margin}]",
    )
    rule = "Pairs in the wrong order push each other apart; the others get nothing."
    samples = ((0.5, 1.0, 1.0), ((0.5, -1.2, 3.0), (1.0, 0.3, -0.7), (1.0, -1.0, -1.0)))
    variants = (
        ({"reduction": "sum", "margin": 0.5}, ((0.5, -1.2), (1.25, 0.3), (-1.0, -1.0))),
        ({"reduction": "none", "margin": 2.0}, ((0.5, -1.2), (1.0, 0.3), (1.0, -1.0))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "ranking"

    @override
    def losses(self, x: Array, y: Array, target: Array) -> Array:
        return np.maximum(ZERO, self.margin - target * (x - y))

    @override
    def slopes(self, x: Array, y: Array, target: Array) -> tuple[Array, ...]:
        within = self.margin - target * (x - y) > 0
        for_y = select(within, target, ZERO)
        return -for_y, for_y, select(within, y - x, ZERO)

    @override
    def branch(self, x: Array, y: Array, target: Array) -> Array:
        return select(self.margin - target * (x - y) > 0, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class TripletMarginLoss(Loss, Piecewise):
    """f = max(0, |anchor - like| - |anchor - unlike| + margin), with vectors along the last axis.

    The norm is Euclid's; as in PyTorch `eps` is added to each difference, which keeps the slope
    finite where two vectors are equal.
    """

    margin: float = parameter(1.0, NUMBER, "By how much the unlike vector must be farther away.")
    eps: float = parameter(1e-6, NUMBER, "What is added to each difference.")

    name = "triplet_margin_loss"
    group = Group.LOSS
    summary = "Makes an anchor nearer to a vector like it than to an unlike one, by a margin."
    aliases = ("triplet loss", "FaceNet loss")
    ports = ("anchor", "like", "unlike")
    pattern = Pattern.MIXER
    formula = (
        r"\max(0, |\mathrm{anchor} - \mathrm{like}| - |\mathrm{anchor} - \mathrm{unlike}|"
        r" + \mathrm{margin})"
    )
    derivatives = (
        r"\frac{\mathrm{anchor} - \mathrm{like}}{|\mathrm{anchor} - \mathrm{like}|} - "
        r"\frac{\mathrm{anchor} - \mathrm{unlike}}{|\mathrm{anchor} - \mathrm{unlike}|}",
        r"-\frac{\mathrm{anchor} - \mathrm{like}}{|\mathrm{anchor} - \mathrm{like}|}",
        r"\frac{\mathrm{anchor} - \mathrm{unlike}}{|\mathrm{anchor} - \mathrm{unlike}|}",
    )
    rule = "The like vector is pulled to the anchor and the unlike one pushed away, at unit speed."
    samples = ((FIRST[0], SECOND[0], THIRD[0]), (FIRST, SECOND, THIRD))
    variants = (
        ({"reduction": "sum", "margin": 3.0}, (FIRST, THIRD, SECOND)),
        ({"reduction": "none", "margin": 0.5, "eps": 0.1}, (FIRST, SECOND, THIRD)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "triplet"

    @override
    def forward(self, anchor: Array, like: Array, unlike: Array) -> Array:
        return self.reduced(np.maximum(ZERO, self._excess(anchor, like, unlike)))

    @override
    def backward(
        self, upstream: Array, output: Array, anchor: Array, like: Array, unlike: Array
    ) -> tuple[Array, ...]:
        within = self._excess(anchor, like, unlike) > 0
        share = spread(self.shared(upstream, anchor.shape[:-1]), -1)
        share = share * np.expand_dims(select(within, ONE, ZERO), -1)
        near, far = self._direction(anchor, like), self._direction(anchor, unlike)
        return share * (near - far), -share * near, share * far

    @override
    def branch(self, anchor: Array, like: Array, unlike: Array) -> Array:
        return select(self._excess(anchor, like, unlike) > 0, ONE, ZERO)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        require_equal(self.name, self.ports, shapes)
        if not shapes[0]:
            raise ShapeError("triplet_margin_loss: a scalar is no vector; feed vectors, or rows")
        return self.reduced_shape(shapes[0][:-1])

    def _excess(self, anchor: Array, like: Array, unlike: Array) -> Array:
        near, far = self._distance(anchor, like), self._distance(anchor, unlike)
        return near - far + self.margin

    def _distance(self, x: Array, y: Array) -> Array:
        difference = x - y + self.eps
        return np.sqrt(_inner(difference, difference))

    def _direction(self, x: Array, y: Array) -> Array:
        return (x - y + self.eps) / np.expand_dims(self._distance(x, y), -1)


def _inner(x: Array, y: Array) -> Array:
    return np.sum(x * y, axis=-1)


def _cosine(x: Array, y: Array) -> Array:
    return _inner(x, y) / np.sqrt((_inner(x, x) + EPSILON) * (_inner(y, y) + EPSILON))


def _turned(x: Array, y: Array, cosine: Array, slope: Array) -> Array:
    """Return `slope` times the derivative of the cosine by `x`."""
    square = _inner(x, x) + EPSILON
    along = slope / np.sqrt(square * (_inner(y, y) + EPSILON))
    return np.expand_dims(along, -1) * y - np.expand_dims(slope * cosine / square, -1) * x
