"""Layers with weights, and those that drop by chance."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import Call, LeftOut, Row, module, only_default, op


def _given(*ports: Any) -> Call:
    """Read ports of which the last may be None or missing."""
    return Call(tuple(each for each in ports if each is not None))


def _linear(layer: Any, input: Any) -> Call:
    return _given(input, layer.weight, layer.bias)


def _bilinear(layer: Any, x: Any, y: Any) -> Call:
    return _given(x, y, layer.weight, layer.bias)


# The samples have the table first, as the test of PyTorch does, not embedding itself.
def _lookup(weight: Any, positions: Any, padding_idx: int | None = None, **settings: Any) -> Call:
    only_default(**settings)
    if padding_idx is not None and bool((positions == padding_idx % weight.shape[0]).any()):
        raise LeftOut("a row for padding, which gets no gradient")
    return Call((positions, weight))


def _table(layer: Any, positions: Any) -> Call:
    return Call((positions, layer.weight))


def _dropout(x: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Call:
    if training and 0 < p < 1:
        raise LeftOut("by chance: the masks are others")
    return Call((x,), {"p": float(p), "training": training})


ROWS = (
    Row("linear", (op("nn.functional.linear", _given), module("Linear", _linear))),
    Row("bilinear", (op("nn.functional.bilinear", _given), module("Bilinear", _bilinear))),
    Row("embedding", (op("nn.functional.embedding", _lookup), module("Embedding", _table))),
    Row("dropout", (op("nn.functional.dropout", _dropout),)),
    Row("dropout2d", (op("nn.functional.dropout2d", _dropout),)),
)

WITHOUT: dict[str, str] = {}
