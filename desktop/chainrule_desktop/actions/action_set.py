"""The actions of a window as Qt has them, made from the table and kept as the moment wants them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from chainrule_desktop.actions.context_menus import context_menu_of
from chainrule_desktop.actions.keys import Overrides, key_sequences, shown_keys
from chainrule_desktop.actions.locking import hindered
from chainrule_desktop.actions.spec import (
    ActionSpec,
    Condition,
    FilledMenu,
    MenuItem,
    MenuSpec,
    Separator,
)
from chainrule_desktop.actions.table import MENUS
from chainrule_desktop.actions.table_walk import specs_in
from chainrule_desktop.actions.watching import Watching
from chainrule_desktop.actions.workbench import Workbench


@final
class ActionSet(QObject):
    """All actions by their id, and the menus that hold them.

    They work on the tab that is `use`d. What they depend on (selection, history, settings …) is
    watched here: after each change they are enabled, ticked and named anew.
    """

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._watching = Watching(self.refresh)
        self._groups: dict[str, QActionGroup] = {}
        self._actions: dict[str, tuple[ActionSpec, QAction]] = {}
        self._filled: list[tuple[FilledMenu, QMenu]] = []
        for spec in specs_in(MENUS):
            self._actions[spec.id] = (spec, self._make(spec, self))
        bench.theme.changed.connect(self._dress)
        bench.settings.changed.connect(self._dress)
        self._watching.follow(bench)
        self.refresh()

    def use(self, bench: Workbench) -> None:
        """Work on another tab from now on."""
        if bench is not self._bench:
            self._bench = bench
            self._watching.follow(bench)
        self.refresh()

    def action(self, spec: ActionSpec) -> QAction:
        """Return the action for an entry of the table."""
        return self._actions[spec.id][1]

    def named(self, action_id: str) -> QAction:
        """Return the action of that id; KeyError if there is none."""
        return self._actions[action_id][1]

    def all(self) -> list[QAction]:
        """Return all actions in the order of the table."""
        return [action for _, action in self._actions.values()]

    def hear_in(self, window: QWidget) -> None:
        """Let the keys of actions be heard in the whole window."""
        for spec, action in self._actions.values():
            if not spec.on_canvas:
                window.addAction(action)

    def hear_on(self, canvas: QWidget) -> None:
        """Let the keys that are the canvas's alone be heard there."""
        for spec, action in self._actions.values():
            if spec.on_canvas:
                canvas.addAction(action)

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Put all menus of the table into the menu bar."""
        for menu in MENUS:
            self._add_menu(bar, menu)
        self.refresh()

    def make_menu(self, spec: MenuSpec, parent: QWidget | None = None) -> QMenu:
        """Return a new menu with these items; delete it when it was used."""
        menu = QMenu(spec.text, parent)
        self._add_items(menu, spec.items)
        return menu

    def make_context_menu(self) -> QMenu:
        """Return a new menu with what can be done with what is selected, and nothing else."""
        self.refresh()
        menu = self.make_menu(context_menu_of(self._bench.selection))
        _leave_out_hindered(menu)
        return menu

    def refresh(self) -> None:
        """Enable, tick and name all actions as the moment wants them."""
        if not self._watching.goes_on:
            return
        for spec, action in self._actions.values():
            self._bring_up_to_date(spec, action)
        for spec, menu in self._filled:
            menu.menuAction().setEnabled(_hindrance(spec.enabled, self._bench) is None)

    def _make(self, spec: ActionSpec, parent: QObject) -> QAction:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.id)
        action.setShortcuts(key_sequences(spec, _own_keys(self._bench)))
        if spec.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(_tool_tip(spec, spec.text, self._bench))
        if spec.icon is not None:
            action.setIcon(self._bench.theme.icon(spec.icon))
        if spec.checked is not None:
            action.setCheckable(True)
        if spec.choice is not None:
            self._group(spec.choice).addAction(action)
        action.triggered.connect(partial(self._run, spec, action))
        return action

    def _group(self, name: str) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QActionGroup(self)
        return self._groups[name]

    def _run(self, spec: ActionSpec, action: QAction) -> None:
        spec.run(self._bench)
        # A click has turned the tick whatever the action did.
        self._bring_up_to_date(spec, action)

    def _bring_up_to_date(self, spec: ActionSpec, action: QAction) -> None:
        # That nothing is selected is of no interest where it could not be changed anyway.
        hindrance = hindered(spec, self._bench) or _hindrance(spec.enabled, self._bench)
        action.setEnabled(hindrance is None)
        action.setStatusTip(spec.tip if hindrance is None else hindrance.reason)
        if spec.text_now is not None:
            action.setText(spec.text_now(self._bench))
        if spec.text_now is not None or spec.legend_now is not None:
            action.setToolTip(_tool_tip(spec, action.text(), self._bench))
        if spec.checked is not None:
            action.setChecked(spec.checked(self._bench))

    def _add_menu(self, parent: QMenuBar | QMenu, spec: MenuSpec | FilledMenu) -> None:
        menu = parent.addMenu(spec.text)
        if isinstance(spec, MenuSpec):
            self._add_items(menu, spec.items)
            return
        _picture(menu, spec, self._bench)
        menu.menuAction().setEnabled(_hindrance(spec.enabled, self._bench) is None)
        self._filled.append((spec, menu))
        menu.destroyed.connect(partial(self._forget_menu, spec, menu))
        menu.aboutToShow.connect(partial(self._fill, menu, spec))

    def _forget_menu(self, spec: FilledMenu, menu: QMenu) -> None:
        self._filled.remove((spec, menu))

    def _add_items(self, menu: QMenu, items: Iterable[MenuItem]) -> None:
        for item in items:
            if isinstance(item, Separator):
                menu.addSeparator()
            elif isinstance(item, ActionSpec):
                known = self._actions.get(item.id)
                # One in a menu that is filled as it opens goes with that menu.
                action = known[1] if known else self._make(item, menu)
                self._bring_up_to_date(item, action)
                menu.addAction(action)
            else:
                self._add_menu(menu, item)

    def _fill(self, menu: QMenu, spec: FilledMenu) -> None:
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                inner.deleteLater()
        menu.clear()
        self._add_items(menu, spec.fill(self._bench))

    def _dress(self, setting: str = "shortcuts") -> None:
        """Show the icons of the theme, and the keys of the settings when these change."""
        if setting != "shortcuts":
            return
        for filled, menu in self._filled:
            _picture(menu, filled, self._bench)
        for spec, action in self._actions.values():
            if spec.icon is not None:
                action.setIcon(self._bench.theme.icon(spec.icon))
            action.setShortcuts(key_sequences(spec, _own_keys(self._bench)))
            action.setToolTip(_tool_tip(spec, action.text(), self._bench))


def _picture(menu: QMenu, spec: FilledMenu, bench: Workbench) -> None:
    if spec.icon is not None:
        menu.setIcon(bench.theme.icon(spec.icon))


def _leave_out_hindered(menu: QMenu) -> None:
    """Take out of a menu, and of those within it, what can't be used now."""
    for action in menu.actions():
        inner = action.menu()
        # One that is filled as it opens has nothing in it yet.
        fixed = inner if isinstance(inner, QMenu) and not inner.isEmpty() else None
        if fixed is not None:
            _leave_out_hindered(fixed)
        if not action.isEnabled() or (fixed is not None and fixed.isEmpty()):
            menu.removeAction(action)


def _own_keys(bench: Workbench) -> Overrides:
    """Return the keys that the user gave to actions."""
    return bench.settings.values.shortcuts


def _hindrance(conditions: tuple[Condition, ...], bench: Workbench) -> Condition | None:
    return next((each for each in conditions if not each.holds(bench)), None)


def _tool_tip(spec: ActionSpec, text: str, bench: Workbench) -> str:
    name = text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
    if spec.legend_now is not None:
        name += spec.legend_now(bench)
    keys = shown_keys(spec, _own_keys(bench))
    return f"{name} ({keys})" if keys else name
