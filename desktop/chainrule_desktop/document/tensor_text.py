"""Tensors as other programs read them: NumPy's notation, tables, and .npy files."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from chainrule.arrays import Array
from chainrule.files import write_bytes


def numpy_text(tensor: Array) -> str:
    """Write a tensor as Python: `np.array([[1.0, 2.5], …])`, with every digit."""
    listed = str(tensor.tolist()).replace("nan", "np.nan").replace("inf", "np.inf")
    return f"np.array({listed})"


def table_text(tensor: Array, delimiter: str) -> str:
    """Write a tensor row by row, with every digit; of more than two axes, matrix below matrix."""
    rows = np.reshape(tensor, (-1, (1, *tensor.shape)[-1]))
    return "".join(f"{delimiter.join(map(_cell, row))}\n" for row in rows.tolist())


def write_tensor(tensor: Array, path: Path) -> None:
    """Write a tensor to a file: a table where it ends in .csv, .tsv or .txt, otherwise .npy.

    Raises FileError where the file can't be written.
    """
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        delimiter = "," if path.suffix.lower() == ".csv" else "\t"
        write_bytes(table_text(tensor, delimiter).encode(), path)
        return
    buffer = io.BytesIO()
    np.save(buffer, np.asarray(tensor), allow_pickle=False)
    write_bytes(buffer.getvalue(), path)


def _cell(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
