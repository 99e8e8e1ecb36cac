"""Gates that select one of their inputs or a bound, and route the gradient to an input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, select
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.bounds import refuse_reversed
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.gate import Elementwise, Pattern, Piecewise
from chainrule.gates.kind import NUMBER, Group, parameter


@register
@final
@dataclass(frozen=True)
class Max(Elementwise, Piecewise):
    """f = max(x, y, …), number by number; nan if any input is nan, as in np.maximum.

    At a tie the first input in port order gets the whole gradient, the convention of the file
    format; PyTorch (`maximum` in its derivatives.yaml) and JAX split it among the winners.
    """

    name = "max"
    group = Group.SELECTION
    summary = "The largest of its inputs, number by number."
    aliases = ("maximum", "largest", "CMaxTable")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.ROUTER
    formula = r"\max(x, y)"
    derivatives = (r"\mathbf{1}[x \geq y]", r"\mathbf{1}[y > x]")
    rule = "The whole gradient goes to the input that won; at a tie, to the first of the winners."
    samples = ((2.0, -1.0), (-1.0, 0.5, 0.25), ((1.0, 5.0, 2.0), (3.0, 4.0, -2.0)))
    kernel = kernels.MAX

    @property
    @override
    def symbol(self) -> str:
        return "max"

    @override
    def forward(self, *inputs: Array) -> Array:
        largest = inputs[0]
        for each in inputs[1:]:
            largest = np.maximum(largest, each)
        return largest

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        return _route(upstream, output, inputs)

    @override
    def branch(self, *inputs: Array) -> Array:
        return _winner(self.forward(*inputs), inputs)


@register
@final
@dataclass(frozen=True)
class Min(Elementwise, Piecewise):
    """f = min(x, y, …), number by number; nan if any input is nan, as in np.minimum.

    At a tie the first input in port order gets the whole gradient, as in `max`.
    """

    name = "min"
    group = Group.SELECTION
    summary = "The smallest of its inputs, number by number."
    aliases = ("minimum", "smallest", "CMinTable")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.ROUTER
    formula = r"\min(x, y)"
    derivatives = (r"\mathbf{1}[x \leq y]", r"\mathbf{1}[y < x]")
    rule = "The whole gradient goes to the input that won; at a tie, to the first of the winners."
    samples = ((2.0, -1.0), (1.0, 0.5, 0.75), ((1.0, 5.0, 2.0), (3.0, 4.0, -2.0)))
    kernel = kernels.MIN

    @property
    @override
    def symbol(self) -> str:
        return "min"

    @override
    def forward(self, *inputs: Array) -> Array:
        smallest = inputs[0]
        for each in inputs[1:]:
            smallest = np.minimum(smallest, each)
        return smallest

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        return _route(upstream, output, inputs)

    @override
    def branch(self, *inputs: Array) -> Array:
        return _winner(self.forward(*inputs), inputs)


@register
@final
@dataclass(frozen=True)
class Clip(Elementwise, Piecewise):
    """f = x between `min` and `max`, and the nearer of them beyond.

    At both bounds the gradient passes, as in PyTorch (`clamp`). A nan comes through, and so does
    its gradient, which is 0 in PyTorch.
    """

    min: float = parameter(-1.0, NUMBER, "The lower bound.", required=True)
    max: float = parameter(1.0, NUMBER, "The upper bound.", required=True)

    name = "clip"
    group = Group.SELECTION
    summary = "Its input, held between two bounds."
    aliases = ("clamp", "Clamp", "limit", "saturate")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\min(\max(x, min), max)"
    derivatives = (r"\mathbf{1}[min \leq x \leq max]",)
    rule = "The gradient passes where the input does; a bound has none."
    samples = ((0.5,), (-3.0,), ((0.5, -0.25, 4.0),))
    variants = (({"min": 0.0, "max": 20.0}, ((0.5, -1.0, 24.0),)),)
    kernel = kernels.CLIP

    def __post_init__(self) -> None:
        refuse_reversed(self.name, self.min, self.max)

    @property
    @override
    def symbol(self) -> str:
        return "clip"

    @override
    def forward(self, x: Array) -> Array:
        return np.clip(x, self.min, self.max)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (select((x < self.min) | (x > self.max), ZERO, upstream),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > self.max, ONE, ZERO) - select(x < self.min, ONE, ZERO)


def _route(upstream: Array, output: Array, inputs: tuple[Array, ...]) -> tuple[Array, ...]:
    """Hand the upstream gradient from port to port until a winner takes it.

    A winner is an input that is the output, or a nan that made it nan. The gradient is handed on
    by choice, not by multiplying with 0 and 1: an infinity would become nan at the losers.
    """
    gradients: list[Array] = []
    for each in inputs[:-1]:
        wins = (each == output) | (each != each)
        gradients.append(select(wins, upstream, ZERO))
        upstream = select(wins, ZERO, upstream)
    return (*gradients, upstream)


def _winner(output: Array, inputs: tuple[Array, ...]) -> Array:
    """Return the number of the port that `_route` hands the gradient to."""
    ports = tuple(np.float64(port) for port in range(len(inputs)))
    winner: Array = ports[-1]
    for port, each in zip(ports[-2::-1], inputs[-2::-1], strict=True):
        winner = select((each == output) | (each != each), port, winner)
    return winner
