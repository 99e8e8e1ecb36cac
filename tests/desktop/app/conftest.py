"""The whole program, for the tests of its windows, tabs and levels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chainrule_desktop.app.common import Places
from chainrule_desktop.app.program import Program
from chainrule_desktop.theme import ThemeMode, prepare_style


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program as it begins, in an empty home; the application looks as before afterwards."""
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    prepare_style(qapp)
    places = Places(tmp_path / "settings.json", tmp_path / "unsaved", tmp_path / "composites")
    made = Program(qapp, places, ThemeMode.LIGHT)
    made.front.window.show()
    yield made
    for graph in made.graphs:
        graph.document.history.setClean()
    for each in made.windows:
        each.window.close()
    made.end()
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)
