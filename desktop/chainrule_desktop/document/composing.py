"""Composite gates as people work with them: collapse, expand, detach, rename, keep in the library.

Each verb is one undo step. Those that raise a ChainruleError change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Floats
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.reach import reaches
from chainrule.errors import GraphError
from chainrule.files.library import described
from chainrule.graph.collapsing import collapse
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.defining import (
    definition_called,
    detach,
    rename_definition,
    set_definition,
    with_port_names,
)
from chainrule.graph.edits import Batch, Edit, MoveNodes
from chainrule.graph.expanding import expand
from chainrule.graph.graph import GateGraph
from chainrule.graph.inside import header_of
from chainrule.graph.node import NodeId, Position
from chainrule_desktop.document.document import Document, placement
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_APART = 12.0
"""How far the gates that come out stand from those beside them, in canvas units."""


def composite_at(graph: GateGraph, node_id: NodeId | None) -> str | None:
    """Return the name of the definition that a node uses; None for any other node."""
    if node_id is None or node_id not in graph:
        return None
    kind = graph.node(node_id).kind
    return kind.definition if isinstance(kind, Composite) else None


def collapse_selected(editor: Editor, name: str, ports: Sequence[str] = ()) -> NodeId:
    """Make one composite gate of the selected gates, select it and return its id."""
    graph = editor.document.graph
    before = {*editor.selection.nodes}
    edit = collapse(graph, before, name, ports)
    editor.document.apply(edit, f"Collapse {name}")
    (made,) = (each for each in before if each in graph and composite_at(graph, each) == name)
    editor.selection.set((made,))
    return made


def expand_node(editor: Editor, drawing: Drawing, node_id: NodeId) -> tuple[NodeId, ...]:
    """Put a composite's gates in its place and select them; what stands in the way makes room."""
    document, key = editor.document, object()
    name = composite_at(document.graph, node_id)
    place = document.graph.node(node_id).position
    edit, ids = expand(document.graph, node_id)
    document.apply(edit, f"Expand {name}", key)
    graph = document.graph
    moves: list[Edit] = []
    if any(graph.node(each).position is None for each in ids):
        moves.append(placement(graph, document.passes))
    elif place is not None:
        moves += _room(drawing.diagram, ids, place)
    if moves:
        document.apply(Batch(tuple(moves)), f"Expand {name}", key, joins=True)
    editor.selection.set(ids)
    return ids


def detach_node(editor: Editor, node_id: NodeId) -> str:
    """Give a use a definition of its own, and return its name."""
    graph = editor.document.graph
    editor.document.apply(detach(graph, node_id), f"Detach {node_id}")
    return composite_at(graph, node_id) or ""


def rename_composite(
    document: Document, old: str, new: str, ports: Sequence[str], title: str, says: str
) -> None:
    """Give a definition another name, its ports others, and say in words what it computes."""
    root, edits = document.root, list[Edit]()
    definition = definition_called(root.graph, old)
    header = header_of(definition)
    changed, renamed = with_port_names(definition, ports)
    if (title, says) != (header.title or "", header.description or ""):
        changed = described(changed, title, says)
    if changed is not definition and not _is_same(changed, definition):
        edits.append(set_definition(root.graph, changed, renamed))
    if new != old:
        # The second edit is made for the graph as the first one leaves it.
        edits.append(_after(root.graph, edits, old, new))
    if edits:
        root.apply(Batch(tuple(edits)), f"Rename {old}")


def save_to_library(editor: Editor, node_id: NodeId) -> Path:
    """Keep a composite gate in the user's library, with what feeds this use as an example."""
    document = editor.document
    name = composite_at(document.graph, node_id)
    if name is None:
        raise GraphError(f"{node_id!r} is no composite gate; select one of those")
    ports = document.graph.definitions[name].inputs
    sources = document.graph.inputs(node_id)
    values = (None if each is None else document.passes.value(each) for each in sources)
    return editor.library.save(document.graph, name, dict(zip(ports, values, strict=False)))


def _after(graph: GateGraph, edits: Sequence[Edit], old: str, new: str) -> Edit:
    """Return the edit that renames a definition behind some edits, which are only tried here."""
    inverse = Batch(tuple(edits)).apply(graph)
    try:
        return rename_definition(graph, old, new)
    finally:
        inverse.apply(graph)


def _is_same(one: Definition, other: Definition) -> bool:
    return one.inputs == other.inputs and dict(one.extras) == dict(other.extras)


def _room(diagram: Diagram, ids: Iterable[NodeId], middle: Position) -> list[Edit]:
    """Return what moves others aside, where gates that came out would stand in their way.

    All that stand left of the middle go left, the others right, as far as the nearest needs.
    """
    index, centers = diagram.parts.index, diagram.geometry.centers
    reach = reaches(diagram.parts)
    boxes = np.hstack((centers - reach[:, :2], centers + reach[:, 2:]))
    inside = np.zeros(len(centers), bool)
    inside[[index[each] for each in ids]] = True
    others = boxes[~inside]
    if not _overlap(boxes[inside], others).any():
        return []
    left, top = boxes[inside, :2].min(axis=0) - _APART
    right, bottom = boxes[inside, 2:].max(axis=0) + _APART
    level = (others[:, 1] < bottom) & (others[:, 3] > top)
    is_right = centers[~inside, 0] >= middle[0]
    go_right = _most(right - others[level & is_right, 0])
    go_left = _most(others[level & ~is_right, 2] - left)
    moved: dict[NodeId, Position | None] = {}
    rows = np.flatnonzero(~inside).tolist()
    for row, goes_right in zip(rows, is_right.tolist(), strict=True):
        x, y = centers[row].tolist()
        moved[diagram.parts.ids[row]] = x + go_right if goes_right else x - go_left, y
    return [MoveNodes(moved)] if go_left or go_right else []


def _most(needs: Floats) -> float:
    return float(np.ceil(max(0.0, needs.max(initial=0.0))))


def _overlap(ones: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Return which boxes (n, 4) and (m, 4) overlap, an array (n, m)."""
    one, other = ones[:, None], others[None]
    across = (one[..., 0] < other[..., 2]) & (other[..., 0] < one[..., 2])
    return across & (one[..., 1] < other[..., 3]) & (other[..., 1] < one[..., 3])
