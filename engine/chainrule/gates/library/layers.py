"""Layers with weights: linear and bilinear maps, and tables of vectors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.positions import Positions, no_gradient, positions_of
from chainrule.gates.gate import Gate, InPlace, Pattern
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class Linear(Gate, InPlace):
    """f = x Wᵀ + b for each vector along the last axis of x; W is (out, in), b (out) or left out.

    This is PyTorch's layout of the weight; for one of (in, out) use `matmul`. Torch's SparseLinear
    computes the same of vectors with few numbers other than 0, which are plain vectors here.
    """

    name = "linear"
    group = Group.LAYER
    summary = "A fully connected layer: each output is a weighted sum of all inputs, and a bias."
    aliases = ("dense", "fully connected", "affine", "Linear", "SparseLinear")
    ports = ("x", "weight", "bias")
    optional = 1
    pattern = Pattern.SWITCHER
    formula = r"x \, \mathrm{weight}^{T} + \mathrm{bias}"
    derivatives = (r"\mathrm{weight}", "x", "1")
    rule = "The product switches: x gets the weight, the weight gets x; the bias sums up its rows."
    can_wait = True
    samples = (
        ((1.0, -2.0), ((0.5, 1.0), (2.0, 0.25), (-1.0, 3.0))),
        (((1.0, -2.0), (0.5, 1.5)), ((0.5, 1.0), (2.0, 0.25), (-1.0, 3.0)), (0.1, -0.2, 0.3)),
        ((((1.0, -2.0), (0.5, 1.5)),), ((0.5, 1.0), (2.0, 0.25)), (0.1, -0.2)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "linear"

    @override
    def forward(self, x: Array, weight: Array, *bias: Array) -> Array:
        product = np.matmul(x, weight.T)
        return product + bias[0] if bias else product

    @override
    def backward(
        self, upstream: Array, output: Array, x: Array, weight: Array, *bias: Array
    ) -> tuple[Array, ...]:
        rows = _rows(upstream)
        for_weight = np.matmul(rows.T, _rows(x))
        return np.matmul(upstream, weight), for_weight, *(np.sum(rows, axis=0) for _ in bias)

    @override
    def forward_into(self, out: Floats, *inputs: Array) -> None:
        np.matmul(inputs[0], inputs[1].T, out=out)
        for bias in inputs[2:]:
            out += bias

    @override
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Array
    ) -> None:
        if port == 0:
            np.matmul(upstream, inputs[1], out=out)
        elif port == 1:
            np.matmul(_rows(upstream).T, _rows(inputs[0]), out=out)
        else:
            np.sum(_rows(upstream), axis=0, out=out)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, weight = shapes[:2]
        if len(weight) != 2:
            raise ShapeError(
                f"linear: the weight {format_shape(weight)} is no matrix; give it the shape (out, "
                "in)"
            )
        if not x or x[-1] != weight[1]:
            remedy = "transpose it" if x and x[-1] == weight[0] else "change one of them"
            raise ShapeError(
                f"linear: x {format_shape(x)} by weight {format_shape(weight)}: the weight takes "
                f"vectors of {weight[1]} along the last axis; {remedy}"
            )
        _check_bias(self.name, shapes[2:], weight[0])
        return (*x[:-1], weight[0])


@register
@final
@dataclass(frozen=True)
class Bilinear(Gate):
    """f_k = xᵀ W_k y + b_k for each pair of vectors along the last axes; W is (out, in_x, in_y)."""

    name = "bilinear"
    group = Group.LAYER
    summary = "A layer of two inputs: a weighted sum of all products of their numbers, and a bias."
    aliases = ("tensor layer", "quadratic form", "Bilinear")
    ports = ("x", "y", "weight", "bias")
    optional = 1
    pattern = Pattern.SWITCHER
    formula = r"x^{T} \, \mathrm{weight}_{k} \, y + \mathrm{bias}_{k}"
    derivatives = (r"\mathrm{weight}_{k} \, y", r"\mathrm{weight}_{k}^{T} \, x", r"x \, y^{T}", "1")
    rule = "Each factor gets the product of the two others; the bias sums up its rows."
    samples = (
        ((1.0, -2.0), (0.5, 1.0, 2.0), (((1.0, 0.5, -1.0), (2.0, 0.25, 3.0)),)),
        (
            ((1.0, -2.0), (0.5, 1.5)),
            ((0.5, 1.0), (-1.0, 0.25)),
            (((1.0, 0.5), (2.0, 0.25)), ((-1.0, 3.0), (0.75, 1.5)), ((0.2, 0.4), (0.6, -0.8))),
            (0.1, -0.2, 0.3),
        ),
    )

    @property
    @override
    def symbol(self) -> str:
        return "bilinear"

    @override
    def forward(self, x: Array, y: Array, weight: Array, *bias: Array) -> Array:
        halfway = np.einsum("kij,nj->nki", weight, _rows(y))
        product = np.einsum("nki,ni->nk", halfway, _rows(x))
        shaped = np.reshape(product, self.infer_shape(x.shape, y.shape, weight.shape))
        return shaped + bias[0] if bias else shaped

    @override
    def backward(
        self, upstream: Array, output: Array, x: Array, y: Array, weight: Array, *bias: Array
    ) -> tuple[Array, ...]:
        rows, left, right = _rows(upstream), _rows(x), _rows(y)
        weighted = np.einsum("nk,kij->nij", rows, weight)
        for_x = np.reshape(np.einsum("nij,nj->ni", weighted, right), x.shape)
        for_y = np.reshape(np.einsum("nij,ni->nj", weighted, left), y.shape)
        scaled = np.einsum("nk,ni->kin", rows, left)
        for_weight = np.matmul(scaled, right)
        return for_x, for_y, for_weight, *(np.sum(rows, axis=0) for _ in bias)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, y, weight = shapes[:3]
        if len(weight) != 3:
            raise ShapeError(
                f"bilinear: the weight {format_shape(weight)} has not three axes; give it the "
                "shape (out, in_x, in_y)"
            )
        if not x or not y or (x[-1], y[-1]) != weight[1:]:
            raise ShapeError(
                f"bilinear: x {format_shape(x)} and y {format_shape(y)} by weight "
                f"{format_shape(weight)}: it takes vectors of {weight[1]} and {weight[2]} along "
                "the last axes; change one of them"
            )
        if x[:-1] != y[:-1]:
            raise ShapeError(
                f"bilinear: x {format_shape(x)} and y {format_shape(y)} are not as many vectors; "
                "reshape or repeat one of them"
            )
        _check_bias(self.name, shapes[3:], weight[0])
        return (*x[:-1], weight[0])


@register
@final
@dataclass(frozen=True)
class Embedding(Gate, InPlace):
    """f = the rows of `weight` at `positions`, each position in place of which a row stands.

    A position is the nearest whole number and counts from 0; it gets no gradient. A row that is
    read several times sums up the gradients.
    """

    name = "embedding"
    group = Group.LAYER
    summary = "Looks vectors up in a table, for words or other things that are numbered."
    aliases = ("lookup", "word vectors", "LookupTable")
    ports = ("positions", "weight")
    pattern = Pattern.ROUTER
    formula = r"\mathrm{weight}_{\mathrm{positions}}"
    derivatives = ("0", r"\mathrm{onehot}(\mathrm{positions})^{T}")
    rule = "Every gradient goes to the row that was read; rows that nobody read get nothing."
    samples = (
        (1.0, ((0.5, 1.0), (2.0, 0.25), (-1.0, 3.0))),
        (((2.0, 0.0), (2.0, 1.0)), ((0.5, 1.0), (2.0, 0.25), (-1.0, 3.0))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "lookup"

    @override
    def forward(self, positions: Array, weight: Floats) -> Array:
        return weight[self._read(positions, weight)]

    @override
    def backward(
        self, upstream: Array, output: Array, positions: Array, weight: Floats
    ) -> tuple[Array, ...]:
        for_weight = np.zeros_like(upstream, shape=weight.shape)
        np.add.at(for_weight, self._read(positions, weight), upstream)
        return no_gradient(upstream, positions), for_weight

    @override
    def forward_into(self, out: Floats, *inputs: Any) -> None:
        positions, weight = inputs
        np.take(weight, self._read(positions, weight), axis=0, out=out, mode="clip")

    @override
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Any
    ) -> None:
        out[...] = 0.0
        if port == 1:
            np.add.at(out, self._read(*inputs), upstream)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        positions, weight = shapes
        if len(weight) != 2:
            raise ShapeError(
                f"embedding: the weight {format_shape(weight)} is no table; give it the shape "
                "(rows, numbers of a row)"
            )
        return (*positions, weight[1])

    def _read(self, positions: Array, weight: Floats) -> Positions:
        return positions_of(self.name, positions, weight.shape[0], "positions")


def _rows(x: Array) -> Array:
    """Return all vectors along the last axis as the rows of one matrix."""
    return np.reshape(x, (math.prod(x.shape[:-1]), x.shape[x.ndim - 1]))


def _check_bias(gate: str, bias: tuple[Shape, ...], outputs: int) -> None:
    for shape in bias:
        if shape != (outputs,):
            raise ShapeError(
                f"{gate}: the bias {format_shape(shape)} does not fit {outputs} outputs; give it "
                f"the shape ({outputs},)"
            )
