"""What is measured of any editor that shows its graph in a QGraphicsView."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, cycle
from typing import final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView

from tests.benchmarks import canvas
from tests.benchmarks import canvas_requirements as rows
from tests.benchmarks.measure import Figures, median_ms, once_ms, peak_mb

_FEW = 5


@final
@dataclass(frozen=True, slots=True)
class Opened:
    """An editor with its graph: the view, where all of it is, and a place on a node to drag."""

    view: QGraphicsView
    area: QRectF
    handle: QPointF


def measure_view(app: QApplication, open_graph: Callable[[], Opened]) -> Figures:
    """Open a graph and return the figures of its view."""
    opened: list[Opened] = []

    def open_and_paint() -> None:
        opened.append(open_graph())
        _show(opened[0])
        app.processEvents()

    figures: Figures = {rows.OPEN: once_ms(open_and_paint)}
    (editor,) = opened
    repaint = editor.view.viewport().repaint
    figures[rows.FIT] = median_ms(repaint, _FEW)
    figures[rows.ZOOM] = median_ms(_zoomer(app, editor.view), _FEW)
    _zoom(editor, 0.5)
    figures[rows.HALF] = median_ms(repaint, _FEW)
    _zoom(editor, 1.0)
    figures[rows.ACTUAL] = median_ms(repaint, _FEW)
    figures[rows.PAN] = median_ms(_panner(app, editor.view), 80)
    figures[rows.DRAG] = median_ms(_dragger(app, editor), 10)
    figures[rows.MEMORY] = peak_mb()
    return figures


def _show(editor: Opened) -> None:
    editor.view.resize(canvas.WIDTH, canvas.HEIGHT)
    editor.view.show()
    editor.view.setSceneRect(editor.area)
    editor.view.fitInView(editor.area, Qt.AspectRatioMode.KeepAspectRatio)


def _zoom(editor: Opened, scale: float) -> None:
    editor.view.setTransform(QTransform.fromScale(scale, scale))
    editor.view.centerOn(editor.handle)
    QApplication.processEvents()


def _zoomer(app: QApplication, view: QGraphicsView) -> Callable[[], None]:
    """Return what zooms in by a step, and out again."""
    factors = cycle((1.25, 0.8))

    def zoom() -> None:
        # Not by the editor's own `scale`, which may move its scene along.
        factor = next(factors)
        QGraphicsView.scale(view, factor, factor)
        app.processEvents()

    return zoom


def _panner(app: QApplication, view: QGraphicsView) -> Callable[[], None]:
    bar, steps = view.horizontalScrollBar(), count()

    def pan() -> None:
        bar.setValue(bar.value() + (16 if next(steps) % 40 < 20 else -16))
        app.processEvents()

    return pan


def _dragger(app: QApplication, editor: Opened) -> Callable[[], None]:
    """Press on the node of the handle and return what moves it by a pixel."""
    viewport = editor.view.viewport()
    pixel = editor.view.mapFromScene(editor.handle)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=pixel)
    steps = count(8)

    def drag() -> None:
        there = pixel + QPoint(next(steps), 3)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(there),
            QPointF(viewport.mapToGlobal(there)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)
        app.processEvents()

    return drag
