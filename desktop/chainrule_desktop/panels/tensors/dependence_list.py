"""What a chosen number depends on: a small map of each tensor, with the cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from chainrule.autodiff.dependence import Dependence
from chainrule.diagram.numbers import format_dimensions
from chainrule.diagram.shades import codes_of
from chainrule_desktop.panels.page_parts import column, heading, label_of
from chainrule_desktop.panels.tensors.look import Look, coloured
from chainrule_desktop.theme import set_part

WIDTH = 232
_MAP_WIDTH = 184
_MAP_HEIGHT = 120
_LARGEST_CELL = 18.0
_MOST_CELLS = 64
_LEAST_LINED = 4.0


@final
class DependenceList(QScrollArea):
    """Lists tensors with the cells on which a chosen number depends.

    Signals:
        node_chosen(str): the tensor of this node is wanted.
    """

    node_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_part(self, "flat")
        self.setAccessibleName("What the chosen number depends on")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDTH)

    def show_sentence(self, title: str, sentence: str) -> None:
        """Show a sentence instead of maps."""
        page, layout = _page(title)
        layout.addWidget(label_of(sentence, "muted"))
        layout.addStretch()
        self.setWidget(page)

    def show_dependences(self, title: str, found: Sequence[Dependence], look: Look) -> None:
        """Show what was found: what is wired to the node first, then leaves further upstream."""
        page, layout = _page(title)
        for feeds, text in ((True, "Inputs"), (False, "Further upstream")):
            these = [each for each in found if each.feeds is feeds]
            if these:
                layout.addWidget(heading(text))
            for each in these:
                card = DependenceMap(each, look)
                card.chosen.connect(self.node_chosen)
                layout.addWidget(_caption(each))
                layout.addWidget(card)
        note = "Marked: cells whose derivative is not 0 at this point."
        layout.addWidget(label_of(note, "note"))
        layout.addStretch()
        self.setWidget(page)


@final
class DependenceMap(QWidget):
    """A small heat map; what is not depended on is faded. Enter and a click ask for the tensor.

    Signals:
        chosen(str): the tensor of this node is wanted.
    """

    chosen = Signal(str)

    def __init__(self, dependence: Dependence, look: Look) -> None:
        super().__init__()
        self._node = dependence.node
        self._look = look
        self._values, self._marks = small_map(dependence)
        rows, columns = self._values.shape
        side = min(_MAP_WIDTH / columns, _MAP_HEIGHT / rows, _LARGEST_CELL)
        self._cell = side
        self._size = QSize(round(columns * side) + 4, round(rows * side) + 4)
        self.setFixedSize(self._size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        says = _says(dependence)
        self.setAccessibleName(f"{dependence.node}: {says}")
        self.setToolTip(f"{_places(dependence)}\nClick to show {dependence.node}.")

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        rows, columns = self._values.shape
        area = QRectF(2, 2, columns * self._cell, rows * self._cell)
        finite = self._values[np.isfinite(self._values)]
        largest = float(np.abs(finite).max(initial=0.0))
        painter.drawImage(area, coloured(codes_of(self._values, largest), self._look))
        palette = self._look.palette
        faded = QColor(palette.panel)
        faded.setAlphaF(0.82)
        self._fill(painter, ~self._marks, faded)
        if self._cell >= _LEAST_LINED:
            self._outline(painter)
        painter.setPen(QPen(QColor(palette.focus_ring if self.hasFocus() else palette.border), 1))
        painter.drawRect(area.adjusted(-1, -1, 1, 1))
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._node)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._node)
        else:
            super().keyPressEvent(event)

    def _box(self, row: int, column: int) -> QRectF:
        return QRectF(2 + column * self._cell, 2 + row * self._cell, self._cell, self._cell)

    def _fill(self, painter: QPainter, where: np.ndarray, colour: QColor) -> None:
        for place in np.argwhere(where).tolist():
            painter.fillRect(self._box(*place), colour)

    def _outline(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._look.palette.text), 1.4))
        for place in np.argwhere(self._marks).tolist():
            painter.drawRect(self._box(*place).adjusted(1, 1, -1, -1))


def small_map(dependence: Dependence) -> tuple[np.ndarray, np.ndarray]:
    """Return values and marks as matrices of at most 64 × 64; a block is marked if any cell is.

    Of more than two axes, the matrices stand below each other.
    """
    value, marks = np.asarray(dependence.value), np.asarray(dependence.marks)
    last = value.shape[-1] if value.ndim else 1
    values, marked = value.reshape(-1, last), marks.reshape(-1, last)
    for axis in (0, 1):
        length = values.shape[axis]
        if length > _MOST_CELLS:
            starts = np.arange(_MOST_CELLS) * length // _MOST_CELLS
            values = np.take(values, starts, axis)
            marked = np.logical_or.reduceat(marked, starts, axis)
    return values, marked


def _page(title: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = column(page, 6)
    layout.setContentsMargins(14, 2, 14, 8)
    layout.addWidget(label_of(title, "heading"))
    return page, layout


def _caption(dependence: Dependence) -> QLabel:
    shape = format_dimensions(dependence.value.shape) if dependence.value.ndim else "a number"
    return label_of(f"{dependence.node}, {shape}: {_says(dependence)}")


def _says(dependence: Dependence) -> str:
    total = dependence.marks.size
    if total == 1:
        return "yes" if dependence.count else "no"
    return f"{dependence.count:,} of {total:,} cells"


def _places(dependence: Dependence) -> str:
    places = np.argwhere(np.asarray(dependence.marks))
    listed = [str(tuple(each)) if len(each) != 1 else str(each[0]) for each in places[:8].tolist()]
    more = f" and {len(places) - 8:,} more" if len(places) > 8 else ""
    if not listed or not dependence.marks.ndim:
        return "It depends on it." if dependence.count else "It depends on none of them."
    return f"Depends on {', '.join(listed)}{more}."
