"""A section of the inspector that is closed at first, and stays as it was for the next node."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from chainrule_desktop.panels.page_parts import column
from chainrule_desktop.theme import IconName, Theme, set_part


@final
class Fold(QWidget):
    """A heading that opens and closes what is below it.

    `opened` are the titles of the folds that are open; `turned` is called when this one is opened
    or closed.
    """

    def __init__(
        self, title: str, opened: set[str], theme: Theme, turned: Callable[[], None]
    ) -> None:
        super().__init__()
        self._title = title
        self._opened = opened
        self._theme = theme
        self._turned = turned
        self._button = QToolButton()
        self._button.setText(title)
        self._button.setObjectName(f"fold-{title.split(maxsplit=1)[0].lower()}")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_part(self._button, "fold")
        self._content = QWidget()
        self.body: QVBoxLayout = column(self._content)
        layout = column(self, 4)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._content)
        self._show()
        self._button.clicked.connect(self._turn)
        theme.changed.connect(self._show)

    @property
    def is_open(self) -> bool:
        """Whether what is below the heading is shown."""
        return self._title in self._opened

    def _turn(self) -> None:
        (self._opened.discard if self.is_open else self._opened.add)(self._title)
        self._show()
        self._turned()

    def _show(self) -> None:
        name: IconName = "chevron-down" if self.is_open else "chevron-right"
        self._button.setIcon(self._theme.icon(name))
        self._button.setAccessibleDescription("open" if self.is_open else "closed")
        self._content.setVisible(self.is_open)
