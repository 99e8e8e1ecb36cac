"""One example of the start view: its picture, its title, and what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import final

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule.files import read_graph
from chainrule_desktop.panels.example_picture import ExamplePicture
from chainrule_desktop.theme import Palette, Theme

CARD_WIDTH = 300
"""The least width of a card."""

_PICTURE_HEIGHT = 128
_PADDING = 14
_GAP = 8
_LINE_GAP = 2


@final
class _About(msgspec.Struct):
    """What a card says, from the file of its example."""

    title: str = ""
    description: str = ""


@final
class ExampleCard(QAbstractButton):
    """A button that shows an example; its picture is made when it is asked for."""

    def __init__(self, path: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._theme = theme
        about = _about(path)
        self._title = about.title or path.stem.replace("-", " ").capitalize()
        self._says = _first_sentence(about.description)
        self._picture: ExamplePicture | None = None
        self._pixmap: QPixmap | None = None
        self.setText(self._title)
        self.setAccessibleName(f"Example: {self._title}")
        self.setAccessibleDescription(about.description)
        self.setToolTip(about.description)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._repaint)

    def load_picture(self) -> None:
        """Read the example and make its picture; one that can't be read goes without."""
        try:
            self._picture = ExamplePicture(read_graph(self.path))
        except (ChainruleError, OSError):
            self._picture = None
        self._repaint()

    @property
    def has_picture(self) -> bool:
        """Whether the picture is there."""
        return self._picture is not None

    def height_for(self, width: int) -> int:
        """Return how high a card of that width must be to hold all of its text."""
        text = width - 2 * _PADDING
        return self._says_top(text) + self._says_height(text) + _PADDING

    @override
    def sizeHint(self) -> QSize:
        return QSize(CARD_WIDTH, self.height_for(CARD_WIDTH))

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        # Qt presses a button with Space alone.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        self._paint_ground(painter, palette)
        self._paint_picture(painter, palette)
        self._paint_text(painter, palette)

    def _paint_ground(self, painter: QPainter, palette: Palette) -> None:
        ring = self.hasFocus()
        line = palette.outline if self.underMouse() else palette.border
        painter.setPen(QPen(QColor(palette.focus_ring if ring else line), 2 if ring else 1))
        painter.setBrush(QColor(palette.hover if self.isDown() else palette.field))
        inset = 1.0 if ring else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    def _paint_picture(self, painter: QPainter, palette: Palette) -> None:
        if self._picture is None:
            return
        room = QSize(self.width() - 2 * _PADDING, _PICTURE_HEIGHT)
        ratio = self.devicePixelRatioF()
        pixmap = self._pixmap
        if pixmap is None or pixmap.devicePixelRatio() != ratio:
            self._pixmap = pixmap = self._picture.pixmap(room, palette, ratio)
        size = pixmap.deviceIndependentSize()
        left = (self.width() - size.width()) / 2
        top = _PADDING + (_PICTURE_HEIGHT - size.height()) / 2
        painter.drawPixmap(QPointF(round(left), round(top)), pixmap)

    def _paint_text(self, painter: QPainter, palette: Palette) -> None:
        width = self.width() - 2 * _PADDING
        wrap = Qt.TextFlag.TextWordWrap
        painter.setFont(self._title_font())
        painter.setPen(QColor(palette.text))
        painter.drawText(QRect(_PADDING, _title_top(), width, self.height()), wrap, self._title)
        painter.setFont(self.font())
        painter.setPen(QColor(palette.muted_text))
        top = self._says_top(width)
        painter.drawText(QRect(_PADDING, top, width, self.height()), wrap, self._says)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _says_top(self, width: int) -> int:
        title = _wrapped_height(QFontMetrics(self._title_font()), self._title, width)
        return _title_top() + title + _LINE_GAP

    def _says_height(self, width: int) -> int:
        return _wrapped_height(self.fontMetrics(), self._says, width)

    def _repaint(self) -> None:
        self._pixmap = None
        self.update()


def _title_top() -> int:
    return _PADDING + _PICTURE_HEIGHT + _GAP


def _wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    room = QRect(0, 0, width, 10_000)
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()


def _about(path: Path) -> _About:
    """Read title and description alone, which is quick; a damaged file has neither."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_About)
    except (OSError, ValueError):
        return _About()


def _first_sentence(text: str) -> str:
    head, found, _ = text.partition(". ")
    return f"{head}." if found else text
