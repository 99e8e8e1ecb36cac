"""The dialogs that ask for a tensor's file: one to read, and one to write."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from chainrule_desktop.dialogs.file_dialog import file_dialog
from chainrule_desktop.document.tensor_files import (
    ARRAY_SUFFIXES,
    IMAGE_SUFFIXES,
    SUFFIXES,
    TABLE_SUFFIXES,
)


def ask_tensor_file(parent: QWidget, folder: Path, chosen: Callable[[Path], object]) -> None:
    """Ask for a file that holds a tensor and hand it to `chosen`."""
    filters = (
        _filter("Tensors", SUFFIXES),
        _filter("NumPy arrays", ARRAY_SUFFIXES),
        _filter("Tables", TABLE_SUFFIXES),
        _filter("Images", IMAGE_SUFFIXES),
        "All files (*)",
    )
    dialog = file_dialog(parent, "Insert Tensor", folder, ";;".join(filters))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, chosen)


def ask_tensor_file_to_write(
    parent: QWidget, folder: Path, name: str, chosen: Callable[[Path], object]
) -> None:
    """Ask for a file to write a tensor to, starting from a `name`, and hand it to `chosen`."""
    filters = ";;".join((_filter("NumPy array", (".npy",)), _filter("Table", (".csv", ".tsv"))))
    dialog = file_dialog(parent, "Save Tensor", folder, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("npy")
    dialog.selectFile(name)
    _open(dialog, chosen)


def _filter(name: str, suffixes: tuple[str, ...]) -> str:
    return f"{name} ({' '.join(f'*{each}' for each in suffixes)})"


def _open(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(partial(_hand_over, chosen))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _hand_over(chosen: Callable[[Path], object], name: str) -> None:
    chosen(Path(name))
