"""Gates that reduce axes or normalise along them."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import Call, Row, as_axes, module, only_default, op, with_axes


def _reduction(x: Any, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Call:
    only_default(dtype=dtype)
    return Call((x,), {"axis": as_axes(x, dim), "keepdims": keepdim})


def _along(x: Any, dim: Any, dtype: Any = None) -> Call:
    only_default(dtype=dtype)
    with_axes(x, dim)
    return Call((x,), {"axis": dim})


def _layer(layer: Any, x: Any) -> Call:
    return _along(x, layer.dim)


ROWS = (
    Row("sum", (op("sum", _reduction),)),
    Row("mean", (op("mean", _reduction),)),
    Row("logsumexp", (op("logsumexp", _reduction),)),
    Row("softmax", (op("softmax", _along), module("Softmax", _layer))),
    Row("log_softmax", (op("log_softmax", _along), module("LogSoftmax", _layer))),
)

WITHOUT: dict[str, str] = {}
