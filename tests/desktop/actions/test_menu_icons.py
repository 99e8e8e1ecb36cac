"""Icons of menus and of what is in them follow the theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QColor, QIcon
from PySide6.QtWidgets import QMenu, QMenuBar

from chainrule.expression.formula import graph_from_formula
from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.theme import ThemeMode


@pytest.fixture
def bar(bench: Workbench) -> Iterator[QMenuBar]:
    """The menu bar of a window with a graph."""
    bench.files.new()
    bench.document.load(graph_from_formula("f = x * y"), None)
    made = QMenuBar()
    actions = ActionSet(bench, bench.window)
    actions.fill_menu_bar(made)
    yield made
    made.deleteLater()


def all_actions(menu: QMenuBar | QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        yield action
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from all_actions(inner)


def lightness(icon: QIcon) -> int:
    """Return how light the strongest pixel of an icon is."""
    image = icon.pixmap(16, 16).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha).lightness()


def test_every_icon_of_the_menu_bar_follows_the_theme(bar: QMenuBar, bench: Workbench) -> None:
    bench.theme.set_mode(ThemeMode.LIGHT)
    pictured = [each for each in all_actions(bar) if not each.icon().isNull()]
    assert {"&Add Gate", "Insert from &Library"} <= {each.text() for each in pictured}
    bench.theme.set_mode(ThemeMode.DARK)
    dark = [each.text() for each in pictured if lightness(each.icon()) < 128]
    bench.theme.set_mode(ThemeMode.LIGHT)
    light = [each.text() for each in pictured if lightness(each.icon()) >= 128]
    assert (dark, light) == ([], [])


def test_a_context_menu_that_is_gone_is_not_dressed(bench: Workbench) -> None:
    bench.files.new()
    actions = ActionSet(bench, bench.window)
    menu = actions.make_context_menu()
    menu.deleteLater()
    del menu
    bench.theme.set_mode(ThemeMode.DARK)
    bench.theme.set_mode(ThemeMode.LIGHT)
