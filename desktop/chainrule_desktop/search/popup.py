"""The field over a list that floats above the window: type, choose, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, final

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule_desktop.messages import count, explain
from chainrule_desktop.search.row import Row, RowsModel
from chainrule_desktop.search.row_delegate import RowDelegate
from chainrule_desktop.theme import Theme, set_part

Finder: TypeAlias = Callable[[str], Sequence[Row]]
"""Returns the rows for what was typed; "" for nothing yet."""

_PAGE = 8
_LEAST_ROWS = 3
_AROUND_ROWS = 5
"""What else the popup has, and its distance from the window's edges, in heights of rows."""
_FROM_EDGE = 8
_MARGINS = QMargins(_FROM_EDGE, _FROM_EDGE, _FROM_EDGE, _FROM_EDGE)
_KEEPING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKING = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}


@final
@dataclass(frozen=True, slots=True)
class Wording:
    """What a search says: its name, what stands in the empty field, what if nothing is found.

    One that `stays` goes to what is chosen without closing, and on to the next at each Enter.
    `most` rows are seen at once; `width` is in pixels, if the window has them. Rows of one that is
    `keyed` have a column for keys.
    """

    name: str
    placeholder: str
    nothing: str
    stays: bool = False
    most: int = 9
    width: int = 420
    keyed: bool = False


