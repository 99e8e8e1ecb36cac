"""The inspector: what is selected, and why its numbers are what they are."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias, cast, final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget
from typing_extensions import override

from chainrule.graph.node import Node, NodeId, Wire
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.graph_page import GraphPage
from chainrule_desktop.panels.local_gradients import LocalGradients
from chainrule_desktop.panels.node_page import NodePage
from chainrule_desktop.panels.page_parts import column
from chainrule_desktop.panels.several_page import SeveralPage
from chainrule_desktop.panels.value_section import LARGEST_TYPED
from chainrule_desktop.panels.wire_page import WirePage
from chainrule_desktop.tasks import Progress, Tasks
from chainrule_desktop.theme import Theme, set_part

_WIDTH = 320
_IDLE = 1_500
_SIZE = 16.0
_NARROWEST = 260

_Page: TypeAlias = GraphPage | NodePage | WirePage | SeveralPage


@final
class InspectorPanel(QScrollArea):
    """Follows the selection: the graph, one node, one wire, or several of them.

    Edits are heard of at once and shown in the next turn of the event loop, all of them together.
    While the same thing is shown its fields stay, so that nothing that is typed gets lost. At each
    step of playback it shows the node of that step, until something else is selected.

    Signals:
        tensor_requested(): the numbers of what is selected are wanted in the tensor view.
        inside_requested(str): what this composite gate consists of is to be shown.
        path_traced(object): this path shall be drawn on the canvas; None for none.
    """

    tensor_requested = Signal()
    path_traced = Signal(object)
    inside_requested = Signal(str)

    def __init__(
        self,
        editor: Editor,
        drawing: Drawing,
        theme: Theme,
        tasks: Tasks | None = None,
        algebra: LocalGradients | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = Context(
            editor,
            drawing,
            theme,
            self.tensor_requested.emit,
            self.path_traced.emit,
            tasks,
            algebra=algebra,
            step_inside=self.inside_requested.emit,
        )
        self._shown: Hashable = None
        self._position: int | None = None
        self._followed: NodeId | None = None
        self._page: _Page | None = None
        self._frame = QWidget()
        column(self._frame).setContentsMargins(16, 14, 16, 14)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._prepare()
        if tasks is not None:
            # So that the first gate that is selected is explained without a pause.
            QTimer.singleShot(_IDLE, self, lambda: tasks.start(_typeset_once))
        self._timer.timeout.connect(self.refresh)
        editor.selection.changed.connect(self._follow_selection)
        drawing.redrawn.connect(self._follow_step)
        theme.changed.connect(self._timer.start)
        if algebra is not None:
            algebra.found.connect(self._timer.start)
        self.refresh()

    def refresh(self) -> None:
        """Show what is selected and the numbers that hold now."""
        self._timer.stop()
        subject = self._subject()
        if self._page is not None and subject == self._shown:
            self._page.refresh()
        else:
            self._show_page(subject)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 560)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, 120)

    def _prepare(self) -> None:
        set_part(self, "flat")
        self.setAccessibleName("Inspector")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._frame)

    def _follow_selection(self) -> None:
        """Show what was selected, also in the middle of playback."""
        self._followed = None
        self._timer.start()

    def _follow_step(self) -> None:
        """Show the node of a step that was just played; at the end, what is selected again."""
        if self._context.drawing.only_places:
            # Nothing here speaks of them, and in a drag they are other ones all the time.
            return
        moment = self._context.drawing.moment
        position = None if moment is None else moment.position
        if position != self._position:
            self._position = position
            step = None if moment is None else moment.step
            self._followed = None if step is None else step.node
        self._timer.start()

    def _subject(self) -> Hashable:
        """Return what a page is made for: while it is equal, the page only gets new numbers."""
        graph, selection = self._context.graph, self._context.editor.selection
        nodes, wires = selection.nodes, selection.wires
        if self._followed is not None and self._followed in graph:
            return _node_subject(graph.node(self._followed))
        if not nodes and not wires:
            return ("graph",)
        if len(nodes) == 1 and not wires and nodes[0] in graph:
            return _node_subject(graph.node(nodes[0]))
        if len(wires) == 1 and not nodes:
            return ("wire", *wires)
        return ("several",)

    def _show_page(self, subject: Hashable) -> None:
        focused = self._focused_name()
        self.path_traced.emit(None)
        old, self._page, self._shown = self._page, self._make_page(), subject
        layout = self._frame.layout()
        if layout is not None:
            layout.addWidget(self._page)
            # The layout would show it only later, and a field can't have the keyboard before.
            self._page.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._restore_focus(focused)
        self.verticalScrollBar().setValue(0)

    def _make_page(self) -> _Page:
        context, selection = self._context, self._context.editor.selection
        nodes, wires = selection.nodes, selection.wires
        if self._followed is not None and self._followed in context.graph:
            return NodePage(context, self._followed)
        if not nodes and not wires:
            return GraphPage(context)
        if len(nodes) == 1 and not wires and nodes[0] in context.graph:
            return NodePage(context, nodes[0])
        if len(wires) == 1 and not nodes:
            return WirePage(context, Wire(*next(iter(wires))))
        return SeveralPage(context)

    def _focused_name(self) -> str:
        # Qt's own type says that there always is one.
        focused = cast("QWidget | None", self._frame.focusWidget())
        return focused.objectName() if focused is not None and focused.hasFocus() else ""

    def _restore_focus(self, name: str) -> None:
        """Put the keyboard where it was, since the field there may be a new one of that name."""
        page = self._page
        field = page.findChild(QWidget, name) if page is not None and name else None
        if isinstance(field, QWidget):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(field, QLineEdit):
                field.selectAll()


def _typeset_once(_: Progress) -> None:
    """Let the typesetting library be imported, which takes a third of a second."""
    from chainrule.diagram.formulas import typeset

    typeset(r"\frac{\partial x}{\partial y}", _SIZE, display=True)


def _node_subject(node: Node) -> Hashable:
    """Name what decides which fields a node has."""
    form = "gate"
    if node.value is not None:
        small = node.value.size <= LARGEST_TYPED
        form = "number" if node.value.ndim == 0 else "rows" if small else "summary"
    return ("node", node.id, type(node.kind), node.ports, form)
