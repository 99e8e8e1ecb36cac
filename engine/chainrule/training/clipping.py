"""Gradients cut to a size before a step is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Floats
from chainrule.errors import TrainingError


@final
@dataclass(frozen=True)
class Clipping:
    """The largest numbers that a gradient may have, and the largest norm; None for no limit.

    By value, each number is cut to ±`value`, which turns the gradient's direction. By norm, the
    whole gradient is shortened to ‖g‖ = `norm` and keeps its direction (Pascanu, Mikolov & Bengio
    2013); PyTorch divides by ‖g‖ + 1e-6 instead, and so ends a little below. Values come first.
    """

    value: float | None = None
    norm: float | None = None

    def __post_init__(self) -> None:
        for limit in (self.value, self.norm):
            if limit is not None and not limit > 0:
                raise TrainingError(f"gradients can't be cut to {limit:g}; give a number above 0")

    def clip(self, gradient: Floats) -> Floats:
        """Return the gradient within the limits; as it is where it is within them."""
        if self.value is not None:
            gradient = np.clip(gradient, -self.value, self.value)
        if self.norm is not None:
            size = float(np.linalg.norm(gradient))
            if size > self.norm:
                return gradient * (self.norm / size)
        return gradient


NO_CLIPPING = Clipping()
