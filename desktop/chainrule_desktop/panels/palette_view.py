"""The list of the palette: gates in two columns below the headings of their groups."""

from __future__ import annotations

from collections.abc import Sequence
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
from chainrule_desktop.panels.palette_model import HEADING_ROLE, KIND_ROLE, Heading, PaletteModel
from chainrule_desktop.search.gate_picture import (
    LIST_SCALE,
    gate_pixmap,
    list_body_of,
    list_scale,
    paint_gate,
)
from chainrule_desktop.theme import IconName, Theme, set_part

_Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROW = 32
_HEADING = 32
_LEFT = 2
_GAP = 5
_RIGHT = 1
_ARROW = 12
_NAME_SHARE = 0.88
_CHOOSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@final
class GateDelegate(QStyledItemDelegate):
    """Paints a row: a heading, or a gate's circle with its name."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._widths: list[int] = []

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index, /) -> QSize:
        known = index.row() < len(self._widths)
        width = self._widths[index.row()] if known else _room(self._view)
        row = round(_ROW * list_scale(self._view.font()) / LIST_SCALE)
        return QSize(width, _HEADING if _kind(index) is None else row)

    def measure(self) -> None:
        """Find out how wide each row must be in the view as it is now."""
        model = self._view.model()
        kinds = [_kind(model.index(row, 0)) for row in range(model.rowCount())]
        needs = [None if kind is None else self.needed_width(kind) for kind in kinds]
        self._widths = row_widths(needs, _room(self._view))

    def needed_width(self, kind: type[Kind]) -> int:
        """Return how wide a gate's row must be to show its name as a whole."""
        name = QFontMetrics(self._name_font()).horizontalAdvance(kind.name)
        return _LEFT + self._picture_width(kind) + _GAP + name + _RIGHT

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, /) -> None:
        painter.save()
        rect = option.rect
        kind = _kind(index)
        if kind is None:
            self._paint_ground(painter, rect.adjusted(0, 5, 0, -1), option.state)
            self._paint_heading(painter, rect, _heading(index))
        else:
            state = option.state
            self._paint_ground(painter, rect, state)
            self._paint_gate(painter, rect, kind)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: Heading | None) -> None:
        if heading is None:
            return
        below = rect.adjusted(_LEFT, 5, -6, -1)
        middle = Qt.AlignmentFlag.AlignVCenter
        name: IconName = "chevron-down" if heading.is_open else "chevron-right"
        arrow = QRect(below.left(), below.center().y() - _ARROW // 2, _ARROW, _ARROW)
        self._theme.icon(name).paint(painter, arrow)
        font = QFont(self._view.font())
        painter.setPen(QColor(self._theme.palette.muted_text))
        if not heading.is_open:
            painter.drawText(below, middle | Qt.AlignmentFlag.AlignRight, str(heading.count))
        font.setBold(True)
        painter.setFont(font)
        words = below.adjusted(_ARROW + _GAP, 0, 0, 0)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, heading.text)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        palette = self._theme.palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ringed = selected and self._view.hasFocus()
        painter.setPen(QPen(QColor(palette.focus_ring), 1.2) if ringed else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent_fill if selected else palette.hover))
        painter.drawRoundedRect(rect.adjusted(0, 1, -1, -1), 5, 5)

    def _paint_gate(self, painter: QPainter, rect: QRect, kind: type[Kind]) -> None:
        middle = rect.top() + rect.height() / 2
        picture = self._picture_width(kind)
        center = QPointF(rect.left() + _LEFT + picture / 2, middle)
        scale = list_scale(self._view.font())
        paint_gate(painter, center, scale, list_body_of(kind), self._theme.palette)
        font = self._name_font()
        left = _LEFT + picture + _GAP
        place = rect.adjusted(left, 0, 0, 0)
        metrics = QFontMetrics(font)
        name = metrics.elidedText(kind.name, Qt.TextElideMode.ElideRight, place.width())
        painter.setFont(font)
        painter.setPen(QColor(self._theme.palette.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _picture_width(self, kind: type[Kind]) -> int:
        return round(2 * list_body_of(kind).half_width * list_scale(self._view.font())) + 1

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
        self.clicked.connect(self._turn)

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
    def doItemsLayout(self) -> None:
        self.gate_delegate.measure()
        super().doItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        index = self.currentIndex()
        if self._turns_group(index, Qt.Key(event.key())):
            return
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

    def _turn(self, index: QModelIndex) -> None:
        """Open or close the group of a heading; the keyboard stays on it."""
        heading = _heading(index)
        if heading is not None:
            place = self.verticalScrollBar().value()
            self._gates.turn(index)
            self.setCurrentIndex(self._gates.row_of(heading.text))
            self.verticalScrollBar().setValue(place)

    def _turns_group(self, index: QModelIndex, key: Qt.Key) -> bool:
        """Open or close the group of a heading with a key, as in a tree; say whether it did."""
        heading = _heading(index)
        if heading is None:
            return False
        arrow = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(key)
        if arrow is None and key not in (*_CHOOSING_KEYS, Qt.Key.Key_Space):
            return False
        if arrow is None or arrow is heading.is_open:
            self._turn(index)
        return True

    def _is_in_first_line(self, index: QModelIndex) -> bool:
        first = self._gates.index(0, 0)
        return self.visualRect(index).top() <= self.visualRect(first).top()


def row_widths(needs: Sequence[int | None], room: int) -> list[int]:
    """Return how wide the rows are that stand two to a line; None, a heading, has its own.

    What needs more than its column, of which the right one is a little wider, takes a whole line.
    """
    left = room * 12 // 25
    widths: list[int] = []
    at_left = True
    for need in needs:
        column = left if at_left else room - left
        fits = need is not None and need <= column
        widths.append(column if fits else room)
        at_left = not (fits and at_left)
    return widths


def _heading(index: _Index) -> Heading | None:
    return cast("Heading | None", index.data(HEADING_ROLE))


def _kind(index: _Index) -> type[Kind] | None:
    return cast("type[Kind] | None", index.data(KIND_ROLE))


def _room(view: QListView) -> int:
    """Return the width of a line; Qt leaves room for a scroll bar, and breaks a full line."""
    bar = view.style().pixelMetric(
        QStyle.PixelMetric.PM_ScrollBarExtent, None, view.verticalScrollBar()
    )
    return view.maximumViewportSize().width() - bar - 1
