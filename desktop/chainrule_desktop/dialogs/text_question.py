"""A dialog for one line of text, which says what is wrong with it and stays open until it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule_desktop.dialogs.labels import fault_label, text_label
from chainrule_desktop.messages import explain


@final
@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a question: `label` has the mnemonic of the field.

    `blank` says that nothing is an answer, too.
    """

    title: str
    label: str
    button: str
    text: str = ""
    hint: str = ""
    note: str = ""
    blank: bool = False


@final
class TextQuestion(QDialog):
    """Asks for a line of text and hands it to `take`.

    A ChainruleError that `take` raises is shown below the field, and the dialog stays open.
    """

    def __init__(self, parent: QWidget, wording: Wording, take: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._take = take
        self._blank = wording.blank
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(wording.title)
        self._field = QLineEdit(wording.text, placeholderText=wording.hint)
        self._field.selectAll()
        self._fault = fault_label()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._ok = self._buttons.addButton(wording.button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out(wording)
        self._field.textChanged.connect(self._text_changed)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._text_changed(wording.text)

    @override
    def accept(self) -> None:
        try:
            self._take(self._field.text())
        except ChainruleError as error:
            self._complain(explain(error))
        else:
            super().accept()

    def _lay_out(self, wording: Wording) -> None:
        label = QLabel(wording.label)
        label.setBuddy(self._field)
        note = text_label(wording.note, "muted")
        note.setHidden(not wording.note)
        column = QVBoxLayout(self)
        for widget in (label, self._field, self._fault, note, self._buttons):
            column.addWidget(widget)
        column.setSpacing(8)
        # Only inside its dialog: before, Qt would give Enter to the first button, which is Cancel.
        self._ok.setDefault(True)
        self.setMinimumWidth(460)

    def _text_changed(self, text: str) -> None:
        self._ok.setEnabled(self._blank or bool(text.strip()))
        self._fault.hide()
        self._field.setAccessibleDescription("")

    def _complain(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()
        self._field.setAccessibleDescription(sentence)
        self._field.setFocus()
