"""Painting the rows of a search: a picture, the title with its matched letters, what goes by."""

from __future__ import annotations

from itertools import groupby
from typing import final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from chainrule.diagram.bodies import RADIUS
from chainrule_desktop.search.gate_picture import list_body_of, paint_gate
from chainrule_desktop.search.row import Row, RowsModel
from chainrule_desktop.theme import Theme

ROW = 30
_SCALE = 0.62
_ICON = 16
_EDGE = 8
_PICTURE = 42
_GAP = 12
_MOST_BESIDE = 0.55
_DIMMED = 0.45
_LONG_KEYS = "Ctrl+Shift+Enter"
_MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@final
class RowDelegate(QStyledItemDelegate):
    """Paints the rows in the colours of the theme."""

    def __init__(self, view: QListView, model: RowsModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self.is_keyed = False
        """Whether a column at the right is kept for keys."""

    @property
    def height(self) -> int:
        """How high a row is in the view's font."""
        return max(ROW, self._view.fontMetrics().height() + 10)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /
    ) -> QSize:
        return QSize(120, self.height)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        /,
    ) -> None:
        row = self._model.row_at(index)
        if row is None:
            return
        painter.save()
        rect: QRect = option.rect
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self._theme.palette.accent))
            painter.setBrush(QColor(self._theme.palette.accent_fill))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 5, 5)
        self._paint_picture(painter, rect, row)
        room = rect.adjusted(_EDGE + _PICTURE + _GAP // 2, 0, -_EDGE, 0)
        taken = self._paint_beside(painter, room, row, current=current)
        self._paint_title(painter, room.adjusted(0, 0, -taken, 0), row)
        painter.restore()

    def _paint_picture(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if row.hindrance:
            painter.setOpacity(_DIMMED)
        self._paint_gate_or_icon(painter, rect, row)
        painter.setOpacity(1.0)

    def _paint_gate_or_icon(self, painter: QPainter, rect: QRect, row: Row) -> None:
        middle = QPointF(rect.left() + _EDGE + _PICTURE / 2, rect.top() + rect.height() / 2)
        if row.kind is not None:
            body = list_body_of(row.kind)
            # The widest are made to fit.
            scale = min(_SCALE, _PICTURE / (2 * body.half_width), rect.height() / (2.2 * RADIUS))
            paint_gate(painter, middle, scale, body, self._theme.palette)
        elif row.icon is not None:
            corner = (middle - QPointF(_ICON / 2, _ICON / 2)).toPoint()
            self._theme.icon(row.icon).paint(painter, QRect(corner, QSize(_ICON, _ICON)))

    def _paint_beside(self, painter: QPainter, room: QRect, row: Row, *, current: bool) -> int:
        """Paint what stands at the right end, and return how much of the room that takes."""
        metrics, palette = QFontMetrics(self._view.font()), self._theme.palette
        painter.setFont(self._view.font())
        usual = palette.text if current else palette.muted_text
        painter.setPen(QColor(palette.disabled_text if row.hindrance else usual))
        taken = 0
        if self.is_keyed:
            painter.drawText(room, _MIDDLE_RIGHT, row.keys)
            taken = metrics.horizontalAdvance(_LONG_KEYS) + _GAP
        if not row.beside:
            return taken
        most = round((room.width() - taken) * _MOST_BESIDE)
        text = metrics.elidedText(row.beside, Qt.TextElideMode.ElideRight, most)
        painter.drawText(room.adjusted(0, 0, -taken, 0), _MIDDLE_RIGHT, text)
        return taken + metrics.horizontalAdvance(text) + _GAP

    def _paint_title(self, painter: QPainter, room: QRect, row: Row) -> None:
        palette = self._theme.palette
        plain, strong = QFont(self._view.font()), QFont(self._view.font())
        strong.setBold(True)
        shown = self._shown(row, strong, room.width())
        left, marked = room.left(), set(row.letters)
        for matched, run in groupby(enumerate(shown), key=lambda each: each[0] in marked):
            text = "".join(letter for _, letter in run)
            font = strong if matched else plain
            known = palette.accent if matched else palette.text
            painter.setFont(font)
            painter.setPen(QColor(palette.disabled_text if row.hindrance else known))
            painter.drawText(room.adjusted(left - room.left(), 0, 0, 0), _MIDDLE_LEFT, text)
            left += QFontMetrics(font).horizontalAdvance(text)

    def _shown(self, row: Row, strong: QFont, width: int) -> str:
        """Return the title, shortened where even its wider letters would not fit."""
        title = row.title.replace("\n", " ")
        metrics = QFontMetrics(strong if row.letters else self._view.font())
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)
