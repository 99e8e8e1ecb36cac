"""Forward mode of NumPy's elementwise functions: slopes times tangents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import numpy as np

from chainrule.gates.dual.number import (
    UFUNC_RULES,
    Dual,
    Rule,
    tangent_in,
    value_in,
)

# The derivative at x, with f = f(x); and those by x and by y, with f = f(x, y).
Slope: TypeAlias = Callable[[Any, Any], Any]
Slopes: TypeAlias = tuple[Callable[[Any, Any, Any], Any], Callable[[Any, Any, Any], Any]]

_LN_2: Final = np.log(2.0)
_LN_10: Final = np.log(10.0)


def _right_of_0(x: Any) -> Any:
    # Smooth functions are computed from |x| and a choice by x < 0, as the sigmoid is; the choices
    # fit together, and the derivative at 0 is right, if all are made as just to the right of it.
    return np.where(x < 0.0, -1.0, 1.0)[()]


UNARY: Final[Mapping[np.ufunc, Slope]] = {
    np.positive: lambda x, f: 1.0,
    np.negative: lambda x, f: -1.0,
    np.absolute: lambda x, f: _right_of_0(x),
    np.fabs: lambda x, f: _right_of_0(x),
    np.conjugate: lambda x, f: 1.0,
    np.square: lambda x, f: 2.0 * x,
    np.sqrt: lambda x, f: 0.5 / f,
    np.cbrt: lambda x, f: 1.0 / (3.0 * f * f),
    np.reciprocal: lambda x, f: -f * f,
    np.exp: lambda x, f: f,
    np.exp2: lambda x, f: f * _LN_2,
    np.expm1: lambda x, f: np.exp(x),
    np.log: lambda x, f: 1.0 / x,
    np.log2: lambda x, f: 1.0 / (x * _LN_2),
    np.log10: lambda x, f: 1.0 / (x * _LN_10),
    np.log1p: lambda x, f: 1.0 / (1.0 + x),
    np.sin: lambda x, f: np.cos(x),
    np.cos: lambda x, f: -np.sin(x),
    np.tan: lambda x, f: 1.0 + f * f,
    np.arcsin: lambda x, f: 1.0 / np.sqrt((1.0 - x) * (1.0 + x)),
    np.arccos: lambda x, f: -1.0 / np.sqrt((1.0 - x) * (1.0 + x)),
    np.arctan: lambda x, f: 1.0 / (1.0 + x * x),
    np.sinh: lambda x, f: np.cosh(x),
    np.cosh: lambda x, f: np.sinh(x),
    np.tanh: lambda x, f: 1.0 / np.square(np.cosh(x)),
    np.arcsinh: lambda x, f: 1.0 / np.hypot(1.0, x),
    np.arccosh: lambda x, f: 1.0 / np.sqrt((x - 1.0) * (x + 1.0)),
    np.arctanh: lambda x, f: 1.0 / ((1.0 - x) * (1.0 + x)),
    np.deg2rad: lambda x, f: np.pi / 180.0,
    np.radians: lambda x, f: np.pi / 180.0,
    np.rad2deg: lambda x, f: 180.0 / np.pi,
    np.degrees: lambda x, f: 180.0 / np.pi,
}


def _by_base(x: Any, p: Any, f: Any) -> Any:
    # At p = 0 the derivative is 0 wherever x is, at 0 too, where the power would be infinite.
    return np.where(p == 0.0, 0.0, p * np.power(x, np.where(p == 0.0, 1.0, p - 1.0)))


BINARY: Final[Mapping[np.ufunc, Slopes]] = {
    np.add: (lambda x, y, f: 1.0, lambda x, y, f: 1.0),
    np.subtract: (lambda x, y, f: 1.0, lambda x, y, f: -1.0),
    np.multiply: (lambda x, y, f: y, lambda x, y, f: x),
    np.divide: (lambda x, y, f: 1.0 / y, lambda x, y, f: -(f / y)),
    np.power: (_by_base, lambda x, p, f: f * np.log(x)),
    np.float_power: (_by_base, lambda x, p, f: f * np.log(x)),
    # At a tie the first takes it, as in the gates max and min.
    np.maximum: (lambda x, y, f: f == x, lambda x, y, f: f != x),
    np.minimum: (lambda x, y, f: f == x, lambda x, y, f: f != x),
    np.fmax: (lambda x, y, f: f == x, lambda x, y, f: f != x),
    np.fmin: (lambda x, y, f: f == x, lambda x, y, f: f != x),
    np.logaddexp: (lambda x, y, f: np.exp(x - f), lambda x, y, f: np.exp(y - f)),
    np.logaddexp2: (lambda x, y, f: np.exp2(x - f), lambda x, y, f: np.exp2(y - f)),
    np.hypot: (lambda x, y, f: x / f, lambda x, y, f: y / f),
    np.arctan2: (lambda y, x, f: x / (x * x + y * y), lambda y, x, f: -y / (x * x + y * y)),
    np.copysign: (lambda x, y, f: np.sign(x) * np.sign(f), lambda x, y, f: 0.0),
    np.heaviside: (lambda x, y, f: 0.0, lambda x, y, f: x == 0.0),
    np.fmod: (lambda x, y, f: 1.0, lambda x, y, f: -np.trunc(x / y)),
    np.remainder: (lambda x, y, f: 1.0, lambda x, y, f: -np.floor(x / y)),
}

# Chosen, not differentiated: truths, signs and whole numbers.
PLAIN: Final[tuple[np.ufunc, ...]] = (
    *(np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal),
    *(np.isfinite, np.isinf, np.isnan, np.signbit, np.sign),
    *(np.logical_and, np.logical_or, np.logical_not, np.logical_xor),
    *(np.floor, np.ceil, np.rint, np.trunc, np.floor_divide, np.spacing),
)


def _unary(function: np.ufunc, slope: Slope) -> Rule:
    def rule(x: Any, **kwargs: Any) -> Dual:
        value = function(x.value, **kwargs)
        return Dual(value, slope(x.value, value) * x.tangent)

    return rule


def _binary(function: np.ufunc, slopes: Slopes) -> Rule:
    def rule(x: Any, y: Any, **kwargs: Any) -> Dual:
        a, b = value_in(x), value_in(y)
        value: Any = function(a, b, **kwargs)
        parts: list[Any] = [
            _scaled(operand.tangent, slope(a, b, value))
            for operand, slope in zip((x, y), slopes, strict=True)
            if isinstance(operand, Dual)
        ]
        tangent: Any = sum(parts[1:], start=parts[0])
        if tangent.shape != value.shape:
            tangent = tangent + np.zeros(value.shape)
        return Dual(value, tangent)

    return rule


def _scaled(tangent: Any, slope: Any) -> Any:
    """Return a tangent times its slope; one that is not chosen leaves no trace, be it infinite."""
    if np.result_type(slope) == np.bool_:
        return np.where(slope, tangent, 0.0)[()]
    return slope * tangent


def _plain(function: Any) -> Rule:
    def rule(*operands: Any, **kwargs: Any) -> Any:
        return function(*value_in(operands), **kwargs)

    return rule


def _outer(function: np.ufunc) -> Rule:
    def rule(x: Any, y: Any, **kwargs: Any) -> Any:
        column = np.reshape(x, (*np.shape(x), *(1,) * np.ndim(y)))
        return function(column, y, **kwargs)

    return rule


def multilinear(function: Any) -> Rule:
    """Return the rule of a function that is linear in each of its operands: the product rule."""

    def rule(*operands: Any, **kwargs: Any) -> Dual:
        values = value_in(operands)
        parts = [
            function(*values[:place], each.tangent, *values[place + 1 :], **kwargs)
            for place, each in enumerate(operands)
            if isinstance(each, Dual)
        ]
        return Dual(function(*values, **kwargs), sum(parts[1:], start=parts[0]))

    return rule


def _add_at(target: Any, places: Any, items: Any) -> None:
    np.add.at(target.value, value_in(places), value_in(items))
    np.add.at(target.tangent, value_in(places), tangent_in(items))


def _subtract_at(target: Any, places: Any, items: Any) -> None:
    np.subtract.at(target.value, value_in(places), value_in(items))
    np.subtract.at(target.tangent, value_in(places), tangent_in(items))


UFUNC_RULES.update(
    {(function, "__call__"): _unary(function, slope) for function, slope in UNARY.items()}
    | {(function, "__call__"): _binary(function, slopes) for function, slopes in BINARY.items()}
    | {(function, "outer"): _outer(function) for function in BINARY}
    | {(function, "__call__"): _plain(function) for function in PLAIN}
    | {
        (function, "__call__"): multilinear(function)
        for function in (np.matmul, np.vecdot, np.matvec, np.vecmat)
    }
    | {(np.add, "at"): _add_at, (np.subtract, "at"): _subtract_at}
)
