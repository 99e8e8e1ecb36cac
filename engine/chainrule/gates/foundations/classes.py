"""Scores of classes along one axis, and which of them a target says is right."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.foundations.positions import Positions, positions_of

Mask: TypeAlias = npt.NDArray[np.bool_]


def class_axis(scores: Shape) -> int:
    """Return the axis of the classes, as in PyTorch: 1, or 0 of a vector."""
    return 1 if len(scores) > 1 else 0


def without_axis(shape: Shape, axis: int) -> Shape:
    """Return `shape` without one of its axes."""
    return (*shape[:axis], *shape[axis + 1 :])


def rows_of(gate: str, scores: Shape, target: Shape) -> Shape:
    """Return the shape of what is classified; raise ShapeError if the target does not fit."""
    rows = without_axis(scores, class_axis(scores))
    if len(rows) == len(scores) or scores[class_axis(scores)] == 0:
        raise ShapeError(
            f"{gate}: the scores {format_shape(scores)} have no classes; feed a vector of scores, "
            "or rows of them"
        )
    if target not in (rows, scores):
        raise ShapeError(
            f"{gate}: scores {format_shape(scores)} and target {format_shape(target)} do not fit; "
            f"give the target the shape {format_shape(rows)}, with class positions, or "
            f"{format_shape(scores)}, with a number for each class"
        )
    return rows


def right_classes(gate: str, scores: Array, target: Array) -> Mask:
    """Say for each score whether its class is the right one.

    A target of the shape of the scores counts by its largest number, any other has positions.
    """
    axis = class_axis(scores.shape)
    classes: int = scores.shape[axis]
    if target.ndim == scores.ndim:
        positions = np.argmax(values_of(target), axis=axis)
    else:
        positions = positions_of(gate, target, classes, "target")
    ranks: Positions = np.arange(classes)
    column = np.reshape(ranks, (classes, *(1,) * (scores.ndim - axis - 1)))
    return np.expand_dims(positions, axis) == column
