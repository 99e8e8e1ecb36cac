"""What tests of panels share: the light theme, and a document with everything behind it."""

from __future__ import annotations

import pytest

from tests.desktop.easel import theme
from tests.desktop.panels.desk import Desk

__all__ = ["desk", "theme"]


@pytest.fixture
def desk() -> Desk:
    """Return the lecture's neuron, opened."""
    return Desk("sigmoid-neuron-staged")
