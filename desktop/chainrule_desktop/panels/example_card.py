"""One example of the start view: its picture, its title, and what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import final

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from chainrule.diagram.ink import Ink
from chainrule.errors import ChainruleError
from chainrule.export.figure import Figure, make_figure
from chainrule.export.options import Background, FigureOptions
from chainrule.files import read_graph
from chainrule_desktop.figures.painter import paint_figure
from chainrule_desktop.theme import Palette, Theme

CARD_WIDTH = 264

_PICTURE = QSize(CARD_WIDTH - 24, 116)
_PADDING = 12
_GAP = 8
_LARGEST_SCALE = 0.9


@final
class _About(msgspec.Struct):
    """What a card says, from the file of its example."""

    title: str = ""
    description: str = ""


@final
class ExampleCard(QAbstractButton):
    """A button that shows an example; its picture is drawn when it is asked for."""

    def __init__(self, path: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._theme = theme
        about = _about(path)
        self._title = about.title or path.stem.replace("-", " ").capitalize()
        self._says = _first_sentence(about.description)
        self._figure: Figure | None = None
        self._picture: QPixmap | None = None
        self.setText(self._title)
        self.setAccessibleName(f"Example: {self._title}")
        self.setAccessibleDescription(about.description)
        self.setToolTip(about.description)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedWidth(CARD_WIDTH)
        theme.changed.connect(self._repaint_picture)

    def load_picture(self) -> None:
        """Read the example and draw its picture; one that can't be read goes without."""
        try:
            self._figure = make_figure(read_graph(self.path), FigureOptions())
        except (ChainruleError, OSError):
            self._figure = None
        self._repaint_picture()

    @property
    def has_picture(self) -> bool:
        """Whether the picture is there."""
        return self._figure is not None

    @override
    def sizeHint(self) -> QSize:
        return QSize(CARD_WIDTH, self._text_top() + self._text_rect().height() + _PADDING)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        self._paint_ground(painter, palette)
        if self._figure is not None:
            picture = self._picture_for(self._figure, palette)
            size = picture.deviceIndependentSize()
            left = (self.width() - size.width()) / 2
            top = _PADDING + (_PICTURE.height() - size.height()) / 2
            painter.drawPixmap(QPointF(round(left), round(top)), picture)
        self._paint_text(painter, palette)

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _paint_ground(self, painter: QPainter, palette: Palette) -> None:
        ring = self.hasFocus()
        pressed = self.isDown() or self.underMouse()
        line = palette.focus_ring if ring else palette.outline if pressed else palette.border
        painter.setPen(QPen(QColor(line), 2 if ring else 1))
        painter.setBrush(QColor(palette.pressed if self.isDown() else palette.field))
        inset = 1.0 if ring else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    def _paint_text(self, painter: QPainter, palette: Palette) -> None:
        bold = self._title_font()
        metrics = QFontMetrics(bold)
        width = self.width() - 2 * _PADDING
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, width)
        painter.setFont(bold)
        painter.setPen(QColor(palette.text))
        top = _PADDING + _PICTURE.height() + _GAP
        painter.drawText(QRect(_PADDING, top, width, metrics.height()), title)
        painter.setFont(self.font())
        painter.setPen(QColor(palette.muted_text))
        below = QRect(_PADDING, self._text_top(), width, self.height())
        painter.drawText(below, Qt.TextFlag.TextWordWrap, self._says)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _text_top(self) -> int:
        return _PADDING + _PICTURE.height() + _GAP + QFontMetrics(self._title_font()).height() + 2

    def _text_rect(self) -> QRect:
        room = QRect(0, 0, CARD_WIDTH - 2 * _PADDING, 1000)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self._says)

    def _picture_for(self, figure: Figure, palette: Palette) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = _painted(figure, palette, ratio)
        return self._picture

    def _repaint_picture(self) -> None:
        self._picture = None
        self.update()


def _painted(figure: Figure, palette: Palette, ratio: float) -> QPixmap:
    scale = min(_LARGEST_SCALE, _PICTURE.width() / figure.width, _PICTURE.height() / figure.height)
    size = QSize(round(figure.width * scale * ratio), round(figure.height * scale * ratio))
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.scale(scale * ratio, scale * ratio)
    paint_figure(
        painter, figure, FigureOptions(background=Background.TRANSPARENT, ink=_ink(palette))
    )
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _ink(palette: Palette) -> Ink:
    """Return the colours of a picture on a card."""
    return Ink(
        background=palette.field,
        text=palette.text,
        muted=palette.muted_text,
        wire=palette.wire,
        gate_fill=palette.gate_fill,
        outline=palette.gate_outline,
        value=palette.value,
        gradient=palette.gradient,
        problem=palette.problem,
    )


def _about(path: Path) -> _About:
    """Read title and description alone, which is quick; a damaged file has neither."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_About)
    except (OSError, ValueError):
        return _About()


def _first_sentence(text: str) -> str:
    head, found, _ = text.partition(". ")
    return f"{head}." if found else text
