"""The inspector on a composite gate: its inputs by name, its formula, and its local gradients."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from chainrule.expression.symbolic.job import Formulas
from chainrule.expression.symbolic.recipe import Recipe
from chainrule.expression.symbolic.template import Template
from chainrule.graph.collapsing import collapse
from chainrule.graph.graph import GateGraph
from chainrule_desktop.panels import local_gradients
from chainrule_desktop.panels.formula_label import FormulaLabel
from chainrule_desktop.panels.inspector import InspectorPanel
from chainrule_desktop.panels.local_gradients import LocalGradients
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, show_active
from tests.helpers.lecture_graphs import lecture_graph
from tests.helpers.random_graphs import build

SIGMOID = Formulas((Template("(1 - output) output"),), Template(r"\frac{1}{1 + e^{-porta}}"))


def neuron() -> GateGraph:
    graph = lecture_graph("sigmoid-neuron-staged")
    gates = [node.id for node in graph if not node.is_leaf]
    collapse(graph, gates[-4:], "squash", ["u"]).apply(graph)
    return graph


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Recipe]:
    """Let the algebra know the sigmoid by heart; return what it is asked for."""
    found: list[Recipe] = []

    def answer(recipe: Recipe, cancelled: object) -> Formulas:
        found.append(recipe)
        return SIGMOID

    monkeypatch.setattr(local_gradients, "formulas_of", answer)
    return found


def inspector(
    desk: Desk, theme: Theme, qtbot: QtBot, algebra: LocalGradients | None
) -> InspectorPanel:
    composite = [node.id for node in desk.graph if not node.is_leaf][-1]
    desk.selection.set((composite,))
    panel = InspectorPanel(desk.editor, desk.drawing, theme, None, algebra)
    qtbot.addWidget(panel)
    panel.resize(320, 1200)
    show_active(panel, qtbot)
    return panel


def said(panel: InspectorPanel) -> list[str]:
    labels = [*panel.findChildren(QLabel), *panel.findChildren(FormulaLabel)]
    return [each.text() for each in labels if each.isVisible()]


def test_the_formula_inside_is_shown_before_the_algebra_has_found_one(
    theme: Theme, qtbot: QtBot
) -> None:
    desk = Desk(neuron())
    shown = said(inspector(desk, theme, qtbot, None))
    output = desk.graph.definitions["squash"].output
    assert f"{output} = 1/(1 + exp(−u))" in shown
    assert "1 input, used once" in shown


def test_the_local_gradient_is_shown_as_a_formula_and_as_a_number(
    theme: Theme, qtbot: QtBot, tasks: Tasks, asked: list[Recipe]
) -> None:
    desk = Desk(neuron())
    algebra = LocalGradients(tasks)
    panel = inspector(desk, theme, qtbot, algebra)
    qtbot.waitUntil(lambda: any("(1 − f)f" in each for each in said(panel)))
    assert any(each.endswith("= (1 − f)f = 0.20") for each in said(panel))
    output = desk.graph.definitions["squash"].output
    assert f"{output} = 1/(1 + exp(−u))" in said(panel)
    assert len(asked) == 1


def test_equal_definitions_are_asked_for_once(
    qtbot: QtBot, tasks: Tasks, asked: list[Recipe]
) -> None:
    algebra = LocalGradients(tasks)
    graph = neuron()
    assert algebra.formulas(graph, "squash") is None
    with qtbot.waitSignal(algebra.found):
        assert algebra.formulas(neuron(), "squash") is None
    assert algebra.formulas(graph, "squash") == SIGMOID
    assert algebra.formulas(graph, "nobody") is None
    assert len(asked) == 1


def test_what_has_no_symbolic_form_is_never_asked_for(
    qtbot: QtBot, tasks: Tasks, asked: list[Recipe]
) -> None:
    graph = build({"X": [[1.0]], "Y": [[2.0]]}, {"f": ("matmul", "X", "Y")})
    collapse(graph, ["f"], "product").apply(graph)
    assert LocalGradients(tasks).formulas(graph, "product") is None
    assert not asked


def test_an_algebra_that_fails_says_nothing(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(recipe: Recipe, cancelled: object) -> Formulas:
        raise OSError("no process")

    monkeypatch.setattr(local_gradients, "formulas_of", fail)
    algebra = LocalGradients(tasks)
    with qtbot.waitSignal(algebra.found):
        algebra.formulas(neuron(), "squash")
    assert algebra.formulas(neuron(), "squash") == Formulas(())


def test_inputs_are_called_by_the_names_of_the_ports(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk(neuron())
    shown = said(inspector(desk, theme, qtbot, None))
    assert "Input u" in shown


def test_the_button_asks_to_step_inside(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk(neuron())
    panel = inspector(desk, theme, qtbot, None)
    (button,) = panel.findChildren(QPushButton, "step-inside")
    with qtbot.waitSignal(panel.inside_requested) as heard:
        button.click()
    assert heard.args == [*desk.selection.nodes]


def test_a_description_says_what_it_computes(theme: Theme, qtbot: QtBot) -> None:
    from chainrule_desktop.document.composing import rename_composite

    desk = Desk(neuron())
    rename_composite(desk.document, "squash", "squash", ("u",), "", "Squashes a number.")
    assert "Squashes a number." in said(inspector(desk, theme, qtbot, None))
