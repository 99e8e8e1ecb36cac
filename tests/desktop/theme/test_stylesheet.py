"""The style sheet names only colours and marks that exist, and those can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QSpinBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from chainrule_desktop.resources import asset_path
from chainrule_desktop.theme import Contrast, Part, Scheme, Theme, ThemeMode, palette_for
from chainrule_desktop.theme.stylesheet import stylesheet
from tests.desktop.easel import theme
from tests.desktop.theme.test_colours import contrast

__all__ = ["theme"]


@pytest.mark.parametrize("scheme", Scheme)
def test_every_role_is_filled_in(scheme: Scheme) -> None:
    assert "$" not in stylesheet(palette_for(scheme))


@pytest.mark.parametrize("scheme", Scheme)
def test_every_mark_named_is_a_file(scheme: Scheme) -> None:
    names = set(re.findall(r"url\(controls:([\w.-]+)\)", stylesheet(palette_for(scheme))))
    assert names
    assert [name for name in names if not asset_path("icons", "controls", name).is_file()] == []


def test_every_mark_that_exists_is_named() -> None:
    sheets = "".join(stylesheet(palette_for(scheme)) for scheme in Scheme)
    marks = asset_path("icons", "controls").glob("*.svg")
    assert [mark.name for mark in marks if f"controls:{mark.name}" not in sheets] == []


@pytest.mark.parametrize("contrast_", Contrast)
@pytest.mark.parametrize("scheme", Scheme)
def test_every_mark_can_be_seen_on_its_ground(scheme: Scheme, contrast_: Contrast) -> None:
    palette = palette_for(scheme, contrast=contrast_)
    faint = []
    for mark in asset_path("icons", "controls").glob("*.svg"):
        other = Scheme.DARK if scheme is Scheme.LIGHT else Scheme.LIGHT
        if mark.stem.endswith(other.value):
            continue
        grounds = [palette.accent] if scheme.value in mark.stem else [palette.field, palette.popup]
        colour = re.findall(r'stroke="(#\w{6})"', mark.read_text(encoding="utf-8"))[0]
        faint += [mark.name for ground in grounds if contrast(colour, ground) < 3]
    assert faint == []


@pytest.mark.parametrize("contrast_", Contrast)
@pytest.mark.parametrize("scheme", Scheme)
def test_every_rule_writes_in_a_colour_that_is_read_on_its_ground(
    scheme: Scheme, contrast_: Contrast
) -> None:
    needed = 7.0 if contrast_ is Contrast.HIGH else 4.5
    palette = palette_for(scheme, contrast=contrast_)
    faint = [
        f"{rule}: {text} on {ground}"
        for rule, text, ground in written_on(stylesheet(palette))
        if text != palette.disabled_text and contrast(text, ground) < needed
    ]
    assert faint == []


def written_on(sheet: str) -> Iterator[tuple[str, str, str]]:
    """Yield each rule that says both a text's colour and its ground, with the two."""
    rules: list[tuple[str, str]] = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    for selector, body in rules:
        grounds = re.findall(r"(?<![\w-])background: (#\w{6})", body)
        for text in re.findall(r"(?<![\w-])(?:color|placeholder-text-color): (#\w{6})", body):
            for ground in grounds:
                yield selector.strip(), text, ground


def test_the_rules_that_say_both_are_found() -> None:
    assert len([*written_on(stylesheet(palette_for(Scheme.LIGHT)))]) > 15


@pytest.mark.parametrize("part", get_args(Part))
def test_every_part_has_a_look(part: str) -> None:
    sheet = stylesheet(palette_for(Scheme.LIGHT))
    assert f'[part="{part}"]' in sheet or f'[part~="{part}"]' in sheet


@pytest.mark.parametrize(
    "widget",
    ["QPushButton", "QToolButton", "QLineEdit", "QAbstractSpinBox", "QComboBox", "QTabBar::tab"],
)
def test_the_keyboard_s_place_is_visible(widget: str) -> None:
    palette = palette_for(Scheme.LIGHT)
    rules = re.findall(rf"{widget}[\w:-]*:focus[^{{}}]*{{([^}}]*)}}", stylesheet(palette))
    assert any(f"2px solid {palette.focus_ring}" in rule for rule in rules)


@pytest.mark.parametrize("contrast_", Contrast)
@pytest.mark.parametrize("scheme", Scheme)
def test_the_text_of_a_button_is_read_under_the_pointer_and_pressed(
    scheme: Scheme, contrast_: Contrast
) -> None:
    palette = palette_for(scheme, contrast=contrast_)
    needed = 7.0 if contrast_ is Contrast.HIGH else 4.5
    rules = buttons_of(stylesheet(palette))
    names = [name for name, body in rules.items() if "color" in body and ":" not in name]
    assert 'QStatusBar QToolButton[part="ok"]' in names
    for name in names:
        for state, ground in (("hover", palette.hover), ("pressed", palette.pressed)):
            text = {**rules[name], **rules.get(f"{name}:{state}", {})}["color"]
            assert contrast(text, ground) >= needed, (name, state)


