"""Make Exercise of This Graph: what is hidden, what it is worth, and how exact answers must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QLineEdit,
    QWidget,
)
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule.graph.exercises import MOST_DECIMALS, Blank, Exercise
from chainrule.practice.tolerance import rule_sentence
from chainrule_desktop.dialogs.labels import fault_label, text_label
from chainrule_desktop.dialogs.practice.frame import complain, end_form, form_of, whole_number
from chainrule_desktop.messages import count, explain
from chainrule_desktop.theme import inset_text

_MOST_POINTS = 1000.0


@final
class MakeExerciseDialog(QDialog):
    """Asks what an exercise shall be like and hands it to `take`.

    `possible` are all numbers that can be hidden, `selected` those of what is selected.
    """

    def __init__(
        self,
        parent: QWidget,
        before: Exercise,
        possible: Sequence[Blank],
        selected: Sequence[Blank],
        take: Callable[[Exercise], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Make Exercise of This Graph")
        self._before = before
        self._take = take
        self._choices = _choices(possible, selected, before.blanks)
        self._what = QComboBox()
        for name, blanks in self._choices:
            self._what.addItem(f"{name} ({count(len(blanks), 'number')})")
        self._title = QLineEdit(before.title or "", placeholderText="untitled")
        self._points = QDoubleSpinBox(minimum=0.0, maximum=_MOST_POINTS, value=1.0)
        inset_text(self._points)
        self._decimals = whole_number(0, MOST_DECIMALS, before.decimals, "Decimals")
        self._locked = QCheckBox("&Lock it: only blanks can be filled")
        self._locked.setChecked(before.locked)
        self._rule = text_label("", "muted")
        self._fault = fault_label()
        self._lay_out()
        self._decimals.valueChanged.connect(self._say_rule)
        self._say_rule()

    @override
    def accept(self) -> None:
        blanks = self._choices[self._what.currentIndex()][1]
        points = {each: self._points.value() for each in blanks}
        exercise = replace(
            self._before,
            blanks=tuple(blanks),
            points=MappingProxyType(points),
            decimals=self._decimals.value(),
            title=self._title.text().strip() or None,
            locked=self._locked.isChecked(),
        )
        try:
            self._take(exercise)
        except ChainruleError as error:
            complain(self._fault, explain(error))
        else:
            super().accept()

    def _lay_out(self) -> None:
        form = form_of(self)
        form.addRow("&Hide:", self._what)
        form.addRow("&Title:", self._title)
        form.addRow("&Points each:", self._points)
        form.addRow("&Decimals:", self._decimals)
        form.addRow(self._rule)
        form.addRow("", self._locked)
        says = "A lock keeps from slips and is no protection: who opens the file can undo it."
        form.addRow(text_label(says, "muted"))
        end_form(self, form, self._fault, "Make")

    def _say_rule(self) -> None:
        self._rule.setText(rule_sentence(self._decimals.value()))


def _choices(
    possible: Sequence[Blank], selected: Sequence[Blank], hidden: Sequence[Blank]
) -> list[tuple[str, list[Blank]]]:
    """Return what can be hidden, by name; what would be nothing is left out."""
    values = [each for each in possible if not each.is_gradient]
    gradients = [each for each in possible if each.is_gradient]
    choices = [
        ("Everything", [*possible]),
        ("All values of gates", values),
        ("All gradients", gradients),
        ("The numbers of what is selected", [*selected]),
        ("What is hidden now", [*hidden]),
    ]
    return [each for each in choices if each[1]] or [("Everything", [])]
