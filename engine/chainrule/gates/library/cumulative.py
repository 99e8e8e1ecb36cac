"""Sums and products of what has come so far along one axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import resolve_axis
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import INTEGER, Group, parameter


@register
@final
@dataclass(frozen=True)
class CumSum(Gate):
    """f_i = x_0 + … + x_i along an axis."""

    axis: int = parameter(0, INTEGER, "The axis along which it adds up.")

    name = "cumsum"
    group = Group.REDUCTION
    summary = "The sum of all numbers so far along an axis."
    aliases = ("cumulative sum", "running total", "prefix sum")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"f_{i} = \sum_{j \leq i} x_{j}"
    derivatives = (r"\mathbf{1}[j \leq i]",)
    rule = "A number is in all sums from its own on, so it gets the sum of their gradients."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (({"axis": -1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),)

    @property
    @override
    def symbol(self) -> str:
        return "cumsum"

    @override
    def forward(self, x: Floats) -> Array:
        return np.cumsum(x, axis=self.axis)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        return (np.flip(np.cumsum(np.flip(upstream, self.axis), axis=self.axis), self.axis),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        resolve_axis(self.name, self.axis, shapes[0])
        return shapes[0]


@register
@final
@dataclass(frozen=True)
class CumProd(Gate):
    """f_i = x_0 · … · x_i along an axis.

    The gradient is formed without division, so that it is exact behind a zero, too.
    """

    axis: int = parameter(0, INTEGER, "The axis along which it multiplies.")

    name = "cumprod"
    group = Group.REDUCTION
    summary = "The product of all numbers so far along an axis."
    aliases = ("cumulative product", "running product", "prefix product")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"f_{i} = \prod_{j \leq i} x_{j}"
    derivatives = (r"\mathbf{1}[j \leq i] \prod_{k \leq i, k \neq j} x_{k}",)
    rule = "A number is in all products from its own on, and each scales it by the others in it."
    samples = (((1.5, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0), (2.0, 0.5)),))
    variants = (({"axis": -1}, (((1.0, 0.0, -3.0), (0.5, 1.5, 2.0)),)),)

    @property
    @override
    def symbol(self) -> str:
        return "cumprod"

    @override
    def forward(self, x: Floats) -> Array:
        # NumPy's stub forgets that float64 stays float64.
        products: Any = np.cumprod(x, axis=self.axis)
        return products

    @override
    def backward(self, upstream: Floats, output: Array, x: Floats) -> tuple[Array, ...]:
        factors, gradient = np.moveaxis(x, self.axis, -1), np.moveaxis(upstream, self.axis, -1)
        ones = np.ones((*factors.shape[:-1], 1))
        before = np.concatenate((ones, factors[..., :-1]), axis=-1)[..., : factors.shape[-1]]
        result: Floats = np.cumprod(before, axis=-1) * _carried_back(gradient, factors)
        return (np.moveaxis(result, -1, self.axis),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        resolve_axis(self.name, self.axis, shapes[0])
        return shapes[0]


def _carried_back(gradient: Floats, factors: Floats) -> Array:
    """Return s with s_j = g_j + x_(j+1) s_(j+1) along the last axis.

    Steps of doubled length are composed (Hillis and Steele, 1986): after k rounds each s_j has the
    next 2^k terms, and `scale` the product over as many factors.
    """
    scale = factors[..., 1:]
    reach = 1
    while reach < gradient.shape[-1]:
        near, far = gradient[..., :-reach], gradient[..., reach:]
        gradient = np.concatenate((near + scale * far, gradient[..., -reach:]), axis=-1)
        scale = scale[..., :-reach] * scale[..., reach:]
        reach *= 2
    return gradient
