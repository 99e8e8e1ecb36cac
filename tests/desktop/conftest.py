"""What tests of the desktop share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.resources import asset_path
from tests.helpers.bench import make_bench

_TESTS_TO_FULL = 40
_ended = count(1)


@pytest.fixture(autouse=True)
def garbage_of_this_thread() -> Iterator[None]:
    """Collect garbage in the GUI thread alone, as `Collector` does in the running program.

    Python would collect in whichever thread allocates, and a Qt object that ends in one of the
    background ends twice if an event is about to delete it.
    """
    gc.disable()
    yield
    gc.collect(2 if next(_ended) % _TESTS_TO_FULL == 0 else 1)


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench without a document."""
    palette = qapp.palette()
    # Where `prepare_style` says that the style sheet's marks are; a test may choose a theme.
    QDir.setSearchPaths("controls", [str(asset_path("icons", "controls"))])
    made = make_bench(qapp, qtbot, tmp_path)
    yield made
    made.tidying.cancel()
    made.tasks.close()
    if qapp.styleSheet():
        qapp.styleHints().unsetColorScheme()
        qapp.setStyleSheet("")
        qapp.setPalette(palette)
