"""Aligning and distributing the selected nodes; each is one undo step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from chainrule.graph.edits import MoveNodes
from chainrule.layout import Edge, Positions, aligned, distributed
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_Arranged: TypeAlias = Callable[[Positions, Positions], Positions]


def align(editor: Editor, drawing: Drawing, edge: Edge) -> None:
    """Bring one edge of the bodies of the selected nodes, or their middles, level."""
    _arrange(editor, drawing, lambda places, half: aligned(places, half, edge), "Align")


def distribute(editor: Editor, drawing: Drawing, axis: int) -> None:
    """Leave equal gaps between the bodies of the selected nodes, across (0) or down (1)."""
    _arrange(editor, drawing, lambda places, half: distributed(places, half, axis), "Distribute")


def _arrange(editor: Editor, drawing: Drawing, arranged: _Arranged, verb: str) -> None:
    nodes = editor.selection.nodes
    diagram = drawing.diagram
    rows = [diagram.parts.index[each] for each in nodes]
    places = arranged(diagram.geometry.centers[rows], diagram.parts.half[rows]).tolist()
    moved = {
        each: (x, y)
        for each, (x, y) in zip(nodes, places, strict=True)
        if editor.document.graph.node(each).position != (x, y)
    }
    if moved:
        editor.document.apply(MoveNodes(moved), f"{verb} {len(nodes)} nodes")
