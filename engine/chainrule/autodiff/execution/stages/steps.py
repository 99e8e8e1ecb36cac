"""One step of a pass: runs a gate, and holds it to what gates promise.

The gates that ship keep their promises; one that a program registers may not. Without these checks
a wrong result would surface somewhere else, in a gate that is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array, Shape, as_array, format_shape, unbroadcast
from chainrule.errors import GateError, ShapeError
from chainrule.gates.gate import Elementwise, Gate


def run_forward(gate: Gate, inputs: Sequence[Any], shape: Shape | None) -> Array:
    """Return the gate's output; raise GateError if it is no array of the shape that it inferred.

    Whatever the gate itself raises comes through.
    """
    output = _as_float64(gate.forward(*inputs))
    if output.shape != shape:
        raise GateError(
            f"{gate.name}: forward returned shape {format_shape(output.shape)}, but "
            f"infer_shape says {format_shape(shape or ())}; make them agree"
        )
    return output


def run_backward(
    gate: Gate, upstream: Array, output: Array, inputs: Sequence[Array]
) -> list[Array]:
    """Return the gradient along each input wire, of the input's shape; raise as `run_forward`."""
    gradients = cast("Sequence[Any]", gate.backward(upstream, output, *inputs))
    if not isinstance(gradients, tuple | list) or len(gradients) != len(inputs):
        raise GateError(
            f"{gate.name}: backward must return a tuple with one gradient for each of its "
            f"{len(inputs)} inputs; correct its class"
        )
    arrays = [_as_float64(each) for each in gradients]
    return [
        gradient if gradient.shape == each.shape else _summed_back(gate, gradient, each, output)
        for gradient, each in zip(arrays, inputs, strict=True)
    ]


def _as_float64(value: Any) -> Array:
    if isinstance(value, np.float64):
        return value
    if isinstance(value, np.ndarray):
        array = cast("npt.NDArray[Any]", value)
        return array if array.dtype == np.float64 and array.ndim else as_array(array)
    return as_array(value)


def _summed_back(gate: Gate, gradient: Array, source: Array, output: Array) -> Array:
    try:
        # Sums alone would take any surplus axis, whatever it stands for.
        if isinstance(gate, Elementwise):
            np.broadcast_to(gradient, output.shape)
        return unbroadcast(gradient, source.shape)
    except ValueError:
        raise ShapeError(
            f"{gate.name}: backward returned a gradient of shape "
            f"{format_shape(gradient.shape)} for an input of shape {format_shape(source.shape)}; "
            "make them equal"
        ) from None
