"""Unsaved work of earlier runs, offered back at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import final

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from chainrule_desktop.dialogs.labels import text_label
from chainrule_desktop.document.recovery import UnsavedWork, discard

_Role = QDialogButtonBox.ButtonRole


@final
class UnsavedWorkDialog(QDialog):
    """Offers to restore or to discard; closing the dialog keeps everything for the next start."""

    def __init__(
        self, parent: QWidget, works: Sequence[UnsavedWork], restore: Callable[[UnsavedWork], None]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Unsaved Work")
        self.setMinimumWidth(460)
        self._works = [*works]
        self._restore = restore
        self._list = QListWidget()
        self._list.setAccessibleName("Unsaved work")
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.addItems([_described(work) for work in works])
        self._list.setCurrentRow(0)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemActivated.connect(self._restore_chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        title = text_label("The program ended before this work was saved.")
        note = text_label(
            "A restored graph opens as it was, still unsaved. Later keeps it for the next start.",
            "muted",
        )
        buttons = QDialogButtonBox()
        restore = buttons.addButton("&Restore", _Role.AcceptRole)
        throw_away = buttons.addButton("&Discard", _Role.DestructiveRole)
        buttons.addButton("&Later", _Role.RejectRole)
        buttons.accepted.connect(self._restore_chosen)
        throw_away.clicked.connect(self._discard_chosen)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (title, self._list, note, buttons):
            column.addWidget(widget)
        restore.setDefault(True)

    def _restore_chosen(self) -> None:
        work = self._works[self._list.currentRow()]
        self.accept()
        self._restore(work)

    def _discard_chosen(self) -> None:
        row = self._list.currentRow()
        discard(self._works.pop(row))
        self._list.takeItem(row)
        if not self._works:
            self.accept()


def _described(work: UnsavedWork) -> str:
    when = QDateTime.fromSecsSinceEpoch(int(work.written))
    shown = QLocale().toString(when, QLocale.FormatType.ShortFormat)
    place = f"\n{work.path.parent}" if work.path else ""
    return f"{work.name}, {shown}{place}"
