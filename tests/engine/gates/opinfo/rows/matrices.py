"""Products, norms and other functions of matrices."""

from __future__ import annotations

from tests.engine.gates.opinfo.calls import Row, op, tensors

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
)

WITHOUT: dict[str, str] = {}
