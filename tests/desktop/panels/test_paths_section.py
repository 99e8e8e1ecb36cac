"""The inspector's paths and what-if: what is counted, drawn, supposed and applied."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from chainrule.autodiff.passes import Passes
from chainrule.autodiff.paths import Path, Paths
from chainrule.autodiff.playback import Moment, Timeline
from chainrule.graph.graph import GateGraph
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.panels.inspector import InspectorPanel
from chainrule_desktop.panels.paths_section import large, path_text
from chainrule_desktop.panels.value_slider import SIDE, ValueSlider
from chainrule_desktop.panels.what_if_plot import WhatIfPlot
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, shown_inspector
from tests.helpers.random_graphs import build


def branching() -> GateGraph:
    """Return e = (a + b)(b + 1), in which two paths lead from b."""
    return build(
        {"a": 2.0, "b": 1.0},
        {"c": ("add", "a", "b"), "d": ("add", "b", "b"), "e": ("mul", "c", "d")},
    )


def opened(panel: InspectorPanel, fold: str) -> None:
    button = panel.findChild(QToolButton, f"fold-{fold}")
    assert button is not None
    button.click()


def test_paths_are_counted_listed_and_traced(theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(Desk(branching()), theme, qtbot, "b")
    traced: list[Path | None] = []
    panel.path_traced.connect(traced.append)
    opened(panel, "paths")
    said = " ".join(texts(panel))
    assert "3 paths lead from b to e; together they add up to ∂e/∂b = 8.00." in said
    assert "All paths one by one: 6 multiplications." in said
    listed = panel.findChild(QListWidget, "paths")
    assert listed is not None
    assert listed.count() == 3
    assert listed.item(0).text() == "1.00 × 3.00 = 3.00\nb → d → e"
    listed.setCurrentRow(2)
    path = traced[-1]
    assert path is not None
    assert [wire.target for wire in path.wires] == ["c", "e"]


def test_a_fold_stays_open_for_the_next_node(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk(branching())
    panel = shown_inspector(desk, theme, qtbot, "b")
    traced: list[Path | None] = []
    panel.path_traced.connect(traced.append)
    opened(panel, "paths")
    desk.selection.set(("a",))
    panel.refresh()
    assert "One path leads from a to e; its product is the gradient." in texts(panel)
    assert traced == [None]


def test_nothing_is_told_before_playback_has_come_to_it(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk(branching())
    panel = shown_inspector(desk, theme, qtbot, "b")
    opened(panel, "paths")
    timeline = Timeline(desk.graph, desk.document.passes)
    desk.drawing.show_moment(Moment(timeline, desk.document.passes, 0))
    panel.refresh()
    assert not any("paths lead" in each for each in texts(panel))
    desk.drawing.show_moment(None)
    panel.refresh()
    assert any("paths lead" in each for each in texts(panel))


def test_where_there_is_no_gradient_there_is_a_sentence(theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(Desk(build({"x": 1.0}, {"f": ("add", "x", None)})), theme, qtbot, "x")
    opened(panel, "paths")
    assert any("has no gradient" in each for each in texts(panel))
    opened(panel, "what")
    assert any("has no value" in each for each in texts(panel))


def test_a_product_has_its_seed_and_brackets() -> None:
    graph = build({"x": 2.0}, {"n": ("neg", "x")}, seed=np.float64(3.0))
    passes = Passes(graph)
    (path,) = Paths(graph, passes, "x").largest(1)
    assert path_text(path, Explainer(graph, passes, 2)) == "(−1.00) × 3.00 = −3.00\nx → n"


def test_long_paths_are_cut_in_the_middle() -> None:
    graph = build({"x": 0.5}, {f"g{n}": ("sin", f"g{n - 1}" if n else "x") for n in range(20)})
    passes = Passes(graph)
    (path,) = Paths(graph, passes, "x").largest(1)
    assert " → … → " in path_text(path, Explainer(graph, passes, 2))


def test_large_numbers_are_written_by_their_power() -> None:
    assert [large(each) for each in (7, 12_345)] == ["7", "12,345"]
    assert large(2**200) == "about 1.6 · 10⁶⁰"
    assert large(10**6000) == "about 1.0 · 10⁶⁰⁰⁰"


def test_a_supposed_number_changes_nothing_before_it_is_applied(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk(branching())
    panel = shown_inspector(desk, theme, qtbot, "b")
    opened(panel, "what")
    plot = panel.findChild(WhatIfPlot)
    assert plot is not None
    plot.number_chosen.emit(2.0)
    said = texts(panel)
    assert "b: 1.000 → 2.000" in " ".join(plain(each) for each in said)
    assert any("10.000" in each for each in said)  # (2 + 2) (2 + 2) − (2 + 1) (1 + 1)
    assert any("8.000 × 1.000" in each for each in said)
    assert desk.value("b") == 1.0
    assert desk.steps == 0
    press(panel, "&Apply")
    assert desk.value("b") == 2.0
    assert desk.steps == 1


def test_back_supposes_the_own_number_again(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk(branching())
    panel = shown_inspector(desk, theme, qtbot, "b")
    opened(panel, "what")
    slider = panel.findChild(ValueSlider, "what-if")
    assert slider is not None
    slider.setValue(slider.value() + 100)
    button = next(each for each in panel.findChildren(QPushButton) if each.text() == "&Back")
    assert button.isEnabled()
    press(panel, "&Back")
    assert not button.isEnabled()
    assert desk.value("b") == 1.0


def test_the_slider_stands_below_the_plot_s_number_and_nothing_jumps_in_a_drag(
    theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(Desk(branching()), theme, qtbot, "b")
    opened(panel, "what")
    slider, plot = panel.findChild(ValueSlider, "what-if"), panel.findChild(WhatIfPlot)
    back = next(each for each in panel.findChildren(QPushButton) if each.text() == "&Back")
    assert slider is not None
    assert plot is not None
    settled(panel)
    assert slider.value() == 0
    left, right = plot.ends
    assert (slider.width(), slider.x()) == (plot.width(), plot.x())
    assert left < 1.0 < right
    before = back.geometry()
    y = slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, y))
    QTest.mouseMove(slider, QPoint(SIDE + (slider.width() - 2 * SIDE) * 3 // 4, y))
    settled(panel)
    assert plot.number == pytest.approx(left + 0.75 * (right - left), abs=0.05 * (right - left))
    assert plot.ends == (left, right)
    assert back.geometry() == before
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton)


def settled(panel: InspectorPanel) -> None:
    """Let what was asked for be found and laid out."""
    panel.refresh()
    for _ in range(5):
        QApplication.processEvents()


def test_of_a_tensor_one_number_is_supposed(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk(build({"x": [1.0, 2.0]}, {"f": ("square", "x"), "s": ("neg", "f")}))
    panel = shown_inspector(desk, theme, qtbot, "x")
    opened(panel, "what")
    plot = panel.findChild(WhatIfPlot)
    assert plot is not None
    plot.number_chosen.emit(3.0)
    press(panel, "&Apply")
    value = desk.graph.node("x").value
    assert value is not None
    assert value.tolist() == [3.0, 2.0]


def test_the_plot_is_painted_where_there_are_holes(theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(Desk(build({"x": 0.5}, {"f": ("log", "x")})), theme, qtbot, "x")
    opened(panel, "what")
    plot = panel.findChild(WhatIfPlot)
    assert plot is not None
    plot.number_chosen.emit(0.25)
    assert not plot.grab().isNull()


def texts(panel: InspectorPanel) -> list[str]:
    """Return the texts of all labels that are shown."""
    return [each.text() for each in panel.findChildren(QLabel) if each.isVisibleTo(panel)]


def plain(html: str) -> str:
    """Return a rich text without its tags."""
    return re.sub("<[^>]*>", "", html)


def press(panel: InspectorPanel, text: str) -> None:
    button = next(each for each in panel.findChildren(QPushButton) if each.text() == text)
    button.click()
