"""The inspector on several things at once: how many they are, and what can be done with all."""

from __future__ import annotations

from typing import final

from PySide6.QtWidgets import QWidget

from chainrule_desktop.messages import count
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.page_parts import column, divider, label_of

_MOST_NAMED = 12
_ACTIONS = (
    "Drag them or press Ctrl and an arrow to move them together. Delete removes them with their "
    "wires; copy, cut and duplicate take the wires among them along."
)


@final
class SeveralPage(QWidget):
    """Counts what is selected."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._title = label_of(part="title")
        self._kinds = label_of(part="muted")
        self._names = label_of()
        layout = column(self, 8)
        for widget in (self._title, self._kinds, divider(), self._names):
            layout.addWidget(widget)
        layout.addWidget(label_of(_ACTIONS, "muted"))
        layout.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show what is selected now."""
        graph, selection = self._context.graph, self._context.editor.selection
        nodes = [graph.node(each) for each in selection.nodes if each in graph]
        leaves = sum(node.is_leaf for node in nodes)
        parts = ((len(nodes), "node"), (len(selection.wires), "wire"))
        self._title.setText(" and ".join(count(many, noun) for many, noun in parts if many))
        kinds = ((len(nodes) - leaves, "gate"), (leaves, "leaf node"))
        self._kinds.setText(", ".join(count(many, noun) for many, noun in kinds if many))
        self._kinds.setVisible(bool(nodes))
        explainer = self._context.explainer()
        named = [explainer.name(node.id) for node in nodes[:_MOST_NAMED]]
        self._names.setText(", ".join(named) + (" …" if len(nodes) > _MOST_NAMED else ""))
