"""Tables as spreadsheets copy and write them: rows of cells that become numbers."""

from __future__ import annotations

import csv
import io
import re
import warnings
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.errors import ShapeError

LONGEST_TABLE = 200_000_000

_NUMBER: Final = re.compile(
    r"[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf|infinity|nan)", re.IGNORECASE
)
_MOST_SAMPLED = 20


@final
@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a table; one row or one column is a vector, a single cell a number."""

    value: Array
    has_header: bool


def looks_like_table(text: str) -> bool:
    """Say whether a text is a table rather than a formula: fields apart, and mostly numbers.

    It need not be sound: what is ragged or has a word in it is told of by `read_table`.
    """
    lines = text.strip("\r\n").splitlines()[:_MOST_SAMPLED]
    delimiter = delimiter_of(text)
    if not lines or (delimiter is None and len(lines) < 2):
        return False
    rows = [line.split(delimiter) for line in lines]
    cells = [each for row in (rows[1:] or rows) for each in row]
    numbers = sum(number_in(each, delimiter) is not None for each in cells)
    return 2 * numbers > len(cells)


def read_table(text: str) -> Table:
    """Return the tensor that a table holds.

    Fields are apart by tabs, semicolons, commas or blanks, whichever of these comes first in this
    order; a comma is a decimal one where it is not what parts the fields. A first row without any
    number is a header. Raises ShapeError for ragged rows and for cells that are no numbers.
    """
    if len(text) > LONGEST_TABLE:
        raise ShapeError(f"the table has more than {LONGEST_TABLE:,} letters; use a .npy file")
    body = text.strip("\r\n").lstrip("\ufeff")
    delimiter = delimiter_of(body)
    first, _, rest = body.partition("\n")
    has_header = bool(rest.strip()) and _is_header(first, delimiter)
    numbers = _fast(rest if has_header else body, delimiter)
    if numbers is None:
        numbers = _careful(rest if has_header else body, delimiter, 2 if has_header else 1)
    return Table(_squeezed(numbers), has_header)


def delimiter_of(text: str) -> str | None:
    """Return what parts the fields; None for blanks, or where there is one column."""
    sample = "\n".join(text.strip("\r\n").splitlines()[:_MOST_SAMPLED])
    return next((each for each in ("\t", ";", ",") if each in sample), None)


def _is_header(line: str, delimiter: str | None) -> bool:
    cells = [each.strip().strip('"') for each in line.split(delimiter)]
    return all(number_in(each, delimiter) is None for each in cells) and any(cells)


def _decimal_commas(delimiter: str | None) -> bool:
    return delimiter in ("\t", ";", None)


def number_in(cell: str, delimiter: str | None) -> float | None:
    """Return the number in a cell, None where it holds none; of fields apart by `delimiter`."""
    plain = cell.strip().strip('"').strip().replace("−", "-")
    if _decimal_commas(delimiter) and plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def _fast(text: str, delimiter: str | None) -> Floats | None:
    """Return the numbers of a clean table, read in C; None for what has to be looked at closer."""
    plain = text.replace("−", "-")
    if _decimal_commas(delimiter):
        plain = plain.replace(",", ".")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return np.loadtxt(
                io.StringIO(plain), delimiter=delimiter, comments=None, quotechar='"', ndmin=2
            )
    except (ValueError, UserWarning):
        return None


def _careful(text: str, delimiter: str | None, start: int) -> Floats:
    """Return the numbers of a table row by row; the first fault is told of with its place."""
    rows: list[list[float]] = []
    for number, cells in enumerate(cells_of(text, delimiter), start):
        if not any(cell.strip() for cell in cells):
            continue
        if rows and len(cells) != len(rows[0]):
            raise ShapeError(
                f"row {number} of the table has {len(cells)} cells where the rows above have "
                f"{len(rows[0])}; make all rows equally long"
            )
        rows.append([_cell(cell, number, at, delimiter) for at, cell in enumerate(cells, 1)])
    if not rows:
        raise ShapeError("the table is empty; it needs at least one number")
    return np.array(rows, np.float64)


def cells_of(text: str, delimiter: str | None) -> list[list[str]]:
    """Return the cells of a table line by line; raise ShapeError where quotes don't fit."""
    lines = text.splitlines()
    if delimiter is None:
        return [line.split() for line in lines]
    try:
        return [*csv.reader(lines, delimiter=delimiter)]
    except csv.Error as error:
        raise ShapeError(f"the table can't be read: {error}; save it anew") from None


def _cell(cell: str, row: int, column: int, delimiter: str | None) -> float:
    number = number_in(cell, delimiter)
    if number is None:
        shown = cell.strip()
        found = f"holds {shown[:24]!r}, which is no number" if shown else "is empty"
        raise ShapeError(f"row {row}, column {column} of the table {found}; write a number there")
    return number


def _squeezed(numbers: Floats) -> Array:
    if numbers.size == 1:
        return np.float64(numbers.item())
    return numbers.ravel() if 1 in numbers.shape else numbers
