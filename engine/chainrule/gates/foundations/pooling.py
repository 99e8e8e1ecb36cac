"""What gates share that make one number of each window of an image."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, final

from chainrule.arrays import Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.foundations.images import (
    Sizes,
    Sliding,
    check_sizes,
    outcome_shape,
    pair,
    shown,
)
from chainrule.gates.foundations.windows import Windows
from chainrule.gates.gate import Gate
from chainrule.gates.kind import SIZE_OR_SIZES, SIZES_OR_NULL, Group, parameter


@dataclass(frozen=True)
class Pooling(Gate):
    """A gate with windows that slide over each channel by itself."""

    kernel_size: Sizes = parameter(2, SIZE_OR_SIZES, "How large the windows are.", required=True)
    stride: Sizes | None = parameter(
        None, SIZES_OR_NULL, "How far apart the windows begin; null sets them side by side."
    )

    axes: ClassVar[int]
    group = Group.CONVOLUTION

    @final
    def check_settings(self) -> None:
        """Raise ParameterError for settings with which there are no windows."""
        sliding = self.sliding()
        check_sizes(self.name, self.axes, 1, kernel_size=sliding.kernel, stride=sliding.stride)
        check_sizes(self.name, self.axes, 1, dilation=sliding.dilation)
        check_sizes(self.name, self.axes, 0, padding=sliding.padding)
        kernel, padding = pair(sliding.kernel, self.axes, 1), pair(sliding.padding, self.axes, 0)
        for size, margin in zip(kernel, padding, strict=True):
            if 2 * margin > size:
                raise ParameterError(
                    f"{self.name}: a padding of {margin} is more than half of a window of {size}; "
                    f"use at most {size // 2}"
                )

    @abstractmethod
    def sliding(self) -> Sliding:
        """Return how the windows slide."""

    @property
    @final
    def steps(self) -> Sizes:
        """How far apart the windows begin."""
        return self.kernel_size if self.stride is None else self.stride

    @final
    def windows(self, shape: Shape) -> Windows:
        """Return the windows over an array of `shape`; raise ShapeError if none fits."""
        return self.sliding().over(self.name, shape, self.axes)

    @final
    def pooled_shape(self, shape: Shape) -> Shape:
        """Return the shape with one number for each window; raise ShapeError if none fits.

        A dilated window may see nothing but padding; there is no number to be had from it.
        """
        windows = self.windows(shape)
        if not windows.populations().all():
            raise ShapeError(
                f"{self.name}: with kernel_size {shown(self.kernel_size)} a window over "
                f"{format_shape(shape)} has nothing but padding; use less padding or dilation"
            )
        return outcome_shape(shape, self.axes, shape[-self.axes - 1], windows)
