"""The training window: it trains the document, and says what is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QSpinBox,
    QTableView,
)
from pytestqt.qtbot import QtBot

from chainrule.training.encoding import Encoding, Feeding
from chainrule.training.optimisers import Adam
from chainrule.training.sources import Generated, InFile, Kept
from chainrule_desktop.panels.training import data_page
from chainrule_desktop.panels.training import sources as ways
from chainrule_desktop.panels.training.data_page import DataPage
from tests.desktop.panels.desk import retype
from tests.desktop.panels.training.bench import by_name, choose, combo, endless


def test_run_becomes_pause_and_back(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    steps = bench.window.bar.findChild(QSpinBox)
    steps.setValue(0)
    steps.editingFinished.emit()
    assert bench.training.recipe.steps is None
    bench.window.bar.run.click()
    qtbot.waitUntil(lambda: bench.document.is_following, timeout=20_000)
    assert bench.window.bar.run.text() == "&Pause"
    assert not bench.window.bar.step.isEnabled()
    bench.window.bar.run.click()
    bench.wait(qtbot)
    assert bench.window.bar.run.text() == "&Run"
    assert bench.window.bar.step.isEnabled()


def test_the_keyboard_stays_on_run_while_it_runs_pauses_and_finishes(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    window, run = bench.window, bench.window.bar.run
    window.activateWindow()
    qtbot.waitUntil(run.hasFocus)
    endless(bench)
    for _ in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: bench.document.is_following, timeout=20_000)
        assert window.focusWidget() is run
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        assert window.focusWidget() is run
        bench.wait(qtbot)
        assert window.focusWidget() is run
    assert "Paused at step" in bench.says()
    assert bench.document.history.undoText().startswith("Train")
    steps = bench.window.bar.findChild(QSpinBox)
    steps.setValue(20)
    steps.editingFinished.emit()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    bench.wait(qtbot)
    assert window.focusWidget() is run
    assert "Finished 20 steps" in bench.says()


def test_the_keyboard_stays_on_step_and_goes_from_reset_to_run(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    window, bar = bench.window, bench.window.bar
    bar.step.setFocus()
    for made in (1, 2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        assert window.focusWidget() is bar.step
        bench.wait(qtbot)
        assert window.focusWidget() is bar.step
        assert len(bench.training.series.steps) == made
    bar.reset.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    bench.wait(qtbot)
    assert window.focusWidget() is bar.run


def test_closing_the_window_pauses_the_run(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    bench.window.bar.findChild(QSpinBox).setValue(0)
    bench.window.bar.findChild(QSpinBox).editingFinished.emit()
    bench.window.bar.run.click()
    qtbot.waitUntil(lambda: bench.document.is_following, timeout=20_000)
    QTest.keyClick(bench.window, Qt.Key.Key_Escape)
    bench.wait(qtbot)
    assert not bench.window.isVisible()
    assert not bench.document.is_following


def test_closing_the_window_takes_back_a_run_that_waits_for_a_look(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    bench.training.look()
    bench.window.bar.run.click()
    assert bench.window.bar.run.text() == "&Pause"
    assert "Preparing …" in bench.says()
    bench.window.close()
    assert bench.window.bar.run.text() == "&Run"
    bench.wait(qtbot)
    assert len(bench.training.series.steps) == 0
    assert bench.document.history.count() == 0


def test_reset_is_possible_after_a_step_only(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    assert not bench.window.bar.reset.isEnabled()
    bench.window.bar.step.click()
    bench.wait(qtbot)
    assert bench.window.bar.reset.isEnabled()
    bench.window.bar.reset.click()
    bench.wait(qtbot)
    assert not bench.window.bar.reset.isEnabled()
    assert bench.document.history.undoText() == "Reset the training"


def test_settings_of_a_rule_are_typed_and_nonsense_is_refused_at_the_field(
    qtbot: QtBot, make
) -> None:
    bench = make("line-fit")
    bench.page("Rule")
    retype(by_name(bench, "Learning rate η"), "0,25")
    assert bench.training.recipe.optimiser.learning_rate == 0.25
    retype(by_name(bench, "Learning rate η"), "-1")
    assert "The learning rate is -1; give it a number from 0 on." in bench.says()
    assert bench.training.recipe.optimiser.learning_rate == 0.25
    QTest.keyClick(by_name(bench, "Learning rate η"), Qt.Key.Key_Escape)
    retype(by_name(bench, "Largest norm"), "2")
    assert bench.training.recipe.clipping.norm == 2.0
    by_name(bench, "Largest norm").clear()
    by_name(bench, "Largest norm").setModified(True)
    QTest.keyClick(by_name(bench, "Largest norm"), Qt.Key.Key_Return)
    assert bench.training.recipe.clipping.norm is None


def test_another_rule_and_schedule_bring_their_own_fields(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    bench.page("Rule")
    choose(combo(bench, "Rule"), "Adam")
    assert bench.training.recipe.optimiser == Adam()
    retype(by_name(bench, "β₁"), "0.5")
    assert bench.training.recipe.optimiser == Adam(beta1=0.5)
    choose(combo(bench, "Schedule"), "Cosine")
    retype(by_name(bench, "Over T steps"), "2.5")
    assert "Type a whole number." in bench.says()
    retype(by_name(bench, "Over T steps"), "25")
    assert bench.training.recipe.schedule.factor(25) == 0.0
    bench.document.undo()
    assert bench.training.recipe.schedule.factor(25) > 0.0


def test_a_generator_is_chosen_and_its_columns_find_the_inputs(qtbot: QtBot, make) -> None:
    bench = make("moons-network")
    choose(combo(bench, "Rows of data"), "Circles")
    bench.wait(qtbot)
    source = bench.training.recipe.source
    assert source == Generated("circles", 150, 0.08, 0)
    assert {"x1", "x2", "y"} == {*bench.training.recipe.feeds}
    assert "150 rows of 3 columns." in bench.says()
    retype(by_name(bench, "Noise"), "0")
    assert bench.training.recipe.source == Generated("circles", 150, 0.0, 0)
    retype(by_name(bench, "Noise"), "-2")
    assert "Noise is a number from 0 on." in bench.says()


def test_columns_and_encodings_are_chosen_for_each_input(qtbot: QtBot, make) -> None:
    bench = make("moons-network")
    bench.page("Inputs")
    retype(by_name(bench, "Columns for x1"), "x2")
    assert bench.training.recipe.feeds["x1"] == Feeding(("x2",))
    retype(by_name(bench, "Columns for x1"), "height")
    assert "The table has no column 'height'; it has x1, x2, class." in bench.says()
    choose(combo(bench, "Encoding for x2"), "scaled")
    assert bench.training.recipe.feeds["x2"].encoding is Encoding.SCALED
    retype(by_name(bench, "Prediction"), "nobody")
    assert "There is no node 'nobody' in this graph." in bench.says()


def test_a_table_from_a_file_is_kept_in_the_graph(qtbot: QtBot, make, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("x,y\n0,1\n1,3\n2,NA\n", encoding="utf-8")
    bench = make("line-fit")
    page = bench.window.findChild(DataPage)
    page.read_file(str(tmp_path / "rows.csv"))
    qtbot.waitUntil(lambda: isinstance(bench.training.recipe.source, Kept), timeout=10_000)
    bench.wait(qtbot)
    assert "2 rows of 2 columns. 1 row was left out, since a cell is missing." in bench.says()
    (shown,) = [
        each
        for each in bench.window.findChildren(QTableView)
        if "rows" in each.accessibleName().lower()
    ]
    assert shown.model().rowCount() == 2


def test_a_large_table_stays_in_its_file(
    qtbot: QtBot, make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_page, "MOST_KEPT", 4)
    np.save(tmp_path / "rows.npy", np.arange(12.0).reshape(6, 2))
    bench = make("line-fit")
    bench.window.findChild(DataPage).read_file(str(tmp_path / "rows.npy"))
    qtbot.waitUntil(lambda: isinstance(bench.training.recipe.source, InFile), timeout=10_000)
    assert bench.training.settings.table is not None
    assert len(bench.training.settings.table) == 6


def test_a_file_that_is_none_is_told_of(qtbot: QtBot, make, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("1,2\n3", encoding="utf-8")
    bench = make("line-fit")
    bench.window.findChild(DataPage).read_file(str(tmp_path / "rows.csv"))
    qtbot.waitUntil(lambda: "Could not read rows.csv: row 2" in bench.says(), timeout=10_000)


def test_rows_are_pasted(qtbot: QtBot, make) -> None:
    bench = make("line-fit")
    QGuiApplication.clipboard().setText("x\ty\n0\t1\n1\t3\n")
    choose(combo(bench, "Rows of data"), "Table from the clipboard")
    assert isinstance(bench.training.recipe.source, Kept)
    bench.wait(qtbot)
    QGuiApplication.clipboard().setText("")
    choose(combo(bench, "Rows of data"), "Table from the clipboard")
    assert "The table is empty" in bench.says()


def test_without_their_package_the_penguins_say_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ways, "penguins_file", lambda: None)
    (offer,) = [each for each in ways.offers() if each.key == ways.SHIPPED]
    assert offer.obstacle == 'Get the penguins with pip install "chainrule[data]"'


def test_every_field_has_a_name_for_screen_readers(make) -> None:
    bench = make("spiral-classifier")
    for kind in (QComboBox, QSpinBox):
        for each in bench.window.findChildren(kind):
            assert each.accessibleName()


def test_no_two_letters_of_the_window_are_the_same(make) -> None:
    bench = make("line-fit")
    window = bench.window
    texts = [each.text() for each in window.findChildren(QAbstractButton)]
    for tabs in (window.settings, window.pictures):
        texts += [tabs.tabText(row) for row in range(tabs.count())]
    texts += ["&Pause", "&Cancel", "&Fit", "&Boundary"]
    letters = [text[text.index("&") + 1].lower() for text in {*texts} if "&" in text]
    assert len(set(letters)) == len(letters)
