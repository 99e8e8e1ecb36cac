"""The side of the view: how large a Jacobian is, what it is like, and its chosen entry."""

from __future__ import annotations

from typing import final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.structure import said_bytes
from chainrule_desktop.panels.page_parts import heading, label_of
from chainrule_desktop.theme import set_part

WIDTH = 320


@final
class Facts(QWidget):
    """Says what there is to say of a Jacobian in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._size = label_of()
        self._structure = label_of()
        self._certainty = label_of(part="muted")
        self._layout_words = label_of(part="muted")
        self._generic_heading = heading("Element by element")
        self._generic = label_of(part="card")
        self._entry = label_of(part="card")
        self._check = label_of()
        self._seen = label_of(part="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (
            *(heading("Size"), self._size, self._layout_words),
            *(heading("Structure"), self._structure, self._certainty),
            self._generic_heading,
            self._generic,
            *(heading("Chosen entry"), self._entry, self._check),
        ):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(self._seen)

    def show_jacobian(self, jacobian: Jacobian, origin: int) -> None:
        """Show what holds for the whole of it."""
        shape = " × ".join(f"{each:,}" for each in jacobian.shape) or "1 × 1"
        entries = "1 number" if jacobian.size == 1 else f"{jacobian.size:,} numbers"
        self._size.setText(f"{shape}: {entries}, {said_bytes(jacobian.bytes)} if it were formed")
        self._layout_words.setText(_sentence(jacobian.layout))
        self._structure.setText(_sentence(jacobian.structure.words))
        self._certainty.setText(_sentence(jacobian.structure.certainty.value))
        formula = jacobian.formula(origin)
        if formula is not None:
            self._generic.setText(f"{formula.element.plain}\n{formula.derivative.plain}")
        for widget in (self._generic_heading, self._generic):
            widget.setVisible(formula is not None)

    def show_entry(self, jacobian: Jacobian, row: int, column: int, origin: int) -> None:
        """Show one entry: its formula with indices, its number, and a central difference."""
        self._entry.setText(jacobian.formula_at(row, column, origin).plain)
        check = jacobian.check(row, column)
        self._check.setText(_sentence(check.words))
        agreeing = check.agrees or check.kink
        set_part(self._check, "ok" if check.agrees else "muted" if agreeing else "problem")

    def show_seen(self, seen: str) -> None:
        """Say what part of the matrix the picture was made from."""
        self._seen.setText(f"The picture shows {seen}; zoom in for all." if seen else "")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""
