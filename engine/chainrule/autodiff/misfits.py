"""At which port the inputs of a gate stop fitting each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chainrule.arrays import Shape
from chainrule.autodiff.passes import Passes
from chainrule.gates.gate import Elementwise, Gate
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId


def misfits_of(graph: GateGraph, passes: Passes) -> dict[NodeId, int]:
    """Return the port to look at first for each node whose inputs' shapes do not fit it.

    Faults of another kind, such as a gate that fails at its numbers, have no port.
    """
    found = {
        each: _misfit(graph, passes, graph.node(each)) for each in passes.faults if each in graph
    }
    return {each: port for each, port in found.items() if port is not None}


def _misfit(graph: GateGraph, passes: Passes, node: Node) -> int | None:
    shapes = [None if each is None else passes.shape(each) for each in graph.inputs(node.id)]
    known = [each for each in shapes if each is not None]
    gate = node.kind
    if (
        node.passes_on
        or not isinstance(gate, Gate)
        or len(known) < len(shapes)
        or _fits(gate, known)
    ):
        return None
    if isinstance(gate, Elementwise):
        return next(port for port in range(len(known)) if not _fits(gate, known[: port + 1]))
    return _last_that_could_fit(gate, known)


def _last_that_could_fit(gate: Gate, shapes: Sequence[Shape]) -> int:
    """Return the last port at which another shape, made of what the others have, would fit."""
    for port in reversed(range(len(shapes))):
        before, after = shapes[:port], shapes[port + 1 :]
        if any(_fits(gate, (*before, each, *after)) for each in _others(shapes)):
            return port
    return len(shapes) - 1


def _others(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """Yield shapes of up to two axes with the sizes that occur, and the given ones turned."""
    for shape in shapes:
        yield from (shape, shape[::-1])
    sizes = _sizes(shapes)
    yield ()
    for one in sizes:
        yield (one,)
        yield from ((one, other) for other in sizes)


def _sizes(shapes: Iterable[Shape]) -> list[int]:
    return sorted({size for shape in shapes for size in shape})


def _fits(gate: Gate, shapes: Sequence[Shape]) -> bool:
    try:
        gate.infer_shape(*shapes)
    except Exception:  # noqa: BLE001  a registered gate may raise anything
        return False
    return True
