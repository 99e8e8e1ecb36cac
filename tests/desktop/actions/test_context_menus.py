"""What opens where the pointer is offers what can be done there, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from chainrule.graph.node import Wire
from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.selection import Comment, CommentKind
from tests.helpers.bench import EXAMPLE


@pytest.fixture
def opened(bench: Workbench) -> Workbench:
    """A workbench with the graph of (x + y) z, read from its file."""
    bench.files.open_now(EXAMPLE)
    return bench


@pytest.fixture
def actions(opened: Workbench) -> ActionSet:
    return ActionSet(opened, opened.window)


def texts(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def context_menu(actions: ActionSet) -> list[str]:
    """Return the texts of the menu that opens where the pointer is."""
    menu = actions.make_context_menu()
    found = texts(menu)
    assert all(action.isEnabled() for action in menu.actions())
    menu.deleteLater()
    return found


def test_the_context_menu_is_made_of_the_same_actions(
    opened: Workbench, actions: ActionSet
) -> None:
    opened.selection.set(("q",))
    menu = actions.make_context_menu()
    assert actions.named("edit.copy") in menu.actions()
    menu.deleteLater()


def test_a_wire_has_a_menu_of_what_can_be_done_with_wires(
    opened: Workbench, actions: ActionSet
) -> None:
    opened.selection.set(wires=(Wire("q", "f", 0),))
    found = context_menu(actions)
    assert {"Insert Gate on Wire…", "Insert Reroute Point", "Delete"} <= {*found}
    assert {"Move Wire to Next Port", "Move Wire to Previous Port"} & {*found}
    assert "Copy" not in found
    # It has no points yet.
    assert "Remove Reroute Points" not in found


def test_a_menu_offers_only_what_can_be_done(opened: Workbench, actions: ActionSet) -> None:
    opened.selection.set(("x",))
    leaf = context_menu(actions)
    assert "Edit Value" in leaf
    assert {"Mute", "Exchange Inputs", "Frame"}.isdisjoint(leaf)
    opened.selection.set(("q",))
    gate = context_menu(actions)
    assert {"Mute", "Exchange Inputs", "Breakpoint"} <= {*gate}
    assert "Edit Value" not in gate


def test_a_frame_has_a_menu_of_its_own(opened: Workbench, actions: ActionSet) -> None:
    opened.selection.set(("x", "y"))
    actions.named("graph.frame").trigger()
    opened.selection.set(comments=(Comment(CommentKind.FRAME, 0),))
    found = context_menu(actions)
    assert found[:2] == ["Edit Title or Note", "Colour"]
    assert {"Select Nodes in Frame", "Remove Frame"} <= {*found}
    assert "Delete" not in found


def test_the_empty_canvas_has_a_menu_of_its_own(opened: Workbench, actions: ActionSet) -> None:
    opened.selection.clear()
    found = context_menu(actions)
    assert found[0] == "Add Gate"
    assert {"Add Note", "Select All", "Tidy Layout"} <= {*found}
    assert {"Delete", "Copy", "Rename…"}.isdisjoint(found)
