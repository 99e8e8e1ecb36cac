"""A canvas with everything behind it, and a hand that moves the mouse and presses keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QHelpEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from chainrule.gates.catalogue import get_kind
from chainrule.gates.leaf import Leaf
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Position, Wire
from chainrule_desktop.canvas.bubble import Bubble
from chainrule_desktop.canvas.dropping import GATE_MIME_TYPE
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Marks
from chainrule_desktop.canvas.value_edit import ValueEdit
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.theme import Theme, ThemeMode, prepare_style

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
RIGHT = Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

Place = tuple[float, float]


def sum_times_z() -> GateGraph:
    """Return the lecture's (x + y) z: x = −2, y = 5, z = −4, q = x + y and f = q z, with places."""
    graph = GateGraph()
    leaves = {"x": (-2.0, (0, 0)), "y": (5.0, (0, 100)), "z": (-4.0, (0, 200))}
    nodes = [_leaf(name, value, place) for name, (value, place) in leaves.items()]
    nodes += [gate("q", "add", (220, 50)), gate("f", "mul", (440, 120))]
    wires = (Wire("x", "q", 0), Wire("y", "q", 1), Wire("q", "f", 0), Wire("z", "f", 1))
    AddNodes(tuple(nodes), wires).apply(graph)
    return graph


def gate(name: NodeId, kind_name: str, position: Position) -> Node:
    """Return a gate with its least number of ports."""
    kind = get_kind(kind_name)()
    return Node(name, kind, len(kind.port_names), position=position)


def _leaf(name: NodeId, value: float, position: Position) -> Node:
    kind = get_kind("input")()
    assert isinstance(kind, Leaf)
    return Node(name, kind, value=np.float64(value), position=position)


