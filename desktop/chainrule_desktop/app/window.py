"""One window with its tabs: makes them, brings them to the front, and closes them."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, Qt, Signal

from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.playback_menu import SPEED_MENU, TRANSPORT
from chainrule_desktop.actions.zoom_menu import ZOOM_FIELD_MENU
from chainrule_desktop.app.common import Common
from chainrule_desktop.app.desk import Desk
from chainrule_desktop.app.desk_tabs import DeskTabs, Windows
from chainrule_desktop.app.front import Front
from chainrule_desktop.app.leaving import Leaving
from chainrule_desktop.app.levels import Levels
from chainrule_desktop.document.level import Level
from chainrule_desktop.document.open_graph import OpenGraph
from chainrule_desktop.main_window import MainWindow, WindowViews
from chainrule_desktop.panels.palette import PalettePanel
from chainrule_desktop.panels.picture_cache import PictureCache
from chainrule_desktop.panels.start_view import StartView
from chainrule_desktop.panels.status_bar import StatusBar
from chainrule_desktop.panels.transport_bar import TransportBar
from chainrule_desktop.theme.fitting import ScreenFit


@final
class OpenWindow(QObject):
    """The tabs of a window. There is always one; a tab without a graph shows the start view.

    Signals:
        emptied(): the window closes.
        replaced(): some tab shows another graph.
    """

    emptied = Signal()
    replaced = Signal()

    def __init__(self, common: Common, windows: Windows, graph: OpenGraph, parent: QObject) -> None:
        super().__init__(parent)
        self._common = common
        self._windows = windows
        self.window = MainWindow(common.settings, self._may_leave)
        ScreenFit(self.window)
        self.palette = PalettePanel(common.theme, common.settings)
        self.start = StartView(
            common.settings, common.theme, PictureCache(common.tasks, common.settings.cache_folder)
        )
        self.desks: list[Desk] = []
        self._leaving = Leaving(self.desks, self.show, self.window.close)
        self.levels = Levels(
            self.desks, self._made_inside, self._begin, self._show_current, self._leave_desk, self
        )
        self.desk = self._made(graph)
        self.status = StatusBar(self.desk.document, self.desk.drawing, common.theme)
        self.actions = ActionSet(self.desk.bench, self.window)
        self.status.set_zoom_menu(self.actions.make_menu(ZOOM_FIELD_MENU, self.window))
        self.transport = TransportBar(common.theme)
        self.transport.set_actions(
            map(self.actions.action, TRANSPORT), self.actions.make_menu(SPEED_MENU, self.window)
        )
        views = WindowViews(self.palette, self.start, self.status, self.transport)
        self.window.place(views, self.actions)
        self._front = Front(self.window, lambda: self.desk)
        self._front.connect_views(self.palette, self.start, views)
        self._connect()
        self._take_in(self.desk)

    def add(self, graph: OpenGraph) -> Desk:
        """Show a graph in a new tab and bring it to the front."""
        made = self._made(graph)
        self._take_in(made)
        return made

    def show(self, desk: Desk) -> None:
        """Bring a tab and its window to the front."""
        self.window.tabs.setCurrentIndex(self.levels.row_of(desk))
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.activateWindow()

    def close(self, desk: Desk) -> None:
        """Close a tab; in the place of the last one the start view comes."""
        if len(self.desks) == 1:
            self.add(self._common.graphs.add())
        row = self.levels.row_of(desk)
        shown = self.desks.pop(row)
        self.window.tabs.removeTab(row)
        for each in shown.chain:
            self._leave_desk(each)
        self._let_go(shown.graph)
        self.replaced.emit()

    def step(self, by: int) -> None:
        """Go to another tab, in a circle."""
        count = self.window.tabs.count()
        self.window.tabs.setCurrentIndex((self.window.tabs.currentIndex() + by) % count)

    def _made(self, graph: OpenGraph) -> Desk:
        tabs = DeskTabs(self, self._windows)
        tabs.desk = Desk(graph, self.window, self._common, tabs)
        return tabs.desk

    def _made_inside(self, outer: Desk, level: Level) -> Desk:
        """Return the desk of an inside, which takes the place of the one around it."""
        tabs = DeskTabs(self, self._windows)
        tabs.desk = Desk(outer.graph, self.window, self._common, tabs, outer, level)
        return tabs.desk

    def _connect(self) -> None:
        tabs = self.window.tabs
        tabs.currentChanged.connect(self._show_current)
        tabs.tabMoved.connect(self._move)
        tabs.tabCloseRequested.connect(self._close_row)
        self.status.problems_clicked.connect(self.actions.named("view.problems").trigger)
        self._common.settings.save_failed.connect(self.status.say)

    def _begin(self, desk: Desk) -> None:
        """Take the views of a desk into the window, and hear of it."""
        self.window.add(desk.views)
        self.actions.hear_on(desk.canvas)
        desk.canvas.navigator.zoom_changed.connect(self._show_zoom)
        desk.canvas.hint.connect(self.status.show_hint)
        desk.said.connect(self.status.say)
        desk.work_changed.connect(self._show_work)

    def _take_in(self, desk: Desk) -> None:
        self.desks.append(desk)
        self._begin(desk)
        desk.files.opened_changed.connect(self._show_current)
        desk.files.graph_opened.connect(self._show_current)
        for changed in (desk.document.file_changed, desk.document.changed, desk.document.replaced):
            changed.connect(self._show_titles)
        desk.document.replaced.connect(self.replaced)
        self.window.tabs.addTab(self._title(desk))
        self.window.tabs.setCurrentIndex(len(self.desks) - 1)

    def _leave_desk(self, desk: Desk) -> None:
        """End the views of a desk."""
        self.window.remove(desk.views)
        desk.deleteLater()
        if desk.level is not None:
            desk.level.end()
            desk.level.deleteLater()

    def _let_go(self, graph: OpenGraph) -> None:
        """Let go of a graph with its side file when no other tab shows it."""
        graph.views -= 1
        if not graph.views:
            graph.recovery.forget()
            self._common.graphs.drop(graph)

    def _show_current(self) -> None:
        """Show the tab in front; the status bar and all commands are its own now."""
        row = self.window.tabs.currentIndex()
        if not 0 <= row < len(self.desks):
            return
        self.desk = desk = self.desks[row]
        self.status.watch(desk.document, desk.drawing)
        self.transport.watch(desk.player)
        self.palette.watch(desk.document, self._common.library)
        self.status.show_zoom(desk.canvas.navigator.scale)
        self.actions.use(desk.bench)
        self.window.show_tab(desk.views, is_open=desk.files.is_open)
        self._show_titles()
        self._show_work()

    def _show_titles(self) -> None:
        for row, desk in enumerate(self.desks):
            self.window.tabs.setTabText(row, self._title(desk))
            path = desk.document.path
            self.window.tabs.setTabToolTip(row, "" if path is None else str(path))
        name = self.desk.document.name if self.desk.files.is_open else None
        self.window.show_title(name, modified=name is not None and self.desk.document.is_modified)

    def _title(self, desk: Desk) -> str:
        if not desk.files.is_open:
            return "Start"
        return desk.document.name.replace("&", "&&") + (" •" if desk.document.is_modified else "")

    def _show_zoom(self) -> None:
        self.status.show_zoom(self.desk.canvas.navigator.scale)

    def _show_work(self) -> None:
        if self.desk.work is None:
            self.status.hide_work()
        else:
            self.status.show_work(*self.desk.work)

    def _close_row(self, row: int) -> None:
        self.desks[row].files.close()

    def _move(self, source: int, target: int) -> None:
        self.desks.insert(target, self.desks.pop(source))

    def _may_leave(self) -> bool:
        """Say whether the window may close now, and let its tabs go if it may."""
        if not self._leaving.is_free():
            return False
        for each in self.desks:
            self._let_go(each.graph)
        self.desks.clear()
        self.emptied.emit()
        return True
