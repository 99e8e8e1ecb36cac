"""The structure of a Jacobian that is too large to be seen, found by products with it."""

from __future__ import annotations

from typing import Final

import numpy as np

from chainrule.autodiff.jacobian.finding import find_gathering, find_selection, rank_of
from chainrule.autodiff.jacobian.lines import Lines
from chainrule.autodiff.jacobian.path import Path
from chainrule.autodiff.jacobian.recognising import structure_of
from chainrule.autodiff.jacobian.structure import Certainty, Form, Structure
from chainrule.autodiff.planning.flat import as_list

_SAMPLED: Final = 8
# From this part of all entries on it is not called sparse.
_FULL: Final = 0.25


def probe(path: Path, lines: Lines) -> Structure:
    """Return the structure of the Jacobian along `path`, from a few dozen passes.

    Random vectors find lone entries in rows or columns and a low rank for certain, as far as
    anything random is; how many entries are nonzero is estimated from a few rows and columns.
    """
    found = find_selection(path.push, path.source.shape) or find_gathering(
        path.pull, path.target.shape
    )
    if found is not None:
        return structure_of(found, Certainty.PROBED)
    rows, columns = path.target.size, path.source.size
    count = _apart_along_first_axis(path)
    if count:
        detail = f"{count:,} blocks of {rows // count} × {columns // count}"
        entries = rows * columns
        return Structure(Form.BLOCK_DIAGONAL, entries // count, entries, Certainty.PROBED, detail)
    density = _density(lines, rows, columns)
    nonzeros, size = round(density * rows * columns), rows * columns
    if density < _FULL:
        return Structure(Form.SPARSE, nonzeros, size, Certainty.ESTIMATED)
    most = min(_SAMPLED, min(rows, columns) // 2)
    rank = rank_of(path.push, path.source.shape, most) if most else None
    if rank is None:
        return Structure(Form.DENSE, nonzeros, size, Certainty.ESTIMATED)
    return Structure(Form.LOW_RANK, nonzeros, size, Certainty.ESTIMATED, f"rank {rank}")


def _apart_along_first_axis(path: Path) -> int:
    """Return how many slices the first axes have if each slice depends on its own alone, else 0.

    So it is in a batch. For every bit of their numbers the slices that have it are moved, and then
    those that don't; any two slices differ in some bit.
    """
    first, last = path.source.shape[:1], path.target.shape[:1]
    count = sum(first)
    if first != last or count < 2:
        return 0
    numbers, rng = np.arange(count), np.random.default_rng(2)
    for bit in range((count - 1).bit_length()):
        for value in (0, 1):
            moves = (numbers >> bit) & 1 == value
            tangent = rng.normal(size=path.source.shape)
            tangent[~moves] = 0.0
            if np.any(np.asarray(path.push(tangent))[~moves]):
                return 0
    return count


def _density(lines: Lines, rows: int, columns: int) -> float:
    """Return which part of some rows and columns is nonzero."""
    by_rows = [np.count_nonzero(lines.row(each)) / columns for each in _spread(rows)]
    by_columns = [np.count_nonzero(lines.column(each)) / rows for each in _spread(columns)]
    return float(np.mean([*by_rows, *by_columns]))


def _spread(count: int) -> list[int]:
    return as_list(np.unique(np.linspace(0, count - 1, _SAMPLED).astype(np.int64)))
