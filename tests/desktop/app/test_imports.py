"""How the editor imports its modules: without reading the sources of all of them."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import linecache
from chainrule_desktop.app.imports import import_as_usual
import_as_usual()
before = set(linecache.cache)
from PySide6.QtWidgets import QWidget
import chainrule_desktop.canvas.item
print(set(linecache.cache) - before, QWidget.setWindowTitle.__name__)
"""


def test_no_source_is_read_for_an_import() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=50, check=False
    )
    assert done.stdout.split() == ["set()", "setWindowTitle"], done.stderr
