"""A contender: the editor's Jacobian window, opened on a relu of many numbers."""

from __future__ import annotations

import tempfile
import tracemalloc
from pathlib import Path
from typing import final

from tests.benchmarks import canvas

canvas.prepare_qt()

import numpy as np  # noqa: E402  Qt's platform is chosen first
from PySide6.QtWidgets import QApplication  # noqa: E402

from chainrule import Graph  # noqa: E402
from chainrule_desktop.document.document import Document  # noqa: E402
from chainrule_desktop.document.drawing import Drawing  # noqa: E402
from chainrule_desktop.document.editing import Editor  # noqa: E402
from chainrule_desktop.document.selection import Selection  # noqa: E402
from chainrule_desktop.panels.context import Context  # noqa: E402
from chainrule_desktop.panels.jacobian.window import JacobianWindow  # noqa: E402
from chainrule_desktop.settings import Settings  # noqa: E402
from chainrule_desktop.tasks import Tasks  # noqa: E402
from chainrule_desktop.theme import Theme, ThemeMode, prepare_style  # noqa: E402
from tests.benchmarks.jacobian import AGAIN, ALLOCATED, FIRST, SIZE  # noqa: E402
from tests.benchmarks.measure import hand_in, median_ms, once_ms  # noqa: E402


@final
class Bench:
    """A document with y = max(0, x), and the window on ∂y by ∂x."""

    def __init__(self) -> None:
        self.app = QApplication([])
        prepare_style(self.app)
        theme = Theme(self.app, ThemeMode.LIGHT)
        theme.apply()
        g = Graph()
        x = g.input("x", np.random.default_rng(0).normal(size=SIZE))
        g.output = g.relu(x).named("y")
        self.document = Document()
        self.document.load(g.gates, None)
        editor = Editor(self.document, Selection(self.document))
        editor.selection.set(["y", "x"])
        self.context = Context(editor, Drawing(self.document), theme)
        self.tasks = Tasks()
        self.settings = Settings(Path(tempfile.mkdtemp()) / "settings.json")
        self.window: JacobianWindow | None = None

    def look(self) -> None:
        """Open the window, which is made the first time, paint it, and close it again."""
        if self.window is None:
            self.window = JacobianWindow(None, self.context, self.tasks, self.settings)
        self.window.ask()
        self.app.processEvents()
        self.window.close()


def main() -> None:
    """Print the figures: times first, and then what is allocated, which slows all down."""
    bench = Bench()
    figures = {FIRST: once_ms(bench.look), AGAIN: median_ms(bench.look)}
    bench.window = None
    tracemalloc.start()
    bench.look()
    figures[ALLOCATED] = tracemalloc.get_traced_memory()[1] / 2**20
    bench.tasks.close()
    hand_in(figures)


if __name__ == "__main__":
    main()
