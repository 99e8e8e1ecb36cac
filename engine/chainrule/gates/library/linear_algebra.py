"""Products of vectors and matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, broadcast_shape, format_shape, unbroadcast
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.gate import Gate, InPlace, Pattern
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class MatMul(Gate, InPlace):
    """f = x y, the product of matrices, with the rules of np.matmul and torch.matmul.

    A vector on the left is a row, a vector on the right a column, and two vectors make their inner
    product, a number. More than two axes are stacks of matrices, and stacks broadcast.
    """

    name = "matmul"
    group = Group.MATRICES
    summary = "The product of two matrices, of a matrix and a vector, or of stacks of them."
    aliases = ("@", "dot", "matrix product", "linear", "MM", "MV", "DotProduct")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = r"x \, y"
    derivatives = (r"y^{T}", r"x^{T}")
    rule = "Like mul, each side gets the other, transposed so that the shapes fit."
    can_wait = True
    samples = (
        ((1.0, -2.0, 0.5), (2.0, 0.25, -1.0)),
        (((1.0, 2.0), (3.0, -4.0), (0.0, 0.5)), (-1.0, 2.0)),
        (((1.0, 2.0), (3.0, -4.0)), ((0.5, -1.0, 1.5), (2.0, 0.0, 1.0))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "@"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return np.matmul(x, y)

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        row, column = x.ndim == 1, y.ndim == 1
        wide = np.expand_dims(upstream, (-2,) * row + (-1,) * column)
        left = np.expand_dims(x, 0) if row else x
        right = np.expand_dims(y, 1) if column else y
        for_x = np.matmul(wide, np.swapaxes(right, -1, -2))
        for_y = np.matmul(np.swapaxes(left, -1, -2), wide)
        return for_x[..., 0, :] if row else for_x, for_y[..., 0] if column else for_y

    @override
    def forward_into(self, out: Floats, *inputs: Array) -> None:
        np.matmul(*inputs, out=out)

    @override
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Array
    ) -> None:
        x, y = inputs
        if x.ndim != 2 or y.ndim != 2:
            out[...] = unbroadcast(self.backward(upstream, output, x, y)[port], out.shape)
        elif port == 0:
            np.matmul(upstream, y.T, out=out)
        else:
            np.matmul(x.T, upstream, out=out)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, y = shapes
        if not x or not y:
            raise ShapeError(
                f"matmul: {format_shape(x)} by {format_shape(y)}: a scalar is no matrix; "
                "use mul to scale"
            )
        if x[-1] != y[-2:][0]:
            raise ShapeError(_misfit(x, y))
        stack = broadcast_shape(self.name, (x[:-2], y[:-2]))
        return (*stack, *x[:-1][-1:], *y[1:][-1:])


def _misfit(x: Shape, y: Shape) -> str:
    """Say which sizes differ, and which transposition would make them fit."""
    inner, outer = x[-1], y[-2:][0]
    remedies: list[str] = []
    if x[-2:][0] == outer:
        remedies.append("transpose the first")
    if y[-1] == inner:
        remedies.append("transpose the second")
    remedies.append("reshape the second" if len(remedies) == 1 else "reshape one of them")
    return (
        f"matmul: {format_shape(x)} by {format_shape(y)}: "
        f"the inner sizes {inner} and {outer} differ; {' or '.join(remedies)}"
    )
