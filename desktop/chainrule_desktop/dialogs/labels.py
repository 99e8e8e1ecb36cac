"""The labels of dialogs: text over several lines, and a place for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from chainrule_desktop.theme import Part, set_part


def text_label(text: str, part: Part | None = None) -> QLabel:
    """Return a label for a sentence or more, shown as it is written."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if part is not None:
        set_part(label, part)
    return label


def fault_label() -> QLabel:
    """Return a label for what is wrong, hidden as long as nothing is."""
    label = text_label("", "problem")
    label.hide()
    return label
