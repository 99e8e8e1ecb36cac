"""Sums, products, elementary functions and choices, as their backward passes compute them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chainrule.autodiff.gradient_graph.terms import (
    Rule,
    Term,
    nothing,
    one,
    pair,
    rule,
    slope,
    with_settings,
)


def _add(up: Term, out: Term, *x: Term) -> tuple[Term, ...]:
    return (up,) * len(x)


def _mul(up: Term, out: Term, *x: Term) -> tuple[Term, ...]:
    return tuple(up.gate("mul", *x[:port], *x[port + 1 :]) for port in range(len(x)))


def _div(up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    return up / y, -(up * (out / y))


def _power(gate: Any, up: Term, out: Term, x: Term) -> Sequence[Term | None]:
    if gate.exponent == 0.0:
        return (None,)
    if gate.exponent == 1.0:
        return (up,)
    return (up * (x ** (gate.exponent - 1.0) * gate.exponent),)


def _pow(up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    # At y = 0 the slope by x is 0, at x = 0 too, where 0⁻¹ would be infinite; and the powers of 0
    # that are 0 have the slope 0 by y, where the logarithm would be.
    zero = up.draft.constant(0.0)
    by_base = zero.chosen_by(y.gate("equal", zero), y * x.gate("pow", y - 1.0))
    is_flat = x.gate("equal", zero) * y.gate("greater_equal", zero)
    return up * by_base, up * zero.chosen_by(is_flat, out * x.gate("log"))


def _hypot(up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    return up * (x / out), up * (y / out)


def _logaddexp(up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    return up * (x - out).gate("exp"), up * (y - out).gate("exp")


def _atan2(up: Term, out: Term, y: Term, x: Term) -> tuple[Term, ...]:
    square = x**2.0 + y**2.0
    return up * (x / square), -(up * (y / square))


def _first_that_wins(up: Term, out: Term, *x: Term) -> tuple[Term, ...]:
    """Hand the gradient from port to port until one takes it that is the output."""
    found: list[Term] = []
    for each in x[:-1]:
        wins = each.gate("equal", out)
        found.append(up.chosen_by(wins))
        up = up.draft.constant(0.0).chosen_by(wins, up)
    return (*found, up)


def _clip(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    low, high = up.draft.constant(gate.min), up.draft.constant(gate.max)
    return (up.chosen_by(x.gate("greater_equal", low) * high.gate("greater_equal", x)),)


def _where(up: Term, out: Term, mask: Term, x: Term, y: Term) -> tuple[Term | None, ...]:
    zero = up.draft.constant(0.0)
    return None, up.chosen_by(mask), zero.chosen_by(mask, up)


def _cosine_of(inside: Term) -> Term:
    """Return √((1 − x)(1 + x))."""
    return ((-inside + 1.0) * (inside + 1.0)).gate("sqrt")


RULES: Final[Mapping[str, Rule]] = {
    "add": rule(_add),
    "mul": rule(_mul),
    "sub": pair(lambda up, out, x, y: (up, -up)),
    "div": rule(_div),
    "neg": one(lambda up, out, x: -up),
    "reciprocal": one(lambda up, out, x: -(up * out**2.0)),
    "mul_constant": with_settings(lambda gate, up, out, x: up.gate("mul_constant", c=gate.c)),
    "add_constant": one(lambda up, out, x: up),
    "identity": one(lambda up, out, x: up),
    "gradient_reversal": with_settings(
        lambda gate, up, out, x: up.gate("mul_constant", c=-gate.scale)
    ),
    "max": rule(_first_that_wins),
    "min": rule(_first_that_wins),
    "clip": _clip,
    "where": rule(_where),
    "greater": nothing(2),
    "greater_equal": nothing(2),
    "equal": nothing(2),
    "sign": nothing(1),
    "exp": slope(lambda out, x: out),
    "log": one(lambda up, out, x: up / x),
    "sqrt": one(lambda up, out, x: up / (out * 2.0)),
    "square": slope(lambda out, x: x * 2.0),
    "power": _power,
    "abs": slope(lambda out, x: x.gate("sign")),
    "exp2": slope(lambda out, x: out * math.log(2.0)),
    "expm1": slope(lambda out, x: x.gate("exp")),
    "log1p": one(lambda up, out, x: up / (x + 1.0)),
    "log2": one(lambda up, out, x: up / (x * math.log(2.0))),
    "log10": one(lambda up, out, x: up / (x * math.log(10.0))),
    "logaddexp": rule(_logaddexp),
    "cbrt": one(lambda up, out, x: up / (out**2.0 * 3.0)),
    "rsqrt": slope(lambda out, x: out**3.0 * -0.5),
    "pow": rule(_pow),
    "hypot": rule(_hypot),
    "erf": slope(lambda out, x: (-(x**2.0)).gate("exp") * (2.0 / math.sqrt(math.pi))),
    "erfc": slope(lambda out, x: (-(x**2.0)).gate("exp") * (-2.0 / math.sqrt(math.pi))),
    "sin": slope(lambda out, x: x.gate("cos")),
    "cos": slope(lambda out, x: -x.gate("sin")),
    "tan": slope(lambda out, x: out**2.0 + 1.0),
    "asin": one(lambda up, out, x: up / _cosine_of(x)),
    "acos": one(lambda up, out, x: -(up / _cosine_of(x))),
    "atan": one(lambda up, out, x: up / (x**2.0 + 1.0)),
    "atan2": rule(_atan2),
    "sinh": slope(lambda out, x: x.gate("cosh")),
    "cosh": slope(lambda out, x: x.gate("sinh")),
    "asinh": one(lambda up, out, x: up / (x**2.0 + 1.0).gate("sqrt")),
    "acosh": one(lambda up, out, x: up / ((x - 1.0) * (x + 1.0)).gate("sqrt")),
    "atanh": one(lambda up, out, x: up / ((-x + 1.0) * (x + 1.0))),
}
