"""The numbers of a tensor in the inspector: rows and columns, or its range where it is large."""

from __future__ import annotations

from typing import Literal, TypeAlias, final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from chainrule.arrays import Array
from chainrule.diagram.numbers import format_dimensions, format_number, is_short_vector
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.runs import Run, Shade, line_html
from chainrule_desktop.theme import Palette

Side: TypeAlias = Literal["left", "right"]

MOST_ROWS = 8
MOST_COLUMNS = 5
_MORE = "…"


@final
class TensorLabel(QLabel):
    """A small table of a tensor's numbers; hidden for numbers and short vectors.

    On the right side it is set by its text: a layout that aligns a label that wraps cuts it off.
    """

    def __init__(self, shade: Shade, side: Side = "left") -> None:
        super().__init__()
        self._shade = shade
        self._side: Side = side
        if side == "right":
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def show_tensor(self, value: Array | None, decimals: int, palette: Palette) -> None:
        """Show a tensor's numbers as they are now."""
        if value is None or value.ndim == 0 or is_short_vector(value.shape):
            self.hide()
            return
        html = tensor_html(value, decimals, self._shade, palette, self._side)
        if html != self.text():
            self.setText(html)
            self.setAccessibleName(_range(value, decimals))
        self.show()


def tensor_button(context: Context) -> QPushButton:
    """Return the button that shows all numbers of what is selected."""
    button = QPushButton("Show tensor")
    button.setObjectName("show-tensor")
    button.setToolTip("Table, heat map and histogram of its value and its gradient (Ctrl+T)")
    button.clicked.connect(context.show_tensor)
    return button


def tensor_html(
    value: Array, decimals: int, shade: Shade, palette: Palette, side: Side = "left"
) -> str:
    """Return the numbers of a vector or matrix as a table; of more axes, their range."""
    if value.ndim > 2:
        return line_html((Run(_range(value, decimals), Shade.MUTED),), palette)
    rows = np.atleast_2d(value)
    lines = [_line(row, decimals, shade, palette) for row in rows[:MOST_ROWS].tolist()]
    table = f"<div align={side}><table align={side} cellpadding=2>{''.join(lines)}</table></div>"
    if len(rows) > MOST_ROWS or rows.shape[1] > MOST_COLUMNS:
        return table + line_html((Run(_range(value, decimals), Shade.MUTED),), palette)
    return table


def _line(row: list[float], decimals: int, shade: Shade, palette: Palette) -> str:
    numbers = [format_number(each, decimals) for each in row[:MOST_COLUMNS]]
    if len(row) > MOST_COLUMNS:
        numbers.append(_MORE)
    cells = (f"<td align=right>{line_html((Run(text, shade),), palette)}</td>" for text in numbers)
    return f"<tr>{''.join(cells)}</tr>"


def _range(value: Array, decimals: int) -> str:
    numbers = np.ravel(value)
    finite = numbers[np.isfinite(numbers)]
    shape = format_dimensions(value.shape)
    if finite.size == 0:
        return f"{shape}, no number of it is finite"
    low, high = (format_number(float(each), decimals) for each in (finite.min(), finite.max()))
    odd = numbers.size - finite.size
    rest = f", {odd} not finite" if odd else ""
    return f"{shape}, from {low} to {high}{rest}"
