"""A peer: the usual way, one Python item in the scene for each gate and for each wire.

It draws what the editor draws: circles with symbols, curves, a value and a gradient at each gate;
and it leaves out what is small, as the editor does, so that the items are all that differs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count, cycle
from typing import final

from tests.benchmarks import canvas
from tests.benchmarks import canvas_requirements as rows

canvas.prepare_qt()

from PySide6.QtCore import QPointF, QRectF, Qt  # noqa: E402  Qt's platform is chosen first
from PySide6.QtGui import (  # noqa: E402
    QColor,
    QFont,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)
from typing_extensions import override  # noqa: E402

from tests.benchmarks.measure import Figures, hand_in, median_ms, once_ms, peak_mb  # noqa: E402
from tests.benchmarks.workload import Gate, file_of  # noqa: E402

FAR, MIDDLE = 0.22, 0.40
RADIUS, STUB = 20.0, 50.0
SYMBOLS = {"add": "+", "mul": "×", "sub": "−", "max": "max", "tanh": "tanh", "input": "x"}


@final
class GateItem(QGraphicsItem):
    """A gate with its symbol, its value and its gradient."""

    def __init__(self, symbol: str, inks: Inks) -> None:
        super().__init__()
        self.symbol = symbol
        self.inks = inks
        self.value = self.gradient = "0.00"
        self.wires: list[WireItem] = []
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)

    @override
    def boundingRect(self) -> QRectF:
        return QRectF(-RADIUS - 2, -RADIUS - 4, 2 * RADIUS + STUB + 4, 2 * RADIUS + 8)

    @override
    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: object, /) -> object:
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            for wire in self.wires:
                wire.follow()
        return super().itemChange(change, value)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = painter.worldTransform().m11()
        painter.setPen(self.inks.line)
        if scale < FAR:
            painter.drawRect(QRectF(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS))
            return
        painter.drawEllipse(QPointF(0, 0), RADIUS, RADIUS)
        painter.drawLine(QPointF(RADIUS, 0), QPointF(RADIUS + STUB, 0))
        if scale >= MIDDLE:
            painter.setFont(self.inks.font)
            painter.drawText(QPointF(-8, 5), self.symbol)
            painter.setPen(self.inks.value)
            painter.drawText(QPointF(RADIUS + 8, -6), self.value)
            painter.setPen(self.inks.gradient)
            painter.drawText(QPointF(RADIUS + 8, 17), self.gradient)


@final
class WireItem(QGraphicsItem):
    """A wire between two gates, with a gradient of its own."""

    def __init__(self, source: GateItem, target: GateItem, port: float) -> None:
        super().__init__()
        self.source, self.target, self.port = source, target, port
        self.gradient = "0.00"
        self.setZValue(-1)
        self.follow()

    def follow(self) -> None:
        """Run between the gates where they are now."""
        self.prepareGeometryChange()
        self.start = self.source.pos() + QPointF(RADIUS + STUB, 0)
        self.end = self.target.pos() + QPointF(-RADIUS, self.port)
        bend = QPointF(max(26.0, 0.55 * abs(self.end.x() - self.start.x())), 0)
        self.path = QPainterPath(self.start)
        self.path.cubicTo(self.start + bend, self.end - bend, self.end)
        self.box = self.path.controlPointRect().adjusted(-44, -16, 4, 16)

    @override
    def boundingRect(self) -> QRectF:
        return self.box

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale, inks = painter.worldTransform().m11(), self.source.inks
        painter.setPen(inks.line)
        if scale < FAR:
            painter.drawLine(self.start, self.end)
            return
        painter.drawPath(self.path)
        if scale >= MIDDLE:
            painter.setFont(inks.font)
            painter.setPen(inks.gradient)
            painter.drawText(self.end + QPointF(-44, -4), self.gradient)


@final
class Inks:
    """The pens and the font of all items."""

    def __init__(self) -> None:
        self.line = QPen(QColor("#404040"), 1.4)
        self.value, self.gradient = QPen(QColor("#1A7F37")), QPen(QColor("#C62828"))
        self.font = QFont("DejaVu Sans")
        self.font.setPixelSize(13)


@final
class Bench:
    """The scene, the view, and what is done with them."""

    def __init__(self) -> None:
        self.app = QApplication([])
        self.scene = QGraphicsScene()
        self.scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.view = QGraphicsView(self.scene)
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.resize(canvas.WIDTH, canvas.HEIGHT)
        self.view.show()
        self.app.processEvents()
        self.gates: list[GateItem] = []
        self.wires: list[WireItem] = []

    def open(self, gates: list[Gate], data: bytes) -> None:
        """Parse the text and build the items; the peer has no engine and computes no numbers."""
        json.loads(data)
        inks = Inks()
        for gate in gates:
            item = GateItem(SYMBOLS[gate.kind], inks)
            item.setPos(*gate.place)
            self.scene.addItem(item)
            self.gates.append(item)
        for item, gate in zip(self.gates, gates, strict=True):
            for port, row in enumerate(gate.inputs):
                wire = WireItem(self.gates[row], item, 11.0 * (2 * port - len(gate.inputs) + 1))
                self.gates[row].wires.append(wire)
                item.wires.append(wire)
                self.scene.addItem(wire)
                self.wires.append(wire)
        self.fit()

    def fit(self) -> None:
        self.view.fitInView(self.scene.itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.app.processEvents()

    def zoom(self, scale: float) -> None:
        self.view.setTransform(QTransform.fromScale(scale, scale))
        self.view.centerOn(self.scene.itemsBoundingRect().center())
        self.app.processEvents()

    def paint(self) -> None:
        self.view.viewport().repaint()

    def zoomer(self) -> Callable[[], None]:
        self.fit()
        factors = cycle((1.25, 0.8))

        def zoom() -> None:
            factor = next(factors)
            self.view.scale(factor, factor)
            self.app.processEvents()

        return zoom

    def panner(self) -> Callable[[], None]:
        bar, steps = self.view.horizontalScrollBar(), count()

        def pan() -> None:
            bar.setValue(bar.value() + (16 if next(steps) % 40 < 20 else -16))
            self.app.processEvents()

        return pan

    def dragger(self) -> Callable[[], None]:
        middle = self.view.mapToScene(self.view.viewport().rect().center())
        item = min(self.gates, key=lambda each: (each.pos() - middle).manhattanLength())

        def drag() -> None:
            item.setPos(item.pos() + QPointF(1, 0))
            self.app.processEvents()

        return drag

    def relabeller(self) -> Callable[[], None]:
        """Return what gives every item other texts; again without computing them."""
        steps = count()

        def relabel() -> None:
            text = f"{next(steps) / 100:.2f}"
            for gate in self.gates:
                gate.value = gate.gradient = text
                gate.update()
            for wire in self.wires:
                wire.gradient = text
                wire.update()
            self.app.processEvents()

        return relabel


def measure(gates: list[Gate]) -> Figures:
    """Return the figures of the items."""
    data = file_of(gates)
    bench = Bench()
    figures: Figures = {rows.OPEN: once_ms(lambda: bench.open(gates, data))}
    figures[rows.FIT] = median_ms(bench.paint, 5)
    figures[rows.ZOOM] = median_ms(bench.zoomer(), 5)
    bench.zoom(0.5)
    figures[rows.HALF] = median_ms(bench.paint, 5)
    figures[rows.RELABEL_HALF] = median_ms(bench.relabeller(), 5)
    bench.zoom(1.0)
    figures[rows.ACTUAL] = median_ms(bench.paint)
    figures[rows.PAN] = median_ms(bench.panner(), 80)
    figures[rows.RELABEL] = median_ms(bench.relabeller(), 5)
    figures[rows.DRAG] = median_ms(bench.dragger())
    figures[rows.MEMORY] = peak_mb()
    return figures


if __name__ == "__main__":
    hand_in(measure(canvas.asked_gates()))
