"""What fits to a loose end of a wire: gates by the shapes they take, ports that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

from chainrule.arrays import Shape
from chainrule.errors import GateError
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.document.document import Document

_MOST_OTHERS = 2


def first_fitting_port(kind: Kind, shape: Shape | None) -> int | None:
    """Return the first port that takes a value of that shape, None where no port does.

    What the other ports will get is not known yet, so likely shapes are tried; a gate with many
    ports, and a shape of None, get the benefit of the doubt.
    """
    ports = max(kind.least_ports, 1) if kind.takes_ports(max(kind.least_ports, 1)) else 0
    if not ports:
        return None
    if shape is None or not isinstance(kind, Gate) or ports - 1 > _MOST_OTHERS:
        return 0
    return next((port for port in range(ports) if _takes(kind, ports, port, shape)), None)


def fits(document: Document, wire: Wire) -> bool:
    """Say whether a wire can be made, without a cycle and with shapes that fit if all are known."""
    graph, node = document.graph, document.graph.node(wire.target)
    if node.is_leaf or wire.source == wire.target or graph.reaches(wire.target, wire.source):
        return False
    sources = [*graph.inputs(wire.target)]
    sources[wire.port : wire.port + 1] = [wire.source]
    shapes = [None if each is None else document.passes.shape(each) for each in sources]
    known = [shape for shape in shapes if shape is not None]
    if not isinstance(node.kind, Gate) or len(known) < len(shapes):
        return True
    return _fit(node.kind, known)


def takes_wires_of(document: Document, node_id: NodeId, kind: Gate) -> bool:
    """Say whether a gate could stand where a node is: with its inputs, as far as these are known.

    Ports behind the last one that is wired may go.
    """
    inputs = document.graph.inputs(node_id)
    wired = [port for port, source in enumerate(inputs) if source is not None]
    needed = wired[-1] + 1 if wired else 0
    if not any(map(kind.takes_ports, range(needed, len(inputs) + 1))):
        return False
    shapes = [None if each is None else document.passes.shape(each) for each in inputs[:needed]]
    known = [shape for shape in shapes if shape is not None]
    unknown = len(known) < len(shapes) or needed < kind.least_ports
    return unknown or not needed or _fit(kind, known)


def open_ports(document: Document, source: NodeId, among: Iterable[NodeId]) -> Iterator[Wire]:
    """Yield the wires that `source` could have to the first free port of each of some nodes.

    A port that a gate would get anew counts as free.
    """
    for target in among:
        node, inputs = document.graph.node(target), document.graph.inputs(target)
        port = inputs.index(None) if None in inputs else len(inputs)
        free = port < len(inputs) or node.kind.takes_ports(port + 1)
        wire = Wire(source, target, port)
        if free and not node.is_leaf and fits(document, wire):
            yield wire


def sources_for(
    document: Document, target: NodeId, port: int, among: Iterable[NodeId]
) -> Iterator[NodeId]:
    """Yield those of some nodes whose output can be wired to a port, other than it is."""
    inputs = document.graph.inputs(target)
    before = inputs[port] if port < len(inputs) else None
    for source in among:
        if source != before and fits(document, Wire(source, target, port)):
            yield source


def _takes(kind: Gate, ports: int, port: int, shape: Shape) -> bool:
    """Say whether there are shapes for the other ports with which this one fits."""
    for others in product(_likely(shape), repeat=ports - 1):
        if _fit(kind, [*islice(others, port), shape, *others[port:]]):
            return True
    return False


def _likely(shape: Shape) -> tuple[Shape, ...]:
    """Return the shapes of what commonly stands beside a tensor: itself, its vectors, weights."""
    likely: list[Shape] = [shape, (), shape[-1:], shape[:1], shape[:-1], shape[::-1]]
    if len(shape) > 1:
        likely += [shape[1:2], (*shape[:-2], shape[-1], shape[-2]), (1, *shape[1:2], *shape[2:])]
    if len(shape) > 2:
        likely += [(1, shape[1], *(1 for _ in shape[2:])), (shape[1], 1, *(1 for _ in shape[2:]))]
    return tuple(dict.fromkeys(likely))


def _fit(kind: Gate, shapes: list[Shape]) -> bool:
    try:
        kind.infer_shape(*shapes)
    except GateError:
        return False
    return True
