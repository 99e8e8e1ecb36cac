"""What all losses share: how their numbers become one, and how the gradient comes back to each."""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.gate import Gate
from chainrule.gates.kind import choice, parameter

REDUCTION = choice("mean", "sum", "none")


@dataclass(frozen=True)
class Loss(Gate):
    """A gate that first computes losses, one for each number or row, and then reduces them.

    `batchmean`, which few losses allow, divides by the size of the first axis alone.
    """

    reduction: str = parameter(
        "mean", REDUCTION, "What is made of the single losses: their mean, their sum, or nothing."
    )

    @final
    def reduced(self, losses: Array) -> Array:
        """Return what the reduction makes of the single losses."""
        if self.reduction == "none":
            return losses
        total = np.sum(losses)
        return total if self.reduction == "sum" else total / self._divisor(losses.shape)

    @final
    def shared(self, upstream: Array, shape: Shape) -> Array:
        """Return the gradient that each of the losses of `shape` gets: an array, or one number."""
        return upstream if self.reduction in ("sum", "none") else upstream / self._divisor(shape)

    @final
    def reduced_shape(self, shape: Shape) -> Shape:
        """Return the shape of the output where the single losses have `shape`."""
        return shape if self.reduction == "none" else ()

    def _divisor(self, shape: Shape) -> np.float64:
        counted = shape[:1] if self.reduction == "batchmean" else shape
        return np.float64(math.prod(counted))


@dataclass(frozen=True)
class PointwiseLoss(Loss):
    """A loss of numbers that stand at equal places of arrays of one shape.

    The shapes must be equal: where a column met a row, broadcasting would compare each with each.
    """

    @abstractmethod
    def losses(self, *inputs: Any, **_: Any) -> Array:
        """Return the loss of each number."""

    @abstractmethod
    def slopes(self, *inputs: Any, **_: Any) -> tuple[Array, ...]:
        """Return for each port the derivative of the losses by its numbers."""

    @final
    @override
    def forward(self, *inputs: Array) -> Array:
        return self.reduced(self.losses(*inputs))

    @final
    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        share = self.shared(upstream, inputs[0].shape)
        return tuple(share * slope for slope in self.slopes(*inputs))

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        require_equal(self.name, self.ports, shapes)
        return self.reduced_shape(shapes[0])


def require_equal(gate: str, ports: tuple[str, ...], shapes: tuple[Shape, ...]) -> None:
    """Raise ShapeError where an input has not the shape of the first."""
    for port, shape in zip(ports, shapes, strict=True):
        if shape != shapes[0]:
            raise ShapeError(
                f"{gate}: {ports[0]} has the shape {format_shape(shapes[0])} and {port} "
                f"{format_shape(shape)}; reshape one of them so that they are equal"
            )


def spread(share: Array, axis: int) -> Array:
    """Give `share`, what each row gets, the axis along which the row's numbers stand."""
    return np.expand_dims(share, axis) if share.ndim else share
