"""Gates that compare: 1 where something holds and 0 elsewhere, which makes masks for `where`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.foundations.positions import no_gradient
from chainrule.gates.gate import Elementwise, Pattern, Piecewise
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class Greater(Elementwise, Piecewise):
    """f = 1 where x > y, 0 elsewhere and beside a nan. The gradient is 0, at the jump too."""

    name = "greater"
    group = Group.SELECTION
    summary = "1 where the first input is larger than the second, 0 elsewhere."
    aliases = (">", "larger", "gt", "compare", "step", "mask")
    ports = ("x", "y")
    pattern = Pattern.BLOCKER
    formula = r"\mathbf{1}[x > y]"
    derivatives = ("0", "0")
    rule = "The output jumps and is flat on both sides, so nothing flows back."
    samples = ((2.0, -1.0), (-1.0, 0.5), ((1.0, 5.0, 2.0), (3.0, 4.0, -2.0)))
    kernel = kernels.GREATER

    @property
    @override
    def symbol(self) -> str:
        return ">"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return _flags(values_of(x) > values_of(y))

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        return no_gradient(upstream, x), no_gradient(upstream, y)

    @override
    def branch(self, x: Array, y: Array) -> Array:
        return self.forward(x, y)


@register
@final
@dataclass(frozen=True)
class GreaterEqual(Elementwise, Piecewise):
    """f = 1 where x ≥ y, 0 elsewhere and beside a nan. The gradient is 0, at the jump too."""

    name = "greater_equal"
    group = Group.SELECTION
    summary = "1 where the first input is larger than the second or equal to it, 0 elsewhere."
    aliases = (">=", "at least", "ge", "compare", "step", "mask")
    ports = ("x", "y")
    pattern = Pattern.BLOCKER
    formula = r"\mathbf{1}[x \geq y]"
    derivatives = ("0", "0")
    rule = "The output jumps and is flat on both sides, so nothing flows back."
    samples = ((2.0, -1.0), (-1.0, 0.5), ((1.0, 5.0, 2.0), (3.0, 4.0, -2.0)))
    kernel = kernels.GREATER_EQUAL

    @property
    @override
    def symbol(self) -> str:
        return "≥"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return _flags(values_of(x) >= values_of(y))

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        return no_gradient(upstream, x), no_gradient(upstream, y)

    @override
    def branch(self, x: Array, y: Array) -> Array:
        return self.forward(x, y)


@register
@final
@dataclass(frozen=True)
class Equal(Elementwise, Piecewise):
    """f = 1 where x = y to the last bit, 0 elsewhere; nan equals nothing. The gradient is 0."""

    name = "equal"
    group = Group.SELECTION
    summary = "1 where its two inputs are the same number, 0 elsewhere."
    aliases = ("==", "same", "eq", "compare", "mask")
    ports = ("x", "y")
    pattern = Pattern.BLOCKER
    formula = r"\mathbf{1}[x = y]"
    derivatives = ("0", "0")
    rule = "The output is flat wherever it does not jump, so nothing flows back."
    samples = ((2.0, -1.0), ((1.0, 5.0, 2.0), (3.0, 4.0, -2.0)))
    kernel = kernels.EQUAL

    @property
    @override
    def symbol(self) -> str:
        return "="

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return _flags(values_of(x) == values_of(y))

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        return no_gradient(upstream, x), no_gradient(upstream, y)

    @override
    def branch(self, x: Array, y: Array) -> Array:
        return self.forward(x, y)


@register
@final
@dataclass(frozen=True)
class Sign(Elementwise, Piecewise):
    """f = 1 for a positive x, −1 for a negative one, 0 for 0, nan for nan. The gradient is 0."""

    name = "sign"
    group = Group.SELECTION
    summary = "The sign of its input: 1, −1, or 0."
    aliases = ("signum", "sgn")
    ports = ("x",)
    pattern = Pattern.BLOCKER
    formula = r"\mathrm{sign}(x)"
    derivatives = ("0",)
    rule = "The output jumps at 0 and is flat on both sides, so nothing flows back."
    samples = ((2.0,), (-3.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.SIGN

    @property
    @override
    def symbol(self) -> str:
        return "sign"

    @override
    def forward(self, x: Array) -> Array:
        return np.sign(values_of(x))[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (no_gradient(upstream, x),)

    @override
    def branch(self, x: Array) -> Array:
        return self.forward(x)


def _flags(truths: Any) -> Array:
    return np.where(truths, 1.0, 0.0)[()]
