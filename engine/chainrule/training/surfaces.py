"""Pictures of training over two axes: the loss around the weights, and what is predicted where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.errors import TrainingError
from chainrule.training.data import Data
from chainrule.training.feeding import Predictor
from chainrule.training.trainer import Trainer

Report: TypeAlias = Callable[[int, int], None]
"""Hears how many of how many rows of a picture are done; raises to end the work."""

USUAL_STEPS: Final = 41


@final
@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Numbers over a grid: `values[j, i]` at x = `xs[i]` and y = `ys[j]`."""

    xs: Floats
    ys: Floats
    values: Floats


@final
@dataclass(frozen=True, slots=True)
class Extent:
    """The part of a plane that is pictured."""

    left: float
    right: float
    bottom: float
    top: float

    def axes(self, steps: int) -> tuple[Floats, Floats]:
        """Return so many places along each side."""
        return np.linspace(self.left, self.right, steps), np.linspace(self.bottom, self.top, steps)


def landscape(
    trainer: Trainer,
    places: tuple[int, int],
    window: Extent,
    steps: int = USUAL_STEPS,
    report: Report | None = None,
) -> Surface:
    """Return the loss over two of the weights, all others as they are now.

    `places` are those of the two in the vector of all parameters. Costs steps² runs of the loss on
    all training rows.
    """
    first, second = places
    if first == second:
        raise TrainingError("a landscape needs two different weights; choose another one")
    xs, ys = window.axes(steps)
    weights = trainer.weights.copy()
    values = np.empty((steps, steps))
    for row, y in enumerate(ys):
        for column, x in enumerate(xs):
            weights[first], weights[second] = x, y
            values[row, column] = trainer.loss(weights)
        if report is not None:
            report(row + 1, steps)
    return Surface(xs, ys, values)


def window_around(path: Floats, end: Floats, least: float = 0.5) -> Extent:
    """Return a window that holds a path (points, 2) and its end with some room around.

    Both sides have at least the length 2 `least`.
    """
    points = np.vstack((path.reshape(-1, 2), end))
    points = points[np.isfinite(points).all(axis=1)]
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2 * 1.25, least)
    (left, bottom), (right, top) = middle - half, middle + half
    return Extent(float(left), float(right), float(bottom), float(top))


def boundary(
    data: Data,
    predictor: Predictor,
    weights: Floats,
    columns: tuple[str, str],
    window: Extent,
    steps: int = 60,
) -> tuple[Floats, Floats, Floats]:
    """Return the axes of a grid over two columns, and what is predicted there (steps, steps, k).

    Other columns have their mean over the training rows.
    """
    xs, ys = window.axes(steps)
    across, down = np.meshgrid(xs, ys)
    rows = steps * steps
    training = data.table.numbers[data.training.rows]
    # A class is no quantity: the first one stands for those of the label.
    means = {
        name: np.full(rows, 0.0 if name == data.recipe.label else float(training[:, at].mean()))
        for at, name in enumerate(data.table.columns)
    }
    fed = data.feed({**means, columns[0]: across.ravel(), columns[1]: down.ravel()})
    with np.errstate(all="ignore"):
        found = predictor.predict(weights, fed)
    return xs, ys, found.reshape(steps, steps, -1)


def data_window(data: Data, columns: tuple[str, str]) -> Extent:
    """Return a window that holds all rows in two columns, with some room around."""
    points = data.table.take(columns)
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.where(high > low, (high - low) * 0.12, 0.5)
    (left, bottom), (right, top) = low - room, high + room
    return Extent(float(left), float(right), float(bottom), float(top))
