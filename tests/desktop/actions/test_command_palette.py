"""The command palette finds and runs every action, and says why one can't be used."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from chainrule_desktop.actions.command_palette import open_palette
from chainrule_desktop.actions.palette_entries import palette_entries
from chainrule_desktop.actions.table import MENUS
from chainrule_desktop.actions.table_walk import specs_in
from chainrule_desktop.actions.workbench import Workbench
from tests.desktop.searching import Searcher, open_searches
from tests.helpers.bench import EXAMPLE


@pytest.fixture
def opened(bench: Workbench) -> Workbench:
    bench.files.open_now(EXAMPLE)
    bench.window.resize(900, 700)
    bench.window.show()
    return bench


def palette(bench: Workbench) -> Searcher:
    open_palette(bench, MENUS)
    return Searcher(bench.window)


def test_every_action_of_the_menus_is_in_it_once(opened: Workbench) -> None:
    ids = [each.spec.id for each in palette_entries(MENUS, opened)]
    assert {spec.id for spec in specs_in(MENUS)} <= {*ids}
    assert len(ids) == len({*ids})


def test_a_row_has_menu_and_keys(opened: Workbench) -> None:
    row = palette(opened).type("tidy layout").rows[0]
    assert row.title == "Tidy Layout"
    assert row.beside.startswith("Graph")
    assert row.keys == "Ctrl+L"
    assert row.spoken.startswith(f"Tidy Layout, {row.beside}, Ctrl+L")


def test_the_users_own_keys_are_shown(opened: Workbench) -> None:
    opened.settings.change(shortcuts={"graph.tidy": ["Ctrl+Alt+Y"]})
    assert palette(opened).type("tidy layout").rows[0].keys == "Ctrl+Alt+Y"


def test_the_empty_field_has_no_cross_when_it_comes_again(opened: Workbench, qtbot: QtBot) -> None:
    hand = palette(opened).type("undo")
    (cross,) = hand.field.findChildren(QToolButton)
    qtbot.waitUntil(cross.isVisible)
    hand.key(Qt.Key.Key_Escape)
    again = palette(opened)
    assert again.field.text() == ""
    (cross,) = again.field.findChildren(QToolButton)
    qtbot.waitUntil(lambda: not cross.isVisible())


def test_enter_runs_it_and_closes(opened: Workbench) -> None:
    shown = opened.settings.values.show_grid
    palette(opened).type("grid").enter()
    assert opened.settings.values.show_grid is not shown
    assert not open_searches(opened.window)


def test_what_was_run_last_comes_first(opened: Workbench) -> None:
    palette(opened).type("select all").enter()
    assert palette(opened).titles[0].endswith("All")


def test_what_can_not_be_used_says_why(opened: Workbench) -> None:
    hand = palette(opened).type("undo")
    assert hand.rows[0].hindrance == hand.note == "There is nothing to undo."
    hand.enter()
    assert open_searches(opened.window)


def test_gates_are_added(opened: Workbench) -> None:
    palette(opened).type("add tanh").enter()
    assert opened.document.graph.node(opened.selection.nodes[0]).kind.name == "tanh"


def test_recent_files_and_examples_are_offered(opened: Workbench) -> None:
    opened.settings.add_recent_file(EXAMPLE)
    assert palette(opened).type(EXAMPLE.name).titles[0].endswith(EXAMPLE.name)
    assert palette(opened).type("example neuron").titles
