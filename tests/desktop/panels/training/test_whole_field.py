"""Boxes for whole numbers: what does not fit is kept, and only what is chosen is told of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chainrule import Graph
from chainrule.files import dumps, loads
from chainrule.graph.graph import GateGraph
from chainrule.graph.sections import SetSection
from chainrule.training.sources import Generated
from chainrule_desktop.panels.training.whole_field import WholeField
from tests.desktop.panels.desk import retype
from tests.desktop.panels.training.bench import by_name


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[WholeField]:
    window = QWidget()
    qtbot.addWidget(window)
    made = WholeField("Rows", 2, 100)
    other = QSpinBox()
    down = QVBoxLayout(window)
    down.addWidget(made)
    down.addWidget(other)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield made
    window.close()


def told(field: WholeField) -> list[int]:
    found: list[int] = []
    field.chosen.connect(found.append)
    return found


@given(st.integers())
def test_any_number_is_shown_as_far_as_it_fits(qapp: object, number: int) -> None:
    field = WholeField("Rows", 2, 100)
    found = told(field)
    field.show_number(number)
    field.editingFinished.emit()
    assert field.value() == min(max(number, 2), 100)
    assert found == []


def test_to_pass_through_it_chooses_nothing(field: WholeField) -> None:
    found = told(field)
    field.show_number(10**30)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert found == []


def test_what_is_typed_is_told_once(field: WholeField) -> None:
    found = told(field)
    field.show_number(50)
    retype(field, "60")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert found == [60]


def test_what_is_being_typed_stays_and_is_no_choice_where_it_holds_already(
    field: WholeField,
) -> None:
    found = told(field)
    field.show_number(50)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "60")
    field.show_number(70)
    assert field.value() == 60
    field.show_number(60)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert found == []


def graph_with(section: dict) -> GateGraph:
    g = Graph()
    g.output = g.input("x", 1.0) * g.parameter("w", 0.5)
    SetSection("training", section).apply(g.gates)
    return g.gates


LINE = {"data": {"generated": "line"}, "inputs": {"x": {"columns": ["x"]}}}


@pytest.mark.parametrize(
    "section",
    [
        {"steps": 10**30},
        {"seed": 10**30},
        {**LINE, "batch": 10**30},
        {"data": {"generated": "line", "rows": 10**12}},
        {"data": {"generated": "line", "seed": 10**30}},
        {**LINE, "batch": 200_000, "seed": 5_000_000, "steps": 2 * 10**8, "test_share": 0.953},
    ],
    ids=["steps", "seed", "batch", "rows", "seed of the rows", "all"],
)
def test_large_settings_of_a_file_are_shown_and_stay(make, section: dict) -> None:
    bench = make(loads(dumps(graph_with(section))))
    before = bench.training.recipe
    for box in bench.window.findChildren(QSpinBox):
        box.editingFinished.emit()
    assert bench.training.recipe is before
    assert bench.document.history.count() == 0


def test_one_box_leaves_the_numbers_of_the_others(make) -> None:
    section = {**LINE, "data": {"generated": "line", "seed": 2_000_000}, "seed": 5_000_000}
    bench = make(graph_with({**section, "test_share": 0.953}))
    boxes = {each.accessibleName(): each for each in bench.window.findChildren(QSpinBox)}
    retype(boxes["Rows in a batch"], "7")
    retype(boxes["Rows"], "30")
    recipe = bench.training.recipe
    assert (recipe.batch, recipe.test_share, recipe.seed) == (7, 0.953, 5_000_000)
    assert recipe.source == Generated("line", 30, 0.1, 2_000_000)
    assert bench.document.history.count() == 2


def test_only_finite_numbers_are_taken_and_whole_ones_for_steps(make) -> None:
    bench = make("line-fit")
    before = bench.training.recipe
    names = ["Warm-up, steps", "Learning rate η", "Largest norm", "Largest number", "Noise"]
    for name in names:
        for text in ("inf", "-inf", "nan", "1e400"):
            retype(by_name(bench, name), text)
            assert bench.training.recipe is before
    bench.page("Rule")
    assert "'1e400' is no number; type one such as 0.1." in bench.says()
    retype(by_name(bench, names[0]), "0.5")
    assert "Type a whole number." in bench.says()


def test_a_warm_up_of_very_many_steps_can_be_saved(make) -> None:
    bench = make("line-fit")
    bench.page("Rule")
    retype(by_name(bench, "Warm-up, steps"), "1e300")
    saved = loads(dumps(bench.document.graph))
    assert bench.training.recipe.schedule.warm_up == int(1e300)
    assert dumps(saved) == dumps(bench.document.graph)