def buttons_of(sheet: str) -> dict[str, dict[str, str]]:
    """Return what the rules say of buttons with a text, by their selectors."""
    found: dict[str, dict[str, str]] = {}
    rules: list[tuple[str, str]] = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    for selectors, body in rules:
        told = dict(re.findall(r"(?<![\w-])([\w-]+): ([^;]+);", body))
        for name in (each.strip() for each in selectors.split(",")):
            if name.split(" ")[-1].startswith(("QToolButton", "QPushButton")) and "::" not in name:
                found.setdefault(name, {}).update(told)
    return found


@pytest.mark.parametrize("contrast_", Contrast)
@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(
    "control", ["QLineEdit", "QAbstractSpinBox", "QComboBox", "QPlainTextEdit", "QPushButton"]
)
def test_what_can_be_worked_has_a_border_that_is_seen(
    control: str, scheme: Scheme, contrast_: Contrast
) -> None:
    palette = palette_for(scheme, contrast=contrast_)
    rules: list[tuple[str, str]] = re.findall(r"([^{}]+)\{([^{}]*)\}", stylesheet(palette))
    borders = [
        border
        for selectors, body in rules
        if control in (each.strip() for each in selectors.split(","))
        for border in re.findall(r"(?<![\w-])border: 1px solid (#\w{6})", body)
    ]
    assert borders
    assert min(contrast(borders[-1], palette.panel), contrast(borders[-1], palette.popup)) >= 3


@pytest.mark.parametrize("projector", [False, True])
def test_fields_of_all_kinds_are_equally_high(theme: Theme, projector: bool) -> None:
    theme.set_projector(projector)
    fields = [QLineEdit(), QSpinBox(), QDoubleSpinBox(), QComboBox(), QComboBox(editable=True)]
    heights = {field.sizeHint().height() for field in fields}
    assert max(heights) - min(heights) <= (1 if projector else 0)
    if not projector:
        assert heights == {26}
    theme.set_projector(False)


def test_the_titles_of_a_menu_begin_at_one_place_whatever_stands_before_them(
    theme: Theme, qtbot: QtBot
) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("H")
    menu.addAction(theme.icon("save"), "H")
    menu.addAction("H").setCheckable(True)
    ticked = menu.addAction(theme.icon("pin"), "H")
    ticked.setCheckable(True)
    menu.addMenu("H")
    menu.resize(menu.sizeHint())
    picture = menu.grab().toImage()
    assert len({_first_stem(picture, menu.actionGeometry(each)) for each in menu.actions()}) == 1


def _first_stem(picture: QImage, row: QRect) -> int:
    """Return the column of the first upright stroke right of icons and ticks."""
    dark = [
        sum(picture.pixelColor(x, y).lightness() < 110 for y in range(row.top(), row.bottom()))
        for x in range(30, row.right())
    ]
    return next(at for at, count in enumerate(dark) if count >= 7)


# The offscreen platform says so of every list that opens.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("projector", [False, True])
@pytest.mark.parametrize("editable", [False, True])
@pytest.mark.parametrize("rows", [2, 5, 10])
def test_the_list_of_a_combo_box_shows_its_rows_whole(
    theme: Theme, qtbot: QtBot, *, rows: int, editable: bool, projector: bool
) -> None:
    theme.set_projector(projector)
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.setEditable(editable)
    combo.addItems([f"Entry {row}" for row in range(rows)])
    combo.show()
    qtbot.waitExposed(combo)
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(combo.model().index(rows - 1, 0))
    assert view.viewport().rect().contains(last)
    assert view.verticalScrollBar().maximum() == 0
    combo.hidePopup()
    theme.set_projector(False)


@pytest.mark.parametrize("scheme", Scheme)
def test_the_arrows_of_a_file_dialog_can_be_seen(
    theme: Theme, qtbot: QtBot, scheme: Scheme
) -> None:
    theme.set_mode(ThemeMode(scheme.value))
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    ground = theme.palette.panel
    for name in ("backButton", "forwardButton", "toParentButton"):
        button = dialog.findChild(QToolButton, name)
        assert button is not None
        icon = button.icon().pixmap(16, 16).toImage()
        pixels = [icon.pixelColor(x, y) for x in range(16) for y in range(16)]
        strongest = max(pixels, key=QColor.alpha)
        assert contrast(strongest.name(), ground) >= 3
