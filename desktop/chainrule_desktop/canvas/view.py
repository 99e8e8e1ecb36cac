"""The canvas: shows the drawing, and hands the pointer and the keys to gestures and verbs."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.accessible.contents import Contents
from chainrule_desktop.canvas.accessible.scene import Scene
from chainrule_desktop.canvas.adding import AddingSearch
from chainrule_desktop.canvas.backdrop import paint_backdrop
from chainrule_desktop.canvas.comment_editing import CommentEditing
from chainrule_desktop.canvas.dropping import Dropping
from chainrule_desktop.canvas.finding import NodeSearch
from chainrule_desktop.canvas.fingers import GESTURES, Fingers
from chainrule_desktop.canvas.focus import BY_KEYBOARD, FocusMark
from chainrule_desktop.canvas.held import MODIFIER_KEYS, held_keys
from chainrule_desktop.canvas.hit import Hit, Part
from chainrule_desktop.canvas.idle_keys import reason_of_key
from chainrule_desktop.canvas.invitation import Invitation
from chainrule_desktop.canvas.item import DiagramItem
from chainrule_desktop.canvas.keys import Keys
from chainrule_desktop.canvas.look import look_for
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.minimap import Minimap
from chainrule_desktop.canvas.motion import Motion
from chainrule_desktop.canvas.mouse import Mouse
from chainrule_desktop.canvas.narrator import Narrator
from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.placing import free_place
from chainrule_desktop.canvas.pointer import Pointer
from chainrule_desktop.canvas.rerouting import Rerouting
from chainrule_desktop.canvas.signs import Signs
from chainrule_desktop.canvas.stage import CanvasStage
from chainrule_desktop.canvas.tools.knife import KNIFE
from chainrule_desktop.canvas.tools.tool import Armed
from chainrule_desktop.canvas.value_editing import ValueEditing
from chainrule_desktop.canvas.viewport import Camera, without_scroll_bars
from chainrule_desktop.canvas.walking import Walker
from chainrule_desktop.canvas.wheel import pans, wheel_pixels, zoom_factor
from chainrule_desktop.canvas.words import describe_hit
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.messages import explain
from chainrule_desktop.theme import Theme


@final
class CanvasView(QGraphicsView):
    """The drawing of a document, on which it is edited; `navigator` moves the view over it.

    Signals:
        hint(str): a sentence for the status bar; "" for none.
        gate_menu_requested(QPoint): a menu is wanted at this place of the screen.
        tensor_requested(object, str): the numbers of a node or a Wire; "value" or "gradient".
        search_requested(tuple, object): something is to be added at this point; where a wire was
            dropped there, what fits this LooseEnd, otherwise None.
    """

    hint = Signal(str)
    gate_menu_requested = Signal(QPoint)
    tensor_requested = Signal(object, str)
    search_requested = Signal(tuple, object)

    def __init__(self, editor: Editor, drawing: Drawing, theme: Theme) -> None:
        super().__init__()
        self._editor = editor
        self._drawing = drawing
        self._theme = theme
        self._grid_visible = True
        self._item = DiagramItem(drawing.diagram, look_for(theme.palette))
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._scene.addItem(self._item)
        self.setScene(self._scene)
        self.camera = Camera(self)
        self.navigator = Navigator(self.camera, drawing, self)
        self.motion = Motion(self._item, editor.document, self.navigator, self.camera)
        self.marking = Marking(editor.selection, drawing, self._item, self)
        self._stage = CanvasStage(editor, drawing, self.marking, self.camera, self)
        self.snapping = self._stage.snapping
        self._pointer = Pointer(self._stage, self)
        self._focus = FocusMark(self, self.marking)
        self.walker = Walker(editor, drawing, self.camera, self)
        self._keys = Keys(editor, drawing, self.camera, self.navigator, self.walker)
        self._mouse = Mouse(self._pointer, self.camera, self._keys, KNIFE, self)
        self._signs = Signs(self.viewport(), self.camera, drawing)
        self.values = ValueEditing(self, self.camera, editor, drawing)
        self.rerouting = Rerouting(editor, drawing)
        self.commenting = CommentEditing(self, self.camera, editor, drawing)
        self._dropping = Dropping(self._stage, self.camera, self)
        self.adding = AddingSearch(self, self.camera, editor, drawing, theme)
        self.finding = NodeSearch(self, self.navigator, editor, drawing, theme)
        self._contents = Contents(
            Scene(self, editor, drawing, self.camera, lambda: self.walker.here, self.edit_value)
        )
        Narrator(self, editor.document, editor.selection)
        self._invitation = Invitation(self, drawing)
        self._fingers = Fingers(self.viewport(), self.navigator, self.camera)
        viewport = self.viewport()
        self.minimap = Minimap(viewport, self.navigator, drawing, editor.selection, theme)
        self._prepare()
        self._connect()

    def set_grid_visible(self, visible: bool) -> None:
        """Show or hide the grid."""
        self._grid_visible = visible
        self.viewport().update()

    def place_gate(self, kind_name: str) -> None:
        """Add a gate at a free place near the middle of the view."""
        middle = self.camera.point(QPointF(self.camera.middle))
        try:
            ports = self._editor.offered(kind_name).kind.least_ports
            place = free_place(self._drawing.diagram, middle, ports)
            self.navigator.reveal(self._editor.add(kind_name, place))
        except ChainruleError as error:
            self.hint.emit(explain(error))

    def edit_value(self, node_id: NodeId, typed: str = "") -> None:
        """Edit a leaf's value in place, or ask for a gate's tensor; `typed` begins the value."""
        self._pointer.cancel()
        self.values.begin(node_id, typed)

    def arm(self, armed: Armed | None) -> None:
        """Make the next drag a gesture of that kind, wherever it begins; None for the usual."""
        self._pointer.cancel()
        self._pointer.arm(armed)
        self._show_cursor()

    def ask_for_gate(self, end: LooseEnd | None = None) -> None:
        """Search for what to add where the pointer is, or at the keyboard's place without it."""
        self._stage.ask_for_gate(self.point_in_use(), end)

    def point_in_use(self) -> Point:
        """Return the point under the pointer; without it on the canvas, the keyboard's."""
        over = self.viewport().underMouse()
        pixel = self._mouse.place if over else QPointF(self._keys.place())
        return self.camera.point(pixel)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._focus.show(visible=False)
        self._mouse.press(event)
        self._show_cursor()

    @override
    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        self._mouse.move(event)
        self._show_cursor()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        self._mouse.release(event)
        self._show_cursor()
        self._grow_scene()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent, /) -> None:
        self._mouse.double_click(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        # The mouse asks when its button is let go: until then it may become a drag.
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        if keyboard and not self._mouse.busy:
            self.gate_menu_requested.emit(self.viewport().mapToGlobal(self._keys.place()))

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if self._pointer.busy:
            # Half a gesture and a key make no sense together, but for the key that takes it back
            # and those that change what it does.
            if event.key() == Qt.Key.Key_Escape:
                self._pointer.cancel()
            elif event.key() in MODIFIER_KEYS:
                self._pointer.hold(held_keys(event.modifiers()))
        elif event.key() == Qt.Key.Key_Escape and self._pointer.armed:
            self.arm(None)
        elif self._keys.press(event, self.edit_value):
            self._focus.show(visible=True)
            self._show_cursor()
        else:
            event.ignore()
            reason = reason_of_key(self, event)
            if reason:
                self.hint.emit(reason)

    @override
    def keyReleaseEvent(self, event: QKeyEvent, /) -> None:
        self._keys.release(event)
        if self._pointer.busy and event.key() in MODIFIER_KEYS:
            self._pointer.hold(held_keys(event.modifiers()))
        self._show_cursor()
        super().keyReleaseEvent(event)

    @override
    def focusNextPrevChild(self, next: bool, /) -> bool:
        # Tab searches for something to add; Qt asks here before any key event. Shift+Tab leaves.
        if next and self.hasFocus():
            self.ask_for_gate()
            return True
        return super().focusNextPrevChild(next)

    @override
    def wheelEvent(self, event: QWheelEvent, /) -> None:
        if pans(event):
            self.camera.pan_by(wheel_pixels(event))
        else:
            self.navigator.zoom_by(zoom_factor(event), event.position())

    @override
    def viewportEvent(self, event: QEvent, /) -> bool:
        if isinstance(event, GESTURES):
            return self._fingers.take(event)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        if event.type() == QEvent.Type.Leave and not self._pointer.busy:
            self._pointer.hovering.leave()
        return super().viewportEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        fitted = self.camera.is_fitted
        super().resizeEvent(event)
        self.navigator.follow_size(was_fitted=fitted)
        self._grow_scene()
        self.values.follow_view()
        self.commenting.follow_view()
        self._invitation.follow_view()

    @override
    def scrollContentsBy(self, dx: int, dy: int, /) -> None:
        super().scrollContentsBy(dx, dy)
        self.values.follow_view()
        self.navigator.follow_pan()

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._focus.show(visible=event.reason() in BY_KEYBOARD)
        self._contents.tell_focus()

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self._keys.space_held = False
        self._focus.show(visible=False)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        self._dropping.consider(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent, /) -> None:
        self._dropping.consider(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        # Qt's own expects a scene that takes drops, and warns of this one.
        self._dropping.leave(event)

    @override
    def dropEvent(self, event: QDropEvent, /) -> None:
        self._dropping.drop(event)

    @override
    def drawBackground(self, painter: QPainter, rect: QRectF | object, /) -> None:
        area = QRectF(rect)  # pyright: ignore[reportArgumentType, reportCallIssue]  stub: QRect too
        scale = self.camera.scale
        paint_backdrop(painter, area, self._theme.palette, scale, grid=self._grid_visible)

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
        self._stage.said.connect(self._say)
        self._pointer.picture_clicked.connect(self.tensor_requested)
        self._pointer.opened.connect(self._open)
        self._stage.gate_wanted.connect(self.search_requested)
        self.search_requested.connect(self.adding.ask)
        self.adding.said.connect(self.hint)
        self.adding.ended.connect(self._stage.forget_loose_wire)
        self._dropping.dropped.connect(self._show_dropped)
        self._mouse.menu_wanted.connect(self._ask_for_menu)
        self._mouse.said.connect(self.hint)
        self.navigator.moved.connect(self._follow_camera)
        self.walker.walked.connect(self._show_walked)
        self.values.said.connect(self.hint)
        self.commenting.said.connect(self.hint)
        self.values.tensor_wanted.connect(self.tensor_requested)

    def _show_dropped(self, node_id: NodeId) -> None:
        self.navigator.reveal(node_id)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _open(self, hit: Hit, point: Point) -> None:
        """Do what a double click stands for."""
        if hit.node is not None and hit.part is not Part.PICTURE:
            self.edit_value(hit.node)
        elif hit.comment is not None:
            self.commenting.edit(hit.comment)
        elif hit.wire is not None and hit.part is Part.POINT:
            self.rerouting.remove(hit.wire, hit.point)
        elif hit.wire is not None and hit.part is Part.WIRE:
            self.hint.emit(self.rerouting.insert_at(hit.wire, point))
        elif hit.part is Part.NOTHING:
            self._stage.ask_for_gate(point)

    def _ask_for_menu(self, pixel: QPointF) -> None:
        hit = self._pointer.hovering.look(self.camera.point(pixel))
        selection = self._editor.selection
        if hit.node is not None and hit.node not in selection:
            selection.set((hit.node,))
        elif hit.node is None and hit.wire is not None and hit.wire not in selection:
            selection.set(wires=(hit.wire,))
        elif hit.comment is not None and hit.comment not in selection:
            selection.set(comments=(hit.comment,))
        elif hit.part is Part.NOTHING:
            selection.clear()
        self.gate_menu_requested.emit(self.viewport().mapToGlobal(pixel.toPoint()))

    def _show_walked(self, sentence: str) -> None:
        self._focus.show(visible=True)
        self.hint.emit(sentence)

    def _follow_camera(self) -> None:
        self._grow_scene()
        self.values.follow_view()

    def _show_drawing(self) -> None:
        moved = self._item.diagram.geometry is not self._drawing.diagram.geometry
        busy = self._pointer.busy
        self.motion.show(self._drawing.diagram, at_once=busy)
        if moved and not busy:
            self._grow_scene()

    def _show_theme(self) -> None:
        self._item.show_look(look_for(self._theme.palette))
        self.viewport().update()

    def _show_cursor(self) -> None:
        shape = self._mouse.cursor_shape()
        if shape != self.viewport().cursor().shape():
            self.viewport().setCursor(shape)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        hit = self._pointer.hovering.look(self.camera.point(QPointF(event.pos())))
        of, problems = self._editor.document, self._drawing.problems
        text = "" if self._pointer.busy else describe_hit(of, hit, problems)
        self._signs.tell(text, event.pos())

    def _grow_scene(self) -> None:
        """Let the scene hold the diagram and all around it, and what the view shows now."""
        area = self.camera.room_around(self.navigator.content).united(self.camera.shown)
        self._item.set_area(area)
        self.setSceneRect(area)

    def _say(self, sentence: str, beside_pointer: bool) -> None:
        self.hint.emit(sentence)
        if beside_pointer:
            self._signs.say(sentence, self._mouse.place.toPoint())
