"""The menu of composite gates: its questions, and when its entries can be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from chainrule.graph.composites import Composite
from chainrule.graph.inside import header_of
from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.composite_menu import COMPOSITE_MENU
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.composite_question import names_in
from chainrule_desktop.resources import asset_path
from tests.helpers.bench import LoneTab, only_dialog

SIGMOID = ("n", "e", "p", "f")
EXAMPLE = asset_path("examples", "sigmoid-neuron-staged.chainrule")


@pytest.fixture
def opened(bench: Workbench) -> Workbench:
    """A workbench with the staged neuron."""
    bench.files.open_now(EXAMPLE)
    return bench


@pytest.fixture
def actions(opened: Workbench, qtbot: QtBot) -> Iterator[ActionSet]:
    made = ActionSet(opened, opened.window)
    yield made
    QApplication.processEvents()


def fields(bench: Workbench) -> dict[str, QLineEdit]:
    return {each.objectName(): each for each in only_dialog(bench).findChildren(QLineEdit)}


def collapse(bench: Workbench, actions: ActionSet, name: str = "squash") -> None:
    bench.selection.set(SIGMOID)
    actions.named("composite.collapse").trigger()
    fields(bench)["name"].setText(name)
    only_dialog(bench).accept()


def test_collapse_suggests_the_title_of_the_frame_and_what_feeds_the_gates(
    opened: Workbench, actions: ActionSet
) -> None:
    opened.selection.set(SIGMOID)
    actions.named("composite.collapse").trigger()
    shown = fields(opened)
    assert (shown["name"].text(), shown["inputs"].text()) == ("my_sigmoid", "s")
    shown["inputs"].setText("u")
    shown["description"].setText("Squashes a number.")
    only_dialog(opened).accept()
    graph = opened.document.graph
    assert graph.node("f").kind == Composite("my_sigmoid", ("u",))
    assert header_of(graph.definitions["my_sigmoid"]).description == "Squashes a number."
    assert opened.selection.nodes == ("f",)


def test_what_can_not_be_collapsed_is_told_of(opened: Workbench, actions: ActionSet) -> None:
    opened.selection.set(("a", "b"))
    actions.named("composite.collapse").trigger()
    box = only_dialog(opened)
    assert isinstance(box, QMessageBox)
    assert "but a, b are all read from outside" in box.text()


def test_a_name_that_can_not_be_stays_in_the_question(
    opened: Workbench, actions: ActionSet
) -> None:
    collapse(opened, actions, "sigmoid")
    said = [each.text() for each in only_dialog(opened).findChildren(QLabel) if each.isVisible()]
    assert any("'sigmoid' is the name of a gate" in each for each in said)
    assert opened.document.history.count() == 0


def test_expand_detach_and_step_inside_want_a_composite(
    opened: Workbench, actions: ActionSet
) -> None:
    opened.selection.set(("f",))
    for name in ("expand", "inside", "detach", "rename", "save"):
        assert not actions.named(f"composite.{name}").isEnabled()
    collapse(opened, actions)
    for name in ("expand", "inside", "rename", "save"):
        assert actions.named(f"composite.{name}").isEnabled()
    assert not actions.named("composite.detach").isEnabled()
    assert not actions.named("composite.out").isEnabled()
    actions.named("composite.inside").trigger()
    assert isinstance(opened.tabs, LoneTab)
    assert opened.tabs.did == ["inside f"]
    actions.named("composite.expand").trigger()
    assert {*opened.selection.nodes} == {*SIGMOID}


def test_a_second_use_can_be_detached(opened: Workbench, actions: ActionSet) -> None:
    collapse(opened, actions)
    other = opened.editor.add("squash", (0.0, 0.0))
    actions.named("composite.detach").trigger()
    assert opened.document.graph.node(other).kind == Composite("squash2", ("s",))


def test_rename_shows_what_there_is_and_changes_it(opened: Workbench, actions: ActionSet) -> None:
    collapse(opened, actions)
    actions.named("composite.rename").trigger()
    shown = fields(opened)
    assert (shown["name"].text(), shown["inputs"].text()) == ("squash", "s")
    shown["name"].setText("sigma")
    only_dialog(opened).accept()
    assert opened.document.graph.node("f").kind == Composite("sigma", ("s",))


def entries(actions: ActionSet, title: str) -> dict[str, QAction]:
    """Return the actions in a filled menu of composites, by their text."""
    menu = actions.make_menu(COMPOSITE_MENU)
    (inner,) = [
        found
        for action in menu.actions()
        if isinstance(found := action.menu(), QMenu) and found.title().replace("&", "") == title
    ]
    inner.aboutToShow.emit()
    menu.setParent(actions.parent(), menu.windowFlags())  # pyright: ignore[reportArgumentType]
    return {each.text(): each for each in inner.actions() if each.text()}


def test_the_library_offers_what_ships_and_what_was_saved(
    opened: Workbench, actions: ActionSet
) -> None:
    assert "lstm_cell" in entries(actions, "Insert from Library")
    collapse(opened, actions)
    actions.named("composite.save").trigger()
    found = entries(actions, "Insert from Library")
    assert next(iter(found)) == "squash"
    found["neuron"].trigger()
    assert "neuron" in opened.document.graph.definitions


def test_on_an_empty_canvas_one_of_the_library_comes_with_inputs(
    opened: Workbench, actions: ActionSet, qtbot: QtBot
) -> None:
    opened.files.new()
    entries(actions, "Insert from Library")["lstm_cell"].trigger()
    qtbot.waitUntil(lambda: "state" in opened.document.graph)
    assert opened.document.passes.value("f") is not None
    assert opened.document.path is None


def test_saving_again_asks_before_it_replaces(opened: Workbench, actions: ActionSet) -> None:
    collapse(opened, actions)
    actions.named("composite.save").trigger()
    actions.named("composite.save").trigger()
    box = only_dialog(opened)
    assert isinstance(box, QMessageBox)
    assert box.text() == "Replace squash in your library?"
    box.button(QMessageBox.StandardButton.Discard).click()
    assert [item.name for item in opened.editor.library.shelves.own.items] == ["squash"]


def test_deleting_from_the_library_asks_first(opened: Workbench, actions: ActionSet) -> None:
    collapse(opened, actions)
    actions.named("composite.save").trigger()
    found = entries(actions, "Delete from Library")
    found["squash"].trigger()
    box = only_dialog(opened)
    assert isinstance(box, QMessageBox)
    box.button(QMessageBox.StandardButton.Discard).click()
    assert not opened.editor.library.shelves.own.items
    assert "squash" in opened.document.graph.definitions


def test_broken_files_of_the_library_are_listed_with_their_reasons(
    opened: Workbench, actions: ActionSet, tmp_path: Path
) -> None:
    (tmp_path / "composites").mkdir()
    (tmp_path / "composites" / "broken.chainrule").write_text("{")
    opened.editor.library.reload()
    found = entries(actions, "Insert from Library")
    found["What Can't Be Read…"].trigger()
    box = only_dialog(opened)
    assert isinstance(box, QMessageBox)
    assert box.informativeText().startswith("broken.chainrule: ")


@pytest.mark.parametrize(
    ("text", "names"),
    [("a, b", ("a", "b")), (" a  b ", ("a", "b")), ("a;b,", ("a", "b")), ("", ())],
)
def test_names_are_parted_by_commas_or_spaces(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names
