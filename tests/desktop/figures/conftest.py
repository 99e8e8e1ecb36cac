"""Every test of figures has an application, as the editor does."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Return the one application of the test run."""
    return qapp
