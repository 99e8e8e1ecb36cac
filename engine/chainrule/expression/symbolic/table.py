"""What each gate of single numbers is to the algebra, and how some of them are undone.

Every entry takes the algebra's module `sp`, the gate's parameters and its inputs, so that the table
can be read without loading the algebra. A gate that is not here has no symbolic form.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from chainrule.gates.catalogue import get_kind

Expression: TypeAlias = Any
Settings: TypeAlias = dict[str, Any]
Form: TypeAlias = Callable[..., Expression]
Known: TypeAlias = list[Expression | None]
Inverse: TypeAlias = Callable[[Any, Settings, Expression, Known], Expression | None]


def form_of(sp: Any, gate: str, settings: Settings, inputs: list[Expression]) -> Expression:
    """Return a gate applied to expressions, one for each input."""
    full = {info.name: info.default for info in get_kind(gate).parameters()} | settings
    exact = {key: exactly(sp, each) for key, each in full.items()}
    return FORMS[gate](sp, exact, *inputs)


def inverse_of(
    sp: Any, gate: str, settings: Settings, output: Expression, inputs: Known
) -> Expression | None:
    """Return the one input that is None as an expression of the output; None if it has none."""
    undo = INVERSES.get(gate)
    exact = {key: exactly(sp, each) for key, each in settings.items()}
    return None if undo is None else undo(sp, exact, output, inputs)


def exactly(sp: Any, value: Any) -> Any:
    """Return a number as a fraction, as its digits say it; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return sp.Rational(repr(value)) if math.isfinite(value) else sp.nan


def _either(sp: Any, condition: Any, one: Expression, other: Expression) -> Expression:
    return sp.Piecewise((one, condition), (other, True))


def _sum(_: Any, __: Settings, *inputs: Expression) -> Expression:
    return sum(inputs[1:], start=inputs[0])


def _product(_: Any, __: Settings, *inputs: Expression) -> Expression:
    return math.prod(inputs[1:], start=inputs[0])


def _maximum(sp: Any, _: Settings, *inputs: Expression) -> Expression:
    best = inputs[0]
    for x in inputs[1:]:
        best = _either(sp, best >= x, best, x)
    return best


def _minimum(sp: Any, _: Settings, *inputs: Expression) -> Expression:
    best = inputs[0]
    for x in inputs[1:]:
        best = _either(sp, best <= x, best, x)
    return best


def _clip(sp: Any, p: Settings, x: Expression) -> Expression:
    low, high = p["min"], p["max"]
    return sp.Piecewise((x, sp.And(x >= low, x <= high)), (low, x < low), (high, True))


def _logistic(sp: Any, x: Expression) -> Expression:
    return 1 / (1 + sp.exp(-x))


def _normal(sp: Any, x: Expression) -> Expression:
    return (1 + sp.erf(x / sp.sqrt(2))) / 2


def _gelu(sp: Any, p: Settings, x: Expression) -> Expression:
    if p["approximate"] == "none":
        return x * _normal(sp, x)
    inner = sp.sqrt(2 / sp.pi) * (x + sp.Rational("0.044715") * x**3)
    return x * (1 + sp.tanh(inner)) / 2


def _power(_: Any, p: Settings, x: Expression) -> Expression:
    return x ** p["exponent"]


