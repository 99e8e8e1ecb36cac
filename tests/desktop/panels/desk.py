"""A document with its verbs, selection and drawing, as panels are given them."""

from __future__ import annotations

from typing import TypeVar, final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.panels.inspector import InspectorPanel
from chainrule_desktop.theme import Theme
from tests.helpers.lecture_graphs import lecture_graph

W = TypeVar("W", bound=QWidget)


@final
class Desk:
    """A document on which a lecture's case, or another graph, is open."""

    def __init__(self, graph: str | GateGraph) -> None:
        self.document = Document()
        self.document.load(lecture_graph(graph) if isinstance(graph, str) else graph, None)
        self.selection = Selection(self.document)
        self.editor = Editor(self.document, self.selection)
        self.drawing = Drawing(self.document)

    @property
    def graph(self) -> GateGraph:
        return self.document.graph

    @property
    def steps(self) -> int:
        """How many undo steps there are."""
        return self.document.history.count()

    def value(self, node: str) -> float:
        """The value of a leaf that holds one number."""
        value = self.graph.node(node).value
        assert value is not None
        return float(value)


def shown_inspector(desk: Desk, theme: Theme, qtbot: QtBot, *nodes: str) -> InspectorPanel:
    """Show the inspector in an active window, with these nodes selected."""
    desk.selection.set(nodes)
    panel = InspectorPanel(desk.editor, desk.drawing, theme)
    qtbot.addWidget(panel)
    panel.resize(320, 900)
    show_active(panel, qtbot)
    return panel


def show_active(widget: QWidget, qtbot: QtBot) -> None:
    """Show a window so that its fields can have the keyboard."""
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def field(panel: QWidget, kind: type[W], name: str) -> W:
    """Return the one field of that type and name."""
    found = [each for each in panel.findChildren(kind, name) if each.isVisible()]
    assert len(found) == 1, f"{len(found)} fields are called {name}"
    return found[0]


def retype(widget: QWidget, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Replace a field's text by typing, and press a key."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, end)
