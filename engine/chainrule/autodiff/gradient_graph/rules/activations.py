"""The non-linearities of neural networks, as their backward passes compute them.

1 − σ(x) is computed as σ(−x) and 1 − tanh² x as 1 / cosh² x, which keep their digits where the
function saturates, as the gates themselves do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from chainrule.autodiff.gradient_graph.composing import composed
from chainrule.autodiff.gradient_graph.terms import Rule, Term, one, rule, slope, with_settings
from chainrule.gates.foundations.bends import SELU_ALPHA, SELU_SCALE


def _softmax(sign: float) -> Rule:
    def softmax(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
        average = (up * out).gate("sum", axis=gate.axis, keepdims=True)
        return (out * (up - average if sign > 0.0 else average - up),)

    return softmax


def _log_softmax(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (up - out.gate("exp") * up.gate("sum", axis=gate.axis, keepdims=True),)


def _between(low: float, high: float) -> Rule:
    return one(lambda up, out, x: up.chosen_by(x.is_above(low) * x.is_below(high)))


def _hardtanh(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (up.chosen_by(x.is_above(gate.min) * x.is_below(gate.max)),)


def _outside(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (up.chosen_by(x.is_above(gate.lambd) + x.is_below(-gate.lambd)),)


def _prelu(up: Term, out: Term, x: Term, weight: Term) -> tuple[Term, ...]:
    zero, positive = up.draft.constant(0.0), x.is_above(0.0)
    one = up.draft.constant(1.0)
    return up * one.chosen_by(positive, weight), up * zero.chosen_by(positive, x)


def _exponential(x: Term, alpha: float, scale: float = 1.0) -> Term:
    """Return 1 where x is positive and α eˣ elsewhere, times `scale`."""
    # The exponential of what is not chosen would overflow.
    below = x.gate("min", x.draft.constant(0.0)).gate("exp") * alpha
    return x.draft.constant(1.0).chosen_by(x.is_above(0.0), below) * scale


def _celu_slope(x: Term, alpha: float) -> Term:
    below = (x.gate("min", x.draft.constant(0.0)) * (1.0 / alpha)).gate("exp")
    return x.draft.constant(1.0).chosen_by(x.is_above(0.0), below)


def _gelu(gate: Any, x: Term) -> Term:
    """Return x Φ(x), or the approximation of it by tanh."""
    if gate.approximate == "tanh":
        inner = (x + x**3.0 * 0.044715) * math.sqrt(2.0 / math.pi)
        return x * (inner.gate("tanh") + 1.0) * 0.5
    return x * (x * -math.sqrt(0.5)).gate("erfc") * 0.5


def _rrelu(gate: Any, up: Term, out: Term, x: Term) -> Term:
    # At −1 the gate shows the slopes that it has drawn.
    drawn = -gate.forward(np.full(x.shape, -1.0)[()])
    return up.chosen_by(x.is_above(0.0), up * up.draft.constant(drawn))


def _silu_slope(out: Term, x: Term) -> Term:
    """Return σ(x) (1 + x σ(−x))."""
    return x.gate("sigmoid") * (x * (-x).gate("sigmoid") + 1.0)


def _mish_slope(out: Term, x: Term) -> Term:
    """Return t + x (1 − t²) σ(x), where t is tanh of the softplus."""
    soft = x.gate("softplus")
    return soft.gate("tanh") + x * soft.gate("cosh") ** -2.0 * x.gate("sigmoid")


def _hardswish_slope(out: Term, x: Term) -> Term:
    """Return x/3 + ½ between −3 and 3, 0 up to there and 1 from there."""
    inside = x * (1.0 / 3.0) + 0.5
    right = inside.chosen_by(x.is_below(3.0), x.draft.constant(1.0))
    return right.chosen_by(x.is_above(-3.0))


RULES: Final[Mapping[str, Rule]] = {
    "sigmoid": slope(lambda out, x: out * (-x).gate("sigmoid")),
    "tanh": slope(lambda out, x: x.gate("cosh").gate("reciprocal") ** 2.0),
    "relu": one(lambda up, out, x: up.chosen_by(x.is_above(0.0))),
    "softplus": slope(lambda out, x: x.gate("sigmoid")),
    "softmax": _softmax(1.0),
    "softmin": _softmax(-1.0),
    "log_softmax": _log_softmax,
    "relu6": _between(0.0, 6.0),
    "leaky_relu": with_settings(
        lambda gate, up, out, x: up.chosen_by(
            x.is_above(0.0), up.gate("mul_constant", c=gate.negative_slope)
        )
    ),
    "prelu": rule(_prelu),
    "elu": with_settings(lambda gate, up, out, x: up * _exponential(x, gate.alpha)),
    "selu": slope(lambda out, x: _exponential(x, SELU_ALPHA, SELU_SCALE)),
    "celu": with_settings(lambda gate, up, out, x: up * _celu_slope(x, gate.alpha)),
    "silu": slope(_silu_slope),
    "mish": slope(_mish_slope),
    "logsigmoid": slope(lambda out, x: (-x).gate("sigmoid")),
    "softsign": slope(lambda out, x: (x.gate("abs") + 1.0).gate("reciprocal") ** 2.0),
    "tanhshrink": slope(lambda out, x: x.gate("tanh") ** 2.0),
    "hardtanh": _hardtanh,
    "hardsigmoid": one(
        lambda up, out, x: (up * (1.0 / 6.0)).chosen_by(x.is_above(-3.0) * x.is_below(3.0))
    ),
    "hardswish": slope(_hardswish_slope),
    "hardshrink": _outside,
    "softshrink": _outside,
    "gelu": composed(_gelu),
    "rrelu": with_settings(_rrelu),
    "threshold": with_settings(lambda gate, up, out, x: up.chosen_by(x.is_above(gate.threshold))),
}
