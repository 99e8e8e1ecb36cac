"""The verbs on reroute points: wires are led through them; each verb is one undo step."""

from __future__ import annotations

from collections.abc import Iterable

from chainrule.graph.edits import SetRoutes
from chainrule.graph.node import Points, Position, Wire
from chainrule.graph.routes import route_of
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.selection import Selection


def insert_point(
    document: Document, selection: Selection, wire: Wire, index: int, place: Position
) -> None:
    """Lead a wire through one more place, as its point number `index`, and select that."""
    points = route_of(document.graph, wire.target, wire.port)
    placed = (float(round(place[0])), float(round(place[1])))
    _set(document, wire, (*points[:index], placed, *points[index:]), "Reroute wire")
    selection.set(wires=(wire,))
    selection.choose_point(index)


def move_point(
    document: Document, wire: Wire, index: int, place: Position, merge: object = None
) -> None:
    """Put a point elsewhere; moves in a row with the same `merge` key are one step."""
    points = [*route_of(document.graph, wire.target, wire.port)]
    points[index] = place
    _set(document, wire, tuple(points), "Move reroute point", merge)


def nudge_point(document: Document, selection: Selection, dx: float, dy: float) -> bool:
    """Move the selected point a little, and say whether one is; nudges in a row are one step."""
    wire, index = selection.wire, selection.point
    if wire is None or index is None:
        return False
    x, y = route_of(document.graph, wire.target, wire.port)[index]
    move_point(document, wire, index, (x + dx, y + dy), ("nudge", wire, index))
    return True


def remove_point(document: Document, selection: Selection, wire: Wire, index: int) -> None:
    """Lead a wire no longer through one of its points; the one before it is selected then."""
    points = route_of(document.graph, wire.target, wire.port)
    _set(document, wire, (*points[:index], *points[index + 1 :]), "Remove reroute point")
    if selection.wire == wire:
        selection.choose_point(max(index - 1, 0) if len(points) > 1 else None)


def remove_points(document: Document, wires: Iterable[Wire]) -> None:
    """Let wires run as they would without points."""
    routed = {(wire.target, wire.port): () for wire in wires if _has_points(document, wire)}
    if routed:
        document.apply(SetRoutes(routed), "Remove reroute points")


def _has_points(document: Document, wire: Wire) -> bool:
    return bool(route_of(document.graph, wire.target, wire.port))


def _set(document: Document, wire: Wire, points: Points, text: str, merge: object = None) -> None:
    document.apply(SetRoutes({(wire.target, wire.port): points}), text, merge)
