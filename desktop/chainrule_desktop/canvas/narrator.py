"""Tells a screen reader what is selected on the canvas."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from chainrule_desktop.canvas.words import describe_node, describe_wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.selection import Selection


@final
class Narrator(QObject):
    """Keeps the accessible description of the canvas: what is selected, in one sentence."""

    def __init__(self, canvas: QWidget, document: Document, selection: Selection) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._selection = selection
        canvas.setAccessibleName("Canvas")
        selection.changed.connect(self._describe)
        document.changed.connect(self._describe)

    def _describe(self) -> None:
        sentence = self._sentence()
        if sentence == self._canvas.accessibleDescription():
            return
        self._canvas.setAccessibleDescription(sentence)
        event = QAccessibleEvent(self._canvas, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)

    def _sentence(self) -> str:
        nodes, wires = self._selection.nodes, self._selection.wires
        if len(nodes) + len(wires) > 1:
            return f"{len(nodes)} nodes and {len(wires)} wires selected."
        if nodes:
            return describe_node(self._document, nodes[0])
        return "".join(describe_wire(self._document, wire) for wire in wires)
