"""The palette is searched, walked through and placed from by keyboard and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from chainrule.gates.catalogue import all_kinds
from chainrule_desktop.canvas.dropping import GATE_MIME_TYPE
from chainrule_desktop.panels.palette import PalettePanel
from chainrule_desktop.panels.palette_view import PaletteView
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import Theme, ThemeMode
from tests.desktop.panels.desk import show_active


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def palette(theme: Theme, qtbot: QtBot, settings: Settings) -> PalettePanel:
    panel = PalettePanel(theme, settings)
    qtbot.addWidget(panel)
    panel.resize(panel.sizeHint().width(), 700)
    show_active(panel, qtbot)
    panel.focus_search()
    return panel


def search_field(palette: PalettePanel) -> QLineEdit:
    return palette.findChildren(QLineEdit)[0]


def view(palette: PalettePanel) -> PaletteView:
    return palette.findChildren(PaletteView)[0]


def row(palette: PalettePanel, name: str) -> QModelIndex:
    model = view(palette).model()
    found = [model.index(at, 0) for at in range(model.rowCount())]
    return next(index for index in found if index.data() == name)


def gates(palette: PalettePanel) -> list[str]:
    """The texts of all rows, headings too."""
    model = view(palette).model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def test_gates_stand_below_their_groups(palette: PalettePanel) -> None:
    assert gates(palette)[:6] == ["Inputs", "input", "parameter", "constant", "Arithmetic", "add"]


def test_typing_filters_at_once(palette: PalettePanel) -> None:
    QTest.keyClicks(search_field(palette), "tan")
    assert gates(palette)[:2] == ["tan", "tanh"]
    assert "add" not in gates(palette)


def test_enter_places_what_was_found_first(palette: PalettePanel, qtbot: QtBot) -> None:
    QTest.keyClicks(search_field(palette), "exponential")
    with qtbot.waitSignal(palette.gate_chosen) as chosen:
        QTest.keyClick(search_field(palette), Qt.Key.Key_Return)
    assert chosen.args == ["exp"]


def test_enter_without_a_search_places_nothing(palette: PalettePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(palette.gate_chosen):
        QTest.keyClick(search_field(palette), Qt.Key.Key_Return)


def test_escape_clears_the_search(palette: PalettePanel) -> None:
    QTest.keyClicks(search_field(palette), "tan")
    QTest.keyClick(search_field(palette), Qt.Key.Key_Escape)
    assert search_field(palette).text() == ""
    assert "Arithmetic" in gates(palette)


def test_down_goes_into_the_list_and_enter_places(palette: PalettePanel, qtbot: QtBot) -> None:
    QTest.keyClick(search_field(palette), Qt.Key.Key_Down)
    assert view(palette).hasFocus()
    QTest.keyClick(view(palette), Qt.Key.Key_Right)
    with qtbot.waitSignal(palette.gate_chosen) as chosen:
        QTest.keyClick(view(palette), Qt.Key.Key_Return)
    assert chosen.args == ["parameter"]


def test_arrows_walk_over_headings_too(palette: PalettePanel) -> None:
    QTest.keyClick(search_field(palette), Qt.Key.Key_Down)
    for _ in range(2):
        QTest.keyClick(view(palette), Qt.Key.Key_Down)
    assert view(palette).currentIndex().data() == "Arithmetic"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Left])
def test_a_group_is_closed_by_keyboard(palette: PalettePanel, key: Qt.Key) -> None:
    view(palette).setFocus()
    view(palette).setCurrentIndex(row(palette, "Arithmetic"))
    QTest.keyClick(view(palette), key)
    assert gates(palette)[:6] == [
        "Inputs",
        "input",
        "parameter",
        "constant",
        "Arithmetic",
        "Selection",
    ]
    assert view(palette).currentIndex().data() == "Arithmetic"
    QTest.keyClick(view(palette), Qt.Key.Key_Right)
    assert "add" in gates(palette)


def test_a_click_opens_a_group_and_that_is_remembered(
    palette: PalettePanel, settings: Settings, theme: Theme, qtbot: QtBot
) -> None:
    there = view(palette).visualRect(row(palette, "Inputs")).center()
    QTest.mouseClick(view(palette).viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert "parameter" not in gates(palette)
    assert "Inputs" in (settings.values.closed_groups or ())
    again = PalettePanel(theme, settings)
    qtbot.addWidget(again)
    assert gates(again)[:2] == ["Inputs", "Arithmetic"]


def test_a_search_looks_into_closed_groups(palette: PalettePanel) -> None:
    assert "reshape" not in gates(palette)
    QTest.keyClicks(search_field(palette), "reshape")
    assert gates(palette)[0] == "reshape"


def test_a_closed_group_says_how_many_gates_it_has(palette: PalettePanel) -> None:
    heard = str(row(palette, "Shaping").data(Qt.ItemDataRole.AccessibleTextRole))
    shaping = sum(kind.group.value == "Shaping" for kind in all_kinds())
    assert heard == f"Shaping, {shaping} gates, closed"


def test_up_from_the_first_line_goes_back_to_the_field(palette: PalettePanel) -> None:
    QTest.keyClick(search_field(palette), Qt.Key.Key_Down)
    for _ in range(2):
        QTest.keyClick(view(palette), Qt.Key.Key_Up)
    assert search_field(palette).hasFocus()


def test_typing_in_the_list_begins_a_search(palette: PalettePanel) -> None:
    QTest.keyClick(search_field(palette), Qt.Key.Key_Down)
    QTest.keyClicks(view(palette), "r")
    assert search_field(palette).hasFocus()
    assert search_field(palette).text() == "r"


def test_a_double_click_places_once(palette: PalettePanel, qtbot: QtBot) -> None:
    heard: list[str] = []
    palette.gate_chosen.connect(heard.append)
    there = view(palette).visualRect(row(palette, "mul")).center()
    QTest.mouseClick(view(palette).viewport(), Qt.MouseButton.LeftButton, pos=there)
    QTest.mouseDClick(view(palette).viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert heard == ["mul"]


def test_a_search_without_a_find_says_so_and_can_be_cleared(palette: PalettePanel) -> None:
    QTest.keyClicks(search_field(palette), "qqqq")
    said = [label for label in palette.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in said] == ["No gate matches “qqqq”. Escape clears the search."]
    clear = next(each for each in palette.findChildren(QPushButton) if each.isVisible())
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert view(palette).isVisible()


def test_a_drag_carries_the_gates_name(palette: PalettePanel) -> None:
    drag = view(palette).drag_of(row(palette, "log_softmax"))
    assert drag is not None
    assert bytes(drag.mimeData().data(GATE_MIME_TYPE).data()) == b"log_softmax"
    assert drag.mimeData().text() == "log_softmax"
    middle = drag.pixmap().deviceIndependentSize() / 2
    assert drag.hotSpot().x() == pytest.approx(middle.width(), abs=1)


def test_a_heading_can_t_be_dragged(palette: PalettePanel) -> None:
    assert view(palette).drag_of(row(palette, "Inputs")) is None
    assert not row(palette, "Inputs").flags() & Qt.ItemFlag.ItemIsDragEnabled


@pytest.mark.parametrize("width", [180, 204, 252, 400])
def test_no_name_is_cut_off(palette: PalettePanel, width: int) -> None:
    palette.resize(width, 700)
    shown = view(palette)
    model = shown.model()
    for at in range(model.rowCount()):
        index = model.index(at, 0)
        right = shown.visualRect(index).right()
        assert right <= shown.viewport().width()
    delegate = shown.gate_delegate
    for name in ("parameter", "reciprocal", "mul_constant", "log_softmax"):
        index = row(palette, name)
        kind = index.data(Qt.ItemDataRole.UserRole + 1)
        assert delegate.needed_width(kind) <= shown.visualRect(index).width()


@pytest.mark.parametrize(("left", "right"), [("input", "parameter"), ("neg", "reciprocal")])
def test_gates_stand_in_two_columns(palette: PalettePanel, left: str, right: str) -> None:
    shown = view(palette)
    first, second = (shown.visualRect(row(palette, name)) for name in (left, right))
    assert first.top() == second.top()
    assert first.right() < second.left()


def test_screen_readers_hear_name_and_summary(palette: PalettePanel) -> None:
    index = row(palette, "exp")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "exp, Elementary"
    summary = "The number e to the power of its input."
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == summary
    assert index.data(Qt.ItemDataRole.ToolTipRole) == f"{summary}\nexp = exp(x)"


def test_the_list_follows_the_theme(palette: PalettePanel, theme: Theme) -> None:
    light = palette.grab().toImage()
    theme.set_mode(ThemeMode.DARK)
    assert palette.grab().toImage().pixelColor(100, 300) != light.pixelColor(100, 300)
