"""Products of vectors, of matrices, and of stacks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, broadcast_shape, format_shape, unbroadcast
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import resolve_axis
from chainrule.gates.gate import Gate, InPlace, Pattern
from chainrule.gates.kind import INTEGER, Group, parameter


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
    aliases = ("@", "mm", "mv", "bmm", "matrix product", "MM", "MV")
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
    def forward(self, x: Floats, y: Floats) -> Array:
        return np.matmul(x, y)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats, y: Floats) -> tuple[Array, ...]:
        row, column = x.ndim == 1, y.ndim == 1
        wide = np.expand_dims(upstream, (-2,) * row + (-1,) * column)
        left = np.expand_dims(x, 0) if row else x
        right = np.expand_dims(y, 1) if column else y
        for_x = np.matmul(wide, np.swapaxes(right, -1, -2))
        for_y = np.matmul(np.swapaxes(left, -1, -2), wide)
        return for_x[..., 0, :] if row else for_x, for_y[..., 0] if column else for_y

    @override
    def forward_into(self, out: Floats, *inputs: Floats) -> None:
        np.matmul(*inputs, out=out)

    @override
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Floats
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
        try:
            stack = broadcast_shape(self.name, (x[:-2], y[:-2]))
        except ShapeError:
            raise ShapeError(
                f"matmul: {format_shape(x)} by {format_shape(y)}: the stacks "
                f"{format_shape(x[:-2])} and {format_shape(y[:-2])} do not broadcast; reshape one "
                "of them so that the sizes are equal or 1"
            ) from None
        return (*stack, *x[:-1][-1:], *y[1:][-1:])


@register
@final
@dataclass(frozen=True)
class Dot(Gate):
    """f = Σ x_i y_i of two vectors of one size: torch.dot.

    Other arrays are refused, since np.dot means another product by them: `matmul` multiplies
    matrices, `vecdot` row by row.
    """

    name = "dot"
    group = Group.MATRICES
    summary = "The inner product of two vectors: a number."
    aliases = ("inner product", "scalar product")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = r"x \cdot y"
    derivatives = ("y", "x")
    rule = "Like mul, each vector gets the other, scaled by the upstream gradient."
    samples = (((1.0, -2.0, 0.5), (2.0, 0.25, -1.0)),)

    @property
    @override
    def symbol(self) -> str:
        return "x·y"

    @override
    def forward(self, x: Floats, y: Floats) -> Array:
        return np.matmul(x, y)

    @override
    def backward(self, upstream: Floats, output: Floats, x: Floats, y: Floats) -> tuple[Array, ...]:
        return upstream * y, upstream * x

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, y = shapes
        _refuse_all_but_vectors(self.name, x, y, "use matmul for matrices, vecdot row by row")
        if x != y:
            raise ShapeError(
                f"dot: {format_shape(x)} by {format_shape(y)}: the sizes {x[0]} and {y[0]} differ; "
                "slice the longer or pad the shorter vector"
            )
        return ()


@register
@final
@dataclass(frozen=True)
class VecDot(Gate):
    """f = Σ x_i y_i along an axis of what x and y broadcast to: torch.linalg.vecdot.

    The default axis is the last, so that rows of a batch are multiplied with rows.
    """

    axis: int = parameter(-1, INTEGER, "The axis that makes a vector.")

    name = "vecdot"
    group = Group.MATRICES
    summary = "The inner product of the rows of two arrays, one by one."
    aliases = ("row dot", "batch dot", "DotProduct")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = r"\sum_{i} x_{i} y_{i}"
    derivatives = ("y", "x")
    rule = "Like mul, each row gets the other, scaled by the upstream gradient of their product."
    samples = (
        ((1.0, -2.0, 0.5), (2.0, 0.25, -1.0)),
        (((3.0, 1.0), (0.25, -1.0)), ((1.0, 2.0), (0.5, 1.5))),
    )
    variants = (({"axis": 0}, (((3.0, 1.0), (0.25, -1.0)), (1.5, 0.5))),)

    @property
    @override
    def symbol(self) -> str:
        return "Σ·"

    @override
    def forward(self, x: Floats, y: Floats) -> Array:
        return np.sum(x * y, axis=self.axis)

    @override
    def backward(self, upstream: Floats, output: Floats, x: Floats, y: Floats) -> tuple[Array, ...]:
        wide = np.expand_dims(upstream, self.axis)
        left, right = _stretched(self.name, x, y)
        return wide * right, wide * left

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        shape = broadcast_shape(self.name, shapes)
        axis = resolve_axis(self.name, self.axis, shape)
        return (*shape[:axis], *shape[axis + 1 :])


@register
@final
@dataclass(frozen=True)
class Outer(Gate):
    """f_ij = x_i y_j of two vectors: torch.outer."""

    name = "outer"
    group = Group.MATRICES
    summary = "The table of all products of two vectors' numbers."
    aliases = ("outer product", "tensor product", "ger")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = r"x \, y^{T}"
    derivatives = (r"(\cdot) \, y", r"(\cdot)^{T} x")
    rule = "Like mul, each vector gets the other, as the table's rows or columns ask for it."
    samples = (((1.0, -2.0, 0.5), (2.0, 0.25)),)

    @property
    @override
    def symbol(self) -> str:
        return "xyᵀ"

    @override
    def forward(self, x: Floats, y: Floats) -> Array:
        return np.expand_dims(x, 1) * y

    @override
    def backward(self, upstream: Floats, output: Floats, x: Floats, y: Floats) -> tuple[Array, ...]:
        return np.matmul(upstream, y), np.matmul(x, upstream)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, y = shapes
        _refuse_all_but_vectors(self.name, x, y, "flatten them, or use einsum")
        return (*x, *y)


@register
@final
@dataclass(frozen=True)
class Cross(Gate):
    """f = x × y of vectors of three numbers, along an axis of what x and y broadcast to."""

    axis: int = parameter(-1, INTEGER, "The axis that has the three numbers.")

    name = "cross"
    group = Group.MATRICES
    summary = "The vector at right angles to two vectors in space."
    aliases = ("cross product", "vector product")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = r"x \times y"
    derivatives = (r"y \times (\cdot)", r"(\cdot) \times x")
    rule = "The gradient is again such a product: of the other vector and the upstream gradient."
    samples = (
        ((1.0, -2.0, 0.5), (2.0, 0.25, -1.0)),
        (((1.0, -2.0, 0.5), (3.0, 1.0, -1.0)), (2.0, 0.25, -1.0)),
    )
    variants = (
        (
            {"axis": 0},
            (((1.0, 2.0), (-2.0, 1.0), (0.5, -1.5)), ((2.0,), (0.25,), (-1.0,))),
        ),
    )

    @property
    @override
    def symbol(self) -> str:
        return "x×y"

    @override
    def forward(self, x: Floats, y: Floats) -> Array:
        return np.cross(*_stretched(self.name, x, y), axis=self.axis)

    @override
    def backward(self, upstream: Floats, output: Floats, x: Floats, y: Floats) -> tuple[Array, ...]:
        left, right = _stretched(self.name, x, y)
        return np.cross(right, upstream, axis=self.axis), np.cross(upstream, left, axis=self.axis)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        shape = broadcast_shape(self.name, shapes)
        axis = resolve_axis(self.name, self.axis, shape)
        if shape[axis] != 3:
            raise ShapeError(
                f"cross: {format_shape(shapes[0])} by {format_shape(shapes[1])}: axis {axis} has "
                f"{shape[axis]} numbers, not 3; choose another axis"
            )
        return shape


def _stretched(gate: str, x: Floats, y: Floats) -> tuple[Array, Array]:
    """Return both in the shape that they broadcast to."""
    shape = broadcast_shape(gate, (x.shape, y.shape))
    return np.broadcast_to(x, shape), np.broadcast_to(y, shape)


def _refuse_all_but_vectors(gate: str, x: Shape, y: Shape, remedy: str) -> None:
    if len(x) != 1 or len(y) != 1:
        raise ShapeError(
            f"{gate}: {format_shape(x)} by {format_shape(y)}: both must be vectors; {remedy}"
        )


def _misfit(x: Shape, y: Shape) -> str:
    """Say which sizes differ, and which transposition would make them fit."""
    inner, outer = x[-1], y[-2:][0]
    turned = [
        *(["the first"] if x[-2:][0] == outer else []),
        *(["the second"] if y[-1] == inner else []),
    ]
    transpose = f"transpose {' or '.join(turned)} or " if turned else ""
    remedy = f"{transpose}reshape {'the second' if len(turned) == 1 else 'one of them'}"
    return (
        f"matmul: {format_shape(x)} by {format_shape(y)}: "
        f"the inner sizes {inner} and {outer} differ; {remedy}"
    )