_OF_ONE: Final[dict[str, Callable[[Any, Settings, Expression], Expression]]] = {
    "identity": lambda sp, p, x: x,
    "neg": lambda sp, p, x: -x,
    "reciprocal": lambda sp, p, x: 1 / x,
    "mul_constant": lambda sp, p, x: p["c"] * x,
    "add_constant": lambda sp, p, x: x + p["c"],
    "clip": _clip,
    "exp": lambda sp, p, x: sp.exp(x),
    "log": lambda sp, p, x: sp.log(x),
    "sqrt": lambda sp, p, x: sp.sqrt(x),
    "square": lambda sp, p, x: x**2,
    "power": _power,
    "abs": lambda sp, p, x: sp.Abs(x),
    "exp2": lambda sp, p, x: 2**x,
    "expm1": lambda sp, p, x: sp.exp(x) - 1,
    "log1p": lambda sp, p, x: sp.log(1 + x),
    "log2": lambda sp, p, x: sp.log(x) / sp.log(2),
    "log10": lambda sp, p, x: sp.log(x) / sp.log(10),
    "rsqrt": lambda sp, p, x: 1 / sp.sqrt(x),
    "erf": lambda sp, p, x: sp.erf(x),
    "erfc": lambda sp, p, x: 1 - sp.erf(x),
    "sin": lambda sp, p, x: sp.sin(x),
    "cos": lambda sp, p, x: sp.cos(x),
    "tan": lambda sp, p, x: sp.tan(x),
    "asin": lambda sp, p, x: sp.asin(x),
    "acos": lambda sp, p, x: sp.acos(x),
    "atan": lambda sp, p, x: sp.atan(x),
    "sinh": lambda sp, p, x: sp.sinh(x),
    "cosh": lambda sp, p, x: sp.cosh(x),
    "asinh": lambda sp, p, x: sp.asinh(x),
    "acosh": lambda sp, p, x: sp.acosh(x),
    "atanh": lambda sp, p, x: sp.atanh(x),
    "sigmoid": lambda sp, p, x: _logistic(sp, x),
    "tanh": lambda sp, p, x: sp.tanh(x),
    "relu": lambda sp, p, x: _either(sp, x > 0, x, sp.Integer(0)),
    "softplus": lambda sp, p, x: sp.log(1 + sp.exp(x)),
    "leaky_relu": lambda sp, p, x: _either(sp, x > 0, x, p["negative_slope"] * x),
    "elu": lambda sp, p, x: _either(sp, x > 0, x, p["alpha"] * (sp.exp(x) - 1)),
    "celu": lambda sp, p, x: _either(sp, x > 0, x, p["alpha"] * (sp.exp(x / p["alpha"]) - 1)),
    "hardtanh": _clip,
    "gelu": _gelu,
    "silu": lambda sp, p, x: x * _logistic(sp, x),
    "mish": lambda sp, p, x: x * sp.tanh(sp.log(1 + sp.exp(x))),
    "logsigmoid": lambda sp, p, x: -sp.log(1 + sp.exp(-x)),
    "softsign": lambda sp, p, x: x / (1 + sp.Abs(x)),
    "tanhshrink": lambda sp, p, x: x - sp.tanh(x),
}
_OF_TWO: Final[dict[str, Callable[[Any, Settings, Expression, Expression], Expression]]] = {
    "sub": lambda sp, p, x, y: x - y,
    "div": lambda sp, p, x, y: x / y,
    "logaddexp": lambda sp, p, x, y: sp.log(sp.exp(x) + sp.exp(y)),
    "pow": lambda sp, p, x, y: x**y,
    "hypot": lambda sp, p, x, y: sp.sqrt(x**2 + y**2),
    "prelu": lambda sp, p, x, w: _either(sp, x > 0, x, w * x),
}
FORMS: Final[dict[str, Form]] = {
    **_OF_ONE,
    **_OF_TWO,
    "add": _sum,
    "mul": _product,
    "max": _maximum,
    "min": _minimum,
}


def _unadded(_: Any, __: Settings, y: Expression, inputs: Known) -> Expression:
    known: list[Any] = [each for each in inputs if each is not None]
    return y - sum(known)


def _unmultiplied(_: Any, __: Settings, y: Expression, inputs: Known) -> Expression | None:
    known: list[Any] = [each for each in inputs if each is not None]
    factor: Any = math.prod(known)
    return y / factor if factor != 0 else None


def _unsubtracted(_: Any, __: Settings, y: Expression, inputs: Known) -> Expression:
    first, second = inputs
    return first - y if second is None else y + second


def _undivided(_: Any, __: Settings, y: Expression, inputs: Known) -> Expression | None:
    first, second = inputs
    if first is None:
        return y * second if second is not None else None
    return first / y if first != 0 else None


# Only gates whose output tells their input for sure: a square doesn't say its sign.
INVERSES: Final[dict[str, Inverse]] = {
    "identity": lambda sp, p, y, xs: y,
    "add": _unadded,
    "mul": _unmultiplied,
    "sub": _unsubtracted,
    "div": _undivided,
    "neg": lambda sp, p, y, xs: -y,
    "reciprocal": lambda sp, p, y, xs: 1 / y,
    "mul_constant": lambda sp, p, y, xs: y / p["c"] if p["c"] != 0 else None,
    "add_constant": lambda sp, p, y, xs: y - p["c"],
    "exp": lambda sp, p, y, xs: sp.log(y),
    "log": lambda sp, p, y, xs: sp.exp(y),
    "sqrt": lambda sp, p, y, xs: y**2,
    "rsqrt": lambda sp, p, y, xs: y**-2,
    "expm1": lambda sp, p, y, xs: sp.log(1 + y),
    "log1p": lambda sp, p, y, xs: sp.exp(y) - 1,
    "exp2": lambda sp, p, y, xs: sp.log(y) / sp.log(2),
    "sigmoid": lambda sp, p, y, xs: sp.log(y / (1 - y)),
    "tanh": lambda sp, p, y, xs: sp.atanh(y),
    "softplus": lambda sp, p, y, xs: sp.log(sp.exp(y) - 1),
}
