"""Says while a formula is typed what graph it makes, or why it is none yet."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from chainrule.errors import ExpressionError
from chainrule.expression import graph_from_formula
from chainrule.graph.graph import GateGraph
from chainrule_desktop.messages import count, explain
from chainrule_desktop.theme import set_part

_INVITES = "Enter draws its graph."
_MOST_NAMES = 6


@final
class FormulaPreview(QLabel):
    """A line below a field; it never scolds, as what is being typed is mostly not done."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(_INVITES)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_part(self, "muted")
        field.textChanged.connect(self._read)

    def _read(self, text: str) -> None:
        if not text.strip():
            self._say(_INVITES)
            return
        try:
            graph = graph_from_formula(text)
        except ExpressionError as error:
            self._say(explain(error))
        else:
            self._say(_told(graph), read=True)

    def _say(self, sentence: str, *, read: bool = False) -> None:
        self.setText(sentence)
        set_part(self, "ok" if read else "muted")


def _told(graph: GateGraph) -> str:
    leaves = [node.id for node in graph if node.is_leaf]
    gates = count(len(graph) - len(leaves), "gate")
    names = ", ".join(leaves[:_MOST_NAMES]) + (" …" if len(leaves) > _MOST_NAMES else "")
    return f"{gates} and {count(len(leaves), 'input')}: {names}." if leaves else f"{gates}."
