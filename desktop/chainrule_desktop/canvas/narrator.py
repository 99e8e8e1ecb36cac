"""Tells a screen reader what is selected on the canvas."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from chainrule_desktop.canvas.words import describe_comment, describe_node, describe_wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.selection import CommentKind, Selection
from chainrule_desktop.messages import count


@final
class Narrator(QObject):
    """Keeps the accessible description of the canvas: what is selected, in one sentence."""

    def __init__(self, canvas: QWidget, document: Document, selection: Selection) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._selection = selection
        canvas.setAccessibleName("Canvas")
        selection.changed.connect(self._announce)
        document.changed.connect(self._describe)

    def _announce(self) -> None:
        """Describe what is selected now, and have it read aloud while the canvas is in use.

        A single thing gets the focus as an object of its own, whose name is read.
        """
        self._describe()
        several = len(self._selection.nodes) + len(self._selection.wires) > 1
        sentence = self._canvas.accessibleDescription()
        if several and self._canvas.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._canvas, sentence))

    def _describe(self) -> None:
        sentence = self._sentence()
        if sentence != self._canvas.accessibleDescription():
            # Qt tells screen readers of the new description.
            self._canvas.setAccessibleDescription(sentence)

    def _sentence(self) -> str:
        nodes, wires = self._selection.nodes, self._selection.wires
        comments = self._selection.comments
        if len(nodes) + len(wires) + len(comments) > 1:
            frames = sum(each.kind is CommentKind.FRAME for each in comments)
            notes = len(comments) - frames
            counts = (
                (len(nodes), "node"),
                (len(wires), "wire"),
                (frames, "frame"),
                (notes, "note"),
            )
            return " and ".join(count(*each) for each in counts if each[0]) + " selected."
        for comment in comments:
            return describe_comment(self._document, comment)
        if nodes:
            return describe_node(self._document, nodes[0])
        return "".join(describe_wire(self._document, wire) for wire in wires)
