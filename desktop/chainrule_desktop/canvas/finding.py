"""The search on the canvas for a node that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, final

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QGraphicsView

from chainrule.gates.gate import Gate
from chainrule.gates.leaf import Leaf
from chainrule.graph.bookmarks import Place
from chainrule.graph.changes import Changes
from chainrule.graph.composites import kind_name
from chainrule.graph.node import Node, NodeId
from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.placing import node_area
from chainrule_desktop.canvas.words import describe_node
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.search.matching import Entry, Index, matched_letters
from chainrule_desktop.search.popup import SearchPopup, Wording
from chainrule_desktop.search.row import LazyRows, Row
from chainrule_desktop.theme import Theme

_FROM_TOP: Final = 8
_FROM_SIDE: Final = 8
_NARROWEST: Final = 240
_READABLE: Final = 0.6
_WORDING: Final = Wording(
    "Find node",
    "Name, label or gate",
    "No node is called so, and none is such a gate.",
    stays=True,
    most=5,
)


@final
class NodeSearch(QObject):
    """Finds nodes by name, label or gate while one types, and goes from one to the next."""

    def __init__(
        self,
        view: QGraphicsView,
        navigator: Navigator,
        editor: Editor,
        drawing: Drawing,
        theme: Theme,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._navigator = navigator
        self._editor = editor
        self._drawing = drawing
        self._popup = SearchPopup(view, theme)
        self._index: Index | None = None
        editor.document.changed.connect(self._notice_edit)
        editor.document.replaced.connect(self._forget)

    def open(self) -> None:
        """Open the search over the top of the canvas."""
        viewport = self._view.viewport()
        # Within the canvas, at its right edge: what is found is left of it or below.
        width = max(min(_WORDING.width, viewport.width() - 2 * _FROM_SIDE), _NARROWEST)
        corner = QPoint(viewport.width() - width - _FROM_SIDE, _FROM_TOP)
        wording = replace(_WORDING, width=width)
        self._popup.begin(wording, self._rows, viewport.mapToGlobal(corner))

    def _rows(self, typed: str) -> LazyRows:
        if self._index is None:
            self._index = Index(map(_entry, self._editor.document.graph))
        index = self._index
        found = index.find(typed)
        return LazyRows(len(found), lambda at: self._row(index.entries[found[at]].title, typed))

    def _row(self, node_id: NodeId, typed: str) -> Row:
        document = self._editor.document
        node = document.graph.node(node_id)
        kind = node.kind
        beside = kind_name(kind) if node.label is None else f"“{node.label}”, {kind_name(kind)}"
        picture = type(kind) if isinstance(kind, Gate | Leaf) else None
        letters = matched_letters(node_id, typed)
        says = describe_node(document, node_id)
        return Row(node_id, lambda: self._go_to(node_id), says, beside, letters, picture)

    def _go_to(self, node_id: NodeId) -> None:
        if node_id in self._editor.document.graph:
            self._editor.selection.set((node_id,))
            middle = node_area(self._drawing.diagram, node_id).center()
            scale = max(self._navigator.scale, _READABLE)
            self._navigator.go(Place((middle.x(), middle.y()), scale))

    def _notice_edit(self, changes: Changes) -> None:
        if changes.structure or changes.looks:
            self._forget()

    def _forget(self) -> None:
        self._index = None
        self._popup.end()


def _entry(node: Node) -> Entry:
    words = [kind_name(node.kind)]
    if node.label is not None:
        words.insert(0, node.label)
    return Entry(node.id, tuple(words))
