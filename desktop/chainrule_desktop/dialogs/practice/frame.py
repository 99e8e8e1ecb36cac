"""What the dialogs of practice have in common: a form, a fault below it, and two buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from chainrule_desktop.dialogs.file_dialog import file_dialog
from chainrule_desktop.messages import GRAPH_FILE_FILTER
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import inset_text

_LEAST_WIDTH = 400


def form_of(dialog: QDialog) -> QFormLayout:
    """Give a dialog the layout of a form, and return it."""
    form = QFormLayout(dialog)
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    dialog.setMinimumWidth(_LEAST_WIDTH)
    return form


def end_form(dialog: QDialog, form: QFormLayout, fault: QLabel, button: str) -> None:
    """Add the place for what is wrong, and the buttons: to go on, and to cancel."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    go_on = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    form.addRow(fault)
    form.addRow(buttons)
    # Only inside its dialog: before, Qt would give Enter to the first button, which is Cancel.
    go_on.setDefault(True)


def whole_number(least: int, most: int, value: int, name: str) -> QSpinBox:
    """Return a field for a whole number."""
    box = QSpinBox(minimum=least, maximum=most, value=value)
    box.setAccessibleName(name)
    inset_text(box)
    return box


def ask_where_to_write(
    parent: QWidget,
    settings: Settings,
    title: str,
    name: str,
    patterns: str,
    chosen: Callable[[Path], object],
) -> None:
    """Ask for a file to write, starting from `name`, and hand it to `chosen`."""
    dialog = file_dialog(parent, title, settings.last_folder(), patterns)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix)
    dialog.selectFile(name)

    def take(path: str) -> None:
        settings.change(last_folder=str(Path(path).absolute().parent))
        chosen(Path(path))

    dialog.fileSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_for_files(
    parent: QWidget,
    settings: Settings,
    title: str,
    mode: QFileDialog.FileMode,
    chosen: Callable[[Sequence[Path]], object],
) -> None:
    """Ask for a graph file, for several, or for a folder, and hand them to `chosen`."""
    dialog = file_dialog(parent, title, settings.last_folder(), GRAPH_FILE_FILTER)
    dialog.setFileMode(mode)

    def take(names: list[str]) -> None:
        chosen([Path(each) for each in names])

    dialog.filesSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def complain(fault: QLabel, sentence: str) -> None:
    """Show what is wrong; "" for nothing."""
    fault.setText(sentence)
    fault.setVisible(bool(sentence))
