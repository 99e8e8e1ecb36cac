"""What tests of the desktop share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chainrule_desktop.actions.workbench import Workbench
from tests.helpers.bench import make_bench


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench without a document."""
    made = make_bench(qapp, qtbot, tmp_path)
    yield made
    made.tidying.cancel()
    made.tasks.close()
