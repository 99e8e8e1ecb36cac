"""Products, norms and other functions of matrices."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import Call, LeftOut, Row, op, tensors


def _einsum(parts: Any, subscripts: str) -> Call:
    if "->" in subscripts and "..." in subscripts and "..." not in subscripts.split("->")[1]:
        raise LeftOut("an output without its ..., which NumPy refuses")
    return Call(tuple(parts), {"subscripts": subscripts})


ROWS = (
    Row(
        "matmul",
        (
            op("matmul", tensors),
            op("__rmatmul__", lambda x, y: tensors(y, x)),
            op("mm", tensors),
            op("bmm", tensors),
            op("mv", tensors),
        ),
    ),
    Row("einsum", (op("einsum", _einsum),)),
)

WITHOUT: dict[str, str] = {}
