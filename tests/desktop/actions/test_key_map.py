"""Changed keys hold at once, in menus and tooltips, and no two actions of the table share any."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.key_map import ActionKeys
from chainrule_desktop.actions.table import MENUS
from chainrule_desktop.actions.workbench import Workbench

NEW = QKeySequence("Ctrl+Alt+Y")


@pytest.fixture
def keys(bench: Workbench) -> ActionKeys:
    return ActionKeys(MENUS, bench.settings)


def test_at_first_no_keys_are_shared(keys: ActionKeys) -> None:
    shared = {
        (line.what, other.what)
        for line in keys.lines()
        for each in line.keys
        for other in keys.owners(each, line.id)
    }
    assert shared == set()


def test_new_keys_are_heard_and_shown_at_once(bench: Workbench, keys: ActionKeys) -> None:
    actions = ActionSet(bench, bench.window)
    keys.set_keys("graph.tidy", (NEW,))
    action = actions.named("graph.tidy")
    assert action.shortcuts() == [NEW]
    assert action.toolTip() == "Tidy Layout (Ctrl+Alt+Y)"


def test_keys_can_be_taken_away_from_another_action(bench: Workbench, keys: ActionKeys) -> None:
    actions = ActionSet(bench, bench.window)
    keys.give(QKeySequence("Ctrl+J"), "graph.tidy")
    assert actions.named("graph.tidy").shortcuts() == [QKeySequence("Ctrl+J")]
    assert actions.named("run.jacobian").shortcuts() == []


def test_only_the_keys_that_clash_are_taken_away(keys: ActionKeys) -> None:
    keys.give(QKeySequence("Backspace"), "graph.tidy")
    (delete,) = (line for line in keys.lines() if line.id == "edit.delete")
    assert [each.toString() for each in delete.keys] == ["Del"]


def test_resetting_one_leaves_the_others(bench: Workbench, keys: ActionKeys) -> None:
    keys.set_keys("graph.tidy", (NEW,))
    keys.set_keys("run.jacobian", ())
    keys.reset("graph.tidy")
    assert bench.settings.values.shortcuts == {"run.jacobian": []}


def test_resetting_all_forgets_every_change(bench: Workbench, keys: ActionKeys) -> None:
    keys.set_keys("graph.tidy", (NEW,))
    keys.reset_all()
    assert bench.settings.values.shortcuts == {}
    assert not any(line.is_changed for line in keys.lines())


def test_the_keys_of_the_table_need_no_note(bench: Workbench, keys: ActionKeys) -> None:
    keys.set_keys("graph.tidy", (NEW,))
    keys.set_keys("graph.tidy", (QKeySequence("Ctrl+L"),))
    assert bench.settings.values.shortcuts == {}
