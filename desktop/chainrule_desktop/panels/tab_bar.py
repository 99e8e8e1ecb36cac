"""The tabs of a window: the one in front and the one under the pointer can be closed by a cross."""

from __future__ import annotations

from typing import cast, final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

_WIDEST, _NARROWEST = 220, 120
"""In pixels: long names leave room for others, and short ones stay whole; then the bar scrolls."""


@final
class TabBar(QTabBar):
    """Shows a tab for each graph, as soon as there are two."""

    def __init__(self) -> None:
        super().__init__()
        self._hovered = -1
        self.setAccessibleName("Tabs")
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setMovable(True)
        self.setTabsClosable(True)
        self.setAutoHide(True)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.currentChanged.connect(self._show_crosses)
        self.tabMoved.connect(self._show_crosses)

    @override
    def tabSizeHint(self, index: int, /) -> QSize:
        return super().tabSizeHint(index).boundedTo(QSize(_WIDEST, 1 << 20))

    @override
    def minimumTabSizeHint(self, index: int, /) -> QSize:
        return self.tabSizeHint(index).boundedTo(QSize(_NARROWEST, 1 << 20))

    @override
    def tabInserted(self, index: int, /) -> None:
        super().tabInserted(index)
        self._show_crosses()

    @override
    def tabRemoved(self, index: int, /) -> None:
        super().tabRemoved(index)
        self._show_crosses()

    @override
    def mouseMoveEvent(self, arg__1: QMouseEvent, /) -> None:
        super().mouseMoveEvent(arg__1)
        self._hover(self.tabAt(arg__1.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent, /) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def has_cross(self, tab: int) -> bool:
        """Return whether a tab shows a cross now."""
        button = self._cross(tab)
        return button is not None and not button.isHidden()

    def _hover(self, tab: int) -> None:
        if tab != self._hovered:
            self._hovered = tab
            self._show_crosses()

    def _show_crosses(self) -> None:
        shown = (self.currentIndex(), self._hovered)
        for tab in range(self.count()):
            button = self._cross(tab)
            if button is not None:
                button.setVisible(tab in shown)

    def _cross(self, tab: int) -> QWidget | None:
        # The style decides at which side it is.
        found = [
            cast("QWidget | None", self.tabButton(tab, side)) for side in QTabBar.ButtonPosition
        ]
        return next((each for each in found if each is not None), None)
