"""NumPy's own files of arrays, read without ever running what they may hold."""

from __future__ import annotations

from pathlib import Path
from tokenize import TokenError
from typing import Any, Final

import numpy as np

from chainrule.arrays import Array, format_shape
from chainrule.errors import FileError
from chainrule.files.data_files import require_regular

_DAMAGED: Final = (
    *(ValueError, EOFError, TypeError, OverflowError),
    *(SyntaxError, TokenError, MemoryError, RecursionError),
)
"""What NumPy raises for a header that is none: it is a literal of Python, of any size and depth."""


def read_npy(path: Path, most: int) -> Array:
    """Return the array in an .npy file as float64; raise FileError or OSError.

    It may have up to `most` numbers. Python objects in it are refused, since reading them runs
    code.
    """
    require_regular(path)
    try:
        # Mapped, so that the size is known before anything is read.
        with np.errstate(over="ignore"):
            array: np.ndarray[Any, Any] = np.lib.format.open_memmap(path, mode="r")
    except _DAMAGED as error:
        objects = "Python objects" in str(error)
        reason = "it holds Python objects" if objects else "it is damaged"
        raise FileError(
            path.name, f"is no array of numbers, since {reason}; save one with numpy.save"
        ) from None
    if array.dtype.kind not in "biuf":
        raise FileError(path.name, f"holds {array.dtype}, no real numbers; save it as float64")
    check_size(path, array.size, array.shape, most)
    value = np.array(array, np.float64)
    return value[()] if value.ndim == 0 else value


def check_size(path: Path, size: int, shape: tuple[int, ...], most: int) -> None:
    """Raise FileError for an array without numbers, or with more than `most`."""
    if size == 0:
        raise FileError(path.name, "holds an empty array; a tensor needs at least one number")
    if size > most:
        raise FileError(
            path.name, f"has shape {format_shape(shape)}, more than {most:,} numbers; take a part"
        )
