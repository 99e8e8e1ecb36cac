"""Where broadcasting stretches an input, and the sum that undoes it in the backward pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.arrays import Shape, format_shape
from chainrule.diagram.numbers import format_dimensions


@final
@dataclass(frozen=True, slots=True)
class Broadcasting:
    """An input of `shape` that a gate copies to `output_shape`.

    `axes` are the axes of `output_shape` along which it is copied, and over which its gradient is
    summed: those that the input lacks, and those where its size is 1.
    """

    shape: Shape
    output_shape: Shape
    axes: tuple[int, ...]

    @property
    def stretched(self) -> str:
        """What it becomes, as it stands at the port: `→ 4 × 3`."""
        return f"→ {format_dimensions(self.output_shape)}"

    @property
    def summed(self) -> str:
        """The sum that undoes it, as it stands at the port: `Σ axis 0`."""
        return "Σ all" if len(self.axes) == len(self.output_shape) else f"Σ {self._axes}"

    @property
    def sentence(self) -> str:
        """Both in words."""
        return (
            f"{format_shape(self.shape)} is copied to {format_shape(self.output_shape)}; "
            f"on the way back its gradient is the sum over {self._axes}."
        )

    @property
    def _axes(self) -> str:
        if len(self.axes) == len(self.output_shape):
            return "all axes" if len(self.axes) > 1 else "the axis"
        if len(self.axes) == 1:
            return f"axis {self.axes[0]}"
        return f"axes {', '.join(map(str, self.axes))}"


def broadcasting_of(shape: Shape, output_shape: Shape) -> Broadcasting | None:
    """Return how an input of `shape` is copied to `output_shape`; None if it isn't.

    The shapes are aligned at the right, as NumPy does.
    """
    added = len(output_shape) - len(shape)
    stretched = (
        axis
        for axis, size in enumerate(output_shape)
        if axis < added or (shape[axis - added] == 1 and size != 1)
    )
    axes = tuple(stretched)
    return Broadcasting(shape, output_shape, axes) if axes else None
