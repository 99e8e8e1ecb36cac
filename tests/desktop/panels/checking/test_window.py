"""The gradient check as a window: it runs beside the main one, sorts, filters, explains, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import final

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from chainrule.autodiff.gradient_check import (
    Band,
    Check,
    CheckSettings,
    Verdict,
    check_gradients,
    error_curve,
)
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.panels.checking.error_plot import ErrorPlot, curve_sentence
from chainrule_desktop.panels.checking.findings import SIGNS, fixed, name_of, scientific, summary
from chainrule_desktop.panels.checking.table import COLUMNS
from chainrule_desktop.panels.checking.window import Canvas, CheckWindow
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk
from tests.helpers import own_gates
from tests.helpers.random_graphs import build

PATIENCE = 20_000


@final
class Bench:
    """A window on a check, and what it asked of the canvas."""

    def __init__(self, graph: GateGraph, theme: Theme, tasks: Tasks, qtbot: QtBot) -> None:
        self.desk = Desk(graph)
        self.marked: list[Mapping[Wire, Verdict]] = []
        self.revealed: list[NodeId] = []
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        context = Context(self.desk.editor, self.desk.drawing, theme)
        canvas = Canvas(self.marked.append, self.revealed.append)
        self.window = CheckWindow(self.parent, context, tasks, canvas)
        self.window.show()
        self._qtbot = qtbot

    @property
    def view(self) -> QTableView:
        view = self.window.findChild(QTableView)
        assert view is not None
        return view

    def rows(self) -> list[list[str]]:
        model = self.view.model()
        return [
            [str(model.index(row, column).data()) for column in range(len(COLUMNS))]
            for row in range(model.rowCount())
        ]

    def wait(self) -> None:
        """Wait until the check is done."""
        bar = self.window.findChild(QProgressBar)
        assert bar is not None
        self._qtbot.waitUntil(bar.isHidden, timeout=PATIENCE)

    def says(self) -> str:
        return "\n".join(each.text() for each in self.window.findChildren(QLabel))

    def box(self, text: str) -> QCheckBox:
        return next(each for each in self.window.findChildren(QCheckBox) if text in each.text())


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    running = Tasks()
    yield running
    running.close()


def kinked() -> GateGraph:
    """Return a graph at whose max is a tie, beside a smooth part."""
    return build(
        {"x0": 1.0, "y": 1.0, "z": 0.5},
        {"m": ("max", "x0", "y"), "e": ("exp", "z"), "f": ("mul", "m", "e")},
    )


def test_every_number_has_a_line_the_gravest_first(
    qtbot: QtBot, theme: Theme, tasks: Tasks
) -> None:
    bench = Bench(kinked(), theme, tasks, qtbot)
    bench.wait()
    rows = bench.rows()
    assert len(rows) == 3 + 5
    assert [row[5] for row in rows] == ["kink"] * 4 + ["agrees"] * 4
    names = {row[0] for row in rows}
    assert {"x₀", "x₀ → m (input 1)", "z → e"} <= names
    assert "8 numbers checked: 4 agrees, 4 kink." in bench.says()
    bench.window.reject()


def test_leaves_alone_are_as_on_the_command_line(qtbot: QtBot, theme: Theme, tasks: Tasks) -> None:
    graph = graph_from_formula("sum(x * w)", {"x": [1.0, 2.0], "w": 3.0})
    bench = Bench(graph, theme, tasks, qtbot)
    bench.box("Wires").setChecked(False)
    bench.wait()
    shown = {row[0]: row[1:4] for row in bench.rows()}
    checks = check_gradients(graph)
    assert shown == {
        name: [fixed(each.analytic), fixed(each.numerical), scientific(each.error)]
        for name, each in zip(("x[0]", "x[1]", "w"), checks, strict=True)
    }
    bench.window.reject()


def test_another_step_to_one_side_makes_the_check_anew(
    qtbot: QtBot, theme: Theme, tasks: Tasks
) -> None:
    graph = build({"x": 1.3}, {"f": ("exp", "x")})
    bench = Bench(graph, theme, tasks, qtbot)
    bench.wait()
    for name, choice in (("Step", 0), ("Differences", 1)):
        box = next(
            each for each in bench.window.findChildren(QComboBox) if each.accessibleName() == name
        )
        box.setCurrentIndex(choice)
        box.activated.emit(choice)
    bench.wait()
    (check,) = check_gradients(graph, settings=CheckSettings(0.1, two_sided=False))
    row = next(row for row in bench.rows() if row[0] == "x")
    assert row[2] == fixed(check.numerical)
    assert row[4] == "✕ probably wrong"
    assert row[5] == "agrees"
    bench.window.reject()


def test_it_sorts_and_filters(qtbot: QtBot, theme: Theme, tasks: Tasks) -> None:
    bench = Bench(kinked(), theme, tasks, qtbot)
    bench.wait()
    bench.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in bench.rows()][:3] == ["x₀", "y", "z"]
    bench.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert bench.rows()[0][1] == fixed(float(np.exp(0.5)))
    bench.box("Only").setChecked(True)
    assert {row[5] for row in bench.rows()} == {"kink"}
    field = bench.window.findChild(QLineEdit)
    assert field is not None
    field.setText("y →")
    assert [row[0] for row in bench.rows()] == ["y → m (input 2)"]
    bench.window.reject()


def test_numbers_stand_at_the_right(qtbot: QtBot, theme: Theme, tasks: Tasks) -> None:
    bench = Bench(kinked(), theme, tasks, qtbot)
    bench.wait()
    model = bench.view.model()
    sides = [
        model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
        for column in range(len(COLUMNS))
    ]
    assert [bool(each) for each in sides] == [False, True, True, True, False, False]
    bench.window.reject()


def test_a_kink_is_explained_and_the_error_is_drawn(
    qtbot: QtBot, theme: Theme, tasks: Tasks
) -> None:
    bench = Bench(kinked(), theme, tasks, qtbot)
    bench.wait()
    assert "m is just at a kink or tie, where the slope jumps. A kink has no" in bench.says()
    plot = bench.window.findChild(ErrorPlot)
    assert plot is not None
    qtbot.waitUntil(lambda: bool(plot.accessibleDescription()), timeout=PATIENCE)
    assert "Whatever the step" in plot.accessibleDescription()
    assert not plot.grab().isNull()
    bench.window.reject()


def test_wires_are_marked_by_the_gravest_of_their_verdicts(
    qtbot: QtBot, theme: Theme, tasks: Tasks
) -> None:
    graph = build(
        {"x": [3.0, 0.0]},
        {"w": (own_gates.WrongSlope(), "x"), "f": ("exp", "w"), "s": ("neg", "f")},
    )
    bench = Bench(graph, theme, tasks, qtbot)
    bench.wait()
    button = next(
        each for each in bench.window.findChildren(QPushButton) if "Canvas" in each.text()
    )
    button.click()
    assert bench.marked[-1] == {
        Wire("x", "w", 0): Verdict.DIFFERS,
        Wire("w", "f", 0): Verdict.AGREES,
        Wire("f", "s", 0): Verdict.AGREES,
    }
    bench.window.reject()
    assert bench.marked[-1], "they stay when the window is closed"


def test_gates_have_their_names_on_the_canvas_while_the_window_is_open(
    qtbot: QtBot, theme: Theme, tasks: Tasks
) -> None:
    bench = Bench(kinked(), theme, tasks, qtbot)
    assert "m" in bench.desk.drawing.diagram.parts.names
    bench.window.reject()
    assert "m" not in bench.desk.drawing.diagram.parts.names


def test_a_double_click_goes_to_the_node(qtbot: QtBot, theme: Theme, tasks: Tasks) -> None:
    bench = Bench(kinked(), theme, tasks, qtbot)
    bench.wait()
    bench.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    bench.view.doubleClicked.emit(bench.view.model().index(2, 0))
    assert bench.revealed == ["z"]
    bench.window.reject()


def test_an_edit_asks_for_another_check(qtbot: QtBot, theme: Theme, tasks: Tasks) -> None:
    bench = Bench(kinked(), theme, tasks, qtbot)
    bench.wait()
    bench.desk.editor.set_value("y", np.float64(0.0))
    assert "The graph has changed since; check again." in bench.says()
    next(each for each in bench.window.findChildren(QPushButton) if "Again" in each.text()).click()
    bench.wait()
    assert {row[5] for row in bench.rows()} == {"agrees"}
    bench.window.reject()


def test_closing_ends_a_check_that_still_runs(qtbot: QtBot, theme: Theme, tasks: Tasks) -> None:
    graph = graph_from_formula("sum(exp(x))", {"x": [0.1] * 20_000})
    bench = Bench(graph, theme, tasks, qtbot)
    bench.window.reject()
    qtbot.waitUntil(lambda: tasks.running == 0, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("verdicts", "sentence"),
    [
        ([], "There are no inputs or parameters to check."),
        ([Verdict.AGREES], "All gradients agree: 1 number checked."),
        (
            [Verdict.AGREES, Verdict.DIFFERS, Verdict.KINK],
            "3 numbers checked: 1 agrees, 1 differs, 1 kink.",
        ),
    ],
)
def test_the_summary_says_what_came_out(verdicts: list[Verdict], sentence: str) -> None:
    checks = [Check("x", (), 1.0, 1.0, 0.0, verdict) for verdict in verdicts]
    assert summary(checks) == sentence


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *((None, "–"), (1.5, "1.50000000"), (-0.0, "0.00000000"), (-2.0, "−2.00000000")),
        *((1e-7, "1.000000·10⁻⁷"), (-3e9, "−3.000000·10⁹"), (np.inf, "inf"), (np.nan, "nan")),
    ],
)
def test_numbers_have_fixed_digits(number: float | None, text: str) -> None:
    assert fixed(number) == text


def test_each_band_has_a_sign_of_its_own() -> None:
    assert {*SIGNS} == {*Band}
    assert len({*SIGNS.values()}) == len(Band)


def test_a_number_of_a_tensor_on_a_wire_is_named() -> None:
    graph = build({"W1": [[1.0, 2.0]]}, {"s": ("square", "W1")})
    desk = Desk(graph)
    check = Check("W1", (0, 1), 1.0, 1.0, 0.0, Verdict.AGREES, wire=Wire("W1", "s", 0))
    assert name_of(check, Explainer(graph, desk.document.passes, 2)) == "W₁[0][1] → s"


def test_the_error_is_told_in_words() -> None:
    smooth = curve_sentence(error_curve(build({"x": 1.3}, {"f": ("exp", "x")}), "x", ()))
    assert "To both sides (line) the relative error is the least" in smooth
    linear = build(
        {"x": -2.0, "y": 5.0, "z": -4.0}, {"q": ("add", "x", "y"), "f": ("mul", "q", "z")}
    )
    straight = curve_sentence(error_curve(linear, "x", ()))
    assert "linear in this number" in straight
    assert "to the right" not in straight
    vain = curve_sentence(error_curve(build({"x": 2.0}, {"f": ("sub", "x", "x")}), "x", ()))
    assert vain == "The output does not change with this number, so any step will do."
    near = curve_sentence(error_curve(build({"x": 1e-3}, {"f": ("relu", "x")}), "x", ()))
    assert "reach over a kink (hatched)" in near
