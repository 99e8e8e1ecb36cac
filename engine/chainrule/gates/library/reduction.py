"""Gates that make few numbers of many along one axis, several, or all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, select
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import ONE, log_sum_above_peak, peak
from chainrule.gates.foundations.reducing import Reduction
from chainrule.gates.gate import Pattern
from chainrule.gates.kind import Group
from chainrule.gates.lines import products_of_others


@register
@final
@dataclass(frozen=True)
class Sum(Reduction):
    """f = Σ x."""

    name = "sum"
    group = Group.REDUCTION
    summary = "The sum of an array's numbers along its axes."
    aliases = ("total", "Σ", "Sum")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = r"\sum x"
    derivatives = ("1",)
    rule = "Like add: every number of the input gets the upstream gradient of its sum."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))

    @property
    @override
    def symbol(self) -> str:
        return "Σ"

    @override
    def forward(self, x: Array) -> Array:
        return np.sum(x, axis=self.axis, keepdims=self.keepdims)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.broadcast_to(self.restored(upstream, x), x.shape)[()],)


@register
@final
@dataclass(frozen=True)
class Mean(Reduction):
    """f = Σ x / n; nan where there is nothing to average."""

    name = "mean"
    group = Group.REDUCTION
    summary = "The mean of an array's numbers along its axes."
    aliases = ("average", "Mean")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = r"\frac{1}{n} \sum x"
    derivatives = (r"\frac{1}{n}",)
    rule = "Every number of the input gets an equal share of the upstream gradient."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))

    @property
    @override
    def symbol(self) -> str:
        return "mean"

    @override
    def forward(self, x: Array) -> Array:
        # np.mean warns of an empty array on its own account, past errstate.
        total = np.sum(x, axis=self.axis, keepdims=self.keepdims)
        return total / self._count(x, total)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        share = upstream / self._count(x, output)
        return (np.broadcast_to(self.restored(share, x), x.shape)[()],)

    def _count(self, x: Array, reduced: Array) -> np.float64:
        return np.float64(x.size) / np.float64(reduced.size)


@register
@final
@dataclass(frozen=True)
class LogSumExp(Reduction):
    """f = ln Σ eˣ without overflow; -inf for nothing but -inf, inf where there is an inf.

    The gradient of an infinite number that decides the result is nan, as in PyTorch.
    """

    name = "logsumexp"
    group = Group.REDUCTION
    summary = "The logarithm of the sum of exponentials: a smooth maximum."
    aliases = ("smooth maximum", "log partition", "LSE")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"\log \sum e^{x}"
    derivatives = (r"e^{x - f}",)
    rule = "The gradient is shared out by softmax: most of it goes to the largest numbers."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))

    @property
    @override
    def symbol(self) -> str:
        return "LSE"

    @override
    def forward(self, x: Array) -> Array:
        highest = peak(x, self.axis)
        finite = highest + log_sum_above_peak(x, self.axis)
        result = select(np.isfinite(highest), finite, highest)
        return np.reshape(result, self.infer_shape(x.shape))[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        shares = np.exp(x - self.restored(output, x))
        # The output is rounded, at 1e8 by some 1e-8, so the shares only nearly sum to 1. Beside an
        # infinity there is no sum, and finite numbers keep a share of 0.
        total = np.sum(shares, axis=self.axis, keepdims=True)
        shares = shares / select(np.isfinite(total), total, ONE)
        return (self.restored(upstream, x) * shares,)


@register
@final
@dataclass(frozen=True)
class Prod(Reduction):
    """f = Π x, the product; 1 of nothing.

    The gradient of a number is the product of all others, formed without division, so that it is
    exact beside zeros, too.
    """

    name = "prod"
    group = Group.REDUCTION
    summary = "The product of an array's numbers along its axes."
    aliases = ("product", "Π")
    ports = ("x",)
    pattern = Pattern.SWITCHER
    formula = r"\prod x"
    derivatives = (r"\prod_{j \neq i} x_{j}",)
    rule = "Like mul: every number gets the upstream gradient times the product of all others."
    samples = (((1.5, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),), (2.0,))
    variants = (
        ({"axis": [0, 2]}, ((((1.0, 2.0), (0.0, 3.0)), ((0.5, -1.0), (2.0, 0.0))),)),
        ({"axis": 1, "keepdims": True}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "Π"

    @override
    def forward(self, x: Array) -> Array:
        return np.prod(x, axis=self.axis, keepdims=self.keepdims)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        others = products_of_others(self.lines(x))
        return (self.restored(upstream, x) * self.unlined(others, x),)
