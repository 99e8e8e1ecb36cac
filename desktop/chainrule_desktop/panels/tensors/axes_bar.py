"""The row of fields for tensors of three and more axes: which two are shown, where on the rest."""

from __future__ import annotations

from functools import partial
from typing import final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.panels.tensors.slicing import Slicing
from chainrule_desktop.theme import inset_text, set_part


@final
class AxesBar(QWidget):
    """Chooses a slice; it has no fields where there is but one.

    Signals:
        sliced(object): the Slicing that was chosen.
    """

    sliced = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._slicing: Slicing | None = None
        self._origin = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.hide()

    def show_slicing(self, slicing: Slicing, origin: int) -> None:
        """Show which slice is shown now, with indices from `origin`."""
        recounted, self._origin = origin != self._origin, origin
        if slicing == self._slicing and not recounted:
            return
        kept = self._slicing is not None and self._slicing.at != slicing.at
        same = self._slicing is not None and self._fields_of(self._slicing) == self._fields_of(
            slicing
        )
        self._slicing = slicing
        if kept and same and not recounted:
            for axis, box in self._boxes():
                box.setValue(slicing.at[axis] + origin)
            return
        self._fill(slicing)

    def _fields_of(self, slicing: Slicing) -> tuple[object, ...]:
        return slicing.shape, slicing.rows, slicing.columns

    def _boxes(self) -> list[tuple[int, QSpinBox]]:
        found = self.findChildren(QSpinBox)
        return [(int(each.objectName().removeprefix("axis-")), each) for each in found]

    def _fill(self, slicing: Slicing) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setObjectName("")
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        if len(slicing.shape) < 3:
            return
        self._add_choice("Rows", slicing, slicing.rows, "with_rows")
        self._add_choice("Columns", slicing, slicing.columns, "with_columns")
        for axis in slicing.fixed:
            self._add_place(slicing, axis)
        self._row.addStretch()

    def _add_choice(self, name: str, slicing: Slicing, axis: int | None, verb: str) -> None:
        choice = QComboBox()
        choice.setObjectName(name.lower())
        choice.setAccessibleName(f"Axis of the {name.lower()}")
        choice.addItems([f"axis {n} ({size})" for n, size in enumerate(slicing.shape)])
        choice.setCurrentIndex(axis or 0)
        guard_wheel(choice)
        choice.activated.connect(partial(self._turn, verb))
        self._add(name, choice)

    def _add_place(self, slicing: Slicing, axis: int) -> None:
        box = QSpinBox()
        box.setObjectName(f"axis-{axis}")
        box.setAccessibleName(f"Index on axis {axis}")
        box.setRange(self._origin, slicing.shape[axis] - 1 + self._origin)
        box.setValue(slicing.at[axis] + self._origin)
        box.setSuffix(f" of {slicing.shape[axis]}")
        inset_text(box)
        guard_wheel(box)
        box.valueChanged.connect(partial(self._move, axis))
        self._add(f"axis {axis}", box)

    def _add(self, name: str, field: QWidget) -> None:
        label = QLabel(name)
        set_part(label, "muted")
        label.setBuddy(field)
        if self._row.count():
            self._row.addSpacing(8)
        self._row.addWidget(label)
        self._row.addWidget(field)

    def _turn(self, verb: str, axis: int) -> None:
        if self._slicing is not None:
            turned = self._slicing.with_rows if verb == "with_rows" else self._slicing.with_columns
            self.sliced.emit(turned(axis))

    def _move(self, axis: int, counted: int) -> None:
        at = counted - self._origin
        if self._slicing is not None and self._slicing.at[axis] != at:
            self.sliced.emit(self._slicing.moved(axis, at))
