"""A button that shows a graph: a picture of it, its title, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget
from typing_extensions import override

from chainrule_desktop.panels.picture_cache import PictureOrder
from chainrule_desktop.theme import Palette, Theme

CARD_WIDTH: Final = 284
"""The least width of a card."""

ARROWS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)

_PICTURE_HEIGHT = 128
_LOW_PICTURE_HEIGHT = 84
_PADDING = 14
_GAP = 8
_LINE_GAP = 2
_ICON = 32
_REMOVE = 24


@final
@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says: below its picture, in its bubble, and to those who can't see it."""

    title: str
    says: str
    name: str
    tip: str


@final
class GraphCard(QAbstractButton):
    """Shows one file; its picture arrives later, and not at all where the file can't be read.

    Signals:
        picture_wanted(): the picture at hand is for other colours or another density of pixels.
        steered(Qt.Key): an arrow key asks for the card in that direction.
        removal_wanted(): the card is no longer wanted; only of one that is `removable`.
    """

    picture_wanted = Signal()
    steered = Signal(object)
    removal_wanted = Signal()

    def __init__(
        self,
        path: Path,
        words: CardWords,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        removable: bool = False,
        missing: bool = False,
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.is_missing = missing
        self._theme = theme
        self._says = words.says
        self._image: QImage | None = None
        self._ordered: PictureOrder | None = None
        self._height = _LOW_PICTURE_HEIGHT if removable else _PICTURE_HEIGHT
        self._wraps = not removable
        self._remove = _remove_button(self, words.title) if removable else None
        self.setText(words.title)
        self.setAccessibleName(words.name)
        self.setAccessibleDescription(words.tip)
        self.setToolTip(words.tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._show_theme)
        self._show_theme()

    @property
    def has_picture(self) -> bool:
        """Whether the picture is there."""
        return self._image is not None

    def order(self) -> PictureOrder:
        """Return which picture is wanted now."""
        room = QSize(CARD_WIDTH - 2 * _PADDING, self._height)
        ratio = self.devicePixelRatioF()
        self._ordered = PictureOrder(self.path, room, self._theme.palette, ratio)
        return self._ordered

    def show_picture(self, image: QImage | None) -> None:
        """Show the picture that was ordered; None where there can't be one."""
        self._image = image
        self.update()

    def height_for(self, width: int) -> int:
        """Return how high a card of that width must be to hold all of its text."""
        text = width - 2 * _PADDING
        return self._says_top(text) + self._says_height(text) + _PADDING

    @override
    def sizeHint(self) -> QSize:
        return QSize(CARD_WIDTH, self.height_for(CARD_WIDTH))

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        if self._remove is not None:
            self._remove.move(self.width() - _REMOVE - 5, 5)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        # Qt presses a button with Space alone.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in ARROWS:
            self.steered.emit(Qt.Key(event.key()))
        elif event.key() == Qt.Key.Key_Delete and self._remove is not None:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        self._paint_ground(painter, palette)
        self._paint_picture(painter)
        self._paint_text(painter, palette)

    def _paint_ground(self, painter: QPainter, palette: Palette) -> None:
        ring = self.hasFocus()
        line = palette.outline if self.underMouse() else palette.border
        painter.setPen(QPen(QColor(palette.focus_ring if ring else line), 2 if ring else 1))
        painter.setBrush(QColor(palette.hover if self.isDown() else palette.field))
        inset = 1.0 if ring else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    def _paint_picture(self, painter: QPainter) -> None:
        middle = QPointF(self.width() / 2, _PADDING + self._height / 2)
        if self._image is None:
            if not self._wraps:
                corner = middle - QPointF(_ICON / 2, _ICON / 2)
                icon = self._theme.icon("problem" if self.is_missing else "file")
                icon.paint(painter, QRect(corner.toPoint(), QSize(_ICON, _ICON)))
            return
        size = self._image.deviceIndependentSize()
        left, top = middle.x() - size.width() / 2, middle.y() - size.height() / 2
        painter.drawImage(QPointF(round(left), round(top)), self._image)
        if self._ordered is not None and self._ordered.ratio != self.devicePixelRatioF():
            # The window has come to another screen.
            self.picture_wanted.emit()

    def _paint_text(self, painter: QPainter, palette: Palette) -> None:
        width = self.width() - 2 * _PADDING
        painter.setFont(self._title_font())
        painter.setPen(QColor(palette.muted_text if self.is_missing else palette.text))
        self._write(painter, QRect(_PADDING, self._title_top(), width, self.height()), self.text())
        painter.setFont(self.font())
        painter.setPen(QColor(palette.muted_text))
        top = self._says_top(width)
        self._write(painter, QRect(_PADDING, top, width, self.height()), self._says)

    def _write(self, painter: QPainter, room: QRect, text: str) -> None:
        if not self._wraps:
            metrics = QFontMetrics(painter.font())
            text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.TextFlag.TextWordWrap, text)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _title_top(self) -> int:
        return _PADDING + self._height + _GAP

    def _says_top(self, width: int) -> int:
        metrics = QFontMetrics(self._title_font())
        return self._title_top() + self._text_height(metrics, self.text(), width) + _LINE_GAP

    def _says_height(self, width: int) -> int:
        return self._text_height(self.fontMetrics(), self._says, width)

    def _text_height(self, metrics: QFontMetrics, text: str, width: int) -> int:
        if not self._wraps:
            return metrics.height()
        room = QRect(0, 0, width, 10_000)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()

    def _show_theme(self) -> None:
        if self._remove is not None:
            self._remove.setIcon(self._theme.icon("close"))
        if self._ordered is not None:
            self.picture_wanted.emit()
        self.update()


def _remove_button(card: GraphCard, title: str) -> QToolButton:
    button = QToolButton(card)
    button.setFixedSize(_REMOVE, _REMOVE)
    button.setAutoRaise(True)
    button.setCursor(Qt.CursorShape.ArrowCursor)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setToolTip("Take this file off the list (Delete); the file stays where it is")
    button.setAccessibleName(f"Take {title} off the list")
    button.clicked.connect(card.removal_wanted)
    return button
