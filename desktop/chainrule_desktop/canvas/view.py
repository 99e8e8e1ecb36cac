"""The canvas: shows the drawing, and hands the pointer and the keys to gestures and verbs."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QToolTip
from typing_extensions import override

from chainrule.diagram.diagram import bounds
from chainrule.errors import ChainruleError
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.batch import draw_lines
from chainrule_desktop.canvas.bubble import Bubble
from chainrule_desktop.canvas.focus import BY_KEYBOARD, FocusMark
from chainrule_desktop.canvas.grid import grid_lines
from chainrule_desktop.canvas.hand import Hand
from chainrule_desktop.canvas.hit import Part
from chainrule_desktop.canvas.invitation import Invitation
from chainrule_desktop.canvas.item import DiagramItem
from chainrule_desktop.canvas.keys import Keys
from chainrule_desktop.canvas.look import look_for
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.narrator import Narrator
from chainrule_desktop.canvas.placing import free_place, node_area
from chainrule_desktop.canvas.pointer import Pointer
from chainrule_desktop.canvas.value_editing import ValueEditing
from chainrule_desktop.canvas.viewport import STEP, Camera, without_scroll_bars
from chainrule_desktop.canvas.wheel import pans, wheel_pixels, zoom_factor
from chainrule_desktop.canvas.words import describe_hit
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.messages import explain
from chainrule_desktop.theme import Theme

GATE_MIME_TYPE = "application/x-chainrule-gate"
_EXTEND = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


@final
class CanvasView(QGraphicsView):
    """The drawing of a document, on which it is edited.

    Signals:
        zoom_changed(float): the pixels of a canvas unit.
        hint(str): a sentence for the status bar; "" for none.
        gate_menu_requested(QPoint): a menu is wanted at this place of the screen.
        tensor_requested(object, str): the numbers of a node or a Wire; "value" or "gradient".
    """

    zoom_changed = Signal(float)
    hint = Signal(str)
    gate_menu_requested = Signal(QPoint)
    tensor_requested = Signal(object, str)

    def __init__(self, editor: Editor, drawing: Drawing, theme: Theme) -> None:
        super().__init__()
        self._editor = editor
        self._drawing = drawing
        self._theme = theme
        self._grid_visible = True
        self._mouse = QPoint()
        self._item = DiagramItem(drawing.diagram, look_for(theme.palette))
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._scene.addItem(self._item)
        self.setScene(self._scene)
        self._camera = Camera(self)
        self._marking = Marking(editor.selection, drawing, self._item, self)
        self._pointer = Pointer(editor, drawing, self._marking, self._camera, self)
        self._hand = Hand(self._camera)
        self._focus = FocusMark(self, self._marking)
        self._keys = Keys(editor, drawing, self._camera)
        self._bubble = Bubble(self.viewport())
        self._values = ValueEditing(self, self._camera, editor, drawing)
        Narrator(self, editor.document, editor.selection)
        self._invitation = Invitation(self, drawing)
        self._prepare()
        self._connect()

    def scale_factor(self) -> float:
        """Return how many pixels a canvas unit has."""
        return self._camera.scale

    def zoom_in(self) -> None:
        """Show everything larger."""
        self._zoom(STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self._zoom(1 / STEP)

    def zoom_actual(self) -> None:
        """Show everything in its actual size."""
        self._zoom(1 / self._camera.scale)

    def zoom_to_fit(self) -> None:
        """Show the whole diagram; a resized view goes on showing it until it is moved."""
        self._camera.fit(QRectF(*bounds(self._drawing.diagram)))
        self._zoom(1.0)
        self._camera.remember_fit()

    def set_grid_visible(self, visible: bool) -> None:
        """Show or hide the grid."""
        self._grid_visible = visible
        self.viewport().update()

    def place_gate(self, kind_name: str) -> None:
        """Add a gate at a free place near the middle of the view."""
        middle = self._camera.point(QPointF(self._camera.middle))
        self._add_gate(kind_name, free_place(self._drawing.diagram, middle))

    def edit_value(self, node_id: NodeId, typed: str = "") -> None:
        """Edit a leaf's value in place, or ask for a gate's tensor; `typed` begins the value."""
        self._pointer.cancel()
        self._values.begin(node_id, typed)

    def reveal(self, node_id: NodeId) -> None:
        """Bring a node into view."""
        self._camera.reveal(node_area(self._drawing.diagram, node_id))

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._mouse = event.position().toPoint()
        self._focus.show(visible=False)
        if self._pointer.busy or self._hand.holds:
            # Another button in the middle of a gesture neither ends it nor begins one.
            return
        if self._hand.press(event, space_held=self._keys.space_held):
            self._show_cursor()
        elif event.button() == Qt.MouseButton.LeftButton:
            QToolTip.hideText()
            self._pointer.press(self._camera.point(event.position()), extend=_extends(event))

    @override
    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        self._mouse = event.position().toPoint()
        if self._hand.holds:
            self._hand.move(event)
        elif self._pointer.busy and not event.buttons() & Qt.MouseButton.LeftButton:
            # The release went to another window.
            self._pointer.cancel()
        elif self._pointer.busy:
            self._pointer.move(self._camera.point(event.position()))
        else:
            self._pointer.hover(self._camera.point(event.position()))
            self._show_cursor()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        if self._hand.holds:
            self._hand.release(event)
            self._show_cursor()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        try:
            self._pointer.release(self._camera.point(event.position()), extend=_extends(event))
        except ChainruleError as error:
            self.hint.emit(explain(error))
        self._grow_scene()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent, /) -> None:
        hit = self._pointer.look(self._camera.point(event.position()))
        plain = event.button() == Qt.MouseButton.LeftButton and not self._keys.space_held
        plain = plain and hit.part is not Part.PICTURE
        if plain and hit.node is not None:
            self.edit_value(hit.node)
        else:
            self.mousePressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        if self._pointer.busy or self._hand.holds:
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.gate_menu_requested.emit(self.viewport().mapToGlobal(self._keys.place()))
            return
        hit = self._pointer.look(self._camera.point(QPointF(event.pos())))
        selection = self._editor.selection
        if hit.node is not None and hit.node not in selection:
            selection.set((hit.node,))
        elif hit.node is None and hit.wire is not None and hit.wire not in selection:
            selection.set(wires=(hit.wire,))
        elif hit.part is Part.NOTHING:
            selection.clear()
        self.gate_menu_requested.emit(event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if self._pointer.busy:
            # Half a gesture and a key make no sense together, but for the key that takes it back.
            if event.key() == Qt.Key.Key_Escape:
                self._pointer.cancel()
        elif self._keys.press(event, self.edit_value):
            self._focus.show(visible=True)
            self._show_cursor()
        else:
            event.ignore()

    @override
    def keyReleaseEvent(self, event: QKeyEvent, /) -> None:
        self._keys.release(event)
        self._show_cursor()
        super().keyReleaseEvent(event)

    @override
    def focusNextPrevChild(self, next: bool, /) -> bool:
        # Tab goes from node to node first; Qt asks here before any key event.
        if self.hasFocus() and self._keys.go_through(1 if next else -1):
            self._focus.show(visible=True)
            return True
        return super().focusNextPrevChild(next)

    @override
    def wheelEvent(self, event: QWheelEvent, /) -> None:
        if pans(event):
            self._camera.pan_by(wheel_pixels(event))
        else:
            self._zoom(zoom_factor(event), event.position())

    @override
    def viewportEvent(self, event: QEvent, /) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(1.0 + event.value(), event.position())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        if event.type() == QEvent.Type.Leave and not self._pointer.busy:
            self._pointer.leave()
        return super().viewportEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        fitted = self._camera.is_fitted
        super().resizeEvent(event)
        if fitted:
            self.zoom_to_fit()
        self._grow_scene()
        self._values.follow_view()
        self._invitation.follow_view()

    @override
    def scrollContentsBy(self, dx: int, dy: int, /) -> None:
        super().scrollContentsBy(dx, dy)
        self._values.follow_view()

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._focus.show(visible=event.reason() in BY_KEYBOARD)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self._keys.space_held = False
        self._focus.show(visible=False)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        _consider_drop(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent, /) -> None:
        _consider_drop(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        # Qt's own expects a scene that takes drops, and warns of this one.
        event.accept()

    @override
    def dropEvent(self, event: QDropEvent, /) -> None:
        if not event.mimeData().hasFormat(GATE_MIME_TYPE):
            event.ignore()
            return
        place = self._camera.to_scene(event.position())
        name = bytes(event.mimeData().data(GATE_MIME_TYPE).data()).decode("utf-8", "replace")
        self._add_gate(name, (round(place.x()), round(place.y())))
        event.acceptProposedAction()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def drawBackground(self, painter: QPainter, rect: QRectF | object, /) -> None:
        area = QRectF(rect)  # pyright: ignore[reportArgumentType, reportCallIssue]  stub: QRect too
        palette = self._theme.palette
        painter.fillRect(area, QColor(palette.canvas))
        if self._grid_visible:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(QColor(palette.grid), 0))
            draw_lines(painter, grid_lines(area, self._camera.scale))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _prepare(self) -> None:
        without_scroll_bars(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        # The background is painted everywhere, so that panning can move pixels.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grow_scene()

    def _connect(self) -> None:
        self._drawing.redrawn.connect(self._show_drawing)
        self._theme.changed.connect(self._show_theme)
        self._pointer.said.connect(self._say)
        self._pointer.picture_clicked.connect(self.tensor_requested)
        self._values.said.connect(self.hint)
        self._values.tensor_wanted.connect(self.tensor_requested)

    def _add_gate(self, kind_name: str, place: Point) -> None:
        try:
            self.reveal(self._editor.add(kind_name, place))
        except ChainruleError as error:
            self.hint.emit(explain(error))

    def _zoom(self, factor: float, anchor: QPointF | None = None) -> None:
        self._camera.zoom_by(factor, QRectF(*bounds(self._drawing.diagram)), anchor)
        self._grow_scene()
        self._values.follow_view()
        self.zoom_changed.emit(self._camera.scale)

    def _show_drawing(self) -> None:
        moved = self._item.diagram.geometry is not self._drawing.diagram.geometry
        self._item.show_diagram(self._drawing.diagram)
        if moved and not self._pointer.busy:
            self._grow_scene()

    def _show_theme(self) -> None:
        self._item.show_look(look_for(self._theme.palette))
        self.viewport().update()

    def _show_cursor(self) -> None:
        if self._hand.holds:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._keys.space_held:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = self._pointer.cursor_shape()
        if shape != self.viewport().cursor().shape():
            self.viewport().setCursor(shape)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        hit = self._pointer.look(self._camera.point(QPointF(event.pos())))
        of, problems = self._editor.document, self._drawing.problems
        text = "" if self._pointer.busy else describe_hit(of, hit, problems)
        QToolTip.showText(event.globalPos(), text, self.viewport())

    def _grow_scene(self) -> None:
        """Let the scene hold the diagram and all around it, and what the view shows now."""
        shown = self.viewportTransform().inverted()[0].mapRect(QRectF(self.viewport().rect()))
        area = self._camera.room_around(QRectF(*bounds(self._drawing.diagram))).united(shown)
        self._item.set_area(area)
        self.setSceneRect(area)

    def _say(self, sentence: str, beside_pointer: bool) -> None:
        self.hint.emit(sentence)
        if beside_pointer:
            self._bubble.say(sentence, self._mouse)


def _consider_drop(event: QDragMoveEvent) -> None:
    if event.mimeData().hasFormat(GATE_MIME_TYPE):
        event.acceptProposedAction()
    else:
        event.ignore()


def _extends(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & _EXTEND)
