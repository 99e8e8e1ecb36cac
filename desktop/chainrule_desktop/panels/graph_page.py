"""The inspector while nothing is selected: the graph as a whole."""

from __future__ import annotations

from collections.abc import Hashable
from typing import final

from PySide6.QtWidgets import QWidget

from chainrule.graph.graph import GateGraph
from chainrule.graph.queries import listed, unread_nodes
from chainrule_desktop.messages import count
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import value_sentence
from chainrule_desktop.panels.fields import EntryField, TextArea
from chainrule_desktop.panels.node_choice import Choosing, NodeChoice
from chainrule_desktop.panels.page_parts import (
    Form,
    LineLabel,
    column,
    divider,
    heading,
    label_of,
)
from chainrule_desktop.panels.runs import Run, Shade


@final
class GraphPage(QWidget):
    """Title, description, size and output of the graph."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._counted: Hashable = None
        self._size = label_of(part="muted")
        self._title = EntryField("Title", self._set_title)
        self._description = TextArea("Description", self._set_description)
        self._output = NodeChoice(context, "output", self._choosing_output())
        self._output.setAccessibleName("Output")
        self._result = LineLabel()
        self._hint = label_of(part="muted")
        self._above, self._below = LineLabel(), LineLabel()
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        header = self._context.graph.header
        if self._counted != self._context.compilation:
            self._counted = self._context.compilation
            self._size.setText(self._counts())
        self._title.show_text(header.title or "")
        self._description.show_text(header.description or "")
        self._output.refresh()
        self._show_result()
        self._show_legend()

    def _choosing_output(self) -> Choosing:
        context = self._context
        return Choosing(
            nothing=self._found_by_itself,
            current=lambda: context.graph.header.output,
            candidates=lambda: [*context.graph.ids()],
            choose=context.editor.choose_output,
        )

    def _found_by_itself(self) -> str:
        """Say which node is the output while none is chosen."""
        unread = unread_nodes(self._context.graph)
        return f"automatic ({unread[0]})" if len(unread) == 1 else "none chosen"

    def _counts(self) -> str:
        graph = self._context.graph
        wires = sum(node.ports - graph.inputs(node.id).count(None) for node in graph)
        return f"{count(len(graph), 'node')}, {count(wires, 'wire')}"

    def _show_result(self) -> None:
        output = self._context.passes.output
        self._result.setVisible(output is not None)
        if output is not None:
            value = self._context.known.value(output)
            line = self._context.explainer().forward(output)
            tooltip = "" if value is None else value_sentence(value, self._context.decimals)
            self._result.show_line(line, self._context.palette, tooltip)
            self._hint.setText("Gradients are derivatives of this node by every other.")
        elif len(self._context.graph):
            self._hint.setText(unclear_output(self._context.graph))
        else:
            self._hint.setText("The graph is empty. Drag a gate from the palette to the canvas.")

    def _show_legend(self) -> None:
        """Say what the numbers on the wires are, in their colours."""
        context = self._context
        value, gradient = context.theme.number_colours.words
        self._above.show_line(
            (Run("value", Shade.VALUE), Run(f", {value}, above the wire")), context.palette
        )
        self._below.show_line(
            (Run(self._gradient(), Shade.GRADIENT), Run(f", {gradient}, below it")), context.palette
        )

    def _gradient(self) -> str:
        """Return the word for what is below a wire, with the name of one such number."""
        nodes, output = iter(self._context.graph), self._context.passes.output
        leaf = next((each.id for each in nodes if each.is_leaf and each.id != output), None)
        if leaf is None or output is None:
            return "gradient"
        return f"gradient, such as {self._context.explainer().derivative(leaf)}"

    def _lay_out(self) -> None:
        layout = column(self, 8)
        layout.addWidget(label_of("Graph", "title"))
        layout.addWidget(self._size)
        layout.addWidget(divider())
        about = Form()
        self._title.setObjectName("title")
        self._title.setPlaceholderText("untitled")
        self._description.setObjectName("description")
        self._description.setPlaceholderText("What this graph shows")
        about.add_below("Title", self._title, self._title.note)
        says = "Enter takes the text, Shift+Enter begins a new line"
        about.add_below("Description", self._description, self._description.note, says)
        layout.addWidget(about)
        layout.addWidget(heading("Output"))
        output = Form()
        output.add("Node", self._output, self._output.note)
        layout.addWidget(output)
        layout.addWidget(self._result)
        layout.addWidget(self._hint)
        layout.addWidget(heading("Numbers on the canvas"))
        layout.addWidget(self._above)
        layout.addWidget(self._below)
        layout.addStretch()

    def _set_title(self, title: str) -> None:
        description = self._context.graph.header.description
        self._context.editor.set_about(title.strip(), description)

    def _set_description(self, description: str) -> None:
        self._context.editor.set_about(self._context.graph.header.title, description.strip())


def unclear_output(graph: GateGraph) -> str:
    """Say why a graph with several ends has no output by itself, and what to do."""
    ends = unread_nodes(graph)
    gates = [each for each in ends if not graph.node(each).is_leaf]
    if len(gates) == 1:
        loose = [each for each in ends if each != gates[0]]
        lead = "leads" if len(loose) == 1 else "lead"
        return (
            f"No gradients yet: {listed(loose)} {lead} nowhere, so it isn't clear which node is "
            f"the output. Wire {'it' if len(loose) == 1 else 'them'} to a gate, or choose "
            f"{gates[0]} above."
        )
    return f"No gradients yet: {len(ends):,} nodes lead nowhere ({listed(ends)}). Choose one above."
