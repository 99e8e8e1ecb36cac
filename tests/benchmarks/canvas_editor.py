"""A contender: the editor's canvas, with document, history, passes and drawing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import final

from tests.benchmarks import canvas

canvas.prepare_qt()

import numpy as np  # noqa: E402  Qt's platform is chosen first
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt  # noqa: E402
from PySide6.QtGui import QMouseEvent, QTransform  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from chainrule_desktop.canvas.view import CanvasView  # noqa: E402
from chainrule_desktop.document.document import Document  # noqa: E402
from chainrule_desktop.document.drawing import Drawing  # noqa: E402
from chainrule_desktop.document.editing import Editor  # noqa: E402
from chainrule_desktop.document.selection import Selection  # noqa: E402
from chainrule_desktop.theme import Theme, ThemeMode, prepare_style  # noqa: E402
from tests.benchmarks.measure import (  # noqa: E402
    Figures,
    hand_in,
    median_ms,
    once_ms,
    peak_mb,
)
from tests.benchmarks.workload import Gate, file_of  # noqa: E402


@final
class Bench:
    """An open canvas and what is done with it."""

    def __init__(self) -> None:
        self.app = QApplication([])
        prepare_style(self.app)
        theme = Theme(self.app, ThemeMode.LIGHT)
        theme.apply()
        self.document = Document()
        self.selection = Selection(self.document)
        self.editor = Editor(self.document, self.selection)
        self.drawing = Drawing(self.document)
        self.view = CanvasView(self.editor, self.drawing, theme)
        self.view.resize(canvas.WIDTH, canvas.HEIGHT)
        self.view.show()
        self.app.processEvents()

    def open(self, path: Path) -> None:
        self.document.open(path)
        self.view.navigator.zoom_to_fit()
        self.app.processEvents()

    def paint(self) -> None:
        self.view.viewport().repaint()

    def zoom(self, scale: float) -> None:
        """Go to the middle of the diagram at a scale."""
        self.view.navigator.zoom_to_fit()
        place = self.view.mapToScene(self.view.viewport().rect().center())
        self.view.navigator.zoom_to(1.0)
        self.view.setTransform(QTransform.fromScale(scale, scale))
        self.view.centerOn(place)
        self.app.processEvents()

    def panner(self) -> Callable[[], None]:
        bar, steps = self.view.horizontalScrollBar(), count()

        def pan() -> None:
            bar.setValue(bar.value() + (16 if next(steps) % 40 < 20 else -16))
            self.app.processEvents()

        return pan

    def dragger(self) -> Callable[[], None]:
        """Press on the gate nearest to the middle and return what moves it by a pixel."""
        viewport = self.view.viewport()
        centers = self.drawing.diagram.geometry.centers
        middle = self.view.mapToScene(viewport.rect().center())
        nearest = int(np.hypot(*(centers - (middle.x(), middle.y())).T).argmin())
        pixel = self.view.mapFromScene(QPointF(*centers[nearest]))
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=pixel)
        steps = count(8)

        def drag() -> None:
            self.move(pixel + QPoint(next(steps), 3), Qt.MouseButton.LeftButton)

        return drag

    def hoverer(self) -> Callable[[], None]:
        steps = count()

        def hover() -> None:
            step = next(steps)
            self.move(QPoint(100 + 37 * step % 900, 100 + 23 * step % 500))

        return hover

    def move(self, pixel: QPoint, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        viewport = self.view.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(pixel),
            QPointF(viewport.mapToGlobal(pixel)),
            Qt.MouseButton.NoButton,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)
        self.app.processEvents()

    def relabeller(self) -> Callable[[], None]:
        steps = count(1)

        def relabel() -> None:
            self.editor.set_value("n0", np.float64(next(steps) / 100), merge="turn")
            self.app.processEvents()

        return relabel


def measure(gates: list[Gate]) -> Figures:
    """Return the figures of the canvas."""
    path = canvas.write_file(file_of(gates))
    bench = Bench()
    figures: Figures = {canvas.OPEN: once_ms(lambda: bench.open(path))}
    figures[canvas.FIT] = median_ms(bench.paint)
    bench.zoom(0.5)
    figures[canvas.HALF] = median_ms(bench.paint)
    bench.zoom(1.0)
    figures[canvas.ACTUAL] = median_ms(bench.paint)
    figures[canvas.PAN] = median_ms(bench.panner(), 60)
    figures[canvas.HOVER] = median_ms(bench.hoverer(), 40)
    figures[canvas.RELABEL] = median_ms(bench.relabeller())
    figures[canvas.DRAG] = median_ms(bench.dragger())
    figures[canvas.MEMORY] = peak_mb()
    return figures


if __name__ == "__main__":
    hand_in(measure(canvas.asked_gates()))
