"""What a composite gate consists of, in a formula, and the way inside."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from chainrule.diagram.gradient_names import latex_name
from chainrule.errors import ChainruleError
from chainrule.expression.writer import formula_of
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.defining import count_uses
from chainrule.graph.inside import header_of, inside
from chainrule.graph.node import NodeId
from chainrule_desktop.messages import count
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.formula_label import EQUALS, FormulaLabel, Segment
from chainrule_desktop.panels.page_parts import column, heading, label_of

_LONGEST = 240
_MOST_NODES = 200


@final
class CompositeSection(QWidget):
    """Shows the formula of a composite gate in its own names, how often it is used, and a door."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._definition: Definition | None = None
        self._text = ""
        self._says = label_of()
        self._formula = FormulaLabel()
        self._uses = label_of(part="muted")
        self._door = QPushButton("Step inside")
        self._door.setToolTip("Show what it consists of, with its numbers (Enter, double click)")
        self._door.setObjectName("step-inside")
        self._door.clicked.connect(self._open)
        layout = column(self)
        layout.addWidget(heading("Inside"))
        for widget in (self._says, self._formula, self._uses):
            layout.addWidget(widget)
        layout.addWidget(self._door, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        definition = self._found()
        self.setVisible(definition is not None)
        if definition is None:
            return
        if definition is not self._definition:
            self._definition = definition
            self._text = _formula_text(definition, self._context)
            says = header_of(definition).description or ""
            self._says.setText(says)
            self._says.setVisible(bool(says))
        row = self._row(definition)
        self._formula.show_rows((row,) if row else (), self._context.palette)
        self._formula.setVisible(bool(row))
        root = self._context.editor.document.root.graph
        uses = count_uses(root, definition.name)
        self._uses.setText(f"{count(len(definition.inputs), 'input')}, used {_times(uses)}")

    def _found(self) -> Definition | None:
        graph = self._context.graph
        kind = graph.node(self._node_id).kind if self._node_id in graph else None
        return graph.definitions.get(kind.definition) if isinstance(kind, Composite) else None

    def _row(self, definition: Definition) -> tuple[Segment, ...]:
        """Return the formula as the algebra has it, or as the graph inside is written."""
        ports, output = definition.inputs, definition.output
        formulas = self._context.formulas(definition.name)
        name = Segment(output, latex_name(output))
        if formulas is not None and formulas.value is not None:
            shown = formulas.value
            latex = shown.latex([*map(latex_name, ports)], latex_name(output))
            return name, EQUALS, Segment(shown.plain(ports, output), latex)
        return (name, EQUALS, Segment(self._text)) if self._text else ()

    def _open(self) -> None:
        self._context.step_inside(self._node_id)


def _formula_text(definition: Definition, context: Context) -> str:
    """Return what a definition computes as a formula on one line, "" where that is too long."""
    if len(definition.nodes) > _MOST_NODES:
        return ""
    try:
        graph = inside(definition, context.graph.definitions)
        text = formula_of(graph, definition.output) or ""
    except ChainruleError:
        return ""
    text = text.removeprefix(f"{definition.output} = ").replace("-", "−")
    return text if len(text) <= _LONGEST and ";" not in text else ""


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
