"""Forward mode: what a small change of a gate's inputs does to its output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from chainrule.arrays import Array
from chainrule.gates.dual import Dual
from chainrule.gates.foundations.losses import PointwiseLoss
from chainrule.gates.gate import Elementwise, Gate


def push_forward(
    gate: Gate, inputs: Sequence[Array], output: Array, tangents: Sequence[Array | None]
) -> Array:
    """Return the derivative of `gate` in the direction `tangents`, the Jacobian-vector product.

    There is one tangent for each of `inputs`, of its shape, or None where that input stays as it
    is. The result has the shape of `output`.

    The Jacobian of an elementwise gate is diagonal, so what takes gradients back along it takes
    tangents forward: its `backward` is asked, which is written to keep all digits. So are the
    slopes of a loss of single numbers. Other gates run on dual numbers.
    """
    if isinstance(gate, Elementwise):
        return _along_diagonals(gate, inputs, output, tangents)
    if isinstance(gate, PointwiseLoss):
        return _along_losses(gate, inputs, tangents)
    pushed = gate.forward(*paired(inputs, tangents))
    # A gate that never looks at its inputs' numbers returns plain ones.
    return tangent_of(pushed, output)


def paired(arrays: Sequence[Array], tangents: Sequence[Array | None]) -> list[Any]:
    """Return dual numbers of arrays and their tangents; None stands for zeros."""
    return [
        Dual(each, cast(Array, np.zeros(each.shape)[()]) if tangent is None else tangent)
        for each, tangent in zip(arrays, tangents, strict=True)
    ]


def tangent_of(result: Any, like: Array) -> Array:
    """Return the tangent of what a gate returned, in the shape of `like`; zeros if it has none."""
    if isinstance(result, Dual):
        return result.tangent
    return cast(Array, np.zeros(like.shape)[()])


def _along_losses(
    gate: PointwiseLoss, inputs: Sequence[Array], tangents: Sequence[Array | None]
) -> Array:
    total: Array = np.zeros(inputs[0].shape)[()]
    for slope, tangent in zip(gate.slopes(*inputs), tangents, strict=True):
        if tangent is not None:
            total = total + slope * tangent
    return gate.reduced(total)


def _along_diagonals(
    gate: Gate, inputs: Sequence[Array], output: Array, tangents: Sequence[Array | None]
) -> Array:
    total: Array | None = None
    for port, tangent in enumerate(tangents):
        if tangent is None:
            continue
        upstream = cast(Array, np.broadcast_to(tangent, output.shape)[()])
        part = gate.backward(upstream, output, *inputs)[port]
        total = part if total is None else cast(Array, total + part)
    if total is None:
        return cast(Array, np.zeros(output.shape)[()])
    return cast(Array, np.broadcast_to(total, output.shape)[()])
