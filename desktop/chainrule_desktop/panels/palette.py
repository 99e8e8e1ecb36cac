"""The palette: every gate by group, with a search, to be dragged or placed with a key."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QMetaObject, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule_desktop.document.document import Document
from chainrule_desktop.document.library import Library
from chainrule_desktop.panels.palette_model import FIRST_CLOSED, PaletteModel
from chainrule_desktop.panels.palette_view import PaletteView
from chainrule_desktop.search.composites import composite_kinds
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import Theme, set_part

_WIDTH = 204
_CHOOSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@final
class PalettePanel(QWidget):
    """Shows all gates; typing in the field above filters them at once.

    Signals:
        gate_chosen(str): the gate of that name is to be placed in the middle of the canvas.
    """

    gate_chosen = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_part(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Palette")
        self._theme = theme
        self._settings = settings
        self._document: Document | None = None
        self._library: Library | None = None
        self._connections: list[QMetaObject.Connection] = []
        closed = settings.values.closed_groups
        first = tuple(group.value for group in FIRST_CLOSED)
        self._model = PaletteModel(first if closed is None else closed, self)
        self._view = PaletteView(self._model, theme)
        self._field = QLineEdit(placeholderText="Search gates", clearButtonEnabled=True)
        self._nothing = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._clear = QPushButton("Clear search")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def watch(self, document: Document, library: Library) -> None:
        """Offer the composite gates of this document and of the library, and no others."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._document, self._library = document, library
        self._connections = [
            signal.connect(self._offer)
            for signal in (document.changed, document.replaced, library.changed)
        ]
        self._offer()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 560)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if watched is self._field and event.type() == QEvent.Type.FocusIn:
            # A click begins another search; in the field that is being typed into it only points.
            QTimer.singleShot(0, self._field, self._field.selectAll)
        if watched is self._field and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            return pressed and self._take_key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self._field.setAccessibleName("Search gates")
        set_part(self._nothing, "muted")
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(4, 12, 4, 0)
        column.addWidget(self._nothing)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._pages.addWidget(self._view)
        self._pages.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 10, 0, 4)
        layout.setSpacing(4)
        top = QHBoxLayout()
        top.setContentsMargins(2, 0, 8, 0)
        top.addWidget(self._field)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)
        self.setFocusProxy(self._field)

    def _connect(self) -> None:
        self._field.installEventFilter(self)
        self._model.closed_changed.connect(self._remember)
        self._field.textChanged.connect(self._search)
        self._clear.clicked.connect(self._clear_search)
        self._view.chosen.connect(self.gate_chosen)
        self._view.left.connect(self._go_back)
        self._theme.changed.connect(self._view.viewport().update)

    def _search(self, query: str) -> None:
        self._model.search(query)
        self._pages.setCurrentIndex(1 if self._model.is_empty else 0)
        if self._model.is_empty:
            self._nothing.setText(f"No gate matches “{query.strip()}”. Escape clears the search.")
        elif query.strip():
            self._view.setCurrentIndex(self._model.first_gate())

    def _take_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Down and not self._model.is_empty:
            self._enter_list()
        elif key in _CHOOSING_KEYS:
            self._place_best()
        elif key == Qt.Key.Key_Escape and self._field.text():
            self._field.clear()
        else:
            return False
        return True

    def _enter_list(self) -> None:
        if self._model.kind_at(self._view.currentIndex()) is None:
            self._view.setCurrentIndex(self._model.first_gate())
        self._view.setFocus(Qt.FocusReason.TabFocusReason)

    def _place_best(self) -> None:
        """Place what the search found first; without a search Enter would place just anything."""
        kind = self._model.kind_at(self._model.first_gate())
        if kind is not None and self._field.text().strip():
            self.gate_chosen.emit(kind.name)

    def _offer(self) -> None:
        document, library = self._document, self._library
        if document is not None and library is not None:
            self._model.offer(composite_kinds(document.graph, library.shelves))

    def _remember(self) -> None:
        self._settings.change(closed_groups=self._model.closed)

    def _clear_search(self) -> None:
        self._field.clear()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self, typed: str) -> None:
        self._field.setFocus(Qt.FocusReason.BacktabFocusReason)
        if typed:
            self._field.setText(typed)
        else:
            self._field.selectAll()
