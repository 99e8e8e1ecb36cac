"""A contender: the editor's canvas, with document, history, passes and drawing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, cycle
from typing import final

from chainrule_desktop.app.imports import import_as_usual
from tests.benchmarks import canvas
from tests.benchmarks import canvas_requirements as rows

canvas.prepare_qt()
import_as_usual()

import numpy as np  # noqa: E402  Qt's platform is chosen first
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt  # noqa: E402
from PySide6.QtGui import QMouseEvent, QTransform  # noqa: E402
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

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@final
class Bench:
    """An open canvas and what is done with it."""

    def __init__(self, view: CanvasView, editor: Editor, drawing: Drawing) -> None:
        self.app = QApplication.instance() or QApplication([])
        self.view, self.editor, self.drawing = view, editor, drawing

    def fit(self) -> None:
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

    def zoomer(self) -> Callable[[], None]:
        """Show all of the diagram and return what zooms in by a step, and out again."""
        self.view.navigator.zoom_to_fit()
        factors = cycle((1.25, 0.8))

        def zoom() -> None:
            self.view.navigator.zoom_by(next(factors))
            self.app.processEvents()

        return zoom

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
        self.send(QEvent.Type.MouseButtonPress, pixel, LEFT, LEFT)
        steps = count(8)

        def drag() -> None:
            self.send(QEvent.Type.MouseMove, pixel + QPoint(next(steps), 3), NO_BUTTON, LEFT)

        return drag

    def hoverer(self) -> Callable[[], None]:
        steps = count()

        def hover() -> None:
            step = next(steps)
            place = QPoint(100 + 37 * step % 900, 100 + 23 * step % 500)
            self.send(QEvent.Type.MouseMove, place, NO_BUTTON, NO_BUTTON)

        return hover

    def send(
        self, kind: QEvent.Type, pixel: QPoint, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        viewport = self.view.viewport()
        place, on_screen = QPointF(pixel), QPointF(viewport.mapToGlobal(pixel))
        event = QMouseEvent(kind, place, on_screen, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, event)
        self.app.processEvents()

    def relabeller(self) -> Callable[[], None]:
        steps = count(1)

        def relabel() -> None:
            self.editor.set_value("n0", np.float64(next(steps) / 100), merge="turn")
            self.app.processEvents()

        return relabel


def measure(bench: Bench, open_file: Callable[[], object]) -> Figures:
    """Return the figures of a canvas on which `open_file` opens the workload."""

    def open_and_paint() -> None:
        open_file()
        bench.fit()

    figures: Figures = {rows.OPEN: once_ms(open_and_paint)}
    figures[rows.FIT] = median_ms(bench.paint)
    figures[rows.ZOOM] = median_ms(bench.zoomer())
    bench.zoom(0.5)
    figures[rows.HALF] = median_ms(bench.paint)
    figures[rows.RELABEL_HALF] = median_ms(bench.relabeller())
    bench.zoom(1.0)
    figures[rows.ACTUAL] = median_ms(bench.paint)
    figures[rows.PAN] = median_ms(bench.panner(), 80)
    figures[rows.HOVER] = median_ms(bench.hoverer(), 40)
    figures[rows.RELABEL] = median_ms(bench.relabeller())
    figures[rows.DRAG] = median_ms(bench.dragger())
    figures[rows.MEMORY] = peak_mb()
    return figures


def alone() -> Bench:
    """Return a canvas without a window around it."""
    app = QApplication([])
    prepare_style(app)
    theme = Theme(app, ThemeMode.LIGHT)
    theme.apply()
    document = Document()
    editor, drawing = Editor(document, Selection(document)), Drawing(document)
    view = CanvasView(editor, drawing, theme)
    view.resize(canvas.WIDTH, canvas.HEIGHT)
    view.show()
    app.processEvents()
    return Bench(view, editor, drawing)


if __name__ == "__main__":
    opened = alone()
    hand_in(measure(opened, lambda: opened.editor.document.open(canvas.asked_file())))
