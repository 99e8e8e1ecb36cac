"""Gates that reduce axes or normalise along them."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainrule.arrays import Array
from tests.engine.gates.opinfo.calls import (
    Call,
    Kink,
    LeftOut,
    Row,
    Settings,
    as_axes,
    module,
    only_default,
    op,
    with_axes,
)


def _reduction(x: Any, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Call:
    only_default(dtype=dtype)
    return Call((x,), {"axis": as_axes(x, dim), "keepdims": keepdim})


def _spread(
    x: Any,
    dim: Any = None,
    unbiased: bool | None = None,
    *,
    correction: float | None = None,
    keepdim: bool = False,
) -> Call:
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if correction is None:
        correction = 1 if unbiased is None else int(unbiased)
    if correction != int(correction):
        raise LeftOut("a fractional correction")
    return Call((x,), {"axis": as_axes(x, dim), "keepdims": keepdim, "correction": int(correction)})


def _tied(inputs: tuple[Array, ...], settings: Settings) -> Any:
    """Say which outputs have more than one winner, of which a nan is one."""
    (x,) = inputs
    axis = settings["axis"]
    axes = None if axis is None else tuple(np.atleast_1d(axis))
    keepdims = settings["keepdims"]
    several = [
        np.sum((x == most) | np.isnan(x), axis=axes, keepdims=keepdims) > 1
        for most in (np.max(x, axis=axes, keepdims=True), np.min(x, axis=axes, keepdims=True))
    ]
    return several[0] | several[1]


TIES = Kink("at a tie the first gets the whole gradient; PyTorch's amax splits it", _tied)


def _along(x: Any, dim: Any, dtype: Any = None) -> Call:
    only_default(dtype=dtype)
    with_axes(x, dim)
    return Call((x,), {"axis": dim})


def _layer(layer: Any, x: Any) -> Call:
    return _along(x, layer.dim)


ROWS = (
    Row("sum", (op("sum", _reduction),)),
    Row("mean", (op("mean", _reduction),)),
    Row("prod", (op("prod", _reduction),)),
    Row("var", (op("var", _spread), op("var/unbiased", _spread))),
    Row("std", (op("std", _spread), op("std/unbiased", _spread))),
    *(
        Row(
            f"a{name}",
            (
                op(f"a{name}", _reduction),
                op(f"{name}/reduction_no_dim", _reduction),
                op(f"{name}/reduction_with_dim", _reduction),
            ),
            TIES,
        )
        for name in ("max", "min")
    ),
    Row("cumsum", (op("cumsum", _along),)),
    Row("cumprod", (op("cumprod", _along),)),
    Row(
        "logsumexp",
        (op("logsumexp", _reduction),),
        second_absolute=1e-12,
        because="PyTorch's shares are off by the rounding of a large output",
    ),
    Row("softmax", (op("softmax", _along), module("Softmax", _layer))),
    Row("softmin", (op("nn.functional.softmin", _along), module("Softmin", _layer))),
    Row("log_softmax", (op("log_softmax", _along), module("LogSoftmax", _layer))),
)

WITHOUT: dict[str, str] = {}
