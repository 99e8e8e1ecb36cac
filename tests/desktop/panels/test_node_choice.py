"""A choice among nodes lists them when it is about to be used, and chooses once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chainrule.expression import graph_from_formula
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.inputs_section import possible_sources
from chainrule_desktop.panels.node_choice import Choosing, NodeChoice
from chainrule_desktop.theme import Theme


@pytest.fixture
def context(theme: Theme) -> Context:
    document = Document()
    document.load(graph_from_formula("f = exp(x) * y"), None)
    editor = Editor(document, Selection(document))
    return Context(editor, Drawing(document), theme)


def test_nodes_are_listed_when_the_choice_gets_the_focus(context: Context, qtbot: QtBot) -> None:
    chosen: list[str | None] = []
    asked: list[int] = []

    def candidates() -> list[str]:
        asked.append(1)
        return ["x", "y"]

    choosing = Choosing(lambda: "none", lambda: "x", candidates, chosen.append)
    choice = NodeChoice(context, "c", choosing)
    qtbot.addWidget(choice)
    choice.refresh()
    assert (choice.currentText(), choice.count(), asked) == ("x", 1, [])
    choice.show()
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: choice.count() == 3)
    choice.activated.emit(1)
    assert chosen == []
    choice.activated.emit(2)
    choice.activated.emit(0)
    assert chosen == ["y", None]


def test_a_node_that_is_gone_has_no_sources(context: Context) -> None:
    assert possible_sources(context.graph, "gone") == []
    assert possible_sources(context.graph, "f") == [
        each for each in context.graph.ids() if each != "f"
    ]
