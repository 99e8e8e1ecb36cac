"""Numbers and tensors: the one array type, its shapes, and the sum that undoes broadcasting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.errors import ShapeError

# NumPy turns 0-d results into np.float64, so a value is one or the other.
Floats: TypeAlias = npt.NDArray[np.float64]
Array: TypeAlias = Floats | np.float64
ArrayLike: TypeAlias = float | int | Sequence["ArrayLike"] | Array
Shape: TypeAlias = tuple[int, ...]


def as_array(value: ArrayLike) -> Array:
    """Return `value` as float64: an np.float64 for a number, an array of its own otherwise.

    Raises ShapeError for ragged nested sequences and for what is not a number.
    """
    try:
        given = np.asarray(value)
        if not _holds_numbers(given):
            raise TypeError
        array = np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ShapeError(
            "a value must be a number or nested rows of equal length that hold only numbers"
        ) from error
    return array[()] if array.ndim == 0 else array


def _holds_numbers(array: npt.NDArray[Any]) -> bool:
    """Say whether NumPy may be asked for float64: it would read texts and take None for nan."""
    if array.dtype == np.object_:
        return not any(isinstance(each, str | bytes | complex | None) for each in array.flat)
    return array.dtype.kind in "biuf"


def unbroadcast(gradient: Array, shape: Shape) -> Array:
    """Sum `gradient` over the axes along which an input of `shape` was broadcast.

    Broadcasting copies, and the gradient of a value that is used several times is the sum over its
    uses; so copied axes are summed away. Returns an array of `shape`.
    """
    if gradient.shape == shape:
        return gradient
    added = gradient.ndim - len(shape)
    if added < 0:
        return np.broadcast_to(gradient, shape)
    stretched = tuple(
        added + axis
        for axis, size in enumerate(shape)
        if size == 1 and gradient.shape[added + axis] != 1
    )
    summed = np.sum(gradient, axis=(*range(added), *stretched))
    return np.reshape(summed, shape)[()]


def select(condition: npt.NDArray[np.bool_] | np.bool_ | bool, yes: Array, no: Array) -> Array:
    """Return `yes` where `condition` holds and `no` elsewhere.

    Like np.where, but a number stays a number and costs a fifteenth of it. What is not selected
    leaves no trace: an infinity there can't turn into nan, as it would in a product with 0.
    """
    if isinstance(condition, np.ndarray):
        return np.where(condition, yes, no)
    return yes if condition else no


def all_finite(value: Array | None) -> bool:
    """Say whether no number of a value is infinite or nan; of what is unknown, none is."""
    if value is None:
        return True
    if isinstance(value, np.ndarray):
        return bool(np.isfinite(value).all())
    return math.isfinite(value)


def broadcast_shape(gate: str, shapes: Sequence[Shape]) -> Shape:
    """Return the shape that `shapes` broadcast to; raise ShapeError that names the two that don't.

    The rule is NumPy's: aligned at the right, sizes must be equal or 1.
    """
    result: Shape = ()
    for shape in shapes:
        if shape == result:
            continue
        try:
            result = np.broadcast_shapes(result, shape)
        except ValueError:
            raise ShapeError(
                f"{gate}: shapes {format_shape(result)} and {format_shape(shape)} do not "
                "broadcast; aligned at the right, sizes must be equal or 1"
            ) from None
    return result


def format_shape(shape: Shape) -> str:
    """Write a shape as people do: `scalar`, `(3,)`, `(3, 4)`."""
    return str(shape) if shape else "scalar"
