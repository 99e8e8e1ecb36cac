"""Every action of the table does its thing, and says why when it can't be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from chainrule.expression.formula import graph_from_formula
from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.keys import key_sequences
from chainrule_desktop.actions.spec import FilledMenu, MenuItem, MenuSpec, Separator
from chainrule_desktop.actions.table import MENUS
from chainrule_desktop.actions.table_walk import specs_in
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.theme import NumberColours, ThemeMode
from tests.helpers.bench import EXAMPLE, only_dialog

SPECS = tuple(specs_in(MENUS))


@pytest.fixture
def opened(bench: Workbench) -> Workbench:
    """A workbench with the graph of (x + y) z, read from its file."""
    bench.files.open_now(EXAMPLE)
    return bench


@pytest.fixture
def actions(opened: Workbench) -> ActionSet:
    return ActionSet(opened, opened.window)


@pytest.fixture
def no_document(bench: Workbench) -> ActionSet:
    return ActionSet(bench, bench.window)


def items_in(items: tuple[MenuItem, ...]) -> Iterator[MenuItem]:
    for item in items:
        yield item
        if isinstance(item, MenuSpec):
            yield from items_in(item.items)


def submenu(menu: QMenuBar | QMenu, name: str) -> QMenu:
    """Return the menu inside with that text, filled as if it had been opened."""
    (found,) = [
        inner
        for action in menu.actions()
        if isinstance(inner := action.menu(), QMenu) and inner.title().replace("&", "") == name
    ]
    found.aboutToShow.emit()
    return found


def texts(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def entry(menu: QMenu, text: str) -> QAction:
    named = [(each.text().replace("&", ""), each) for each in menu.actions()]
    equal = [action for name, action in named if name == text]
    (found,) = equal or [action for name, action in named if name.endswith(text)]
    return found


def test_no_two_actions_share_their_keys(qapp: object) -> None:
    owners: dict[str, str] = {}
    for spec in SPECS:
        for keys in key_sequences(spec):
            text = keys.toString(QKeySequence.SequenceFormat.PortableText)
            assert text not in owners, f"{text}: {spec.id} and {owners[text]}"
            owners[text] = spec.id


def test_ids_are_unique() -> None:
    ids = [spec.id for spec in SPECS]
    assert len(ids) == len({*ids})


def test_every_tip_is_a_sentence() -> None:
    assert [spec.id for spec in SPECS if not spec.tip.endswith(".")] == []


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.text)
def test_mnemonics_within_a_menu_are_unique(menu: MenuSpec) -> None:
    entries = [each.text for each in menu.items if not isinstance(each, Separator)]
    letters = [text[text.index("&") + 1].lower() for text in entries if "&" in text]
    assert len(letters) == len(entries) == len({*letters})


def test_what_is_disabled_says_why(no_document: ActionSet) -> None:
    silent = [
        each.objectName()
        for each in no_document.all()
        if not each.isEnabled() and not each.statusTip()
    ]
    assert silent == []
    assert no_document.named("file.save").statusTip() == "Open or start a graph first."


def test_without_a_document_only_what_needs_none_can_be_used(no_document: ActionSet) -> None:
    enabled = {each.objectName() for each in no_document.all() if each.isEnabled()}
    always = {"file.new", "file.open", "file.quit", "graph.formula", "help.shortcuts", "help.about"}
    assert always <= enabled
    assert {"file.save", "edit.undo", "edit.paste", "graph.tidy", "run.check"}.isdisjoint(enabled)


def test_undo_and_redo_name_their_step(opened: Workbench, actions: ActionSet) -> None:
    undo, redo = actions.named("edit.undo"), actions.named("edit.redo")
    assert not undo.isEnabled()
    opened.editor.set_value("x", np.float64(9.0))
    assert undo.isEnabled()
    assert undo.text() == "&Undo Set x"
    undo.trigger()
    assert opened.document.graph.node("x").value == -2.0
    assert (undo.text(), redo.text()) == ("&Undo", "&Redo Set x")
    redo.trigger()
    assert opened.document.graph.node("x").value == 9.0


def test_actions_on_a_selection_follow_it(opened: Workbench, actions: ActionSet) -> None:
    assert not actions.named("edit.delete").isEnabled()
    opened.selection.set(("x",))
    assert actions.named("edit.delete").isEnabled()
    assert actions.named("edit.value").isEnabled()
    opened.selection.set(("f",))
    assert not actions.named("edit.value").isEnabled()
    opened.selection.set(("x", "y"))
    assert not actions.named("edit.rename").isEnabled()
    assert actions.named("edit.copy").isEnabled()


def test_cut_and_paste_bring_a_node_back(opened: Workbench, actions: ActionSet) -> None:
    opened.selection.set(("x",))
    actions.named("edit.cut").trigger()
    assert "x" not in opened.document.graph
    actions.named("edit.paste").trigger()
    assert "x" in opened.document.graph
    assert opened.selection.nodes == ("x",)


def test_pasting_nonsense_tells_of_it(opened: Workbench, actions: ActionSet, qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("{")
    actions.named("edit.paste").trigger()
    only_dialog(opened).close()
    assert not opened.document.is_modified


def test_duplicate_delete_select_all_and_none(opened: Workbench, actions: ActionSet) -> None:
    count = len(opened.document.graph)
    actions.named("edit.select_all").trigger()
    assert len(opened.selection.nodes) == count
    actions.named("edit.duplicate").trigger()
    assert len(opened.document.graph) == 2 * count
    actions.named("edit.delete").trigger()
    assert len(opened.document.graph) == count
    actions.named("edit.select_all").trigger()
    actions.named("edit.select_none").trigger()
    assert not opened.selection


def test_edit_value_opens_the_field_on_the_canvas(
    qtbot: QtBot, opened: Workbench, actions: ActionSet
) -> None:
    from chainrule_desktop.canvas.value_edit import ValueEdit

    opened.window.show()
    opened.selection.set(("x",))
    actions.named("edit.value").trigger()
    (field,) = opened.canvas.findChildren(ValueEdit)
    assert field.node == "x"


@pytest.mark.parametrize(
    ("action", "setting"),
    [
        ("view.values", "show_values"),
        ("view.gradients", "show_gradients"),
        ("view.names", "show_names"),
        ("view.grid", "show_grid"),
    ],
)
def test_toggles_switch_their_setting_and_show_it(
    opened: Workbench, actions: ActionSet, action: str, setting: str
) -> None:
    before = getattr(opened.settings.values, setting)
    toggle = actions.named(action)
    assert toggle.isChecked() == before
    toggle.trigger()
    assert getattr(opened.settings.values, setting) == toggle.isChecked() == (not before)


@pytest.mark.parametrize(
    ("action", "setting", "value"),
    [
        ("view.decimals.4", "decimals", 4),
        ("view.theme_mode.dark", "theme_mode", ThemeMode.DARK),
        ("run.blas_threads.2", "blas_threads", 2),
        ("view.number_colours.blue-orange", "number_colours", NumberColours.BLUE_ORANGE),
    ],
)
def test_a_choice_sets_its_value_and_unticks_the_others(
    opened: Workbench, actions: ActionSet, action: str, setting: str, value: object
) -> None:
    chosen = actions.named(action)
    chosen.trigger()
    assert getattr(opened.settings.values, setting) == value
    group = chosen.actionGroup()
    assert group is not None
    assert [each for each in group.actions() if each.isChecked()] == [chosen]


@pytest.mark.parametrize(
    ("action", "larger"),
    [("view.zoom_in", True), ("view.zoom_out", False)],
)
def test_zoom_actions_change_the_scale(
    opened: Workbench, actions: ActionSet, action: str, larger: bool
) -> None:
    actions.named("view.zoom_actual").trigger()
    assert opened.canvas.navigator.scale == pytest.approx(1.0)
    actions.named(action).trigger()
    assert (opened.canvas.navigator.scale > 1.0) == larger


def test_fit_shows_the_whole_graph(opened: Workbench, actions: ActionSet) -> None:
    opened.window.resize(320, 200)
    opened.window.show()
    actions.named("view.zoom_actual").trigger()
    actions.named("view.zoom_fit").trigger()
    assert opened.canvas.navigator.scale < 1.0


def test_the_list_of_problems_is_shown_and_hidden(opened: Workbench, actions: ActionSet) -> None:
    toggle = actions.named("view.problems")
    toggle.trigger()
    assert not opened.problems.isHidden()
    assert toggle.isChecked()
    toggle.trigger()
    assert opened.problems.isHidden()


def test_choosing_the_output_again_lets_the_graph_decide(
    opened: Workbench, actions: ActionSet
) -> None:
    opened.selection.set(("q",))
    choose = actions.named("graph.output")
    choose.trigger()
    assert opened.document.passes.output == "q"
    assert choose.isChecked()
    choose.trigger()
    assert opened.document.graph.header.output is None
    assert not choose.isChecked()


def test_tidy_arranges_the_graph(opened: Workbench, actions: ActionSet) -> None:
    opened.editor.move({"x": (900.0, 900.0)})
    actions.named("graph.tidy").trigger()
    assert opened.document.history.undoText() == "Tidy layout"


def test_every_gate_can_be_added_from_its_group(opened: Workbench, actions: ActionSet) -> None:
    bar = QMenuBar(opened.window)
    actions.fill_menu_bar(bar)
    groups = submenu(submenu(bar, "Graph"), "Add Gate")
    entry(submenu(groups, "Activation"), "sigmoid").trigger()
    (added,) = opened.selection.nodes
    assert opened.document.graph.node(added).kind.name == "sigmoid"


def test_examples_open_as_copies_without_a_file(bench: Workbench, no_document: ActionSet) -> None:
    bar = QMenuBar(bench.window)
    no_document.fill_menu_bar(bar)
    group = submenu(submenu(submenu(bar, "File"), "Open Example"), "First graphs")
    entry(group, "Sigmoid neuron, one gate at a time").trigger()
    assert len(bench.document.graph) == 13
    assert bench.document.path is None
    assert not bench.document.is_modified


def test_files_used_last_are_listed_until_they_are_cleared(
    opened: Workbench, actions: ActionSet
) -> None:
    bar = QMenuBar(opened.window)
    actions.fill_menu_bar(bar)
    file_menu = submenu(bar, "File")
    recent = submenu(file_menu, "Open Recent")
    assert texts(recent) == ["1  add-then-multiply.chainrule", "Clear List"]
    opened.files.close()
    entry(recent, "add-then-multiply.chainrule").trigger()
    assert opened.document.path == EXAMPLE
    entry(submenu(file_menu, "Open Recent"), "Clear List").trigger()
    assert opened.settings.recent_files() == []
    assert not recent.menuAction().isEnabled()


def test_a_filled_menu_can_be_opened_again_and_again(
    qtbot: QtBot, opened: Workbench, actions: ActionSet
) -> None:
    bar = QMenuBar(opened.window)
    actions.fill_menu_bar(bar)
    gates = submenu(submenu(bar, "Graph"), "Add Gate")
    before = texts(gates)
    for _ in range(3):
        gates.aboutToShow.emit()
    qtbot.wait(1)
    assert texts(gates) == before


@pytest.mark.parametrize(
    ("action", "prepare"),
    [
        ("help.about", lambda bench: None),
        ("help.shortcuts", lambda bench: None),
        ("graph.formula", lambda bench: None),
        ("file.export", lambda bench: None),
        ("run.check", lambda bench: None),
        ("edit.rename", lambda bench: bench.selection.set(("x",))),
        ("file.open", lambda bench: None),
        ("file.save_as", lambda bench: None),
    ],
)
def test_actions_with_a_dialog_open_it_without_waiting(
    opened: Workbench, actions: ActionSet, action: str, prepare: Callable[[Workbench], None]
) -> None:
    prepare(opened)
    actions.named(action).trigger()
    dialog = only_dialog(opened)
    assert dialog.windowTitle()
    dialog.reject()
    assert not opened.document.is_modified


def test_a_picture_of_the_graph_goes_to_the_clipboard(
    opened: Workbench, actions: ActionSet
) -> None:
    from PySide6.QtGui import QGuiApplication

    actions.named("file.copy_picture").trigger()
    assert QGuiApplication.clipboard().mimeData().hasImage()


def test_an_empty_graph_can_not_be_exported(bench: Workbench, no_document: ActionSet) -> None:
    bench.files.new()
    assert not no_document.named("file.export").isEnabled()
    bench.editor.add("add", (0.0, 0.0))
    assert no_document.named("file.export").isEnabled()


def test_a_filled_menu_has_no_fixed_content() -> None:
    filled = [
        item for menu in MENUS for item in items_in(menu.items) if isinstance(item, FilledMenu)
    ]
    assert {item.text.replace("&", "") for item in filled} == {
        "Open Recent",
        "Open Example",
        "Add Gate",
        "Tabs",
        "All Bookmarks",
        "Insert from Library",
        "Delete from Library",
        "Rename Bookmark",
        "Remove Bookmark",
    }


def test_a_graph_from_a_formula_replaces_the_document(opened: Workbench) -> None:
    opened.files.new_from_formula("exp(a)")
    assert [*opened.document.graph.ids()] == [*graph_from_formula("exp(a)").ids()]
    assert opened.document.path is None
    assert opened.document.is_modified


def test_the_tooltips_of_values_and_gradients_are_a_legend(
    opened: Workbench, actions: ActionSet
) -> None:
    values, gradients = actions.named("view.values"), actions.named("view.gradients")
    assert values.toolTip() == "Values, in green above each wire (Ctrl+Alt+V)"
    assert gradients.toolTip() == "Gradients, in red below each wire (Ctrl+Alt+G)"
    opened.settings.change(number_colours=NumberColours.BLUE_ORANGE)
    assert values.toolTip() == "Values, in blue above each wire (Ctrl+Alt+V)"
    assert gradients.toolTip() == "Gradients, in orange below each wire (Ctrl+Alt+G)"
