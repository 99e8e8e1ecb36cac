"""A copy outlives the program that made it, and the program its copy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from chainrule_desktop.app.parting import leave_on_clipboard
from tests.helpers.bench import EXAMPLE

ROOT = Path(__file__).parents[3]

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from chainrule_desktop.app.common import Places
from chainrule_desktop.app.program import Program

app = QApplication([])
program = Program(app, Places(Path(sys.argv[2]) / "settings.json", Path(sys.argv[2])))
program.desk.files.open_now(Path(sys.argv[1]))
program.desk.selection.select_all()
program.desk.clipboard.copy()
program.end()
"""


def test_a_copied_text_stays(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    data = QMimeData()
    data.setText("x + y")
    data.setData("application/x-else", b"z")
    clipboard.setMimeData(data)
    leave_on_clipboard(clipboard)
    assert clipboard.text() == "x + y"
    assert not clipboard.mimeData().hasFormat("application/x-else")


def test_a_copied_figure_stays(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    data = QMimeData()
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(0)
    data.setImageData(image)
    clipboard.setMimeData(data)
    leave_on_clipboard(clipboard)
    assert clipboard.image().size() == image.size()


def test_the_program_ends_well_after_a_copy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(EXAMPLE), str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0
