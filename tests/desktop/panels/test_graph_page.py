"""The page of the graph says what its numbers are, and in plain words what its output is."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, field, shown_inspector
from tests.helpers.random_graphs import build


def texts(panel: QWidget) -> list[str]:
    """What labels say, without markup."""
    shown = [each for each in panel.findChildren(QLabel) if each.isVisible()]
    return [each.accessibleName() or each.text() for each in shown]


def test_the_graph_s_page_says_what_the_numbers_on_the_wires_are(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    said = texts(shown_inspector(desk, theme, qtbot))
    assert "value, green, above the wire" in said
    assert "gradient, such as ∂f/∂w₀, red, below it" in said


def test_the_bars_of_a_gate_say_what_they_are_a_share_of(theme: Theme, qtbot: QtBot) -> None:
    graph = build({"x": 1.0, "y": 2.0}, {"s": ("add", "x", "y")})
    panel = shown_inspector(Desk(graph), theme, qtbot, "s")
    assert "Share of the upstream gradient:" in texts(panel)
    panel = shown_inspector(Desk(graph), theme, qtbot, "x")
    assert "Share of the upstream gradient:" not in texts(panel)


def test_an_unclear_output_is_told_in_plain_words(theme: Theme, qtbot: QtBot) -> None:
    two = build({"x": 1.0}, {"s": ("exp", "x"), "t": ("neg", "x")})
    panel = shown_inspector(Desk(two), theme, qtbot)
    assert field(panel, QComboBox, "output").currentText() == "none chosen"
    assert "No gradients yet: 2 nodes lead nowhere (s, t). Choose one above." in texts(panel)
    loose = build({"x": 1.0, "c": 2.0}, {"s": ("exp", "x")})
    said = " ".join(texts(shown_inspector(Desk(loose), theme, qtbot)))
    assert "c leads nowhere, so it isn't clear which node is the output." in said
    assert "Wire it to a gate, or choose s above." in said
