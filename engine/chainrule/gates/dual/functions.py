"""Forward mode of NumPy's functions that move, choose, fill and multiply arrays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from chainrule.gates.dual.number import (
    FUNCTION_RULES,
    Dual,
    Rule,
    has_tangent,
    tangent_in,
    value_in,
)
from chainrule.gates.dual.ufuncs import multilinear

# Linear in the first argument, whatever the others are; they do the same to the tangent.
LINEAR: Final[tuple[Any, ...]] = (
    *(np.reshape, np.ravel, np.squeeze, np.expand_dims, np.atleast_1d, np.atleast_2d),
    *(np.transpose, np.permute_dims, np.matrix_transpose, np.swapaxes, np.moveaxis, np.rollaxis),
    *(np.broadcast_to, np.tile, np.repeat, np.flip, np.fliplr, np.flipud, np.roll, np.rot90),
    *(np.concatenate, np.concat, np.stack, np.vstack, np.hstack, np.dstack, np.column_stack),
    *(np.block, np.append, np.delete, np.resize),
    *(np.split, np.array_split, np.hsplit, np.vsplit, np.unstack),
    *(np.take, np.take_along_axis, np.compress, np.extract, np.diag, np.diagonal, np.diagflat),
    *(np.tril, np.triu, np.trace, np.mean, np.cumsum, np.diff, np.copy, np.real),
    *(sliding_window_view, np.linalg.diagonal, np.linalg.trace, np.trim_zeros, np.nansum),
)
MULTILINEAR: Final[tuple[Any, ...]] = (
    *(np.dot, np.vdot, np.inner, np.outer, np.tensordot, np.kron, np.cross, np.convolve),
    *(np.einsum, np.linalg.outer, np.linalg.cross, np.linalg.matmul, np.linalg.tensordot),
    *(np.linalg.vecdot, np.correlate),
)
# What is chosen by the numbers and not differentiated: places, orders, counts, truths, shapes.
PLAIN: Final[tuple[Any, ...]] = (
    *(np.argmax, np.argmin, np.argsort, np.argpartition, np.argwhere, np.nonzero, np.flatnonzero),
    *(np.lexsort, np.searchsorted, np.digitize, np.count_nonzero, np.unique),
    *(np.any, np.all, np.isclose, np.allclose, np.array_equal, np.isin),
    *(np.shape, np.ndim, np.size, np.sign, np.round, np.around, np.fix, np.isneginf, np.isposinf),
    *(np.iscomplexobj, np.isrealobj, np.may_share_memory, np.shares_memory, np.result_type),
)


def _linear(function: Any) -> Rule:
    def rule(first: Any, *args: Any, **kwargs: Any) -> Any:
        if not has_tangent(first):
            return function(first, *value_in(args), **kwargs)
        value = function(value_in(first), *value_in(args), **kwargs)
        return _paired(value, function(tangent_in(first), *value_in(args), **kwargs))

    return rule


def _paired(value: Any, tangent: Any) -> Any:
    """Return dual numbers; of a list of arrays, such as np.split returns, a list of them."""
    if isinstance(value, list | tuple):
        pairs = zip(cast("Iterable[Any]", value), tangent, strict=True)
        return [Dual(each, its) for each, its in pairs]
    return Dual(value, tangent)


def _plain(function: Any) -> Rule:
    def rule(*args: Any, **kwargs: Any) -> Any:
        return function(*value_in(args), **kwargs)

    return rule


def _filled(function: Any) -> Rule:
    """Return the rule of np.zeros_like and its kin; what is no float64 stays plain."""

    def rule(prototype: Any, *args: Any, dtype: Any = None, **kwargs: Any) -> Any:
        made: Any = function(prototype.value, *value_in(args), dtype=dtype, **kwargs)
        return Dual(made, np.zeros_like(made)) if made.dtype == np.float64 else made

    return rule


def _full_like(prototype: Any, fill_value: Any, dtype: Any = None, **kwargs: Any) -> Any:
    model = value_in(prototype)
    full_like: Any = np.full_like
    made: Any = full_like(model, value_in(fill_value), dtype=dtype, **kwargs)
    if made.dtype != np.float64:
        return made
    return Dual(made, np.full_like(model, tangent_in(fill_value), **kwargs))


def _where(condition: Any, *choices: Any) -> Any:
    truths = value_in(condition)
    if not has_tangent(choices):
        return cast(Any, np.where)(truths, *choices)
    return Dual(
        np.where(truths, *value_in(choices))[()], np.where(truths, *tangent_in(choices))[()]
    )


def _select(conditions: Any, choices: Any, default: Any = 0.0) -> Dual:
    value = np.select(conditions, value_in(choices), value_in(default))
    return Dual(value, np.select(conditions, tangent_in(choices), tangent_in(default)))


def _clip(x: Any, low: Any = None, high: Any = None, **limits: Any) -> Any:
    low, high = limits.get("min", low), limits.get("max", high)
    raised = x if low is None else np.maximum(x, low)
    return raised if high is None else np.minimum(raised, high)


def _pad(x: Any, widths: Any, mode: str = "constant", **kwargs: Any) -> Dual:
    value = np.pad(x.value, widths, cast(Any, mode), **value_in(kwargs))
    if mode == "constant":
        return Dual(value, np.pad(x.tangent, widths))
    return Dual(value, np.pad(x.tangent, widths, cast(Any, mode), **kwargs))


def _copyto(target: Any, source: Any, casting: Any = "same_kind", where: Any = True) -> None:
    np.copyto(target.value, value_in(source), casting, where=where)
    np.copyto(target.tangent, tangent_in(source), casting, where=where)


def _put_along_axis(target: Any, places: Any, items: Any, axis: Any) -> None:
    np.put_along_axis(target.value, value_in(places), value_in(items), axis)
    np.put_along_axis(target.tangent, value_in(places), tangent_in(items), axis)


def _nan_to_num(x: Any, copy: bool = True, **kwargs: Any) -> Dual:
    value = np.nan_to_num(x.value, copy, **kwargs)
    return Dual(value, np.where(np.isfinite(x.value), x.tangent, 0.0)[()])


def _broadcast_arrays(*arrays: Any, **_: Any) -> list[Any]:
    shape = np.broadcast_shapes(*(np.shape(each) for each in arrays))
    return [np.broadcast_to(each, shape) for each in arrays]


def _sinc(x: Any) -> Dual:
    angle = np.pi * x.value
    value = np.sinc(x.value)
    safe = np.where(angle == 0.0, 1.0, x.value)
    return Dual(value, np.where(angle == 0.0, 0.0, (np.cos(angle) - value) / safe)[()] * x.tangent)


FUNCTION_RULES.update(
    {each: _linear(each) for each in LINEAR}
    | {each: multilinear(each) for each in MULTILINEAR}
    | {each: _plain(each) for each in PLAIN}
    | {each: _filled(each) for each in (np.zeros_like, np.ones_like, np.empty_like)}
    | {
        np.full_like: _full_like,
        np.where: _where,
        np.select: _select,
        np.clip: _clip,
        np.pad: _pad,
        np.copyto: _copyto,
        np.put_along_axis: _put_along_axis,
        np.nan_to_num: _nan_to_num,
        np.broadcast_arrays: _broadcast_arrays,
        np.sinc: _sinc,
    }
)
