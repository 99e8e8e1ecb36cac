"""Forward mode of sums, products, extremes and orders along axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from chainrule.gates.dual.number import FUNCTION_RULES, UFUNC_RULES, Dual, Rule, value_in
from chainrule.gates.lines import lines_along, products_of_others


def _sum(x: Any, axis: Any = None, dtype: Any = None, **others: Any) -> Any:
    unstarted: Any = {name: each for name, each in others.items() if name != "initial"}
    value: Any = np.sum(x.value, axis, dtype, **others)
    return Dual(value, np.sum(x.tangent, axis, dtype, **unstarted))


def _extreme(function: Any, position: Any) -> Callable[..., Dual]:
    """Return the rule of np.max or np.min: the tangent of the first number that attains it."""

    def rule(x: Any, axis: Any = None, keepdims: bool = False, **others: Any) -> Dual:
        value = function(x.value, axis=axis, keepdims=keepdims, **others)
        kept = value if keepdims else function(x.value, axis=axis, keepdims=True, **others)
        lines, tangents = _lines(x.value, axis), _lines(x.tangent, axis)
        if not lines.size:
            return Dual(value, np.zeros_like(value)[()])
        winners = position(lines, axis=-1)[..., None]
        best = np.take_along_axis(lines, winners, -1)[..., 0]
        tangent = np.take_along_axis(tangents, winners, -1)[..., 0]
        # An `initial` that nothing exceeds has no tangent.
        won = (best == np.reshape(kept, best.shape)) | (best != best)
        tangent = np.where(won, tangent, 0.0)
        return Dual(value, np.reshape(tangent, np.shape(value))[()])

    return rule


def _lines(array: Any, axis: Any) -> Any:
    """Return `array` with the reduced axes as one, the last."""
    axes = range(array.ndim) if axis is None else np.atleast_1d(axis).tolist()
    return lines_along(array, tuple(each % array.ndim for each in axes))


def _prod(x: Any, axis: Any = None, keepdims: bool = False, **others: Any) -> Dual:
    """Return the product; the tangent multiplies the others of each number, so 0 does no harm."""
    value = np.prod(x.value, axis=axis, keepdims=keepdims, **others)
    lines, tangents = _lines(x.value, axis), _lines(x.tangent, axis)
    tangent = np.sum(products_of_others(lines) * tangents, -1)
    return Dual(value, np.reshape(tangent, np.shape(value))[()])


def _cumprod(x: Any, axis: Any = None, **_: Any) -> Any:
    """Return the products of what has come so far, number by number along the axis."""
    flat = np.ravel(x) if axis is None else x
    along = 0 if axis is None else axis
    factors: Any = np.moveaxis(flat, along, 0)
    result: Any = np.zeros_like(factors)
    for place in range(factors.shape[0]):
        result[place] = factors[place] * result[place - 1] if place else factors[place]
    return np.moveaxis(result, 0, along)


def _var(x: Any, axis: Any = None, *, ddof: float = 0, keepdims: bool = False, **_: Any) -> Any:
    centred = x - np.mean(x, axis=axis, keepdims=True)
    total = np.sum(centred * centred, axis=axis, keepdims=keepdims)
    return total / (x.size / max(np.size(value_in(total)), 1) - ddof)


def _std(x: Any, axis: Any = None, **others: Any) -> Any:
    return np.sqrt(_var(x, axis, **others))


def _ordered(positions: Any) -> Rule:
    """Return the rule of a sort: the numbers, and their tangents, in the order of the numbers."""

    def rule(x: Any, *args: Any, axis: Any = -1, **others: Any) -> Any:
        flat: Any = np.ravel(x) if axis is None else x
        along = 0 if axis is None else axis
        order = positions(flat.value, *args, axis=along, **others)
        return np.take_along_axis(flat, order, along)

    return rule


def _sort(x: Any, axis: Any = -1, **others: Any) -> Any:
    return _ordered(np.argsort)(x, axis=axis, **others)


def _accumulated(position: Any) -> Rule:
    """Return the rule of a running maximum or minimum: the tangent of whoever leads so far."""

    def rule(x: Any, axis: int = 0, **_: Any) -> Any:
        leaders = position.accumulate(x.value, axis=axis)
        count: int = x.shape[axis]
        sizes = [1] * x.ndim
        sizes[axis] = -1
        places: Any = np.reshape(np.arange(count), sizes)
        leads: Any = np.insert(np.diff(leaders, axis=axis) != 0.0, 0, True, axis)
        began: Any = np.maximum.accumulate(np.where(leads, places, 0), axis=axis)
        return np.take_along_axis(x, began, axis)

    return rule


_max, _min = _extreme(np.max, np.argmax), _extreme(np.min, np.argmin)


def _over_first(rule: Rule) -> Rule:
    """Return `rule` with the default of a ufunc's `reduce`, which is the first axis."""

    def reduce(x: Any, axis: Any = 0, **others: Any) -> Any:
        return rule(x, axis=axis, **others)

    return reduce


FUNCTION_RULES.update(
    {
        np.sum: _sum,
        np.max: _max,
        np.amax: _max,
        np.min: _min,
        np.amin: _min,
        np.prod: _prod,
        np.cumprod: _cumprod,
        np.var: _var,
        np.std: _std,
        np.sort: _sort,
        np.partition: _ordered(np.argpartition),
    }
)
UFUNC_RULES.update(
    {
        (np.add, "reduce"): _over_first(_sum),
        (np.multiply, "reduce"): _over_first(_prod),
        (np.maximum, "reduce"): _over_first(_max),
        (np.minimum, "reduce"): _over_first(_min),
        (np.maximum, "accumulate"): _accumulated(np.maximum),
        (np.minimum, "accumulate"): _accumulated(np.minimum),
        (np.add, "accumulate"): _over_first(np.cumsum),
        (np.multiply, "accumulate"): _over_first(_cumprod),
    }
)
