"""No panel and no window that is open tells a number that an exercise asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from chainrule.expression import graph_from_formula
from chainrule.graph.exercises import Exercise
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import possible_blanks, truth_of
from chainrule_desktop.document.exercising import make_exercise
from chainrule_desktop.panels.checking.window import Canvas, CheckWindow
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.jacobian.window import JacobianWindow
from chainrule_desktop.panels.tensors.dependence_list import DependenceMap
from chainrule_desktop.panels.tensors.subject import TensorSubject
from chainrule_desktop.panels.tensors.window import Surroundings, TensorWindow
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, shown_inspector
from tests.helpers.random_graphs import build


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    running = Tasks()
    yield running
    running.close()


def numbers() -> GateGraph:
    """Return a graph whose numbers can't be mistaken for others."""
    leaves = {"x": 1.31, "y": 2.73, "w": 0.57}
    return build(leaves, {"q": ("mul", "x", "y"), "s": ("add", "q", "w"), "f": ("exp", "s")})


def hide_all(desk: Desk) -> list[str]:
    """Ask for every number, and return how those that are no tensors are written."""
    passes = desk.document.passes
    blanks = possible_blanks(desk.graph, passes)
    make_exercise(desk.document, Exercise(tuple(blanks)))
    truths = [truth_of(desk.graph, passes, each) for each in blanks]
    return [f"{abs(float(each)):.2f}" for each in truths if each is not None and not each.shape]


def told(widget: QWidget) -> str:
    """Return all texts of a widget and what is in it, those for screen readers too."""
    texts: list[str] = []
    for each in (widget, *widget.findChildren(QWidget)):
        texts += (each.toolTip(), each.accessibleName(), each.accessibleDescription())
        if isinstance(each, QLabel | QLineEdit):
            texts.append(each.text())
    return "\n".join(texts)


@pytest.mark.parametrize("node", [None, "x", "y", "w", "q", "s", "f"])
def test_the_inspector_tells_nothing_that_is_asked_for(
    node: str | None, qtbot: QtBot, theme: Theme
) -> None:
    desk = Desk(numbers())
    nodes = () if node is None else (node,)
    panel = shown_inspector(desk, theme, qtbot, *nodes)
    open_text = told(panel)
    hidden = hide_all(desk)
    assert any(each in open_text for each in hidden)
    panel.refresh()
    covered_text = told(panel)
    assert [each for each in hidden if each in covered_text] == []


def test_an_open_jacobian_gives_way_to_a_sentence(
    qtbot: QtBot, theme: Theme, tasks: Tasks, tmp_path: Path
) -> None:
    desk = Desk(numbers())
    window = JacobianWindow(
        None,
        Context(desk.editor, desk.drawing, theme),
        tasks,
        Settings(tmp_path / "settings.json"),
    )
    qtbot.addWidget(window)
    window.ask()
    tabs = window.findChild(QTabWidget)
    assert tabs is not None
    assert tabs.isVisible()
    hide_all(desk)
    qtbot.waitUntil(tabs.isHidden)
    assert "The exercise asks for numbers" in told(window)
    desk.document.cover.lift(lifted=True)
    qtbot.waitUntil(tabs.isVisible)


def test_an_open_gradient_check_closes(qtbot: QtBot, theme: Theme, tasks: Tasks) -> None:
    desk = Desk(numbers())
    parent = QWidget()
    qtbot.addWidget(parent)
    context = Context(desk.editor, desk.drawing, theme)
    window = CheckWindow(parent, context, tasks, Canvas(lambda _: None, lambda _: None))
    window.show()
    with qtbot.waitSignal(window.finished):
        hide_all(desk)


def test_the_tensor_view_shows_what_is_given_alone(
    qtbot: QtBot, theme: Theme, tasks: Tasks, tmp_path: Path
) -> None:
    given = {"X": np.array([[1.0, -2.0], [0.25, 3.0]]), "W": np.array([[2.0, 1.0], [0.5, 4.0]])}
    desk = Desk(graph_from_formula("S = X @ W; R = relu(S); L = sum(R)", given))
    settings = Settings(tmp_path / "settings.json")
    window = TensorWindow(None, Surroundings(desk.editor, desk.drawing, theme, settings, tasks))
    qtbot.addWidget(window)
    window.show()
    window.show_subject(TensorSubject("R"))
    qtbot.waitUntil(
        lambda: bool(window.findChildren(DependenceMap)) or "Choose a cell" in told(window)
    )
    hide_all(desk)
    qtbot.waitUntil(lambda: "The value of R is asked for by the exercise." in told(window))
    window.show_subject(TensorSubject("X"))
    qtbot.waitUntil(lambda: "X₁₁ = 1" in told(window))
    assert not window.findChildren(DependenceMap)
