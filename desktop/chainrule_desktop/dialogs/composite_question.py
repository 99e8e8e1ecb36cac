"""A dialog for the name of a composite gate, the names of its inputs, and what it computes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule_desktop.dialogs.labels import fault_label, text_label
from chainrule_desktop.messages import explain

_BETWEEN: Final = re.compile(r"[\s,;]+")
_WIDTH: Final = 480


@final
@dataclass(frozen=True, slots=True)
class Description:
    """What a composite gate is called, its inputs, and in words what it computes."""

    name: str
    ports: tuple[str, ...]
    says: str = ""


@final
class CompositeQuestion(QDialog):
    """Asks for a Description and hands it to `take`.

    A ChainruleError that `take` raises is shown below the fields, and the dialog stays open.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        button: str,
        known: Description,
        take: Callable[[Description], object],
    ) -> None:
        super().__init__(parent)
        self._take = take
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._name = _field("name", known.name)
        self._ports = _field("inputs", ", ".join(known.ports))
        self._says = _field("description", known.says, "optional")
        self._fault = fault_label()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._ok = self._buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out(has_ports=bool(known.ports))
        for field in (self._name, self._ports, self._says):
            field.textChanged.connect(self._text_changed)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._name.selectAll()
        self._text_changed()

    @override
    def accept(self) -> None:
        try:
            self._take(
                Description(
                    self._name.text().strip(),
                    names_in(self._ports.text()),
                    self._says.text().strip(),
                )
            )
        except ChainruleError as error:
            self._complain(explain(error))
        else:
            super().accept()

    def _lay_out(self, *, has_ports: bool) -> None:
        form = QFormLayout()
        form.addRow("&Name:", self._name)
        if has_ports:
            form.addRow("&Inputs:", self._ports)
        form.addRow("&Description:", self._says)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        note = text_label(
            "Names have letters, digits and _ only, so that formulas and code can use them. The "
            "inputs stand in the order of the ports; the same names in another order change that.",
            "muted",
        )
        column = QVBoxLayout(self)
        column.addLayout(form)
        for widget in (self._fault, note, self._buttons):
            column.addWidget(widget)
        column.setSpacing(10)
        # Only inside its dialog: before, Qt would give Enter to the first button, which is Cancel.
        self._ok.setDefault(True)
        self.setMinimumWidth(_WIDTH)

    def _text_changed(self) -> None:
        self._ok.setEnabled(bool(self._name.text().strip()))
        self._fault.hide()
        self._name.setAccessibleDescription("")

    def _complain(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()
        self._name.setAccessibleDescription(sentence)
        self._name.setFocus()


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a text, which commas or spaces part."""
    return tuple(each for each in _BETWEEN.split(text) if each)


def _field(name: str, text: str, hint: str = "") -> QLineEdit:
    field = QLineEdit(text, placeholderText=hint)
    field.setObjectName(name)
    field.setAccessibleName(name.capitalize())
    return field
