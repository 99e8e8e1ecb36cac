"""A hand that types into the search that is open in a window, and reads what it finds."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QWidget

from chainrule_desktop.search.popup import SearchPopup
from chainrule_desktop.search.row import Row, RowsModel

PLAIN = Qt.KeyboardModifier.NoModifier


def open_searches(window: QWidget) -> list[SearchPopup]:
    """Return the searches that are open: none or one."""
    return [each for each in window.findChildren(SearchPopup) if each.isVisible()]


@final
class Searcher:
    """Uses the search that is open."""

    def __init__(self, window: QWidget) -> None:
        (self.popup,) = open_searches(window)
        (self.field,) = self.popup.findChildren(QLineEdit)
        (self.list,) = self.popup.findChildren(QListView)

    def type(self, text: str) -> Searcher:
        self.field.setText(text)
        return self

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.field, key, keys)

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    @property
    def rows(self) -> list[Row]:
        model = self.list.model()
        assert isinstance(model, RowsModel)
        rows = (model.row_at(model.place(row)) for row in range(model.count))
        return [row for row in rows if row is not None]

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.rows]

    @property
    def current(self) -> str:
        """The title of the row that Enter would choose."""
        assert self.popup.current is not None
        return self.popup.current.title

    @property
    def count(self) -> str:
        """Which of how many rows is the current one."""
        return self.popup.findChildren(QLabel)[0].text()

    @property
    def note(self) -> str:
        """What is said of the current row."""
        return self.popup.findChildren(QLabel)[1].text()