@final
class SearchPopup(QFrame):
    """A field, the rows that are found, and a line on the current one.

    Down, Up, PageDown, PageUp and Tab walk through the rows while the field keeps the keyboard;
    Enter or a click chooses, Escape or a click elsewhere closes. What can't be done stays open and
    says why.

    Signals:
        closed(): the search is over, whether something was chosen or not.
    """

    closed = Signal()

    def __init__(self, host: QWidget, theme: Theme) -> None:
        super().__init__(host)
        self._host = host
        self._around = host
        self._before = host
        self._leaving = False
        self._is_filled = False
        self._finder: Finder = _nothing
        self._wording = Wording("", "", "")
        self._model = RowsModel(self)
        self._field = QLineEdit(clearButtonEnabled=True)
        self._list = QListView()
        self._delegate = RowDelegate(self._list, self._model, theme)
        self._count = QLabel()
        self._note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._visited = -1
        self._column = QVBoxLayout(self)
        self.hide()
        host.destroyed.connect(self.deleteLater)
        self._lay_out()
        theme.changed.connect(self._list.viewport().update)

    def begin(self, wording: Wording, finder: Finder, place: QPoint, typed: str = "") -> None:
        """Search beside a pixel of the screen; `typed` has been typed already."""
        self._finder, self._wording = finder, wording
        self._delegate.is_keyed = wording.keyed
        if self.isHidden():
            self._before = QApplication.focusWidget() or self._host
        self._around = self._host.window()
        self.setParent(self._around)
        self.setAccessibleName(wording.name)
        self._field.setAccessibleName(wording.name)
        self._field.setPlaceholderText(wording.placeholder)
        # The field itself must hear of its text: it shows its cross by that.
        self._is_filled = True
        self._field.setText(typed)
        self._is_filled = False
        self._search(typed)
        self._put(self._around.mapFromGlobal(place))
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def end(self) -> None:
        """Close the search; the keyboard goes back to where it came from."""
        if self.isHidden() or self._leaving:
            return
        self._stand_aside()
        self._finder = _nothing
        self.closed.emit()

    @property
    def current(self) -> Row | None:
        """The row that Enter would choose."""
        return self._model.row_at(self._list.currentIndex())

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                return self._keep_key(event)
            if event.type() == QEvent.Type.KeyPress:
                return self._take_key(event)
        elif isinstance(event, QFocusEvent) and _leaves(event):
            self.end()
        return False

    def _lay_out(self) -> None:
        set_part(self, "popup")
        set_part(self._list, "rows")
        set_part(self._note, "muted")
        set_part(self._count, "muted")
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._follow_typing)
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("What was found")
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(self._choose)
        self._list.selectionModel().currentChanged.connect(self._tell)
        column = self._column
        column.setContentsMargins(7, 7, 7, 7)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._field)
        top.addWidget(self._count)
        column.addLayout(top)
        column.addWidget(self._list)
        column.addWidget(self._note)

    def _follow_typing(self, typed: str) -> None:
        if not self._is_filled:
            self._search(typed)

    def _search(self, typed: str) -> None:
        self._model.show(self._finder(typed.strip()))
        found = self._model.count
        self._visited = -1
        self._list.setVisible(found > 0)
        self._list.setFixedHeight(self._rows_shown(found) * self._delegate.height + 4)
        self._list.setCurrentIndex(self._model.place(0))
        self._field.setAccessibleDescription(
            f"{count(found, 'row')}; Up and Down walk, Enter chooses."
        )
        self._tell()

    def _rows_shown(self, found: int) -> int:
        """Return how many rows are seen at once: fewer in a small window."""
        room = self._around.height() - _AROUND_ROWS * self._delegate.height
        fitting = max(_LEAST_ROWS, room // self._delegate.height)
        return min(max(found, 1), self._wording.most, fitting)

    def _tell(self) -> None:
        """Say what the current row is, to eyes and to ears."""
        row, found = self.current, self._model.count
        place = f"{self._list.currentIndex().row() + 1:,} of {found:,}" if found else "none"
        self._count.setText(place)
        self._count.setVisible(self._wording.stays)
        if row is None:
            self._say(self._wording.nothing)
            return
        self._say(row.hindrance or row.says, amiss=bool(row.hindrance))
        if self._field.hasFocus():
            spoken = QAccessibleAnnouncementEvent(self._field, row.spoken)
            QAccessible.updateAccessibility(spoken)

    def _say(self, sentence: str, *, amiss: bool = False) -> None:
        part = "problem" if amiss else "muted"
        if self._note.property("part") != part:
            set_part(self._note, part)
        self._note.setText(sentence)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows and the note need, and inside of the window."""
        width = min(self._wording.width, self._around.width() - 2 * _FROM_EDGE)
        lines = self._note.fontMetrics().lineSpacing() * 2 + 2
        self._note.setFixedHeight(max(lines, self._note.heightForWidth(width - 16)))
        self._column.activate()
        self.resize(width, self.sizeHint().height())
        self._put(self.pos())

    def _put(self, corner: QPoint) -> None:
        """Stand at `corner`, in the window's pixels, or as near to it as the window has room."""
        room = self._around.rect().marginsRemoved(_MARGINS)
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        y = max(room.top(), min(corner.y(), room.bottom() - self.height()))
        self.move(x, y)

    def _keep_key(self, event: QKeyEvent) -> bool:
        """Keep keys without Ctrl or Alt from being commands of the window."""
        command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if not event.modifiers() & command:
            event.accept()
            return True
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in _CHOOSING:
            self._enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in _WALKING:
            self._walk(_WALKING[key])
            if self._wording.stays:
                self._choose()
        else:
            return False
        return True

    def _walk(self, steps: int) -> None:
        """Go on by so many rows; single steps go round."""
        found, here = self._model.count, self._list.currentIndex().row()
        if not found:
            return
        there = here + steps
        row = there % found if abs(steps) == 1 else max(0, min(there, found - 1))
        self._list.setCurrentIndex(self._model.place(row))

    def _enter(self, *, back: bool) -> None:
        """Choose the current row; if that was done, the next one, or the one before."""
        if self._wording.stays and (back or self._visited == self._list.currentIndex().row()):
            self._walk(-1 if back else 1)
        self._choose()

    def _choose(self) -> None:
        row, finder = self.current, self._finder
        if row is None or row.hindrance:
            return
        if self._wording.stays:
            self._visited = self._list.currentIndex().row()
            row.choose()
            return
        # First, so that what the row does finds the keyboard where it was.
        self._stand_aside()
        try:
            row.choose()
        except ChainruleError as error:
            self.show()
            self._field.setFocus(Qt.FocusReason.PopupFocusReason)
            self._say(explain(error), amiss=True)
            return
        if self._finder is finder:
            self._finder = _nothing
            self.closed.emit()

    def _stand_aside(self) -> None:
        """Give the keyboard back and hide, without being closed."""
        self._leaving = True
        if self._field.hasFocus() and Shiboken.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self._leaving = False


def _nothing(_: str) -> Sequence[Row]:
    return ()


def _leaves(event: QFocusEvent) -> bool:
    return event.lostFocus() and event.reason() not in _KEEPING
