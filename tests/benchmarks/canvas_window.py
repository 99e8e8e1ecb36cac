"""A contender: the whole program, whose panels and actions follow what happens on the canvas."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import canvas

# Chooses Qt's platform before Qt is imported.
from tests.benchmarks.canvas_editor import Bench, measure  # isort: skip

from PySide6.QtWidgets import QApplication

from chainrule_desktop.app.common import Places
from chainrule_desktop.app.program import Program
from chainrule_desktop.app.session import new_application
from chainrule_desktop.theme import ThemeMode
from tests.benchmarks.measure import hand_in


def open_file(program: Program, path: Path) -> None:
    """Open a file in a window whose canvas is as large as those of the peers."""
    program.desk.files.open_now(path)
    QApplication.processEvents()
    window, size = program.front.window, program.desk.canvas.viewport().size()
    missing = canvas.WIDTH - size.width(), canvas.HEIGHT - size.height()
    window.resize(window.width() + missing[0], window.height() + missing[1])


def run() -> None:
    """Measure and print the figures; the process ends without tidying up."""
    folder = Path(tempfile.mkdtemp(prefix="chainrule-benchmark-"))
    app = new_application()
    program = Program(app, Places(folder / "settings.ini", folder), ThemeMode.LIGHT)
    program.front.window.show()
    app.processEvents()
    desk = program.desk
    bench = Bench(desk.canvas, desk.editor, desk.drawing)
    hand_in(measure(bench, lambda: open_file(program, canvas.asked_file())))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    run()
