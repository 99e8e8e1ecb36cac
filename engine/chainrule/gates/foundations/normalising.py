"""What gates share that bring each part of their input to mean 0 and variance 1."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, TypeAlias, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import NUMBER, Group, parameter

AxesOf: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Normalising(Gate):
    """f = weight (x - mean) / √(variance + eps) + bias, with mean and variance of x's own parts.

    The variance is the mean of the squares, as libraries have it in the forward pass.
    """

    eps: float = parameter(1e-5, NUMBER, "What is added to the variance, so that it is never 0.")

    group = Group.LAYER
    ports: ClassVar[tuple[str, ...]] = ("x", "weight", "bias")
    optional: ClassVar[int] = 2
    pattern = Pattern.MIXER
    formula: ClassVar[str] = r"weight \cdot z + bias, z = \frac{x - mean}{\sqrt{variance + eps}}"
    derivatives: ClassVar[tuple[str, ...]] = (
        r"\frac{weight}{\sqrt{variance + eps}} \cdot (1 - \frac{1}{n} - \frac{z^{2}}{n})",
        "z",
        "1",
    )
    rule: ClassVar[str] = (
        "A number moves mean and variance of its part too, so the gradient loses its own mean and "
        "what runs along the normalised numbers z; the rest is scaled as the numbers were."
    )
    # Whether the mean is taken off.
    centred: ClassVar[bool] = True

    @abstractmethod
    def folded(self, shape: Shape) -> tuple[Shape, AxesOf]:
        """Return a shape for the input in which each part lies along axes of its own, and these.

        Raises ShapeError if an input of `shape` has no such parts.
        """

    @abstractmethod
    def scaled_axes(self, shape: Shape) -> AxesOf:
        """Return along which axes of the input weight and bias run."""

    @final
    def check_eps(self) -> None:
        """Raise ParameterError for a negative eps, with which there may be no root."""
        if self.eps < 0:
            raise ParameterError(f"{self.name}: eps must be at least 0, not {self.eps}")

    @final
    @override
    def forward(self, x: Array, weight: Array | None = None, bias: Array | None = None) -> Array:
        result = np.reshape(self._normalised(x)[0], x.shape)
        if weight is not None:
            result = result * self._beside(weight, x)
        return result if bias is None else result + self._beside(bias, x)

    @final
    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        x, *scales = inputs
        normalised, deviation, axes = self._normalised(x)
        inner = upstream * self._beside(scales[0], x) if scales else upstream
        inner = np.reshape(inner, normalised.shape)
        rest = inner - normalised * np.mean(inner * normalised, axis=axes, keepdims=True)
        if self.centred:
            rest = rest - np.mean(inner, axis=axes, keepdims=True)
        others = tuple(set(range(x.ndim)).difference(self.scaled_axes(x.shape)))
        plain = np.reshape(normalised, x.shape)
        for_scales = (np.sum(each, axis=others) for each in (upstream * plain, upstream))
        return np.reshape(rest / deviation, x.shape), *list(for_scales)[: len(scales)]

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, *scales = shapes
        folded, axes = self.folded(x)
        if 0 in (folded[axis] for axis in axes):
            raise ShapeError(
                f"{self.name}: x of shape {format_shape(x)} has nothing to take a mean of; "
                "give it at least one number along each axis"
            )
        wanted = tuple(x[axis] for axis in self.scaled_axes(x))
        for port, shape in zip(self.ports[1:], scales, strict=False):
            if shape != wanted:
                raise ShapeError(
                    f"{self.name}: {port} has shape {format_shape(shape)}, but x of shape "
                    f"{format_shape(x)} needs {format_shape(wanted)}; reshape {port}"
                )
        return x

    def _beside(self, scale: Array, x: Array) -> Floats:
        """Return weight or bias with axes of size 1, so that it broadcasts beside `x`."""
        axes = self.scaled_axes(x.shape)
        beside = (size if axis in axes else 1 for axis, size in enumerate(x.shape))
        return np.reshape(scale, tuple(beside))

    def _normalised(self, x: Array) -> tuple[Floats, Floats, AxesOf]:
        """Return the normalised numbers, what they were divided by, and the axes of a part."""
        shape, axes = self.folded(x.shape)
        parts = np.reshape(x, shape)
        if self.centred:
            parts = parts - np.mean(parts, axis=axes, keepdims=True)
        deviation = np.sqrt(np.mean(parts * parts, axis=axes, keepdims=True) + self.eps)
        return parts / deviation, deviation, axes


def check_channels(gate: str, shape: Shape, least: int) -> None:
    """Raise ShapeError for a shape of fewer than `least` axes, of which the second has channels."""
    if len(shape) < least:
        rest = " and at least one more" if least > 2 else ""
        raise ShapeError(
            f"{gate}: shape {format_shape(shape)} does not have the axes batch, channels{rest}; "
            "reshape x"
        )
