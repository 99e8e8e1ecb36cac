"""The error function and its complement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import bell, erf, erfc
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class Erf(Elementwise):
    """f = 2/√π ∫ e^(-t²) dt from 0 to x, from -1 to 1, by the standard library's `math.erf`."""

    name = "erf"
    group = Group.ELEMENTARY
    summary = "The error function: how much of a bell curve lies within ±x."
    aliases = ("error function", "Gauss error function")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\mathrm{erf}(x)"
    derivatives = (r"\frac{2}{\sqrt{\pi}} \cdot e^{-x^{2}}",)
    rule = "The slope of an integral is what is integrated: the bell curve."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, -0.1),))
    kernel = kernels.ERF

    @property
    @override
    def symbol(self) -> str:
        return "erf"

    @override
    def forward(self, x: Array) -> Array:
        return erf(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * bell(x),)


@register
@final
@dataclass(frozen=True)
class Erfc(Elementwise):
    """f = 1 - erf x, from 2 to 0, with all its digits where it is tiny, down to x ≈ 26.5."""

    name = "erfc"
    group = Group.ELEMENTARY
    summary = "The complementary error function: what lies beyond in a bell curve."
    aliases = ("complementary error function",)
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"1 - \mathrm{erf}(x)"
    derivatives = (r"-\frac{2}{\sqrt{\pi}} \cdot e^{-x^{2}}",)
    rule = "The slope is that of the error function with its sign turned."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 3.0),))
    kernel = kernels.ERFC

    @property
    @override
    def symbol(self) -> str:
        return "erfc"

    @override
    def forward(self, x: Array) -> Array:
        return erfc(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * -bell(x),)
