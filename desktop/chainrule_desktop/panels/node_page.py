"""The inspector on one node: what it computes, how its gradient flows, and its settings."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias, final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chainrule.graph.composites import Composite, kind_name
from chainrule.graph.node import NodeId
from chainrule.graph.queries import topological_order
from chainrule_desktop.panels.backward_section import BackwardSection
from chainrule_desktop.panels.composite_section import CompositeSection
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import value_sentence
from chainrule_desktop.panels.inputs_section import InputsSection
from chainrule_desktop.panels.page_parts import (
    LineLabel,
    Section,
    column,
    divider,
    heading,
    label_of,
)
from chainrule_desktop.panels.paths_section import PathsSection
from chainrule_desktop.panels.properties_section import PropertiesSection
from chainrule_desktop.panels.runs import Shade
from chainrule_desktop.panels.tensor_label import TensorLabel, tensor_button
from chainrule_desktop.panels.value_section import ValueSection
from chainrule_desktop.panels.what_if_section import WhatIfSection

_LARGEST_NUMBERED = 2_000

_Part: TypeAlias = (
    ValueSection
    | BackwardSection
    | PathsSection
    | WhatIfSection
    | InputsSection
    | CompositeSection
    | PropertiesSection
)


@final
class NodePage(QWidget):
    """Everything about one node; it is made anew for another node or other ports."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._where = label_of(part="muted")
        self._forward = LineLabel(larger=True)
        self._tensor = TensorLabel(Shade.VALUE)
        self._show = tensor_button(context)
        self._sections: list[Section] = []
        self._counted: Hashable = None
        self._number = ""
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        if self._node_id not in self._context.graph:
            return
        explainer = self._context.explainer()
        self._where.setText(self._place())
        value = self._context.known.value(self._node_id)
        self._forward.show_line(
            explainer.forward(self._node_id),
            self._context.palette,
            value_sentence(value, self._context.decimals),
        )
        # A leaf's tensor stands in the field where it is edited.
        computed = None if self._context.graph.node(self._node_id).is_leaf else value
        self._tensor.show_tensor(computed, self._context.decimals, self._context.palette)
        self._show.setVisible(value is not None and value.ndim > 0)
        for section in self._sections:
            section.refresh()

    def _lay_out(self) -> None:
        node = self._context.graph.node(self._node_id)
        layout = column(self, 8)
        layout.addWidget(self._header(kind_name(node.kind)))
        layout.addWidget(divider())
        layout.addWidget(heading("Value" if node.is_leaf else "Forward"))
        layout.addWidget(self._forward)
        layout.addWidget(self._tensor)
        if node.is_leaf:
            self._add(ValueSection(self._context, self._node_id))
        layout.addWidget(self._show, 0, Qt.AlignmentFlag.AlignLeft)
        self._add(BackwardSection(self._context, self._node_id))
        if isinstance(node.kind, Composite):
            self._add(CompositeSection(self._context, self._node_id))
        self._add(PathsSection(self._context, self._node_id))
        if node.is_leaf:
            self._add(WhatIfSection(self._context, self._node_id))
        layout.addWidget(divider())
        if node.ports:
            self._add(InputsSection(self._context, self._node_id))
        self._add(PropertiesSection(self._context, self._node_id))
        layout.addStretch()

    def _add(self, section: _Part) -> None:
        self._sections.append(section)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(section)

    def _header(self, title: str) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label_of(title, "title"))
        layout.addWidget(self._where, 1)
        return row

    def _place(self) -> str:
        """Say which node it is, and for a gate which one of how many."""
        if self._counted != self._context.compilation:
            self._counted = self._context.compilation
            self._number = self._gate_number()
        return self._context.explainer().name(self._node_id) + self._number

    def _gate_number(self) -> str:
        graph = self._context.graph
        if graph.node(self._node_id).is_leaf or len(graph) > _LARGEST_NUMBERED:
            return ""
        gates = [each for each in topological_order(graph) if not graph.node(each).is_leaf]
        return f", gate {gates.index(self._node_id) + 1} of {len(gates)}"
