"""The reroute points of a node's wires in a file: `{"0": [[x, y], …]}`, by port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from chainrule.files.fields import Fields
from chainrule.files.positions import is_on_canvas
from chainrule.graph.node import NO_ROUTES, NodeId, Points, Position

ROUTES = "routes"


def decode_routes(fields: Fields, inputs: Sequence[NodeId | None]) -> Mapping[int, Points] | None:
    """Return the points of the wires into a node by port; None for a value that is malformed.

    A file that holds one is not refused: the value is kept as it is, and nothing is made of it.
    """
    if ROUTES not in fields:
        return NO_ROUTES
    value = fields[ROUTES]
    if not isinstance(value, dict) or not value:
        return None
    routes: dict[int, Points] = {}
    for key, items in cast("Fields", value).items():
        points = _decode_points(items)
        port = next((port for port in range(len(inputs)) if str(port) == key), None)
        if points is None or port is None or inputs[port] is None:
            return None
        routes[port] = points
    return MappingProxyType(dict(sorted(routes.items())))


def _decode_points(items: object) -> Points | None:
    if not isinstance(items, list) or not items:
        return None
    points = [_decode_point(each) for each in cast("list[object]", items)]
    known = tuple(each for each in points if each is not None)
    return known if len(known) == len(points) else None


def _decode_point(item: object) -> Position | None:
    if not isinstance(item, list):
        return None
    numbers = [each for each in cast("list[object]", item) if type(each) in (int, float)]
    if len(numbers) != 2 or len(cast("list[object]", item)) != 2:
        return None
    x, y = cast("list[float]", numbers)
    # Whole numbers are looked at first: one may be too large for a float.
    return (float(x), float(y)) if is_on_canvas((x, y)) else None
