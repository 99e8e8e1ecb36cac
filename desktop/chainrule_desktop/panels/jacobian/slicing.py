"""Which part of a Jacobian of tensors is laid out as a matrix: all of it flat, or one slice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from chainrule.autodiff.jacobian.formulas.subject import LECTURE, indices
from chainrule.autodiff.jacobian.formulas.text import element
from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule_desktop.panels.jacobian.source import (
    JacobianSource,
    MatrixSource,
    NumbersSource,
    as_matrix,
)

_ALL, _ROW, _COLUMN = range(3)
_WAYS: Final = ("All entries", "One number of the target", "One number of the source")


@final
class Slicing(QWidget):
    """Chooses between the whole, flat, and the slice at one index, in the shape of the tensor."""

    def __init__(self, renew: Callable[[], None]) -> None:
        super().__init__()
        self._renew = renew
        self._way = QComboBox()
        self._way.setAccessibleName("What is shown of the Jacobian")
        self._way.addItems(_WAYS)
        self._number = QSpinBox()
        self._number.setAccessibleName("Which number, counted row by row from 0")
        self._index = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._way, self._number, self._index):
            layout.addWidget(widget)
        self._jacobian: Jacobian | None = None
        self._origin = LECTURE
        self._way.activated.connect(self._changed)
        self._number.valueChanged.connect(self._changed)
        self._arrange()

    def show_jacobian(self, jacobian: Jacobian, origin: int) -> None:
        """Offer the slices of a Jacobian; the one that is shown stays where it can."""
        self._jacobian, self._origin = jacobian, origin
        self._way.setItemText(_ROW, f"One number of {jacobian.target}")
        self._way.setItemText(_COLUMN, f"By one number of {jacobian.source}")
        self._arrange()

    def shown(self, jacobian: Jacobian) -> tuple[MatrixSource, str, str]:
        """Return what is to be drawn, and the names of its rows and columns."""
        way, number = self._way.currentIndex(), self._number.value()
        if way == _ROW:
            slice_ = jacobian.row(number).reshape(jacobian.in_shape)[()]
            return NumbersSource(as_matrix(slice_)), *_axes(jacobian.source, jacobian.in_shape)
        if way == _COLUMN:
            slice_ = jacobian.column(number).reshape(jacobian.out_shape)[()]
            return NumbersSource(as_matrix(slice_)), *_axes(jacobian.target, jacobian.out_shape)
        rows = _flat_axis(jacobian.target, jacobian.out_shape)
        return JacobianSource(jacobian), rows, _flat_axis(jacobian.source, jacobian.in_shape)

    def entry(self, jacobian: Jacobian, row: int, column: int) -> tuple[int, int]:
        """Return which entry of the Jacobian a cell of what is drawn is."""
        way, number = self._way.currentIndex(), self._number.value()
        if way == _ALL:
            return row, column
        shape = jacobian.in_shape if way == _ROW else jacobian.out_shape
        flat = row * (shape[-1] if shape else 1) + column
        return (number, flat) if way == _ROW else (flat, number)

    def _changed(self) -> None:
        self._arrange()
        self._renew()

    def _arrange(self) -> None:
        way = self._way.currentIndex()
        self._number.setVisible(way != _ALL)
        self._index.setVisible(way != _ALL)
        if self._jacobian is None or way == _ALL:
            return
        j = self._jacobian
        name, shape = (j.target, j.out_shape) if way == _ROW else (j.source, j.in_shape)
        self._number.blockSignals(True)
        self._number.setRange(0, int(np.prod(shape, dtype=np.int64)) - 1)
        self._number.blockSignals(False)
        self._index.setText(element(name, indices(self._number.value(), shape, self._origin)).plain)


def _flat_axis(name: str, shape: tuple[int, ...]) -> str:
    if not shape:
        return name
    return f"number of {name}" if len(shape) == 1 else f"number of {name}, row by row"


def _axes(name: str, shape: tuple[int, ...]) -> tuple[str, str]:
    if len(shape) < 2:
        return "", f"index of {name}"
    first = "row" if len(shape) == 2 else "rows"
    return f"{first} of {name}", f"column of {name}"
