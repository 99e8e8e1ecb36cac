"""How near two vectors are: by their angle or by the length of their difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, broadcast_shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import resolve_axis
from chainrule.gates.foundations.lengths import ORDER, length, length_gradient, piece_of_length
from chainrule.gates.gate import Gate, Pattern, Piecewise
from chainrule.gates.kind import BOOLEAN, INTEGER, NUMBER, Group, parameter


@register
@final
@dataclass(frozen=True)
class CosineSimilarity(Gate):
    """f = x · y / (max(‖x‖, ε) max(‖y‖, ε)) along an axis of what x and y broadcast to.

    The default axis is the last, so that rows are compared with rows; PyTorch's is 1. A vector
    shorter than ε is divided by the constant ε, in its gradient, too; PyTorch goes on there as if
    it had been divided by its length.
    """

    axis: int = parameter(-1, INTEGER, "The axis that makes a vector.")
    eps: float = parameter(1e-8, NUMBER, "The least length that is divided by.")

    name = "cosine_similarity"
    group = Group.MATRICES
    summary = "The cosine of the angle between two vectors: 1 where they point the same way."
    aliases = ("cosine", "angle", "CosineDistance")
    ports = ("x", "y")
    pattern = Pattern.MIXER
    formula = r"\frac{x \cdot y}{\| x \| \, \| y \|}"
    derivatives = (
        r"\frac{1}{\| x \|} \left( \frac{y}{\| y \|} - f \frac{x}{\| x \|} \right)",
        r"\frac{1}{\| y \|} \left( \frac{x}{\| x \|} - f \frac{y}{\| y \|} \right)",
    )
    rule = "Each vector is turned towards the other; what would only stretch it is taken out."
    samples = (
        ((1.0, -2.0, 0.5), (2.0, 0.25, -1.0)),
        (((3.0, 1.0), (0.25, -1.0)), ((1.0, 2.0), (0.5, 1.5))),
    )
    variants = (({"axis": 0, "eps": 2.0}, (((3.0, 1.0), (0.25, -1.0)), (1.5, 0.5))),)

    def __post_init__(self) -> None:
        _refuse_negative(self.name, self.eps)

    @property
    @override
    def symbol(self) -> str:
        return "cos∠"

    @override
    def forward(self, x: Floats, y: Floats) -> Array:
        return np.sum(self._unit(x, y)[0] * self._unit(y, x)[0], axis=self._axis(x, y))

    @override
    def backward(self, upstream: Array, output: Array, x: Floats, y: Floats) -> tuple[Array, ...]:
        axis = self._axis(x, y)
        wide, cosine = np.expand_dims(upstream, axis), np.expand_dims(output, axis)
        (one, one_length), (other, other_length) = self._unit(x, y), self._unit(y, x)
        return (
            wide * (other - cosine * one * (one_length > self.eps)) / self._divisor(one_length),
            wide * (one - cosine * other * (other_length > self.eps)) / self._divisor(other_length),
        )

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        shape = broadcast_shape(self.name, shapes)
        axis = resolve_axis(self.name, self.axis, shape)
        return (*shape[:axis], *shape[axis + 1 :])

    def _axis(self, x: Array, y: Array) -> int:
        return resolve_axis(self.name, self.axis, broadcast_shape(self.name, (x.shape, y.shape)))

    def _divisor(self, size: Array) -> Array:
        return np.maximum(size, self.eps)

    def _unit(self, x: Floats, other: Array) -> tuple[Array, Array]:
        """Return `x` over its length, in the shape that both broadcast to, and that length."""
        wide = np.broadcast_to(x, broadcast_shape(self.name, (x.shape, other.shape)))
        size = length(wide, 2.0, (self._axis(x, other),))
        return wide / self._divisor(size), size


@register
@final
@dataclass(frozen=True)
class PairwiseDistance(Gate, Piecewise):
    """f = ‖x − y + ε‖ₚ along the last axis: torch.nn.functional.pairwise_distance.

    The ε keeps it away from 0, where the length has a kink.
    """

    p: float | str = parameter(2.0, ORDER, "The p of the norm; 2 is Euclid's length.")
    eps: float = parameter(1e-6, NUMBER, "What is added to each difference.")
    keepdims: bool = parameter(False, BOOLEAN, "Whether the last axis stays, with size 1.")

    name = "pairwise_distance"
    group = Group.MATRICES
    summary = "The distance of each row of one array from the same row of another."
    aliases = ("distance", "row distance", "PairwiseDistance")
    ports = ("x", "y")
    pattern = Pattern.SCALER
    formula = r"\| x - y + \epsilon \|_{p}"
    derivatives = (r"\frac{x - y + \epsilon}{f}", r"-\frac{x - y + \epsilon}{f}")
    rule = "The points are pulled apart along the line between them, with equal force."
    samples = (
        ((1.0, -2.0, 0.5), (2.0, 0.25, -1.0)),
        (((3.0, 1.0), (0.25, -1.0)), ((1.0, 2.0), (0.5, 1.5))),
    )
    variants = (
        ({"p": 1.0, "keepdims": True}, (((3.0, 1.0), (0.25, -1.0)), (1.5, 0.5))),
        ({"p": 3.0, "eps": 0.0}, (((3.0, 1.0), (0.25, -1.0)), (1.5, 0.5))),
        ({"p": "inf"}, (((3.0, 1.0), (0.25, -1.0)), (1.5, 0.5))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "‖x−y‖"

    @override
    def forward(self, x: Floats, y: Floats) -> Array:
        difference = self._difference(x, y)
        kept = length(difference, float(self.p), (difference.ndim - 1,))
        return kept if self.keepdims else np.squeeze(kept, -1)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Floats, y: Floats) -> tuple[Array, ...]:
        difference = self._difference(x, y)
        wide, norm = (
            each if self.keepdims else np.expand_dims(each, -1) for each in (upstream, output)
        )
        slope = length_gradient(wide, norm, difference, float(self.p), (difference.ndim - 1,))
        return slope, -slope

    @override
    def branch(self, x: Floats, y: Floats) -> Array:
        difference = self._difference(x, y)
        piece = piece_of_length(difference, float(self.p), (difference.ndim - 1,))
        return piece if self.keepdims else np.squeeze(piece, -1)[()]

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        shape = broadcast_shape(self.name, shapes)
        axis = resolve_axis(self.name, -1, shape)
        if shape[axis] == 0:
            raise ShapeError(
                f"pairwise_distance: rows of shape {format_shape(shape)} hold nothing; "
                "feed at least one number in each"
            )
        return (*shape[:axis], 1) if self.keepdims else shape[:axis]

    def _difference(self, x: Floats, y: Floats) -> Array:
        return x - y + self.eps


@register
@final
@dataclass(frozen=True)
class CDist(Gate, Piecewise):
    """f_ij = ‖x_i − y_j‖ₚ for all rows x_i of one matrix and y_j of another: torch.cdist.

    Stacks of matrices broadcast. A vector x is one row, and its axis goes, so that it is the old
    Euclidean layer with the rows of y for weights. Where two rows are equal, the gradient is 0. The
    differences are formed as they are, without the rounding of ‖x‖² − 2 x · y + ‖y‖².
    """

    p: float | str = parameter(2.0, ORDER, "The p of the norm; 2 is Euclid's length.")

    name = "cdist"
    group = Group.MATRICES
    summary = "The distances of all rows of one matrix from all rows of another."
    aliases = ("distance matrix", "euclidean distances", "Euclidean")
    ports = ("x", "y")
    pattern = Pattern.MIXER
    formula = r"\| x_{i} - y_{j} \|_{p}"
    derivatives = (
        r"\sum_{j} \frac{x_{i} - y_{j}}{f_{ij}}",
        r"-\sum_{i} \frac{x_{i} - y_{j}}{f_{ij}}",
    )
    rule = "Each row is pushed away from every row of the other, along the line between them."
    samples = (
        ((1.0, -2.0), ((3.0, 1.0), (0.25, -1.0), (0.5, 2.0))),
        (((3.0, 1.0), (0.25, -1.0)), ((1.0, 2.0), (0.5, 1.5), (-1.0, 0.0))),
    )
    variants = (
        ({"p": 1.0}, (((3.0, 1.0), (0.25, -1.0)), ((1.0, 2.0), (0.5, 1.5)))),
        ({"p": 3.0}, (((3.0, 1.0),), (((1.0, 2.0), (0.5, 1.5)), ((0.0, 2.0), (-0.5, 1.5))))),
        ({"p": "inf"}, (((3.0, 1.0), (0.25, -1.0)), ((1.0, 2.5), (0.5, 1.5)))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "‖xᵢ−yⱼ‖"

    @override
    def forward(self, x: Floats, y: Floats) -> Array:
        difference = _differences(x, y)
        return np.squeeze(length(difference, float(self.p), (difference.ndim - 1,)), -1)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats, y: Floats) -> tuple[Array, ...]:
        difference = _differences(x, y)
        wide, norm = np.expand_dims(upstream, -1), np.expand_dims(output, -1)
        slope = length_gradient(wide, norm, difference, float(self.p), (difference.ndim - 1,))
        for_x = np.sum(slope, axis=-2)
        return for_x, -slope if x.ndim == 1 else -np.sum(slope, axis=-3)

    @override
    def branch(self, x: Floats, y: Floats) -> Array:
        difference = _differences(x, y)
        return np.squeeze(piece_of_length(difference, float(self.p), (difference.ndim - 1,)), -1)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, y = shapes
        if not x or len(y) < 2:
            raise ShapeError(
                f"cdist: {format_shape(x)} and {format_shape(y)}: x must be a vector or have rows, "
                "and y must have rows; reshape the other"
            )
        if x[-1] != y[-1] or x[-1] == 0:
            raise ShapeError(
                f"cdist: {format_shape(x)} and {format_shape(y)}: rows of {x[-1]} and {y[-1]} "
                "numbers can't be compared; give both rows of one size, from 1 on"
            )
        return (*broadcast_shape(self.name, (x[:-2], y[:-2])), *x[-2:-1], y[-2])


def _differences(x: Floats, y: Floats) -> Array:
    """Return x_i − y_j with i and j on the axes before the last; a vector x has no i."""
    if x.ndim == 1:
        return x - y
    return np.expand_dims(x, -2) - np.expand_dims(y, -3)


def _refuse_negative(gate: str, eps: float) -> None:
    if eps < 0.0:
        raise ParameterError(f"{gate}: eps {eps} is negative; use a number from 0")
