"""All families of gates that are compared with PyTorch, by the names of their records."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from tests.engine.gates.torch_families import (
    basic,
    convolution,
    elementwise,
    layers,
    linear_algebra,
    losses,
    normalisation,
    pooling,
    reductions,
    shaping,
)

# Each has FUNCTIONS, PyTorch's function for each gate, and cases(make), an iterator of cases.
FAMILIES: Final[dict[str, ModuleType]] = {
    "basic": basic,
    "convolution": convolution,
    "elementwise": elementwise,
    "layers": layers,
    "linear_algebra": linear_algebra,
    "losses": losses,
    "normalisation": normalisation,
    "pooling": pooling,
    "reductions": reductions,
    "shaping": shaping,
}
