"""Columns of a table as the numbers that an input of a graph is fed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import final

import numpy as np

from chainrule.arrays import Floats
from chainrule.errors import TrainingError
from chainrule.training.tables import DataTable


@final
class Encoding(StrEnum):
    """How the numbers of a column are fed."""

    NUMBER = "number"
    """As they are; a class is 0, 1, 2 …"""
    SCALED = "scaled"
    """Less their mean, divided by their standard deviation, both of the training rows."""
    SIGNS = "signs"
    """A class of two as −1 and +1, as margins want it."""
    ONE_HOT = "one-hot"
    """A class as a row of zeros with a one at its place."""


@final
@dataclass(frozen=True, slots=True)
class Feeding:
    """The columns that feed an input, side by side, and how."""

    columns: tuple[str, ...]
    encoding: Encoding = Encoding.NUMBER


@final
@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """What turns rows of a table's columns (n, columns) into what is fed (n, width)."""

    encoding: Encoding
    mean: Floats
    spread: Floats
    classes: int

    def encode(self, rows: Floats) -> Floats:
        """Return the numbers to feed for rows of the columns."""
        match self.encoding:
            case Encoding.NUMBER:
                return rows
            case Encoding.SCALED:
                return (rows - self.mean) / self.spread
            case Encoding.SIGNS:
                return 2 * rows - 1
            case Encoding.ONE_HOT:
                return np.eye(self.classes)[rows[:, 0].astype(np.intp)]


def encoder_for(
    table: DataTable, feeding: Feeding, training: Sequence[int] | np.ndarray
) -> Encoder:
    """Return the encoder of columns, measured on the rows that train.

    Raises TrainingError where the columns can't be encoded that way.
    """
    if not feeding.columns:
        raise TrainingError("an input is fed by no column; choose one for it")
    columns = table.take(feeding.columns)
    rows = columns[training]
    spread = rows.std(axis=0)
    classes = 0
    if feeding.encoding in (Encoding.SIGNS, Encoding.ONE_HOT):
        if len(feeding.columns) != 1:
            raise TrainingError(
                f"{feeding.encoding.value} is for one column of classes, and here are "
                f"{len(feeding.columns)}; choose one column"
            )
        classes = count_classes(table, feeding.columns[0])
    if feeding.encoding is Encoding.SIGNS and classes > 2:
        raise TrainingError(
            f"{feeding.columns[0]!r} has {classes} classes, and signs are for two; choose one-hot"
        )
    return Encoder(feeding.encoding, rows.mean(axis=0), np.where(spread > 0, spread, 1.0), classes)


def is_class_column(table: DataTable, name: str) -> bool:
    """Say whether a column holds classes: whole numbers from 0 on, not too many of them."""
    numbers = table.column(name)
    whole = bool((numbers == np.floor(numbers)).all())
    return name in table.classes or (whole and numbers.min() >= 0 and numbers.max() < 20)


def count_classes(table: DataTable, name: str) -> int:
    """Return how many classes a column has; raise TrainingError if it holds none."""
    if name in table.classes:
        return len(table.classes[name])
    if not is_class_column(table, name):
        raise TrainingError(f"{name!r} holds no classes, which count from 0; feed it as a number")
    return int(table.column(name).max()) + 1
