"""Gates that move numbers and leave them as they are."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import Call, LeftOut, Row, op


def _permute(x: Any, dims: Any) -> Call:
    return Call((x,), {"axes": list(dims)})


def _swap(x: Any, dim0: int, dim1: int) -> Call:
    axes = list(range(x.ndim))
    if axes:
        axes[dim0], axes[dim1] = axes[dim1], axes[dim0]
    return Call((x,), {"axes": axes})


def _reverse(x: Any) -> Call:
    return Call((x,))


def _reshape(x: Any, shape: Any) -> Call:
    return Call((x,), {"shape": list(shape)})


def _cat(parts: Any, dim: int = 0) -> Call:
    if any(tuple(each.shape) == (0,) for each in parts) and any(each.ndim > 1 for each in parts):
        raise LeftOut("an empty vector beside matrices, which PyTorch passes over")
    return Call(tuple(parts), {"axis": dim})


ROWS = (
    Row(
        "transpose",
        (
            op("permute", _permute),
            op("transpose", _swap),
            op("T", _reverse),
            op("t", _reverse),
        ),
    ),
    Row("reshape", (op("reshape", _reshape), op("view", _reshape))),
    Row("concat", (op("cat", _cat),)),
)

WITHOUT: dict[str, str] = {}
