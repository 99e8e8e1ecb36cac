"""What every page of the tensor view shows: the numbers, the slice of them, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.diagram.numbers import format_number
from chainrule_desktop.document.values import typed_value
from chainrule_desktop.panels.tensors.look import Look
from chainrule_desktop.panels.tensors.slicing import Slicing, indexed


@final
@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A tensor with its name, the slice that is shown, and the largest magnitude in all of it.

    Indices are written from `origin`, 0 or 1.
    """

    name: str
    tensor: Array
    slicing: Slicing
    largest: float
    decimals: int
    is_gradient: bool
    look: Look
    origin: int

    @property
    def matrix(self) -> Floats:
        """The numbers of the slice."""
        return self.slicing.matrix(self.tensor)

    def number(self, row: int, column: int) -> str:
        """Write a number of the slice with the decimals that are shown."""
        return format_number(float(self.matrix[row, column]), self.decimals)

    def sentence(self, row: int, column: int) -> str:
        """Write a number of the slice with its place and with every digit."""
        number = np.float64(self.matrix[row, column])
        exact = typed_value(number).replace("-", "−")
        place = indexed(self.name, self.slicing.index(row, column), self.origin)
        return f"{place} = {exact}"
