"""The main window: places the views, and hears of closing and of files dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import final

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QStatusTipEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.tool_bar import ToolBar
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.messages import APPLICATION_NAME, window_title
from chainrule_desktop.panels.columns import Columns
from chainrule_desktop.panels.status_bar import StatusBar
from chainrule_desktop.panels.tab_bar import TabBar
from chainrule_desktop.panels.transport_bar import TransportBar
from chainrule_desktop.settings import Settings

_WIDTH, _HEIGHT = 1280, 800


@final
@dataclass(frozen=True, slots=True)
class TabViews:
    """What the window shows of one tab; `middle` holds the canvas and the problems."""

    middle: QWidget
    canvas: CanvasView
    problems: QWidget
    inspector: QWidget
    formula: QWidget


@final
@dataclass(frozen=True, slots=True)
class WindowViews:
    """What the window shows whichever tab is in front."""

    palette: QWidget
    start: QWidget
    status: StatusBar
    transport: TransportBar


@final
class MainWindow(QMainWindow):
    """Shows the start view, or palette, canvas and inspector side by side; tabs above them.

    Signals:
        file_dropped(Path, QPoint): a file was dropped at a place of the window.
    """

    file_dropped = Signal(object, QPoint)

    def __init__(self, settings: Settings, may_leave: Callable[[], bool]) -> None:
        super().__init__()
        self._settings = settings
        self._may_leave = may_leave
        self._actions: ActionSet
        self._views: WindowViews
        self._tool_bar: ToolBar
        self._tab: TabViews
        self.tabs = TabBar()
        self._stack = QStackedWidget()
        self._across = Columns()
        self._middle = QStackedWidget()
        self._right = QStackedWidget()
        self._formulas = QStackedWidget()
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)

    def place(self, views: WindowViews, actions: ActionSet) -> None:
        """Put all views, menus and the toolbar where they belong; once."""
        self._views, self._actions = views, actions
        actions.fill_menu_bar(self.menuBar())
        actions.hear_in(self)
        self._tool_bar = ToolBar(actions, self._formulas)
        self.addToolBar(self._tool_bar)
        self.setStatusBar(views.status)
        self._place_views(views)
        self._restore()
        self._show_panels()
        self._settings.changed.connect(self._show_panels)

    def add(self, views: TabViews) -> None:
        """Take in the views of another tab, without showing them."""
        self._middle.addWidget(views.middle)
        self._right.addWidget(views.inspector)
        self._formulas.addWidget(views.formula)
        views.canvas.gate_menu_requested.connect(self._show_context_menu)

    def remove(self, views: TabViews) -> None:
        """End the views of a tab."""
        for stack, widget in (
            (self._middle, views.middle),
            (self._right, views.inspector),
            (self._formulas, views.formula),
        ):
            stack.removeWidget(widget)
            widget.deleteLater()

    def show_tab(self, views: TabViews, *, is_open: bool) -> None:
        """Bring the views of a tab to the front, or the start view while it has no graph."""
        self._tab = views
        self._middle.setCurrentWidget(views.middle)
        self._right.setCurrentWidget(views.inspector)
        self._formulas.setCurrentWidget(views.formula)
        self._stack.setCurrentIndex(1 if is_open else 0)
        self._tool_bar.setVisible(is_open)
        self._views.transport.setVisible(is_open)
        self._views.status.show_document_parts(is_open)
        (views.canvas if is_open else self._views.start).setFocus()

    def show_title(self, name: str | None, *, modified: bool) -> None:
        """Name the graph in the title; None for the start view."""
        self.setWindowTitle(APPLICATION_NAME if name is None else window_title(name))
        self.setWindowModified(modified)

    def next_pane(self, by: int) -> None:
        """Give the keyboard to the next part of the window that is seen, in a circle."""
        panes = [each for each in self._panes() if each.isVisible()]
        focus = self.focusWidget()
        here = next((i for i, each in enumerate(panes) if _holds(each, focus)), -1)
        if panes:
            _enter(panes[(here + by) % len(panes)])

    @override
    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QStatusTipEvent):
            self._views.status.show_tip(event.tip())
            return True
        return super().event(event)

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        if not self._may_leave():
            event.ignore()
            return
        self._remember()
        super().closeEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent, /) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path, event.position().toPoint())

    def _place_views(self, views: WindowViews) -> None:
        self._across.fill(views.palette, self._middle, self._right)
        self._stack.addWidget(views.start)
        self._stack.addWidget(self._across)
        center = QWidget()
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(views.transport)
        self.setCentralWidget(center)

    def _panes(self) -> list[QWidget]:
        if self._stack.currentIndex() == 0:
            return [self.tabs, self._views.start]
        tab = self._tab
        middle = [tab.canvas, tab.problems]
        return [self._views.palette, *middle, tab.inspector, tab.formula, self.tabs]

    def _show_panels(self) -> None:
        values = self._settings.values
        self._views.palette.setVisible(values.show_palette)
        self._right.setVisible(values.show_inspector)
        self._across.share()

    def _show_context_menu(self, place: QPoint) -> None:
        menu = self._actions.make_context_menu()
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _remember(self) -> None:
        self._settings.change(
            window_geometry=bytes(self.saveGeometry().data()),
            window_state=self._across.remembered(),
        )

    def _restore(self) -> None:
        values = self._settings.values
        if values.window_geometry:
            self.restoreGeometry(QByteArray(values.window_geometry))
        self._across.restore(values.window_state)


def _holds(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))


def _enter(pane: QWidget) -> None:
    """Give the keyboard to a pane, or to the first thing in it that takes it."""
    reason = Qt.FocusReason.ShortcutFocusReason
    inside = [pane, *pane.findChildren(QWidget)]
    takers = (each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    first = next((each for each in takers if each.isVisible() and each.isEnabled()), pane)
    first.setFocus(reason)


def _dropped_file(event: QDropEvent) -> Path | None:
    """Return the one local file that is being dropped, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
