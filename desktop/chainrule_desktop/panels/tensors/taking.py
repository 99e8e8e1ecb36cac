"""Taking numbers out of the tensor view: to the clipboard, or to a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from chainrule.arrays import Array
from chainrule.errors import ChainruleError
from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.dialogs.tensor_files import ask_tensor_file_to_write
from chainrule_desktop.document.tensor_text import numpy_text, table_text, write_tensor
from chainrule_desktop.messages import explain_failure

_DELIMITERS = {"csv": ",", "tsv": "\t"}


def copy_tensor(tensor: Array, form: str) -> None:
    """Put a tensor on the clipboard as `numpy`, `csv` or `tsv`."""
    delimiter = _DELIMITERS.get(form)
    text = numpy_text(tensor) if delimiter is None else table_text(tensor, delimiter)
    QGuiApplication.clipboard().setText(text)


def save_tensor(
    parent: QWidget, folder: Path, tensor: Array, name: str, said: Callable[[str], object]
) -> None:
    """Ask for a file and write a tensor to it; `said` hears of the file that was written."""
    ask_tensor_file_to_write(parent, folder, name, partial(_write, parent, tensor, said))


def _write(parent: QWidget, tensor: Array, said: Callable[[str], object], path: Path) -> None:
    try:
        write_tensor(tensor, path)
    except (ChainruleError, OSError) as error:
        tell(parent, explain_failure("save", path, error))
    else:
        said(f"Saved {path.name}.")