@final
class Easel:
    """A shown canvas of 800 × 600 pixels at scale 1, on which (260, 100) is in the middle."""

    def __init__(self, theme: Theme, graph: GateGraph) -> None:
        self.document = Document()
        self.document.load(graph, None)
        self.selection = Selection(self.document)
        self.editor = Editor(self.document, self.selection)
        self.drawing = Drawing(self.document)
        self.view = CanvasView(self.editor, self.drawing, theme)
        self.view.resize(800, 600)
        self.view.show()
        self.view.setFocus()
        self.view.navigator.zoom_to(1.0)
        self.view.centerOn(260, 100)
        self.hints: list[str] = []
        self.view.hint.connect(self.hints.append)

    @property
    def graph(self) -> GateGraph:
        return self.document.graph

    @property
    def field(self) -> QLineEdit:
        """The line edit for values that floats over the canvas."""
        found = self.view.viewport().findChildren(ValueEdit)
        assert len(found) == 1
        return found[0]

    @property
    def marks(self) -> Marks:
        """What is marked on the canvas."""
        marking = self.view.findChild(Marking)
        assert marking is not None
        return marking.marks

    # Places, in canvas units.

    def body(self, node: NodeId) -> Place:
        return _place(self.drawing.diagram.geometry.centers[self._row(node)])

    def output(self, node: NodeId) -> Place:
        return _place(self.drawing.diagram.geometry.stub_ends[self._row(node)])

    def port(self, node: NodeId, port: int) -> Place:
        parts, geometry = self.drawing.diagram.parts, self.drawing.diagram.geometry
        for row, wire in enumerate(parts.wires):
            if (wire.target, wire.port) == (node, port):
                return _place(geometry.port_ends[row])
        for row, owner in enumerate(parts.open_nodes.tolist()):
            if parts.ids[owner] == node and parts.open_numbers[row] == port:
                return _place(geometry.open_ports[row])
        raise AssertionError(f"{node} has no port {port}")

    def pixel(self, place: Place) -> QPoint:
        return self.view.viewportTransform().map(QPointF(*place)).toPoint()

    def place(self, pixel: QPoint) -> Place:
        there = self.view.viewportTransform().inverted()[0].map(QPointF(pixel))
        return there.x(), there.y()

    def position(self, node: NodeId) -> Position | None:
        return self.graph.node(node).position

    def _row(self, node: NodeId) -> int:
        return self.drawing.diagram.parts.index[node]

    # The mouse. QTest's moves carry no modifiers, so moves are sent as the window system does.

    def press(
        self, place: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN
    ) -> None:
        QTest.mousePress(self.view.viewport(), button, keys, self.pixel(place))

    def release(
        self, place: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN
    ) -> None:
        QTest.mouseRelease(self.view.viewport(), button, keys, self.pixel(place))

    def move(
        self, place: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN
    ) -> None:
        self.move_pixel(self.pixel(place), button, keys)

    def move_pixel(
        self,
        pixel: QPoint,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = PLAIN,
        time: int = 0,
    ) -> None:
        viewport = self.view.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(pixel),
            QPointF(viewport.mapToGlobal(pixel)),
            Qt.MouseButton.NoButton,
            button,
            keys,
        )
        event.setTimestamp(time)
        QApplication.sendEvent(viewport, event)

    def click(
        self, place: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN
    ) -> None:
        self.press(place, button, keys)
        self.release(place, button, keys)

    def double_click(self, place: Place, button: Qt.MouseButton = LEFT) -> None:
        self.click(place, button)
        QTest.mouseDClick(self.view.viewport(), button, PLAIN, self.pixel(place))

    def drag_to(self, start: Place, end: Place, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Press at `start` and go to `end` in four moves, without releasing."""
        self.press(start, keys=keys)
        for step in (0.25, 0.5, 0.75, 1.0):
            x = start[0] + step * (end[0] - start[0])
            y = start[1] + step * (end[1] - start[1])
            self.move((x, y), keys=keys)

    def drag(self, start: Place, end: Place, keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.drag_to(start, end, keys)
        self.release(end, keys=keys)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.view, key, keys)


def middle_of_wire(easel: Easel, wire: Wire) -> Place:
    """Return a point of a wire about halfway."""
    diagram = easel.drawing.diagram
    pieces = diagram.geometry.ways.of(diagram.parts.wires.index(wire))
    return _place(np.array([1, 3, 3, 1]) @ pieces[len(pieces) // 2] / 8)


def shake(easel: Easel, start: Place, step: int) -> None:
    """Press at `start` and go to and fro, a turn every `step` milliseconds."""
    easel.press(start)
    for turn, x in enumerate((40, -40, 40, -40, 40)):
        easel.move_pixel(easel.pixel((start[0] + x, start[1])), time=1_000 + turn * step)


def wheel(easel: Easel, pixel: QPoint, turn: QPoint, keys: Qt.KeyboardModifier = PLAIN) -> None:
    viewport = easel.view.viewport()
    event = QWheelEvent(
        QPointF(pixel),
        QPointF(viewport.mapToGlobal(pixel)),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def drop(easel: Easel, data: QMimeData, place: Place) -> bool:
    """Drag data over the canvas, drop it if that is welcome, and return whether it was."""
    pixel, action = easel.pixel(place), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(pixel, action, data, LEFT, PLAIN)
    QApplication.sendEvent(easel.view.viewport(), enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(pixel), action, data, LEFT, PLAIN)
    QApplication.sendEvent(easel.view.viewport(), drop)
    return drop.isAccepted()


def tooltip(easel: Easel, place: Place) -> str:
    """Rest over a place and return what is said about it."""
    pixel = easel.pixel(place)
    event = QHelpEvent(QEvent.Type.ToolTip, pixel, easel.view.viewport().mapToGlobal(pixel))
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        # Offscreen windows can't be raised, and Qt warns of it.
        patch.setattr(QToolTip, "showText", lambda _there, text, _widget: said.append(text))
        QApplication.sendEvent(easel.view.viewport(), event)
    return said[-1]


def colours_around(easel: Easel, place: Place, reach: int) -> set[str]:
    """Return the colours of the pixels around a place."""
    picture = easel.view.grab().toImage()
    middle = easel.view.viewport().mapTo(easel.view, easel.pixel(place))
    box = QRectF(0, 0, 2 * reach, 2 * reach)
    box.moveCenter(QPointF(middle))
    area = box.toRect().intersected(picture.rect())
    return {
        QColor(picture.pixel(x, y)).name().upper()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }


def hover(easel: Easel, place: Place) -> None:
    easel.move(place, Qt.MouseButton.NoButton)


def bubbles(easel: Easel) -> list[str]:
    """The sentences that stand on the canvas."""
    found = easel.view.viewport().findChildren(Bubble)
    return [bubble.text() for bubble in found if bubble.isVisible()]


def _place(point: np.ndarray) -> Place:
    return float(point[0]), float(point[1])


def gate_data(name: str) -> QMimeData:
    """Return what a drag of a gate from the palette carries."""
    data = QMimeData()
    data.setData(GATE_MIME_TYPE, name.encode())
    return data


def shown_theme(app: QApplication) -> Iterator[Theme]:
    """Yield the light theme, and give the application back as it was."""
    style, font, palette = app.style().objectName(), app.font(), app.palette()
    prepare_style(app)
    theme = Theme(app, ThemeMode.LIGHT)
    theme.apply()
    yield theme
    shiboken6.delete(theme)
    app.styleHints().unsetColorScheme()
    app.setStyleSheet("")
    app.setStyle(style)
    app.setFont(font)
    app.setPalette(palette)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    yield from shown_theme(qapp)


@pytest.fixture
def easel(qtbot: QtBot, theme: Theme) -> Iterator[Easel]:
    """Yield the canvas of (x + y) z; a button that a test has left held is let go."""
    made = Easel(theme, sum_times_z())
    qtbot.addWidget(made.view)
    qtbot.waitUntil(lambda: made.view.windowHandle().isExposed())
    QApplication.processEvents()
    yield made
    for button in (LEFT, RIGHT, MIDDLE):
        QTest.mouseRelease(made.view.viewport(), button)


@pytest.fixture
def window(easel: Easel, qtbot: QtBot) -> QWidget:
    """Return an active window with the canvas between two fields, `before` and `after`."""
    made = QWidget()
    before, after = QLineEdit(made), QLineEdit(made)
    before.setObjectName("before")
    after.setObjectName("after")
    layout = QHBoxLayout(made)
    for widget in (before, easel.view, after):
        layout.addWidget(widget)
    QWidget.setTabOrder(before, easel.view)
    QWidget.setTabOrder(easel.view, after)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    easel.view.setFocus()
    return made
