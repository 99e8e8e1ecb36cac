"""The list of the palette: gates in two columns below the headings of their groups."""

from __future__ import annotations

from typing import TypeAlias, cast, final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDrag, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from chainrule.gates.kind import Kind
from chainrule_desktop.panels.gate_picture import LIST_SCALE, body_of, gate_pixmap, paint_gate
from chainrule_desktop.panels.palette_model import KIND_ROLE, PaletteModel
from chainrule_desktop.theme import Theme, set_part

_Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROW = 32
_HEADING = 32
_LEFT = 4
_GAP = 6
_RIGHT = 6
_NAME_SHARE = 0.92
_CHOOSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@final
class GateDelegate(QStyledItemDelegate):
    """Paints a row: a heading, or a gate's circle with its name.

    A gate takes half of the width, or all of it where its name would not fit.
    """

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index, /) -> QSize:
        width = _room(self._view)
        kind = _kind(index)
        if kind is None:
            return QSize(width, _HEADING)
        half = width // 2
        return QSize(half if self.needed_width(kind) <= half else width, _ROW)

    def needed_width(self, kind: type[Kind]) -> int:
        """Return how wide a gate's row must be to show its name as a whole."""
        name = QFontMetrics(self._name_font()).horizontalAdvance(kind.name)
        return _LEFT + _picture_width(kind) + _GAP + name + _RIGHT

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, /) -> None:
        painter.save()
        rect = option.rect
        kind = _kind(index)
        if kind is None:
            self._paint_heading(painter, rect, str(index.data()))
        else:
            state = option.state
            self._paint_ground(painter, rect, state)
            self._paint_gate(painter, rect, kind)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        font = QFont(self._view.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.palette.muted_text))
        below = rect.adjusted(_LEFT, 6, 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        palette = self._theme.palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ringed = selected and self._view.hasFocus()
        painter.setPen(QPen(QColor(palette.focus_ring), 1.2) if ringed else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent_fill if selected else palette.hover))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_gate(self, painter: QPainter, rect: QRect, kind: type[Kind]) -> None:
        middle = rect.top() + rect.height() / 2
        picture = _picture_width(kind)
        center = QPointF(rect.left() + _LEFT + picture / 2, middle)
        paint_gate(painter, center, LIST_SCALE, body_of(kind), self._theme.palette)
        font = self._name_font()
        left = _LEFT + picture + _GAP
        place = rect.adjusted(left, 0, -2, 0)
        metrics = QFontMetrics(font)
        name = metrics.elidedText(kind.name, Qt.TextElideMode.ElideRight, place.width())
        painter.setFont(font)
        painter.setPen(QColor(self._theme.palette.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _name_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setPointSizeF(font.pointSizeF() * _NAME_SHARE)
        return font


@final
class PaletteView(QListView):
    """Lists the gates; the arrow keys walk through them.

    Signals:
        chosen(str): a gate is to be placed: Enter, or a double click.
        left(str): the keyboard wants back to the search field, with what was typed on the way.
    """

    chosen = Signal(str)
    left = Signal(str)

    def __init__(self, model: PaletteModel, theme: Theme) -> None:
        super().__init__()
        self._gates = model
        self._theme = theme
        set_part(self, "flat")
        self.setAccessibleName("Gates")
        self.setAccessibleDescription("Enter places the gate on the canvas; it can be dragged too.")
        self.setModel(model)
        self.gate_delegate = GateDelegate(self, theme)
        self.setItemDelegate(self.gate_delegate)
        self._arrange()
        self.doubleClicked.connect(self._choose)

    def _arrange(self) -> None:
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        index = self.currentIndex()
        if event.key() in _CHOOSING_KEYS:
            self._choose(index)
        elif event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Up and self._is_in_first_line(index)
        ):
            self.left.emit("")
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str, /) -> None:
        # A letter typed here begins a search instead of jumping from name to name.
        self.left.emit(search)

    @override
    def startDrag(self, _supported: Qt.DropAction, /) -> None:
        drag = self.drag_of(self.currentIndex())
        if drag is not None:
            drag.exec(Qt.DropAction.CopyAction)

    def drag_of(self, index: QModelIndex) -> QDrag | None:
        """Return the drag of the gate in a row, with its circle under the pointer."""
        kind = self._gates.kind_at(index)
        if kind is None:
            return None
        drag = QDrag(self)
        drag.setMimeData(self._gates.mimeData([index]))
        pixmap = gate_pixmap(kind, self._theme.palette, self.devicePixelRatioF())
        drag.setPixmap(pixmap)
        drag.setHotSpot(QRectF(QPointF(), pixmap.deviceIndependentSize()).center().toPoint())
        return drag

    def _choose(self, index: QModelIndex) -> None:
        kind = self._gates.kind_at(index)
        if kind is not None:
            self.chosen.emit(kind.name)

    def _is_in_first_line(self, index: QModelIndex) -> bool:
        first = self._gates.first_gate()
        return self.visualRect(index).top() <= self.visualRect(first).top()


def _kind(index: _Index) -> type[Kind] | None:
    return cast("type[Kind] | None", index.data(KIND_ROLE))


def _room(view: QListView) -> int:
    """Return the width that the view fills with rows: it always leaves room for a scroll bar."""
    bar = view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, view)
    return view.maximumViewportSize().width() - bar


def _picture_width(kind: type[Kind]) -> int:
    return round(2 * body_of(kind).half_width * LIST_SCALE) + 2
