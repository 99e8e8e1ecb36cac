"""Jacobians of a graph that has run: between two nodes, and of a gate by one of its ports."""

from __future__ import annotations

from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.path import path_between, path_from_wire
from chainrule.autodiff.passes import Passes
from chainrule.errors import RunError
from chainrule.gates.gate import Gate
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId


def jacobian_between(graph: GateGraph, passes: Passes, target: NodeId, source: NodeId) -> Jacobian:
    """Return the Jacobian of one node's value by another's, at the values of the last run.

    Only the gates between the two run, for what is looked at; the source may be any node, not only
    an input. Raises UnknownNodeError, and RunError where a value on the way is missing.
    """
    flat = passes.plan.flat
    ends = [int(flat.slots[graph.row(each)]) for each in (source, target)]
    _require_values(passes, source, target)
    path = path_between(passes.plan, passes.executor, *ends)
    return Jacobian(target, source, path, _input_names(graph, target))


def local_jacobian(graph: GateGraph, passes: Passes, node: NodeId, port: int) -> Jacobian:
    """Return the Jacobian of a gate's output by what comes in at one of its ports.

    It is the local gradient, at the values of the last run: upstream times it is downstream. A
    value that comes in at two ports counts at this one only. Raises UnknownNodeError, PortError for
    a port that the node does not have, and RunError where it is open or a value is missing.
    """
    wires = [each for each in graph.wires_into(node) if each.port == port]
    if not wires:
        raise RunError(f"{node!r} has no wire at port {port}; wire it or choose another port")
    (wire,) = wires
    _require_values(passes, wire.source, node)
    flat = passes.plan.flat
    number = int(flat.wires[graph.wire_number(wire)])
    slot = int(flat.slots[graph.row(node)])
    path = path_from_wire(passes.plan, passes.executor, number, slot)
    return Jacobian(node, wire.source, path, _input_names(graph, node))


def _input_names(graph: GateGraph, node: NodeId) -> tuple[str, ...] | None:
    """Return the names of what a gate reads; None for a composite, whose gates read others."""
    sources, of = graph.inputs(node), graph.node(node)
    sources = sources[:1] if of.passes_on else sources
    names = tuple(each for each in sources if each is not None)
    plain = isinstance(of.kind, Gate) and len(names) == len(sources)
    return names if plain else None


def _require_values(passes: Passes, *nodes: NodeId) -> None:
    for node in nodes:
        if passes.value(node) is None:
            raise RunError(f"{node!r} has no value; see what is open or does not fit before it")
