"""The inspector on one wire: what it carries forwards, and what flows back along it."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from chainrule.diagram.gradient_names import latex_name
from chainrule.graph.node import Wire
from chainrule_desktop.panels.backward_section import EquationCard, ExplainedRow
from chainrule_desktop.panels.chain_rule import ChainRule, rule_of
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import value_sentence
from chainrule_desktop.panels.formula_label import Segment
from chainrule_desktop.panels.page_parts import (
    LABEL_WIDTH,
    column,
    divider,
    heading,
    label_of,
)
from chainrule_desktop.panels.tensor_label import tensor_button


@final
class WirePage(QWidget):
    """One wire's value and gradient, and the product that the gradient is."""

    def __init__(self, context: Context, wire: Wire) -> None:
        super().__init__()
        self._context = context
        self._wire = wire
        layout = column(self, 8)
        layout.addWidget(label_of("Wire", "title"))
        self._ends = label_of(part="muted")
        layout.addWidget(self._ends)
        layout.addWidget(divider())
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        self._value = ExplainedRow(grid, "value")
        self._gradient = ExplainedRow(grid, "gradient")
        layout.addWidget(heading("Local × upstream"))
        self._equation = EquationCard(layout)
        self._rule = label_of(part="muted")
        layout.addWidget(self._rule)
        self._show = tensor_button(context)
        layout.addWidget(self._show, 0, Qt.AlignmentFlag.AlignLeft)
        cut = QPushButton("Remove wire")
        cut.clicked.connect(self._cut)
        layout.addWidget(cut)
        layout.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        context, wire, graph = self._context, self._wire, self._context.graph
        if wire.target not in graph or wire not in graph.wires_into(wire.target):
            return
        explainer = context.explainer()
        chain = ChainRule(explainer, self._context.formulas)
        source, target = explainer.name(wire.source), explainer.name(wire.target)
        self._ends.setText(f"from {source} to input {wire.port + 1} of {target}")
        value = context.known.value(wire.source)
        gradient = context.known.wire_gradient(wire)
        self._show.setVisible(value is not None and value.ndim > 0)
        name = Segment(source, latex_name(source))
        exact = value_sentence(value, context.decimals)
        self._value.show(context, name, explainer.value(wire.source), exact)
        exact = value_sentence(gradient, context.decimals)
        symbol = chain.gradient(wire.source)
        self._gradient.show(context, symbol, explainer.wire_gradient(wire), exact)
        self._equation.show(context, chain.derivation(wire.target, wire.port), exact)
        self._rule.setText(rule_of(graph.node(wire.target)))

    def _cut(self) -> None:
        self._context.editor.delete_selected()
