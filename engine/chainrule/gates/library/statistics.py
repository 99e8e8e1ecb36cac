"""How far numbers lie apart: variance and standard deviation along axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, select
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.foundations.reducing import Reduction
from chainrule.gates.gate import Pattern
from chainrule.gates.kind import INTEGER, Group, parameter


@dataclass(frozen=True)
class Spread(Reduction):
    """A measure of how far n numbers lie from their mean; nan where n is not above correction."""

    correction: int = parameter(
        1, INTEGER, "What is taken off n: 1 for a sample, as in PyTorch; 0 as in NumPy."
    )

    @final
    def centred(self, x: Array) -> Array:
        """Return the differences from the mean."""
        total = np.sum(x, axis=self.axis, keepdims=True)
        return x - total / (np.float64(x.size) / np.float64(total.size))

    @final
    def divided(self, total: Array, x: Array) -> Array:
        """Return `total`, one number for each output, over n − correction."""
        count = np.float64(x.size) / np.float64(total.size)
        return total / np.maximum(count - self.correction, ZERO)

    @final
    def variance(self, x: Array) -> Array:
        """Return the mean squared difference from the mean."""
        total = np.sum(np.square(self.centred(x)), axis=self.axis, keepdims=self.keepdims)
        return self.divided(total, x)


@register
@final
@dataclass(frozen=True)
class Var(Spread):
    """f = Σ (x − x̄)² / (n − correction), with torch.var's default correction of 1."""

    name = "var"
    group = Group.REDUCTION
    summary = "The variance of an array's numbers along its axes."
    aliases = ("variance", "spread")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\frac{1}{n - c} \sum (x - \bar{x})^{2}"
    derivatives = (r"\frac{2 (x - \bar{x})}{n - c}",)
    rule = "Each number is pushed away from the mean, in proportion to its distance."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (
        ({"axis": [0, 1], "correction": 0}, (((1.0, 2.0, 4.0), (0.5, -1.0, 2.0)),)),
        ({"axis": 1, "keepdims": True}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "var"

    @override
    def forward(self, x: Array) -> Array:
        return self.variance(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        share = self.divided(upstream * 2.0, x)
        return (self.restored(share, x) * self.centred(x),)


@register
@final
@dataclass(frozen=True)
class Std(Spread):
    """f = √(Σ (x − x̄)² / (n − correction)), with torch.std's default correction of 1.

    Where all numbers are equal it has a kink; the gradient is 0 there, as in PyTorch.
    """

    name = "std"
    group = Group.REDUCTION
    summary = "The standard deviation of an array's numbers along its axes."
    aliases = ("standard deviation", "sigma")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\sqrt{\frac{1}{n - c} \sum (x - \bar{x})^{2}}"
    derivatives = (r"\frac{x - \bar{x}}{(n - c) f}",)
    rule = "Each number is pushed away from the mean, in proportion to its share of the spread."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (
        ({"axis": [0, 1], "correction": 0}, (((1.0, 2.0, 4.0), (0.5, -1.0, 2.0)),)),
        ({"axis": 1, "keepdims": True}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "std"

    @override
    def forward(self, x: Array) -> Array:
        variance = self.variance(x)
        flat = variance == 0.0
        # The root of 0 has no slope; it is passed by, so that dual numbers have tangent 0 there.
        return select(flat, ZERO, np.sqrt(select(flat, ONE, variance)))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        flat = output == 0.0
        share = select(flat, ZERO, self.divided(upstream, x) / select(flat, ONE, output))
        return (self.restored(share, x) * self.centred(x),)
