"""The dialogs that ask for a graph's file: to open one, and to save to one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from chainrule_desktop.dialogs.file_dialog import file_dialog
from chainrule_desktop.messages import GRAPH_FILE_FILTER

SUFFIX = "chainrule"


def ask_file_to_open(parent: QWidget, folder: Path, chosen: Callable[[Path], object]) -> None:
    """Ask for a file that exists and hand it to `chosen`."""
    dialog = file_dialog(parent, "Open Graph", folder, GRAPH_FILE_FILTER)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, chosen)


def ask_file_to_save(
    parent: QWidget, folder: Path, name: str, chosen: Callable[[Path], object]
) -> None:
    """Ask for a new or another file, starting from a `name`, and hand it to `chosen`."""
    dialog = file_dialog(parent, "Save Graph", folder, GRAPH_FILE_FILTER)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX)
    dialog.selectFile(name)
    _open(dialog, chosen)


def file_name_for(title: str) -> str:
    """Return a name for the file of a graph that has none yet: `(x + y) z` gives `x-y-z`."""
    words = "".join(each if each.isalnum() else " " for each in title).split()
    return f"{'-'.join(words).lower() or 'graph'}.{SUFFIX}"


def _open(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(partial(_hand_over, chosen))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _hand_over(chosen: Callable[[Path], object], name: str) -> None:
    chosen(Path(name))
