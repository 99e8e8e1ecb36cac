"""Reroute points: places through which a wire is led, kept at the port into which it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from chainrule.errors import PortError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NO_ROUTES, Node, NodeId, Points, Position

Port: TypeAlias = tuple[NodeId, int]
Routes: TypeAlias = Mapping[Port, Points]


def route_of(graph: GateGraph, target: NodeId, port: int) -> Points:
    """Return the points of the wire into a port, from its source on."""
    return graph.node(target).routes.get(port, ())


def with_route(node: Node, port: int, points: Points) -> Node:
    """Return a node with other points at one of its ports; () for none."""
    routes = {**node.routes, port: points} if points else {**node.routes}
    if not points:
        routes.pop(port, None)
    return _with_routes(node, routes)


def with_routes_at(node: Node, ports: Iterable[int]) -> Node:
    """Return a node that keeps its points at `ports` only."""
    if not node.routes:
        return node
    kept = set(ports)
    routes = {port: points for port, points in node.routes.items() if port in kept}
    return node if len(routes) == len(node.routes) else _with_routes(node, routes)


def shifted_routes(node: Node, offset: Position) -> Node:
    """Return a node whose points are moved."""
    if not node.routes:
        return node
    routes = {
        port: tuple((x + offset[0], y + offset[1]) for x, y in points)
        for port, points in node.routes.items()
    }
    return _with_routes(node, routes)


def set_routes(graph: GateGraph, routes: Routes) -> Routes:
    """Lead wires through other points, and return what they were led through before.

    Raises PortError, and changes nothing, for points at a port without a wire.
    """
    for (target, port), points in routes.items():
        inputs = graph.inputs(target)
        if points and not (0 <= port < len(inputs) and inputs[port] is not None):
            raise PortError(f"no wire leads to port {port} of {target!r}; wire it first")
    before = {each: route_of(graph, *each) for each in routes}
    for (target, port), points in routes.items():
        if points != before[target, port]:
            graph.replace(with_route(graph.node(target), port, points))
    return before


def dropped_routes(graph: GateGraph, ports: Iterable[Port]) -> Routes:
    """Take away the points at ports whose wire has gone, and return those that there were."""
    lost = {each: points for each in ports if (points := route_of(graph, *each))}
    for target, port in lost:
        graph.replace(with_route(graph.node(target), port, ()))
    return lost


def carried_routes(graph: GateGraph, positions: Mapping[NodeId, Position | None]) -> Routes:
    """Return the points of the wires both of whose nodes get other positions.

    Where both move alike, so do the points; else each goes more with the end to which it is nearer.
    """
    carried: dict[Port, Points] = {}
    for target in positions:
        for port, points in graph.node(target).routes.items():
            source = graph.inputs(target)[port]
            if source is None or source not in positions:
                continue
            one, other = _shift(graph, source, positions), _shift(graph, target, positions)
            if one is not None and other is not None:
                carried[target, port] = _carried(points, one, other)
    return carried


def _carried(points: Points, one: Position, other: Position) -> Points:
    steps = len(points) + 1
    if one == other:
        return tuple((x + one[0], y + one[1]) for x, y in points)
    return tuple(
        (
            x + one[0] + (other[0] - one[0]) * step / steps,
            y + one[1] + (other[1] - one[1]) * step / steps,
        )
        for step, (x, y) in enumerate(points, 1)
    )


def _shift(
    graph: GateGraph, node_id: NodeId, positions: Mapping[NodeId, Position | None]
) -> Position | None:
    old, new = graph.node(node_id).position, positions[node_id]
    return None if old is None or new is None else (new[0] - old[0], new[1] - old[1])


def _with_routes(node: Node, routes: Mapping[int, Points]) -> Node:
    ordered = dict(sorted(routes.items()))
    return replace(node, routes=MappingProxyType(ordered) if ordered else NO_ROUTES)
