"""The inputs of a gate: which node feeds each port, so that a graph can be wired by keyboard."""

from __future__ import annotations

from functools import partial
from typing import final

from PySide6.QtWidgets import QSpinBox, QWidget

from chainrule.diagram.text import typeset_name
from chainrule.gates.kind import Kind
from chainrule.graph.composites import Composite
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import downstream_of
from chainrule_desktop.messages import count
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.fields import Note, guard_wheel
from chainrule_desktop.panels.node_choice import Choosing, NodeChoice
from chainrule_desktop.panels.page_parts import Form, column, heading, label_of
from chainrule_desktop.theme import inset_text

NOT_WIRED = "not wired"
MOST_LISTED = 24
"""How many ports are listed; a gate with more of them is wired on the canvas."""

_MOST_PORTS = 999
_SHORTEST_WORD = 3


@final
class InputsSection(QWidget):
    """A choice for each port, and the number of ports where a gate can have more."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        node = context.graph.node(node_id)
        self._ports = [
            NodeChoice(context, f"port-{port}", self._choosing_source(port))
            for port in range(min(_listed_ports(node), MOST_LISTED))
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
            name = port_title(node.kind, number - 1)
            choice.setAccessibleName(name)
            form.add(name, choice, choice.note, f"Input {number}")
        if node.ports > MOST_LISTED:
            more = count(node.ports - MOST_LISTED, "more input")
            form.add_wide(label_of(f"… and {more}, to be wired on the canvas", "muted"))
        if node.kind.variadic:
            self._count.setObjectName("count")
            self._count.setAccessibleName("Number of inputs")
            self._count.setRange(node.kind.least_ports, _MOST_PORTS)
            self._count.setValue(node.ports)
            self._count.setKeyboardTracking(False)
            inset_text(self._count)
            guard_wheel(self._count)
            self._count.valueChanged.connect(self._set_count)
            form.add("Number", self._count, self._note, "How many inputs this gate has")

    def _choosing_source(self, port: int) -> Choosing:
        return Choosing(
            nothing=lambda: NOT_WIRED,
            current=lambda: self._source(port),
            candidates=lambda: possible_sources(self._context.graph, self._node_id),
            choose=partial(self._wire, port),
        )

    def _source(self, port: int) -> NodeId | None:
        # The gate, or the port, may be gone while its page is still there to get the focus.
        graph = self._context.graph
        sources = graph.inputs(self._node_id) if self._node_id in graph else ()
        return sources[port] if port < len(sources) else None

    def _wire(self, port: int, source: NodeId | None) -> None:
        editor, before = self._context.editor, self._source(port)
        node = self._context.graph.node(self._node_id)
        if source is not None:
            editor.connect(source, self._node_id, port)
        elif not node.kind.variadic and node.kind.least_ports <= port == node.ports - 1:
            # The last optional input that is left out needs no port.
            editor.set_port_count(self._node_id, port)
        elif before is not None:
            editor.disconnect(Wire(before, self._node_id, port))

    def _set_count(self, ports: int) -> None:
        if ports != self._context.graph.node(self._node_id).ports:
            self._note.attempt(partial(self._context.editor.set_port_count, self._node_id, ports))


def port_title(kind: Kind, port: int) -> str:
    """Return what a port is called: its name if that is a word, and whether it may be left out.

    Short names such as x and y would be taken for nodes, so these ports have their numbers.
    """
    names = kind.port_names
    if isinstance(kind, Composite) and port < len(names):
        return f"Input {typeset_name(names[port])}"
    name = names[port] if port < len(names) and not kind.variadic else ""
    title = name if len(name) >= _SHORTEST_WORD else f"Input {port + 1}"
    is_optional = not kind.variadic and port >= kind.least_ports
    return f"{title} (optional)" if is_optional else title


def _listed_ports(node: Node) -> int:
    """Return how many ports are listed: those there are, and optional ones that could be."""
    return node.ports if node.kind.variadic else max(node.ports, len(node.kind.port_names))


def possible_sources(graph: GateGraph, node_id: NodeId) -> list[NodeId]:
    """Return the nodes that can feed a node without closing a cycle; none if it is gone."""
    if node_id not in graph:
        return []
    after = downstream_of(graph, [node_id])
    return [each for each in graph.ids() if each not in after]
