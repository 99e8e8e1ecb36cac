"""The table: for each gate the operators and modules of PyTorch whose samples it is tried on."""

from __future__ import annotations

from typing import Final

from tests.engine.gates.opinfo.calls import Row
from tests.engine.gates.opinfo.rows import (
    convolution,
    elementwise,
    layers,
    losses,
    matrices,
    normalisation,
    pooling,
    reductions,
    shaping,
)

FAMILIES: Final = (
    *(elementwise, reductions, matrices, shaping, losses),
    *(layers, convolution, pooling, normalisation),
)
ROWS: Final[tuple[Row, ...]] = tuple(row for each in FAMILIES for row in each.ROWS)

# Gates for which PyTorch tests nothing that is the same function, and why.
WITHOUT: Final[dict[str, str]] = {
    gate: why for each in FAMILIES for gate, why in each.WITHOUT.items()
}
