"""A gate on its own, as a layer: forward keeps what backward needs."""

from __future__ import annotations

from typing import final

import numpy as np

from chainrule.arrays import Array, ArrayLike, as_array, format_shape
from chainrule.autodiff.execution.stages.steps import run_backward, run_forward
from chainrule.computation.calling import check_ports, gate_class
from chainrule.errors import RunError, ShapeError
from chainrule.gates.gate import Gate


@final
class Layer:
    """A gate with `forward(x, y)` and `backward(dz)`.

        multiply = Layer("mul")
        multiply.forward(3.0, -4.0)   # -12.0
        multiply.backward(2.0)        # (-8.0, 6.0)

    `gate` is the name of a gate of the catalogue, whose parameters follow by name
    (`Layer("mul_constant", c=2.0)`), or a gate itself.
    """

    def __init__(self, gate: str | Gate, **settings: object) -> None:
        self.gate = gate_class(gate).create(settings) if isinstance(gate, str) else gate
        self._kept: tuple[Array, tuple[Array, ...]] | None = None

    def forward(self, *inputs: ArrayLike) -> Array:
        """Return the output for `inputs` and keep both; raise PortError or ShapeError."""
        check_ports(self.gate, len(inputs))
        arrays = tuple(as_array(each) for each in inputs)
        shape = self.gate.infer_shape(*[each.shape for each in arrays])
        with np.errstate(all="ignore"):
            output = run_forward(self.gate, arrays, shape)
        self._kept = output, arrays
        return as_array(output)  # a copy: what is kept must stay as it is

    def backward(self, upstream: ArrayLike = 1.0) -> tuple[Array, ...]:
        """Return the downstream gradient for each input of the last `forward`, in its shape.

        Raises RunError before the first `forward`, and ShapeError if `upstream` does not have the
        shape of its output.
        """
        if self._kept is None:
            raise RunError(f"{self.gate.name}: nothing to go back from; call forward first")
        output, inputs = self._kept
        gradient = as_array(upstream)
        if gradient.shape != output.shape:
            raise ShapeError(
                f"{self.gate.name}: the upstream gradient has shape "
                f"{format_shape(gradient.shape)} and the output {format_shape(output.shape)}; "
                "make them equal"
            )
        with np.errstate(all="ignore"):
            return tuple(map(as_array, run_backward(self.gate, gradient, output, inputs)))
