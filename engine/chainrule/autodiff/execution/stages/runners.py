"""How a single gate is computed: into buffers that stay from run to run, where it can be."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, unbroadcast
from chainrule.autodiff.execution.stages.steps import run_backward, run_forward
from chainrule.gates.gate import Gate, InPlace
from chainrule.gates.kernel import Kernel


class Runner(ABC):
    """Computes one gate, always for inputs of the same shapes."""

    @abstractmethod
    def forward(self, inputs: list[Array]) -> Array:
        """Return the output; it stays good until the next call."""

    @abstractmethod
    def backward(
        self, ports: Sequence[int], upstream: Array, output: Array, inputs: list[Array]
    ) -> list[Array]:
        """Return the downstream gradients of `ports`, in the shapes of the inputs."""


@final
class PlainRunner(Runner):
    """Calls the gate, and holds it to what gates promise."""

    def __init__(self, gate: Gate, shape: Shape) -> None:
        self._gate, self._shape = gate, shape

    @override
    def forward(self, inputs: list[Array]) -> Array:
        return run_forward(self._gate, inputs, self._shape)

    @override
    def backward(
        self, ports: Sequence[int], upstream: Array, output: Array, inputs: list[Array]
    ) -> list[Array]:
        gradients = run_backward(self._gate, upstream, output, inputs)
        return [gradients[port] for port in ports]


@final
class InPlaceRunner(Runner):
    """Lets a gate write into buffers: one for its output, one for each gradient."""

    def __init__(self, gate: InPlace, shape: Shape, input_shapes: Sequence[Shape]) -> None:
        self._gate = gate
        self._input_shapes = input_shapes
        self._output: Floats = np.empty(shape)
        self._gradients: dict[int, Floats] = {}

    @override
    def forward(self, inputs: list[Array]) -> Array:
        self._gate.forward_into(self._output, *inputs)
        return self._output

    @override
    def backward(
        self, ports: Sequence[int], upstream: Array, output: Array, inputs: list[Array]
    ) -> list[Array]:
        for port in ports:
            if port not in self._gradients:
                self._gradients[port] = np.empty(self._input_shapes[port])
            self._gate.backward_into(self._gradients[port], port, upstream, output, *inputs)
        return [self._gradients[port] for port in ports]


@final
class KernelRunner(Runner):
    """Runs an elementwise gate by its kernel; inputs broadcast to the shape of the output.

    The gradient of a sum is the upstream one itself: it is shared, not copied.
    """

    def __init__(
        self, kernel: Kernel, parameters: list[float], shape: Shape, input_shapes: Sequence[Shape]
    ) -> None:
        self._kernel, self._parameters = kernel, parameters
        self._input_shapes = input_shapes
        self._output: Floats = np.empty(shape)
        self._gradients: dict[int, Floats] = {}

    @override
    def forward(self, inputs: list[Array]) -> Array:
        self._kernel.apply(*inputs, *self._parameters, self._output)
        return self._output

    @override
    def backward(
        self, ports: Sequence[int], upstream: Array, output: Array, inputs: list[Array]
    ) -> list[Array]:
        slopes = self._kernel.slopes_of(output, *inputs, *map(np.float64, self._parameters))
        return [
            unbroadcast(self._product(port, slopes[port], upstream), self._input_shapes[port])
            for port in ports
        ]

    def _product(self, port: int, slope: Any, upstream: Array) -> Array:
        if isinstance(slope, float) and slope == 1.0:
            return upstream
        if port not in self._gradients:
            self._gradients[port] = np.empty(self._output.shape)
        gradient = self._gradients[port]
        np.multiply(upstream, slope, gradient)
        if self._kernel.routes and not np.isfinite(gradient.sum()):
            # An infinity times a slope of 0 is nan, but what is blocked is to be 0.
            np.copyto(gradient, 0.0, where=np.equal(slope, 0.0))
        return gradient
