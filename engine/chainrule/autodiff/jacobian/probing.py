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
    density = _density(lines, rows, columns)
    nonzeros, size = round(density * rows * columns), rows * columns
    if density < _FULL:
        return Structure(Form.SPARSE, nonzeros, size, Certainty.ESTIMATED)
    most = min(_SAMPLED, min(rows, columns) // 2)
    rank = rank_of(path.push, path.source.shape, most) if most else None
    if rank is None:
        return Structure(Form.DENSE, nonzeros, size, Certainty.ESTIMATED)
    return Structure(Form.LOW_RANK, nonzeros, size, Certainty.ESTIMATED, f"rank {rank}")


def _density(lines: Lines, rows: int, columns: int) -> float:
    """Return which part of some rows and columns is nonzero."""
    by_rows = [np.count_nonzero(lines.row(each)) / columns for each in _spread(rows)]
    by_columns = [np.count_nonzero(lines.column(each)) / rows for each in _spread(columns)]
    return float(np.mean([*by_rows, *by_columns]))


def _spread(count: int) -> list[int]:
    return as_list(np.unique(np.linspace(0, count - 1, _SAMPLED).astype(np.int64)))
