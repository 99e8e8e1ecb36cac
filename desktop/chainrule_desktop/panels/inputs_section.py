"""The inputs of a gate: which node feeds each port, so that a graph can be wired by keyboard."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import final

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget
from typing_extensions import override

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import downstream_of
from chainrule_desktop.messages import count
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.fields import Note, guard_wheel
from chainrule_desktop.panels.page_parts import Form, column, heading, label_of
from chainrule_desktop.theme import inset_text

NOT_WIRED = "not wired"
MOST_LISTED = 24
"""How many ports are listed; a gate with more of them is wired on the canvas."""

_MOST_PORTS = 999


@final
class PortChoice(QComboBox):
    """Chooses the node that feeds one port; the nodes are looked up when they are needed."""

    def __init__(self, context: Context, node_id: NodeId, port: int) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._port = port
        self._compiled: Hashable = None
        self.note = Note(self)
        self.setObjectName(f"port-{port}")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        guard_wheel(self)
        self.activated.connect(self._wire)

    def refresh(self) -> None:
        """Show the node that feeds the port now."""
        source = self._context.graph.inputs(self._node_id)[self._port]
        shown = NOT_WIRED if source is None else source
        if self.hasFocus() and self._compiled != self._context.compilation:
            self._list_nodes()
        elif self.currentText() != shown:
            self.setModel(QStringListModel([shown], self))
        if source is not None or not self.hasFocus():
            self.note.say("")

    @override
    def showPopup(self) -> None:
        self._list_nodes()
        super().showPopup()

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        self._list_nodes()
        super().focusInEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._list_nodes()
        super().mousePressEvent(event)

    def _list_nodes(self) -> None:
        graph = self._context.graph
        if self._node_id not in graph:
            return
        source = graph.inputs(self._node_id)[self._port]
        self._compiled = self._context.compilation
        names = [NOT_WIRED, *possible_sources(graph, self._node_id)]
        if names != self._listed():
            self.setModel(QStringListModel(names, self))
        self.setCurrentIndex(0 if source is None else names.index(source))

    def _listed(self) -> list[str]:
        model = self.model()
        return model.stringList() if isinstance(model, QStringListModel) else []

    def _wire(self, row: int) -> None:
        source = None if row == 0 else self.itemText(row)
        before = self._context.graph.inputs(self._node_id)[self._port]
        if source == before:
            return
        editor = self._context.editor
        if source is not None:
            self.note.attempt(partial(editor.connect, source, self._node_id, self._port))
        elif before is not None:
            wire = Wire(before, self._node_id, self._port)
            self.note.attempt(partial(editor.disconnect, wire))


@final
class InputsSection(QWidget):
    """A choice for each port, and the number of ports where a gate can have more."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        node = context.graph.node(node_id)
        self._ports = [
            PortChoice(context, node_id, port) for port in range(min(node.ports, MOST_LISTED))
        ]
        self._count = QSpinBox()
        self._note = Note(self._count)
        layout = column(self)
        layout.addWidget(heading("Inputs"))
        form = Form()
        layout.addWidget(form)
        self._add_rows(form, node)
        self.refresh()

    def refresh(self) -> None:
        """Show the wires that there are now."""
        for port in self._ports:
            port.refresh()
        ports = self._context.graph.node(self._node_id).ports
        if not self._count.hasFocus() or self._count.value() != ports:
            self._count.setValue(ports)

    def _add_rows(self, form: Form, node: Node) -> None:
        for number, choice in enumerate(self._ports, start=1):
            # Numbers, as in all sentences: the gate's own x and y would be taken for nodes.
            name = f"Input {number}"
            choice.setAccessibleName(name)
            form.add(name, choice, choice.note)
        if node.ports > MOST_LISTED:
            more = count(node.ports - MOST_LISTED, "more input")
            form.add_wide(label_of(f"… and {more}, to be wired on the canvas", "muted"))
        if node.kind.variadic:
            self._count.setObjectName("count")
            self._count.setAccessibleName("Number of inputs")
            self._count.setRange(len(node.kind.port_names), _MOST_PORTS)
            self._count.setValue(node.ports)
            self._count.setKeyboardTracking(False)
            inset_text(self._count)
            guard_wheel(self._count)
            self._count.valueChanged.connect(self._set_count)
            form.add("Number", self._count, self._note, "How many inputs this gate has")

    def _set_count(self, ports: int) -> None:
        if ports != self._context.graph.node(self._node_id).ports:
            self._note.attempt(partial(self._context.editor.set_port_count, self._node_id, ports))


def possible_sources(graph: GateGraph, node_id: NodeId) -> list[NodeId]:
    """Return the nodes that can feed a node without closing a cycle."""
    after = downstream_of(graph, [node_id])
    return [each for each in graph.ids() if each not in after]
