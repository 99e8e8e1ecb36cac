"""What tests of the tensor view share: a scene, and a window on S = X W and its relu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.expression import graph_from_formula
from chainrule_desktop.panels.tensors.window import Surroundings
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk

VALUES = {
    "X": np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]]),
    "W": np.arange(12.0).reshape(3, 4) - 5.5,
    "V": np.arange(24.0).reshape(2, 3, 4),
}


@pytest.fixture
def desk() -> Desk:
    """Return a desk with matrices and a tensor of three axes."""
    return Desk(graph_from_formula("S = X @ W; R = relu(S); u = sum(V); L = sum(R) + u", VALUES))


@pytest.fixture
def around(desk: Desk, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Surroundings]:
    """Return what the tensor view reads and uses."""
    tasks = Tasks()
    settings = Settings(tmp_path / "settings.json")
    yield Surroundings(desk.editor, desk.drawing, theme, settings, tasks)
    tasks.close()
