"""The theme follows the system or the user, says so once, and reaches every widget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QStatusBar,
    QTabBar,
    QTableView,
    QToolButton,
    QToolTip,
)
from pytestqt.qtbot import QtBot

from chainrule_desktop.theme import (
    FONT_FAMILY,
    Contrast,
    NumberColours,
    Scheme,
    Theme,
    ThemeMode,
    inset_text,
    palette_for,
    prepare_style,
    set_part,
)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, given back as it was."""
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def theme(app: QApplication) -> Iterator[Theme]:
    prepare_style(app)
    theme = Theme(app, ThemeMode.LIGHT)
    theme.apply()
    yield theme
    shiboken6.delete(theme)


def announcements(theme: Theme) -> list[Scheme]:
    heard: list[Scheme] = []
    theme.changed.connect(lambda: heard.append(theme.palette.scheme))
    return heard


def test_the_mode_decides(theme: Theme) -> None:
    heard = announcements(theme)
    theme.set_mode(ThemeMode.DARK)
    assert theme.palette == palette_for(Scheme.DARK)
    theme.set_mode(ThemeMode.LIGHT)
    assert heard == [Scheme.DARK, Scheme.LIGHT]


def test_the_same_mode_again_announces_nothing(theme: Theme) -> None:
    heard = announcements(theme)
    theme.set_mode(ThemeMode.LIGHT)
    assert heard == []


@pytest.mark.parametrize("scheme", Scheme)
def test_high_contrast_comes_in_light_and_in_dark(theme: Theme, scheme: Scheme) -> None:
    theme.set_mode(ThemeMode(f"high-contrast-{scheme}"))
    assert theme.palette == palette_for(scheme, contrast=Contrast.HIGH)


def test_the_system_s_wish_for_contrast_is_followed(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "_system_wants_contrast", lambda: True)
    assert theme.palette.contrast is Contrast.USUAL
    theme.set_mode(ThemeMode.SYSTEM)
    assert theme.palette.contrast is Contrast.HIGH


@pytest.mark.parametrize(
    ("system", "scheme"),
    [
        (Qt.ColorScheme.Dark, Scheme.DARK),
        (Qt.ColorScheme.Light, Scheme.LIGHT),
        (Qt.ColorScheme.Unknown, Scheme.LIGHT),
    ],
)
def test_the_system_decides_where_it_is_asked(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, system: Qt.ColorScheme, scheme: Scheme
) -> None:
    monkeypatch.setattr(theme, "_system_scheme", lambda: system)
    theme.set_mode(ThemeMode.SYSTEM)
    assert theme.mode is ThemeMode.SYSTEM
    assert theme.palette.scheme is scheme


def test_a_change_of_the_system_is_followed(
    app: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.set_mode(ThemeMode.SYSTEM)
    heard = announcements(theme)
    monkeypatch.setattr(theme, "_system_scheme", lambda: Qt.ColorScheme.Dark)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert heard == [Scheme.DARK]


def test_a_change_of_the_system_is_nothing_to_a_fixed_mode(app: QApplication, theme: Theme) -> None:
    heard = announcements(theme)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert heard == []


def test_the_number_colours_can_be_changed(theme: Theme) -> None:
    heard = announcements(theme)
    theme.set_number_colours(NumberColours.BLUE_ORANGE)
    assert theme.palette == palette_for(Scheme.LIGHT, NumberColours.BLUE_ORANGE)
    assert heard == [Scheme.LIGHT]


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_the_application_takes_the_palette(
    app: QApplication, theme: Theme, mode: ThemeMode
) -> None:
    theme.set_mode(mode)
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == theme.palette.window
    assert theme.palette.accent in app.styleSheet()


def test_a_widget_is_painted_in_the_theme(qtbot: QtBot, theme: Theme) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    theme.set_mode(ThemeMode.DARK)
    image = box.grab().toImage()
    seen = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert {theme.palette.accent, theme.palette.accent_text} <= seen


def test_the_icons_follow_the_theme(theme: Theme) -> None:
    light = theme.icon("save").pixmap(16, 16).toImage()
    theme.set_mode(ThemeMode.DARK)
    assert theme.icon("save").pixmap(16, 16).toImage() != light


def test_the_problem_icon_differs_from_the_plain_one(theme: Theme) -> None:
    plain = theme.icon("problem").pixmap(16, 16).toImage()
    assert theme.problem_icon().pixmap(16, 16).toImage() != plain


def test_the_font_is_the_bundled_one(app: QApplication) -> None:
    prepare_style(app)
    assert QFontInfo(app.font()).family() == FONT_FAMILY


def test_every_kind_of_text_is_in_the_bundled_family(theme: Theme, qtbot: QtBot) -> None:
    kinds = (QMenu, QMenuBar, QLabel, QPushButton, QToolButton, QLineEdit, QComboBox, QCheckBox)
    more = (QSpinBox, QPlainTextEdit, QTabBar, QTableView, QGroupBox, QStatusBar, QMessageBox)
    for kind in (*kinds, *more):
        widget = kind()
        qtbot.addWidget(widget)
        widget.ensurePolished()
        assert QFontInfo(widget.font()).family() == FONT_FAMILY, kind
    assert QFontInfo(QToolTip.font()).family() == FONT_FAMILY


@pytest.mark.parametrize("style", ["normal", "bold", "italic"])
def test_the_signs_of_mathematics_are_in_the_bundled_fonts(theme: Theme, style: str) -> None:
    font = QFont(FONT_FAMILY)
    font.setBold(style == "bold")
    font.setItalic(style == "italic")
    metrics = QFontMetrics(font)
    signs = "×−÷·∂∇ΣΠ√∞≤≥≠≈→⊙σαβγθλμε₀₁₂₃₉ᵀ⁻¹²³ˣ½"
    assert [sign for sign in signs if not metrics.inFontUcs4(ord(sign))] == []


def test_a_projector_makes_texts_larger_and_back(app: QApplication, theme: Theme) -> None:
    usual = app.font().pointSizeF()
    theme.set_projector(True)
    assert app.font().pointSizeF() > 1.3 * usual
    theme.set_projector(False)
    assert app.font().pointSizeF() == usual


def test_the_style_is_fusion(app: QApplication) -> None:
    prepare_style(app)
    assert app.style().objectName() == "fusion"


def test_a_label_takes_the_look_of_its_part(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("−0.20")
    qtbot.addWidget(label)
    set_part(label, "gradient")
    colour = label.palette().color(QPalette.ColorRole.WindowText)
    assert colour.name().upper() == theme.palette.gradient_on_panel
    assert label.font().italic()


def test_a_part_can_be_changed_later(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("no problems")
    qtbot.addWidget(label)
    set_part(label, "ok")
    set_part(label, "problem")
    colour = label.palette().color(QPalette.ColorRole.WindowText)
    assert colour.name().upper() == theme.palette.problem


def test_the_number_of_a_spin_box_keeps_off_its_border(qtbot: QtBot) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    inset_text(box)
    editor = box.findChild(QLineEdit)
    assert editor is not None
    assert editor.textMargins().left() == 7
