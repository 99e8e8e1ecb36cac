"""A screen reader is told what is selected."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible

from chainrule.graph.node import Wire
from chainrule_desktop.document.values import parse_value
from tests.desktop.easel import Easel


def description(easel: Easel) -> str:
    interface = QAccessible.queryAccessibleInterface(easel.view)
    assert interface is not None
    return interface.text(QAccessible.Text.Description)


def test_the_canvas_has_a_name(easel: Easel) -> None:
    interface = QAccessible.queryAccessibleInterface(easel.view)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Canvas"


def test_the_selected_node_is_described_with_its_numbers(easel: Easel) -> None:
    easel.selection.set(("q",))
    assert description(easel) == "add q, inputs x and y, value 3, gradient −4."


def test_the_description_follows_the_numbers(easel: Easel) -> None:
    easel.selection.set(("q",))
    easel.editor.set_value("x", parse_value("7"))
    assert "value 12" in description(easel)


def test_a_selected_wire_is_described(easel: Easel) -> None:
    easel.selection.set(wires=(Wire("z", "f", 1),))
    assert description(easel) == "Wire from z to input 2 of f, value −4, gradient 3."


def test_many_are_counted_and_none_are_silence(easel: Easel) -> None:
    easel.selection.set(("x", "q"), (Wire("z", "f", 1),))
    assert description(easel) == "2 nodes and 1 wire selected."
    easel.selection.set(("x", "q"))
    assert description(easel) == "2 nodes selected."
    easel.selection.clear()
    assert description(easel) == ""


def test_what_can_not_be_computed_is_said_so(easel: Easel) -> None:
    easel.editor.disconnect(Wire("x", "q", 0))
    easel.selection.set(("q",))
    assert (
        description(easel)
        == "add q, inputs nothing and y, value not computed, gradient not computed."
    )


def test_several_selected_things_are_announced_while_the_canvas_is_in_use(
    easel: Easel, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    easel.selection.set(("q", "x"))
    easel.view.clearFocus()
    easel.selection.set(("x", "y"))
    assert said == ["2 nodes selected."]
