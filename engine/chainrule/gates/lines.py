"""Several axes of an array as one line of numbers, and what is computed along it."""

from __future__ import annotations

import math

import numpy as np

from chainrule.arrays import Array, Floats, Shape


def lines_along(x: Array, axes: tuple[int, ...]) -> Floats:
    """Return `x` with `axes` as one axis, the last; its numbers stay in row-major order."""
    order, kept = _order(axes, x.ndim)
    length = math.prod(x.shape[axis] for axis in axes)
    return np.reshape(np.transpose(x, order), (*(x.shape[axis] for axis in kept), length))


def unlined(lines: Array, axes: tuple[int, ...], shape: Shape) -> Array:
    """Undo `lines_along` of an array of `shape`."""
    order, _ = _order(axes, len(shape))
    moved = np.reshape(lines, tuple(shape[axis] for axis in order))
    back = tuple(order.index(axis) for axis in range(len(shape)))
    return np.transpose(moved, back)[()]


def products_of_others(lines: Floats) -> Array:
    """Return for each number the product of all others along the last axis, without division.

    It is the product of those before it times the product of those behind it.
    """
    ones = np.ones((*lines.shape[:-1], 1))
    before = np.concatenate((ones, lines[..., :-1]), axis=-1)[..., : lines.shape[-1]]
    behind = np.concatenate((lines[..., 1:], ones), axis=-1)[..., : lines.shape[-1]]
    return np.cumprod(before, axis=-1) * np.cumprod(behind[..., ::-1], axis=-1)[..., ::-1]


def _order(axes: tuple[int, ...], dimensions: int) -> tuple[tuple[int, ...], list[int]]:
    """Return all axes with the given ones last, and those that are not given."""
    kept = [axis for axis in range(dimensions) if axis not in axes]
    return (*kept, *sorted(axes)), kept
