"""The value of a leaf: a spin box and a slider, rows of numbers, or what a large tensor is like."""

from __future__ import annotations

from functools import partial
from typing import final

import numpy as np
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from chainrule.arrays import Array
from chainrule.diagram.numbers import format_dimensions, format_number
from chainrule.gates.catalogue import get_kind
from chainrule.gates.leaf import Leaf
from chainrule.graph.node import NodeId
from chainrule_desktop.document.values import parse_value, typed_value
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.fields import EntryField, Note, TextArea, guard_wheel
from chainrule_desktop.panels.number_box import NumberBox
from chainrule_desktop.panels.page_parts import Form, column, label_of
from chainrule_desktop.panels.value_slider import SliderEnds, ValueSlider

LARGEST_TYPED = 256
"""How many numbers a tensor may have to be edited as text."""

TYPED = (
    "A number, rows such as [[1, 2], [3, 4]], or one of zeros, ones, full, eye, diag, arange, "
    "linspace, one_hot, rand, randn, randint, as in 0.1 * randn(3, 4, seed=1); seed 0 where none "
    "is given"
)
"""What can be typed where a value is."""

_KINDS = ("input", "parameter", "constant")


@final
class ValueSection(QWidget):
    """Edits the value and the kind of one leaf."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._box: NumberBox | None = None
        self._slider: ValueSlider | None = None
        self._area: TextArea | None = None
        self._summary = label_of(part="muted")
        self._kind = self._kind_choice()
        self._kind_note = Note(self._kind)
        layout = column(self)
        self._add_editor(layout, self._value())
        form = Form()
        form.add("Kind", self._kind, self._kind_note)
        layout.addWidget(form)
        self.refresh()

    def refresh(self) -> None:
        """Show the value and the kind that the leaf has now."""
        value = self._value()
        self._kind.setCurrentText(self._context.graph.node(self._node_id).kind.name)
        if self._box is not None and self._slider is not None:
            self._box.show_value(value)
            self._slider.show_number(float(value))
        elif self._area is not None:
            self._area.show_text(rows_text(value))
        self._summary.setText("" if value.ndim == 0 else summary(value, self._context.decimals))

    def _add_editor(self, layout: QVBoxLayout, value: Array) -> None:
        form = Form()
        layout.addWidget(form)
        if value.ndim == 0:
            self._box = NumberBox("Value", self._set_typed)
            self._box.setObjectName("value")
            self._slider = ValueSlider("Value as a slider", self._slide)
            form.add("Value", self._box, self._box.note, TYPED)
            form.add("", self._slider)
            form.add("", SliderEnds(self._slider))
            return
        if value.size <= LARGEST_TYPED:
            self._area = TextArea("Value", self._set_rows)
            self._area.setObjectName("value")
            says = "Enter takes it, Shift+Enter begins a new line"
            form.add("Value", self._area, self._area.note, f"{TYPED}. {says}")
        else:
            entry = EntryField("New value", self._set_rows)
            entry.setObjectName("value")
            entry.setPlaceholderText("such as randn(3, 4)")
            form.add("New value", entry, entry.note, TYPED)
        form.add("", self._summary)

    def _kind_choice(self) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName("kind")
        choice.setAccessibleName("Kind")
        choice.addItems(_KINDS)
        guard_wheel(choice)
        choice.textActivated.connect(self._change_kind)
        return choice

    def _change_kind(self, name: str) -> None:
        kind = get_kind(name)()
        if isinstance(kind, Leaf):
            change = partial(self._context.editor.change_leaf, self._node_id, kind)
            self._kind_note.attempt(change)

    def _set_typed(self, value: Array, turn: int | None) -> None:
        merge = None if turn is None else ("step", self._node_id, id(self), turn)
        self._context.editor.set_value(self._node_id, value, merge)

    def _set_rows(self, text: str) -> None:
        self._context.editor.set_value(self._node_id, parse_value(text))

    def _slide(self, number: float, turn: int) -> None:
        merge = ("slide", self._node_id, id(self), turn)
        if self._box is not None:
            edit = partial(self._context.editor.set_value, self._node_id, np.float64(number), merge)
            self._box.note.attempt(edit)

    def _value(self) -> Array:
        value = self._context.graph.node(self._node_id).value
        return np.float64(0.0) if value is None else value


def rows_text(value: Array) -> str:
    """Write a tensor so that `parse_value` reads it, a matrix with one row on each line."""
    if value.ndim < 2:
        return _spaced(typed_value(value))
    rows = (_spaced(typed_value(np.asarray(row))) for row in np.asarray(value))
    return "[" + ",\n ".join(rows) + "]"


def summary(value: Array, decimals: int) -> str:
    """Say what the numbers of a tensor are like."""
    shape = f"shape {format_dimensions(value.shape)}"
    numbers = np.asarray(value)
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return f"{shape}, no finite number" if value.size else f"{shape}, empty"
    low, mean, high = (
        format_number(float(each), decimals) for each in (finite.min(), finite.mean(), finite.max())
    )
    odd = value.size - finite.size
    rest = f"; {odd:,} not finite" if odd else ""
    return f"{shape}, from {low} to {high}, mean {mean}{rest}"


def _spaced(text: str) -> str:
    return text.replace(" ", "").replace(",", ", ")
