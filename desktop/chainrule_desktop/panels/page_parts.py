"""Pieces from which the inspector's pages are put together."""

from __future__ import annotations

from typing import Protocol, final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from chainrule_desktop.panels.runs import Line, line_html, plain_line
from chainrule_desktop.theme import Palette, Part, set_part

LABEL_WIDTH = 84
_LARGER = 1.12
_LINE_HEIGHT = 26


class Section(Protocol):
    """A part of a page that shows numbers which change."""

    def refresh(self) -> None:
        """Show what holds now, without taking the keyboard from any field."""
        ...


@final
class LineLabel(QLabel):
    """A line of text in the colours of values and gradients, which can be selected and copied."""

    def __init__(self, *, larger: bool = False, card: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if card:
            set_part(self, "card")
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if larger or card:
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * _LARGER)
            self.setFont(font)

    def show_line(self, line: Line, palette: Palette, tooltip: str = "") -> None:
        """Show a line; screen readers read it without its colours."""
        html = line_html(line, palette)
        if html != self.text():
            self.setText(html)
            self.setAccessibleName(plain_line(line))
        self.setToolTip(tooltip)


@final
class Sentence(QLabel):
    """A line of text that ends in dots where there is no room for it.

    It must not make the window wider, least of all while a wire is drawn in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        dots = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.text(), dots, self.width())
        self.style().drawItemText(
            QPainter(self),
            self.rect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )


def label_of(text: str = "", part: Part | None = None) -> QLabel:
    """Return a label that wraps and whose text can be selected."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if part is not None:
        set_part(label, part)
    return label


def heading(text: str) -> QLabel:
    """Return the heading of a section."""
    label = QLabel(text)
    set_part(label, "heading")
    label.setContentsMargins(0, 6, 0, 0)
    return label


def card_around(content: QWidget) -> QFrame:
    """Return a card with something in it."""
    card = QFrame()
    set_part(card, "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(6, 4, 6, 4)
    layout.addWidget(content)
    return card


def divider() -> QFrame:
    """Return a thin line across the page."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    return line


def column(widget: QWidget, spacing: int = 6) -> QVBoxLayout:
    """Give a widget a layout without margins, from top to bottom."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout


@final
class Form(QWidget):
    """Rows of a name and a field, with room for a sentence below each field."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, field: QWidget, note: QLabel | None = None, says: str = "") -> None:
        """Add a row; `says` explains the field in its tooltip."""
        label = QLabel(name)
        label.setWordWrap(True)
        set_part(label, "muted")
        label.setBuddy(field)
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        label.setMinimumHeight(min(field.sizeHint().height(), _LINE_HEIGHT))
        self._grid.addWidget(label, row, 0, top)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        self._grid.addWidget(field, row, 1)
        if note is not None:
            self._grid.addWidget(note, row + 1, 1)
        if says:
            field.setToolTip(says)
            label.setToolTip(says)

    def add_below(self, name: str, field: QWidget, note: QLabel, says: str = "") -> None:
        """Add a field as wide as the form, below its name."""
        label = QLabel(name)
        set_part(label, "muted")
        label.setBuddy(field)
        field.setToolTip(says)
        for each in (label, field, note):
            self.add_wide(each)

    def add_wide(self, field: QWidget) -> None:
        """Add a row that takes the whole width."""
        self._grid.addWidget(field, self._grid.rowCount(), 0, 1, 2)
