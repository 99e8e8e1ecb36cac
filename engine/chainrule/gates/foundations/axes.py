"""Axes as parameters of gates: what they mean for a shape, and what is wrong with them."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from chainrule.arrays import Array, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError

# None stands for all axes; negative axes count from the end.
Axes: TypeAlias = int | tuple[int, ...] | None


def refuse_repeated(gate: str, axes: Axes) -> None:
    """Raise ParameterError when `axes` name an axis twice, which no shape could satisfy."""
    if isinstance(axes, tuple) and len(set(axes)) < len(axes):
        raise ParameterError(f"{gate}: axis {list(axes)} names an axis twice; name each once")


def resolve_axis(gate: str, axis: int, shape: Shape) -> int:
    """Return `axis` counted from the front; raise ShapeError when `shape` does not have it."""
    dimensions = len(shape)
    if not shape:
        raise ShapeError(f"{gate}: a scalar has no axis {axis}; feed an array or remove the axis")
    if not -dimensions <= axis < dimensions:
        raise ShapeError(
            f"{gate}: shape {format_shape(shape)} has no axis {axis}; "
            f"choose one from {-dimensions} to {dimensions - 1}"
        )
    return axis % dimensions


def resolve_axes(gate: str, axes: Axes, shape: Shape) -> tuple[int, ...]:
    """Return `axes` as a tuple counted from the front; raise ShapeError when they don't fit."""
    if axes is None:
        return tuple(range(len(shape)))
    given = axes if isinstance(axes, tuple) else (axes,)
    resolved = tuple(resolve_axis(gate, axis, shape) for axis in given)
    if len(set(resolved)) < len(resolved):
        raise ShapeError(
            f"{gate}: axis {list(given)} names an axis of shape {format_shape(shape)} twice; "
            "name each once"
        )
    return resolved


def reduced_shape(gate: str, axes: Axes, keepdims: bool, shape: Shape) -> Shape:
    """Return what is left of `shape` after a reduction; raise ShapeError when `axes` don't fit."""
    gone = resolve_axes(gate, axes, shape)
    if keepdims:
        return tuple(1 if axis in gone else size for axis, size in enumerate(shape))
    return tuple(size for axis, size in enumerate(shape) if axis not in gone)


def restore_axes(gate: str, axes: Axes, reduced: Array, shape: Shape) -> Array:
    """Give `reduced` its reduced axes back with size 1, so that it broadcasts against `shape`."""
    return np.reshape(reduced, reduced_shape(gate, axes, True, shape))[()]
