"""Tabs and windows: what is opened where, what is one document, and what closing asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox

from chainrule_desktop.app.common import Places
from chainrule_desktop.app.program import Program
from chainrule_desktop.theme import ThemeMode, prepare_style
from tests.helpers.bench import EXAMPLE

Button = QMessageBox.StandardButton


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    prepare_style(qapp)
    made = Program(qapp, Places(tmp_path / "settings.json", tmp_path / "unsaved"), ThemeMode.LIGHT)
    made.front.window.show()
    yield made
    for graph in made.graphs:
        graph.document.history.setClean()
    for each in made.windows:
        each.window.close()
    made.end()
    # What ends later ends now, while the program is there.
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def opened(program: Program) -> Program:
    """The program with the graph of (x + y) z in its only tab."""
    program.desk.files.open(EXAMPLE)
    return program


def boxes(program: Program) -> list[QMessageBox]:
    found = [box for each in program.windows for box in each.window.findChildren(QDialog)]
    return [box for box in found if isinstance(box, QMessageBox) and box.isVisible()]


def press(program: Program, button: Button) -> None:
    (box,) = boxes(program)
    box.button(button).click()


def edit(program: Program, value: float = 9.0) -> None:
    program.desk.editor.set_value("x", np.float64(value))


def titles(program: Program) -> list[str]:
    tabs = program.front.window.tabs
    return [tabs.tabText(row) for row in range(tabs.count())]


def test_the_program_begins_with_one_tab_that_shows_the_start_view(program: Program) -> None:
    assert titles(program) == ["Start"]
    assert program.front.start.isVisible()
    assert not program.front.window.tabs.isVisible()


def test_the_first_graph_takes_the_tab_of_the_start_view(opened: Program) -> None:
    assert titles(opened) == [EXAMPLE.name]
    assert opened.desk.canvas.isVisible()


def test_another_graph_takes_another_tab(opened: Program) -> None:
    edit(opened)
    opened.desk.files.new_from_formula("a * b")
    assert titles(opened) == [f"{EXAMPLE.name} •", "untitled •"]
    assert {"a", "b"} <= {*opened.desk.document.graph.ids()}
    assert boxes(opened) == []


def test_graphs_without_a_file_are_told_apart_by_a_number(opened: Program) -> None:
    for _ in range(3):
        opened.desk.files.new_from_formula("a * b")
    assert [each.document.name for each in opened.graphs] == [
        EXAMPLE.name,
        "untitled",
        "untitled 2",
        "untitled 3",
    ]


def test_commands_are_those_of_the_tab_in_front(opened: Program) -> None:
    edit(opened)
    opened.desk.files.new()
    assert not opened.front.actions.named("edit.undo").isEnabled()
    opened.front.window.tabs.setCurrentIndex(0)
    opened.front.actions.named("edit.undo").trigger()
    assert opened.desk.document.graph.node("x").value == -2.0


def test_the_status_bar_and_the_title_follow_the_tab_in_front(opened: Program) -> None:
    opened.desk.files.new()
    assert opened.front.window.windowTitle().startswith("untitled")
    opened.front.window.tabs.setCurrentIndex(0)
    assert opened.front.window.windowTitle().startswith(EXAMPLE.name)
    assert "5 nodes, 4 wires" in [each.text() for each in labels(opened)]


def labels(program: Program) -> list[QLabel]:
    return program.front.status.findChildren(QLabel)


def test_a_file_that_is_open_is_shown_where_it_is(opened: Program) -> None:
    opened.desk.files.new()
    opened.desk.files.open(EXAMPLE)
    assert len(titles(opened)) == 2
    assert opened.desk.document.path == EXAMPLE


def test_a_file_that_is_open_in_another_window_is_shown_there(opened: Program) -> None:
    first = opened.front
    opened.desk.bench.tabs.new_window()
    second = [*opened.windows][-1]
    second.desk.files.open(EXAMPLE)
    assert len(second.desks) == 1
    assert not second.desk.files.is_open
    assert len(first.desks) == 1


def test_a_file_that_two_windows_show_is_shown_in_the_one_in_front(opened: Program) -> None:
    opened.windows.open(opened.desk.graph)
    second = opened.front
    opened.desk.files.new()
    assert len(second.desks) == 2
    opened.desk.files.open(EXAMPLE)
    assert opened.front is second
    assert second.desk is second.desks[0]


def test_two_names_of_one_file_are_one_document(opened: Program, tmp_path: Path) -> None:
    link = tmp_path / "link.chainrule"
    link.symlink_to(EXAMPLE)
    opened.desk.files.open(link)
    assert len(titles(opened)) == 1


def test_two_views_show_one_document(opened: Program) -> None:
    opened.front.actions.named("window.view").trigger()
    first, second = opened.front.desks
    assert first.document is second.document
    first.editor.set_value("x", np.float64(7.0))
    assert second.document.graph.node("x").value == 7.0
    assert second.canvas.isVisible()
    second.document.history.undo()
    assert first.document.graph.node("x").value == -2.0


def test_each_view_has_a_selection_and_a_place_of_its_own(opened: Program) -> None:
    opened.front.actions.named("window.view").trigger()
    first, second = opened.front.desks
    first.selection.set(("x",))
    assert not second.selection
    second.canvas.navigator.zoom_in()
    assert first.canvas.navigator.scale != second.canvas.navigator.scale


def test_closing_one_of_two_views_asks_nothing(opened: Program) -> None:
    opened.front.actions.named("window.view").trigger()
    edit(opened)
    opened.front.actions.named("file.close").trigger()
    assert boxes(opened) == []
    assert titles(opened) == [f"{EXAMPLE.name} •"]
    assert opened.desk.document.graph.node("x").value == 9.0


def test_closing_the_only_tab_shows_the_start_view(opened: Program) -> None:
    opened.desk.files.close()
    assert titles(opened) == ["Start"]
    assert opened.front.start.isVisible()
    assert len([*opened.graphs]) == 1


def test_closing_a_tab_with_changes_asks(opened: Program) -> None:
    edit(opened)
    opened.front.window.tabs.tabCloseRequested.emit(0)
    press(opened, Button.Cancel)
    assert titles(opened) == [f"{EXAMPLE.name} •"]
    opened.front.window.tabs.tabCloseRequested.emit(0)
    press(opened, Button.Discard)
    assert titles(opened) == ["Start"]


def test_a_tab_can_move_to_a_window_of_its_own(opened: Program) -> None:
    opened.desk.files.new()
    opened.front.window.tabs.setCurrentIndex(0)
    document = opened.desk.document
    opened.front.actions.named("window.detach").trigger()
    first, second = opened.windows
    assert [desk.document is document for desk in second.desks] == [True]
    assert [desk.document is document for desk in first.desks] == [False]


def test_moved_tabs_stay_with_their_graphs(opened: Program) -> None:
    opened.desk.files.new()
    opened.front.window.tabs.moveTab(0, 1)
    opened.front.window.tabs.setCurrentIndex(1)
    assert opened.desk.document.path == EXAMPLE


def test_steps_go_through_the_tabs_in_a_circle(opened: Program) -> None:
    opened.desk.files.new()
    opened.front.actions.named("window.next_tab").trigger()
    assert opened.desk.document.path == EXAMPLE
    opened.front.actions.named("window.previous_tab").trigger()
    assert opened.desk.document.path is None


def test_closing_a_window_asks_about_every_tab_and_closes_none_before_all_answers(
    opened: Program,
) -> None:
    window = opened.front.window
    edit(opened)
    opened.desk.files.new_from_formula("a * b")
    window.close()
    press(opened, Button.Discard)
    assert window.isVisible()
    press(opened, Button.Cancel)
    assert window.isVisible()
    assert len(opened.front.desks) == 2
    window.close()
    press(opened, Button.Discard)
    press(opened, Button.Discard)
    assert not window.isVisible()
    assert [*opened.graphs] == []


def test_a_graph_that_another_window_shows_is_not_asked_about(opened: Program) -> None:
    edit(opened)
    document, window = opened.desk.document, opened.front.window
    opened.desk.bench.tabs.new_view()
    opened.desk.bench.tabs.detach()
    window.close()
    assert boxes(opened) == []
    assert opened.desk.document is document
    assert document.is_modified


def test_quit_closes_all_windows_and_stops_at_cancel(opened: Program) -> None:
    edit(opened)
    opened.desk.bench.tabs.new_window()
    opened.front.actions.named("file.quit").trigger()
    press(opened, Button.Cancel)
    assert any(desk.document.is_modified for each in opened.windows for desk in each.desks)


def test_quit_asks_in_every_window_that_has_unsaved_work(opened: Program) -> None:
    edit(opened)
    opened.desk.bench.tabs.new_window()
    (desk,) = [*opened.windows][-1].desks
    desk.files.new_from_formula("a * b")
    desk.editor.set_value("a", np.float64(9.0))
    opened.front.actions.named("file.quit").trigger()
    asked = boxes(opened)
    assert len(asked) == len([*opened.windows]) == 2
    for box in asked:
        box.button(Button.Discard).click()
    assert not [each for each in opened.windows if each.window.isVisible()]


def test_discarded_work_leaves_no_side_file(opened: Program, tmp_path: Path) -> None:
    edit(opened)
    opened.desk.graph.recovery.write()
    opened.front.window.close()
    press(opened, Button.Discard)
    assert list((tmp_path / "unsaved").glob("*.chainrule")) == []


def test_a_file_of_another_tab_is_not_saved_over(opened: Program) -> None:
    opened.desk.files.new_from_formula("a * b")
    assert opened.desk.bench.tabs.holds(EXAMPLE)
    opened.front.window.tabs.setCurrentIndex(0)
    assert not opened.desk.bench.tabs.holds(EXAMPLE)


def test_the_list_of_tabs_goes_to_each(opened: Program) -> None:
    opened.desk.files.new()
    entries = opened.desk.bench.tabs.entries()
    assert [(each.title, each.is_current) for each in entries] == [
        (EXAMPLE.name, False),
        ("untitled", True),
    ]
    entries[0].go()
    assert opened.desk.document.path == EXAMPLE


def test_f6_goes_through_the_parts_of_the_window(opened: Program) -> None:
    window, desk = opened.front.window, opened.desk
    desk.canvas.setFocus()
    opened.front.actions.named("window.next_pane").trigger()
    assert desk.inspector.isAncestorOf(window.focusWidget())
    opened.front.actions.named("window.previous_pane").trigger()
    assert window.focusWidget() is desk.canvas
    opened.front.actions.named("window.previous_pane").trigger()
    assert opened.front.palette.isAncestorOf(window.focusWidget())


def test_unsaved_work_is_restored_beside_what_is_open(opened: Program, tmp_path: Path) -> None:
    edit(opened)
    folder = tmp_path / "left"
    folder.mkdir()
    (folder / "a.chainrule").write_bytes(EXAMPLE.read_bytes())
    opened.offer_unsaved_work(folder)
    (dialog,) = [each for each in opened.front.window.findChildren(QDialog) if each.isVisible()]
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert len(titles(opened)) == 2
    assert opened.desk.document.is_modified
