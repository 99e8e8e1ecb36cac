"""Tensors from files of other programs: NumPy's .npy, tables of text, and images."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from chainrule.arrays import Array, Floats
from chainrule.diagram.numbers import format_dimensions
from chainrule.errors import FileError, ShapeError
from chainrule.expression.makers import MOST_NUMBERS
from chainrule.files.data_files import require_regular, table_text
from chainrule.files.npy import check_size, read_npy
from chainrule.files.tables import read_table

MOST_PIXELS = 1_000_000
ARRAY_SUFFIXES: Final = (".npy",)
TABLE_SUFFIXES: Final = (".csv", ".tsv", ".txt")
IMAGE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".pgm", ".ppm", ".webp")
SUFFIXES: Final = ARRAY_SUFFIXES + TABLE_SUFFIXES + IMAGE_SUFFIXES

_LONGEST_NAME = 30


@final
@dataclass(frozen=True, slots=True, eq=False)
class FoundTensor:
    """What a file held: the numbers, a name for them, and in words what was made of the file."""

    value: Array
    name: str
    says: str


def is_tensor_file(path: Path) -> bool:
    """Say whether a file may hold a tensor, judged by its suffix."""
    return path.suffix.lower() in SUFFIXES


def read_tensor(path: Path) -> FoundTensor:
    """Return the tensor that a file holds; raise FileError or OSError where there is none."""
    require_regular(path)
    suffix = path.suffix.lower()
    if suffix in ARRAY_SUFFIXES:
        value = read_npy(path, MOST_NUMBERS)
        says = _shape_of(value)
    elif suffix in IMAGE_SUFFIXES:
        value, says = _read_image(path)
    else:
        value, says = _read_table(path)
    return FoundTensor(value, name_for(path), says)


def name_for(path: Path) -> str:
    """Return a node's name for what a file holds: `my data.csv` gives `my_data`."""
    letters = "".join(each if each.isalnum() else "_" for each in path.stem)[:_LONGEST_NAME]
    name = letters.strip("_") or "x"
    name = name if name.isidentifier() else f"x_{name}"
    return f"{name}_" if keyword.iskeyword(name) or not name.isidentifier() else name


def _read_table(path: Path) -> tuple[Array, str]:
    try:
        table = read_table(table_text(path))
    except ShapeError as error:
        raise FileError(path.name, str(error)) from None
    check_size(path, table.value.size, table.value.shape, MOST_NUMBERS)
    header = ", without its header" if table.has_header else ""
    return table.value, f"{_shape_of(table.value)}{header}"


def _read_image(path: Path) -> tuple[Array, str]:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    fitted = _fitted(size)
    if fitted != size:
        reader.setScaledSize(fitted)
    image = reader.read()
    if image.isNull():
        raise FileError(path.name, f"can't be read as an image ({reader.errorString()})")
    value = image_numbers(image)
    shown = format_dimensions(value.shape)
    scaled = f", scaled down from {size.height()} × {size.width()}" if fitted != size else ""
    sort = "grey" if value.ndim == 2 else "red, green and blue"
    return value, f"{shown}, {sort} from 0 to 1{scaled}"


def _fitted(size: QSize) -> QSize:
    """Return the size of an image, or the largest of its proportions with MOST_PIXELS."""
    pixels = size.width() * size.height()
    if not size.isValid() or pixels <= MOST_PIXELS:
        return size
    share = (MOST_PIXELS / pixels) ** 0.5
    width, height = max(1, int(size.width() * share)), max(1, int(size.height() * share))
    return size.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio)


def image_numbers(image: QImage) -> Floats:
    """Return an image as numbers from 0 to 1: of shape H × W if it is grey, else 3 × H × W.

    Transparency is left out.
    """
    form = QImage.Format.Format_Grayscale8 if image.allGray() else QImage.Format.Format_RGB888
    plain = image.convertToFormat(form)
    channels = 1 if form == QImage.Format.Format_Grayscale8 else 3
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    pixels = rows[:, : plain.width() * channels].reshape(plain.height(), plain.width(), channels)
    numbers = np.ascontiguousarray(np.moveaxis(pixels / 255.0, 2, 0))
    return numbers[0] if channels == 1 else numbers


def _shape_of(value: Array) -> str:
    return format_dimensions(value.shape) if value.ndim else "one number"
