"""What convolutions and transposed convolutions share: settings, the bias, both passes."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.foundations.images import Sizes, as_images, check_sizes
from chainrule.gates.gate import Gate, InPlace, Pattern
from chainrule.gates.kind import INTEGER, SIZE_OR_SIZES, Group, parameter


@dataclass(frozen=True)
class Convolving(Gate, InPlace):
    """What convolutions and their adjoints have in common: the settings, and the port `bias`.

    The windows slide over the larger of input and output, whichever it is.
    """

    stride: Sizes = parameter(1, SIZE_OR_SIZES, "How far the kernel moves from window to window.")
    padding: Sizes = parameter(0, SIZE_OR_SIZES, "How many zeros are put around the image.")
    dilation: Sizes = parameter(1, SIZE_OR_SIZES, "How far apart the kernel's numbers act.")
    groups: int = parameter(1, INTEGER, "Into how many groups of its own kernels channels fall.")

    axes: ClassVar[int]
    group = Group.CONVOLUTION
    ports = ("x", "weight", "bias")
    optional = 1
    pattern = Pattern.SWITCHER
    can_wait = True

    @abstractmethod
    def produced(self, x: Array, weight: Array, out: Floats | None) -> Floats:
        """Return the output without the bias as images, written to `out` where that is given."""

    @abstractmethod
    def gradient(self, port: int, upstream: Array, x: Array, weight: Array) -> Floats:
        """Return the gradient of `x` or of `weight`, as images."""

    @final
    @override
    def forward(self, x: Array, weight: Array, bias: Array | None = None) -> Array:
        shape = self.infer_shape(x.shape, weight.shape)
        output = np.reshape(self.produced(x, weight, None), shape)
        return output if bias is None else output + self._beside(bias)

    @final
    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        return tuple(self._downstream(port, upstream, inputs) for port in range(len(inputs)))

    @final
    @override
    def forward_into(self, out: Floats, *inputs: Array) -> None:
        self.produced(inputs[0], inputs[1], out)
        if len(inputs) > 2:
            out += self._beside(inputs[2])

    @final
    @override
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Array
    ) -> None:
        out[...] = self._downstream(port, upstream, inputs)

    @final
    def check_settings(self) -> None:
        """Raise ParameterError for settings with which there are no windows or groups."""
        check_sizes(self.name, self.axes, 1, stride=self.stride, dilation=self.dilation)
        check_sizes(self.name, self.axes, 0, padding=self.padding)
        if self.groups < 1:
            raise ParameterError(f"{self.name}: groups must be at least 1, not {self.groups}")

    @final
    def check_weight(self, x: Shape, weight: Shape) -> None:
        """Raise ShapeError if `weight` lacks axes, or numbers."""
        axes = "rows, columns" if self.axes == 2 else "numbers"
        if len(weight) != self.axes + 2 or 0 in weight[2:]:
            raise ShapeError(
                f"{self.name}: {format_shape(x)} by {format_shape(weight)}: weight needs the axes "
                f"{self.channels_of_weight}, {axes}, with at least one number; reshape it"
            )

    @property
    @abstractmethod
    def channels_of_weight(self) -> str:
        """What the first two axes of `weight` are."""

    @final
    def check_bias(self, channels: int, *bias: Shape) -> None:
        """Raise ShapeError for a bias that does not have one number for each output channel."""
        if bias and bias[0] != (channels,):
            raise ShapeError(
                f"{self.name}: bias has shape {format_shape(bias[0])}, but the output has "
                f"{channels} channels; give bias the shape {format_shape((channels,))}"
            )

    @final
    def _beside(self, bias: Array) -> Array:
        return np.reshape(bias, (-1,) + (1,) * self.axes)

    @final
    def _downstream(self, port: int, upstream: Array, inputs: tuple[Array, ...]) -> Array:
        if port == 2:
            axes = as_images(self.name, upstream, self.axes)
            return np.sum(axes, axis=(0, 2, 3))
        gradient = self.gradient(port, upstream, inputs[0], inputs[1])
        return np.reshape(gradient, inputs[port].shape)
