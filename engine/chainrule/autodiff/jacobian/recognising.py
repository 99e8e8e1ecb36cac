"""The structure of a Jacobian: read off a known matrix, seen in its entries, or probed."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainrule.arrays import Floats
from chainrule.autodiff.jacobian.matrices import (
    Gathering,
    Mapped,
    Matrix,
    Selection,
    SharedOut,
    Zero,
)
from chainrule.autodiff.jacobian.products import Product
from chainrule.autodiff.jacobian.structure import Certainty, Form, Structure
from chainrule.autodiff.planning.flat import Numbers


def structure_of(matrix: Matrix, certainty: Certainty = Certainty.KNOWN) -> Structure:
    """Return the structure of a known matrix."""
    form, detail = _form_of(matrix)
    rows, columns = matrix.shape
    return Structure(form, matrix.nonzeros, rows * columns, certainty, detail)


def _form_of(matrix: Matrix) -> tuple[Form, str]:
    rows, columns = matrix.shape
    if isinstance(matrix, Zero):
        return Form.ZERO, ""
    if columns == 1 and matrix.nonzeros == rows:
        return Form.DENSE, "a single column"
    if isinstance(matrix, Selection):
        return _form_of_selection(matrix), ""
    if isinstance(matrix, Gathering):
        return _form_of_gathering(matrix)
    if isinstance(matrix, SharedOut):
        groups = int(matrix.groups.max()) + 1 if len(matrix.groups) else 0
        return Form.DIAGONAL_AND_RANK_ONE, f"in each of {groups} slices" if groups > 1 else ""
    if isinstance(matrix, Mapped):
        form, detail = _form_of(matrix.inner)
        if matrix.outer.is_diagonal:
            return form, f"{detail}, scaled row by row" if detail else "scaled row by row"
    if isinstance(matrix, Product):
        return _form_of_product(matrix)
    full = matrix.nonzeros == rows * columns
    return (Form.DENSE if full else Form.SPARSE), ""


def _form_of_product(matrix: Product) -> tuple[Form, str]:
    rows, columns = matrix.shape
    count, height, width = matrix.blocks
    if matrix.nonzeros == rows * columns:
        return Form.DENSE, ""
    if height == width == 1 and count == rows == columns:
        if matrix.is_block_diagonal:
            return Form.DIAGONAL, ""
        if not matrix.letters and matrix.rest == 1.0:
            return Form.PERMUTATION, ""
    if matrix.is_block_diagonal and count * height == rows and count * width == columns:
        return Form.BLOCK_DIAGONAL, said_blocks(np.full(count, height), np.full(count, width))
    if count * height == rows and count * width == columns:
        return Form.SPARSE, f"{count:,} interleaved blocks of {height} × {width}"
    return Form.SPARSE, ""


def _form_of_selection(matrix: Selection) -> Form:
    if not matrix.nonzeros:
        return Form.ZERO
    if matrix.is_diagonal:
        return Form.DIAGONAL
    whole = bool((matrix.picks >= 0).all()) and bool((matrix.weights == 1.0).all())
    if whole and len(matrix.picks) == matrix.columns and matrix.is_injective:
        return Form.PERMUTATION
    return Form.SELECTION


def _form_of_gathering(matrix: Gathering) -> tuple[Form, str]:
    owners = matrix.owners
    if matrix.rows == 1:
        return Form.DENSE, "a single row"
    if len(owners) and (owners >= 0).all() and (np.diff(owners) >= 0).all():
        sizes = np.bincount(owners, minlength=matrix.rows)
        return Form.BLOCK_DIAGONAL, said_blocks(np.ones_like(sizes), sizes)
    return Form.SPARSE, "one entry in each column"


def said_blocks(heights: Numbers, widths: Numbers) -> str:
    """Say how many blocks there are, and how large where they are equal: `4 blocks of 3 × 5`."""
    count = len(heights)
    if len(set(zip(heights.tolist(), widths.tolist(), strict=True))) == 1:
        return f"{count:,} blocks of {heights[0]} × {widths[0]}"
    return f"{count:,} blocks"


def recognise(entries: Floats) -> Structure:
    """Return the structure of a matrix that was formed, at the present inputs."""
    form, detail = _seen(entries)
    return Structure(form, int(np.count_nonzero(entries)), entries.size, Certainty.COUNTED, detail)


def _seen(entries: Floats) -> tuple[Form, str]:
    there: Any = entries != 0.0
    nonzeros, (rows, columns) = int(np.count_nonzero(there)), entries.shape
    if not nonzeros:
        return Form.ZERO, ""
    lone = bool((there.sum(axis=1) <= 1).all())
    if lone and rows == columns and rows > 1:
        found = np.nonzero(there)
        if (found[0] == found[1]).all():
            return Form.DIAGONAL, ""
        if nonzeros == rows and bool((there.sum(axis=0) == 1).all()):
            ones = bool((entries[there] == 1.0).all())
            return (Form.PERMUTATION, "") if ones else (Form.SELECTION, "")
    blocks = _blocks(there)
    if blocks is not None:
        return Form.BLOCK_DIAGONAL, said_blocks(*blocks)
    if lone and columns > 1:
        return Form.SELECTION, ""
    band = _band(there)
    if band is not None:
        return Form.BANDED, f"{band} beside the diagonal"
    if nonzeros < entries.size / 4:
        return Form.SPARSE, ""
    return _by_rank(entries)


def _by_rank(entries: Floats) -> tuple[Form, str]:
    least = min(entries.shape)
    if least > 2 and np.isfinite(entries).all():
        sizes = np.linalg.svd(entries, compute_uv=False)
        rank = int(np.count_nonzero(sizes > 1e-10 * sizes[0]))
        if rank <= least // 2:
            return Form.LOW_RANK, f"rank {rank}"
    return Form.DENSE, ""


def _blocks(there: Any) -> tuple[Numbers, Numbers] | None:
    """Return the heights and widths of the blocks down the diagonal, if there are several."""
    rows, columns = there.shape
    if not (there.any(axis=1).all() and there.any(axis=0).all()):
        return None
    # A block may end behind a row where all columns so far are closed: no later row uses them.
    first = np.argmax(there, axis=1)
    last = columns - 1 - np.argmax(there[:, ::-1], axis=1)
    reached = np.maximum.accumulate(last)
    ahead = np.minimum.accumulate(first[::-1])[::-1]
    ends = np.flatnonzero(reached[:-1] < ahead[1:])
    if not len(ends):
        return None
    heights = np.diff(np.concatenate(([0], ends + 1, [rows])))
    widths = np.diff(np.concatenate(([0], reached[ends] + 1, [columns])))
    return heights, widths


def _band(there: Any) -> int | None:
    """Return how far from the diagonal entries lie, if that is not far."""
    rows, columns = there.shape
    found = np.nonzero(there)
    width = int(np.max(np.abs(found[0] - found[1])))
    return width if rows == columns and 0 < width <= rows // 4 else None
