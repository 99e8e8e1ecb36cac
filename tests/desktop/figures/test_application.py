"""Figures from programs that have no window and no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_EXPORT = """
import sys
from pathlib import Path
from chainrule.export import get_exporter
from tests.helpers.lecture_graphs import lecture_graph
path = Path(sys.argv[1])
get_exporter(path.suffix).export(lecture_graph("two-paths"), path)
"""
_WITHOUT_FONTS = """
from PySide6.QtCore import QCoreApplication
from chainrule.errors import ExportError
from chainrule_desktop.figures.application import prepare_painting
application = QCoreApplication([])
try:
    prepare_painting()
except ExportError as error:
    print(error)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in _DISPLAY}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=Path(__file__).parents[3],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_a_figure_needs_no_display(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"figure{suffix}"
    done = run(_EXPORT, str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.stat().st_size > 1000


def test_an_application_without_fonts_is_refused() -> None:
    done = run(_WITHOUT_FONTS)
    assert "make a QGuiApplication" in done.stdout
