"""The way inside is told in one row, however long it is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.breadcrumbs import Breadcrumbs
from chainrule_desktop.theme import Theme

SAYS = "Values as f has them; no gradient arrives there, so these are its own"


@pytest.fixture
def crumbs(theme: Theme, qtbot: QtBot) -> Breadcrumbs:
    made = Breadcrumbs(theme)
    qtbot.addWidget(made)
    made.resize(700, 32)
    return made


def buttons(crumbs: Breadcrumbs) -> list[QToolButton]:
    return [each for each in crumbs.findChildren(QToolButton) if each.isVisible()]


def test_the_graph_itself_needs_no_row(crumbs: Breadcrumbs) -> None:
    crumbs.show_path(["neuron", "squash"], SAYS)
    assert crumbs.isVisible()
    crumbs.show_path(["neuron"], "")
    assert not crumbs.isVisible()


def test_each_graph_around_has_a_button_that_says_how_far_out_it_is(
    crumbs: Breadcrumbs, qtbot: QtBot
) -> None:
    crumbs.show_path(["neuron", "unit", "squash"], SAYS)
    assert [each.text() for each in buttons(crumbs)] == ["neuron", "unit"]
    with qtbot.waitSignal(crumbs.chosen) as heard:
        buttons(crumbs)[0].click()
    assert heard.args == [2]
    with qtbot.waitSignal(crumbs.chosen) as heard:
        buttons(crumbs)[1].click()
    assert heard.args == [1]


def test_the_middle_of_a_long_way_is_told_in_tooltips(crumbs: Breadcrumbs) -> None:
    names = [f"level{number}" for number in range(9)]
    crumbs.show_path(names, SAYS)
    assert [each.text() for each in buttons(crumbs)] == ["level0", *"…" * 5, "level6", "level7"]
    told = [each.accessibleName() for each in buttons(crumbs)]
    assert told == [f"Step out to {name}" for name in names[:-1]]


def test_neither_a_long_sentence_nor_a_long_name_makes_the_window_wide(
    crumbs: Breadcrumbs, qtbot: QtBot
) -> None:
    crumbs.show_path(["neuron", "long_" * 40], SAYS * 5)
    qtbot.wait(0)
    assert crumbs.minimumSizeHint().width() < 600
    here = [each for each in crumbs.findChildren(QLabel) if each.property("part") == "heading"]
    assert here[0].toolTip() == "long_" * 40
    crumbs.grab()


def test_an_ampersand_in_a_name_is_no_mnemonic(crumbs: Breadcrumbs) -> None:
    crumbs.show_path(["salt & pepper", "squash"], SAYS)
    assert buttons(crumbs)[0].text() == "salt && pepper"
