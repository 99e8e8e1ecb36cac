"""The pictures of the training window: the loss, the boundary and the landscape."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chainrule import Graph
from chainrule.diagram.numbers import format_number
from chainrule.errors import TrainingError
from chainrule.gates.leaf import Input
from chainrule.graph.edits import Edit, SetKind, SetValue
from chainrule.training.optimisers import SGD
from chainrule.training.parameters import Parameters
from chainrule.training.surfaces import Surface, landscape
from chainrule_desktop.panels.training import landscape_page
from chainrule_desktop.panels.training.landscape_chart import LandscapeChart
from chainrule_desktop.panels.training.landscape_page import place_of
from chainrule_desktop.panels.training.loss_chart import LossChart
from tests.desktop.panels.training.bench import button, choose, combo


def test_the_moons_are_told_apart_by_more_than_97_percent_at_a_click(qtbot: QtBot, make) -> None:
    bench = make("moons-network")
    assert "accuracy 81.0 %" in bench.says()
    bench.page("Boundary")
    qtbot.mouseClick(bench.window.bar.run, Qt.MouseButton.LeftButton)
    bench.wait(qtbot)
    found = bench.training.series.evaluation
    assert found is not None
    assert found.training_accuracy > 0.97
    assert f"accuracy {100 * found.training_accuracy:.1f} %" in bench.says()
    assert bench.training.picture is not None
    assert bench.document.history.undoText() == "Train 100 steps"


def test_the_landscape_is_drawn_when_it_is_first_seen_with_the_path_on_it(
    qtbot: QtBot, make
) -> None:
    bench = make("line-fit")
    bench.window.bar.run.click()
    bench.wait(qtbot)
    (chart,) = bench.window.findChildren(LandscapeChart)
    assert not chart.accessibleDescription()
    bench.page("Landscape")
    qtbot.waitUntil(lambda: "Loss from" in chart.accessibleDescription(), timeout=20_000)
    assert chart.accessibleDescription().endswith("over w and b")
    draw = button(bench, "Dra&w")
    choose(combo(bench, "Weight along y"), "w")
    draw.click()
    assert "A landscape needs two different weights; choose another one." in bench.says()


def test_a_landscape_that_was_cancelled_is_not_drawn_again_unasked(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    bench.page("Landscape")
    button(bench, "&Cancel").click()
    bench.page("Loss")
    bench.page("Landscape")
    assert button(bench, "Dra&w").isEnabled()
    (chart,) = bench.window.findChildren(LandscapeChart)
    assert not chart.accessibleDescription()


@pytest.mark.parametrize(
    "edit",
    [SetKind("u", Input(), 0, np.float64(2.0)), SetValue("w", np.array([0.5]))],
    ids=["one weight less", "a weight of one number less"],
)
def test_a_landscape_of_other_weights_is_not_drawn_to_its_end(
    qtbot: QtBot, make, monkeypatch: pytest.MonkeyPatch, edit: Edit
) -> None:
    may_end = Event()

    def slow_landscape(*given: Any) -> Surface:
        may_end.wait(20)
        return landscape(*given)

    monkeypatch.setattr(landscape_page, "landscape", slow_landscape)
    g = Graph()
    w, v, u = g.parameter("w", [0.5, 0.5]), g.parameter("v", 1.0), g.parameter("u", 2.0)
    g.output = g.sum(g.square(w)) + g.square(v) * g.square(u)
    bench = make(g.gates)
    bench.page("Landscape")
    button(bench, "&Cancel").click()
    choose(combo(bench, "Weight along y"), "u")
    button(bench, "Dra&w").click()
    before = bench.training.trainer
    bench.document.apply(edit, "Edit")
    qtbot.waitUntil(lambda: bench.training.trainer not in (None, before), timeout=20_000)
    may_end.set()
    (chart,) = bench.window.findChildren(LandscapeChart)
    qtbot.waitUntil(lambda: "Loss from" in chart.accessibleDescription(), timeout=20_000)
    assert not chart.accessibleDescription().endswith("u")


@pytest.mark.parametrize(
    ("text", "place"), [("u", 0), ("W[0, 1]", 2), ("W [1,0]", 3), ("W", 1), (" W[1, 1,]", 4)]
)
def test_a_weight_is_found_by_its_place(text: str, place: int) -> None:
    g = Graph()
    g.parameter("u", 0.0)
    g.parameter("W", np.zeros((2, 2)))
    assert place_of(text.strip(), Parameters(g.gates)) == place


@pytest.mark.parametrize("text", ["", "W[0 1]", "W[", "W[x]", f"W[{'9' * 5000}]", "W[9]", "v"])
def test_what_is_no_weight_is_refused(text: str) -> None:
    g = Graph()
    g.parameter("W", np.zeros((2, 2)))
    with pytest.raises(TrainingError):
        place_of(text, Parameters(g.gates))


def test_the_picture_of_a_line_is_called_a_fit_and_of_classes_a_boundary(
    qtbot: QtBot, make
) -> None:
    pages = [make("line-fit"), make("moons-network")]
    titles = [bench.window.pictures.tabText(2) for bench in pages]
    assert titles == ["&Fit", "&Boundary"]
    choose(combo(pages[0], "Rows of data"), "Circles")
    pages[0].wait(qtbot)
    assert pages[0].window.pictures.tabText(2) == "&Boundary"


def test_the_curve_the_status_and_the_sentence_agree_where_a_run_diverges(
    qtbot: QtBot, make
) -> None:
    bench = make("line-fit")
    recipe = bench.training.recipe
    bench.training.set_recipe(replace(recipe, optimiser=SGD(60.0), steps=None))
    bench.wait(qtbot)
    bench.window.bar.run.click()
    bench.wait(qtbot)
    (curve,) = bench.window.findChildren(LossChart)
    latest, found = bench.training.series.latest, bench.training.series.evaluation
    assert latest is not None
    assert found is not None
    loss = format_number(found.training_loss, 4)
    assert f"grown to {loss} after step {latest.step};" in bench.says()
    assert f"step {latest.step}, epoch" in bench.says()
    assert f"loss {loss}" in bench.says()
    assert curve.accessibleDescription() == f"After step {latest.step}: loss {loss}"


def test_a_graph_without_data_is_trained_as_it_is(qtbot: QtBot, make) -> None:
    g = Graph()
    w = g.parameter("w", 3.0)
    g.output = g.square(w)
    bench = make(g.gates)
    assert "loss 9.0000" in bench.says()
    bench.window.bar.run.click()
    bench.wait(qtbot)
    assert bench.training.series.steps.rows[-1, 1] < 1e-6


def test_the_arrow_keys_read_the_loss_curve(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    bench.window.bar.run.click()
    bench.wait(qtbot)
    bench.page("Loss")
    (curve,) = bench.window.findChildren(LossChart)
    QTest.keyClick(curve, Qt.Key.Key_Home)
    assert curve.accessibleDescription().startswith(
        "Before step 1: loss 5.4575, learning rate 0.1000"
    )
    QTest.keyClick(curve, Qt.Key.Key_Right)
    assert curve.accessibleDescription().startswith("Before step 2:")
