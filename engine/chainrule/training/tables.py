"""Data tables: named columns of numbers, some of which number the classes of words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, final

import numpy as np

from chainrule.arrays import Array, Floats, format_shape
from chainrule.errors import FileError, ShapeError, TrainingError
from chainrule.files.data_files import table_text
from chainrule.files.npy import read_npy
from chainrule.files.tables import cells_of, delimiter_of, number_in

MOST_NUMBERS: Final = 20_000_000
MOST_CLASSES: Final = 100
_MISSING: Final = frozenset(("", "na", "n/a", "nan", "null", "none", "?", "-"))


def _no_classes() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@final
@dataclass(frozen=True, slots=True, eq=False)
class DataTable:
    """Rows of numbers (rows, columns) with a name for each column.

    `classes` has the words of columns that were of words: their numbers count these from 0.
    `says` is what was made of the source, such as rows that were left out.
    """

    columns: tuple[str, ...]
    numbers: Floats
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=_no_classes)
    says: str = ""

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, name: str) -> Floats:
        """Return the numbers of a column; raise TrainingError if there is none of that name."""
        if name not in self.columns:
            have = ", ".join(self.columns[:8])
            raise TrainingError(f"the table has no column {name!r}; it has {have}")
        return self.numbers[:, self.columns.index(name)]

    def take(self, names: Sequence[str]) -> Floats:
        """Return the numbers of some columns (rows, names); raise TrainingError."""
        return np.stack([self.column(each) for each in names], axis=1)


def table_of_array(array: Array, names: Sequence[str] = ()) -> DataTable:
    """Return a table of a matrix, or of a vector as one column; rows must be finite."""
    if array.ndim not in (1, 2) or array.size == 0:
        raise TrainingError(
            f"a table has rows and columns, and this array has shape {format_shape(array.shape)}; "
            "give it two axes"
        )
    numbers = np.asarray(array, np.float64).reshape(len(np.atleast_1d(array)), -1)
    columns = tuple(names) or tuple(f"c{each}" for each in range(1, numbers.shape[1] + 1))
    sound = np.isfinite(numbers).all(axis=1)
    return _checked(columns, numbers[sound], MappingProxyType({}), len(numbers) - int(sound.sum()))


def read_table_file(path: Path) -> DataTable:
    """Return the table in a .npy file or in a table of text; raise FileError or OSError."""
    try:
        if path.suffix.lower() == ".npy":
            return table_of_array(read_npy(path, MOST_NUMBERS))
        return read_table_text(table_text(path))
    except (TrainingError, ShapeError) as error:
        raise FileError(path.name, str(error)) from None


def read_table_text(text: str) -> DataTable:
    """Return the table in a text: fields apart by tabs, semicolons, commas or blanks.

    A first row without numbers above rows with some is the header. A column of words becomes
    numbers, one for each word, in the order of the alphabet. Rows with an empty cell, or one that
    says NA, are left out. Raises TrainingError for ragged rows, for too many different words and
    where no row is left.
    """
    body = text.strip("\r\n").lstrip("\ufeff")
    delimiter = delimiter_of(body)
    rows = [row for row in cells_of(body, delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        raise TrainingError("the table is empty; it needs a row of numbers at least")
    _check_even(rows)
    rows = [[cell.strip().strip('"').strip() for cell in row] for row in rows]
    has_header = len(rows) > 1 and _is_header(rows, delimiter)
    body_rows = rows[1:] if has_header else rows
    kept = [row for row in body_rows if not any(_is_missing(cell) for cell in row)]
    if not kept:
        raise TrainingError("every row of the table has an empty cell; fill in some rows")
    names = _names(rows[0]) if has_header else [f"c{at}" for at in range(1, len(rows[0]) + 1)]
    return _of_cells(names, kept, delimiter, len(body_rows) - len(kept))


def _of_cells(
    names: list[str], rows: list[list[str]], delimiter: str | None, out: int
) -> DataTable:
    columns: list[list[float]] = []
    classes: dict[str, tuple[str, ...]] = {}
    for name, cells in zip(names, zip(*rows, strict=True), strict=True):
        numbers = [number_in(cell, delimiter) for cell in cells]
        if None not in numbers:
            columns.append([each for each in numbers if each is not None])
            continue
        words = sorted(set(cells))
        if len(words) > MOST_CLASSES:
            raise TrainingError(
                f"the column {name!r} has {len(words)} different words such as {words[0]!r}; "
                f"classes may be {MOST_CLASSES}, so leave the column out"
            )
        classes[name] = tuple(words)
        columns.append([float(words.index(cell)) for cell in cells])
    matrix = np.array(columns, np.float64).T
    sound = np.isfinite(matrix).all(axis=1)
    out += len(matrix) - int(sound.sum())
    return _checked(tuple(names), matrix[sound], MappingProxyType(classes), out)


def _checked(
    names: tuple[str, ...], numbers: Floats, classes: Mapping[str, tuple[str, ...]], out: int
) -> DataTable:
    if len(numbers) == 0:
        raise TrainingError("no row of the table has finite numbers only; look for nan in it")
    if len(set(names)) < len(names):
        twice = next(each for each in names if names.count(each) > 1)
        raise TrainingError(f"two columns are called {twice!r}; rename one of them")
    rows = "row was" if out == 1 else "rows were"
    says = f"{out:,} {rows} left out, since a cell is missing" if out else ""
    return DataTable(names, np.ascontiguousarray(numbers), classes, says)


def _check_even(rows: list[list[str]]) -> None:
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise TrainingError(
                f"row {number} of the table has {len(row)} cells where the rows above have "
                f"{len(rows[0])}; make all rows equally long"
            )


def _is_header(rows: list[list[str]], delimiter: str | None) -> bool:
    first = [number_in(cell, delimiter) for cell in rows[0]]
    below = [number_in(cell, delimiter) for row in rows[1:20] for cell in row]
    some = any(each is not None and math.isfinite(each) for each in below)
    return all(each is None for each in first) and some


def _names(cells: list[str]) -> list[str]:
    """Return the names in a header; empty ones get the number of their column."""
    return [cell or f"c{at}" for at, cell in enumerate(cells, 1)]


def _is_missing(cell: str) -> bool:
    return cell.lower() in _MISSING
