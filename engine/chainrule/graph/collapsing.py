"""Collapsing: some gates of a graph become one composite gate, and no number outside changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, final

from chainrule.errors import GraphError, NodeNameError
from chainrule.gates.leaf import Constant, Input
from chainrule.graph.comments import (
    Comments,
    comments_among,
    comments_of,
    with_comments,
)
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.defining import check_definition_name, check_port_names
from chainrule.graph.edits import (
    Batch,
    Connect,
    Disconnect,
    Edit,
    RemoveNodes,
    SetDefinitions,
    set_comments,
)
from chainrule.graph.fresh_names import FreshNames
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Position, Wire
from chainrule.graph.queries import listed, output_of
from chainrule.graph.replacing import ReplaceNode


@final
@dataclass(frozen=True, slots=True)
class PortPlan:
    """A port that the composite gate will have: its name, and what is wired to it, if anything."""

    name: str
    source: NodeId | None


@final
@dataclass(frozen=True, slots=True)
class Outline:
    """What a collapse would put inside: `nodes` in the order of the graph, and where it is cut.

    `output` is the one node of them that is read from outside. `ports` stand in the order in which
    a formula would name them, from the output back along the first inputs; `fed` says which of
    them feeds an input of a node inside.
    """

    nodes: tuple[NodeId, ...]
    output: NodeId
    ports: tuple[PortPlan, ...]
    fed: dict[tuple[NodeId, int], int]


def outline(graph: GateGraph, ids: Iterable[NodeId]) -> Outline:
    """Return what collapsing `ids` would put into a composite gate.

    Gates go inside, and constants that nothing else reads. Inputs and parameters stay outside,
    since what is inside is shared by all uses and its gradient is seen nowhere: they become ports.
    So does every node outside that is read inside, one port for each, and every open input.

    Raises GraphError unless exactly one of the gates is read from outside, or is the output.
    """
    chosen = dict.fromkeys(ids)
    gates = [each for each in chosen if not graph.node(each).is_leaf]
    if not gates:
        raise GraphError("only leaves are selected; select the gates that shall become one")
    inside = {*gates}
    inside |= {each for each in chosen if _is_private(graph, each, inside)}
    output = _only_output(graph, gates, inside)
    nodes = tuple(node.id for node in graph if node.id in inside)
    ports, fed = _ports(graph, inside, output)
    return Outline(nodes, output, ports, fed)


def collapse(
    graph: GateGraph, ids: Iterable[NodeId], name: str, port_names: Sequence[str] = ()
) -> Batch:
    """Return the edit that makes of the gates among `ids` one composite gate, called `name`.

    See `outline` for what goes inside. `port_names` renames the ports, in their order; without it
    they have the names of what feeds them. The new gate has the id of the node whose value it
    computes and stands in the middle of the gates. Raises GraphError where the selection has no
    single output, and NodeNameError for names that can't be.
    """
    cut = outline(graph, ids)
    check_definition_name(graph, name)
    names = _checked_ports(cut, port_names)
    definition = _definition(graph, cut, name, names)
    old = graph.node(cut.output)
    inputs = tuple(names)
    made = Node(
        old.id,
        Composite(name, inputs),
        len(inputs),
        label=old.label,
        position=middle_of(graph.node(each) for each in cut.nodes),
        pinned=old.pinned,
    )
    wires = (
        Wire(port.source, old.id, number)
        for number, port in enumerate(cut.ports)
        if port.source is not None
    )
    edits: list[Edit] = [SetDefinitions({**graph.definitions, name: definition})]
    edits += [Disconnect(old.id, wire.port) for wire in graph.wires_into(old.id)]
    edits.append(ReplaceNode(made))
    edits += _without_frames_inside(graph, cut)
    edits.append(RemoveNodes(tuple(each for each in cut.nodes if each != old.id)))
    edits += map(Connect, wires)
    return Batch(tuple(edits))


def middle_of(nodes: Iterable[Node]) -> Position | None:
    """Return the middle of the gates among some nodes, in whole units; None if none has a place."""
    gates = [each.position for each in nodes if not each.is_leaf and each.position is not None]
    if not gates:
        return None
    across, down = zip(*gates, strict=True)
    middle = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    return float(round(middle[0])), float(round(middle[1]))


def _is_private(graph: GateGraph, node_id: NodeId, gates: set[NodeId]) -> bool:
    """Say whether a node is a constant that only these gates read."""
    if not isinstance(graph.node(node_id).kind, Constant) or output_of(graph) == node_id:
        return False
    readers = {wire.target for wire in graph.wires_from(node_id)}
    return bool(readers) and readers <= gates


def _only_output(graph: GateGraph, gates: Sequence[NodeId], inside: set[NodeId]) -> NodeId:
    outputs = [each for each in gates if _is_read_outside(graph, each, inside)]
    if len(outputs) > 1:
        raise GraphError(
            f"a gate has one output, but {listed(outputs)} are all read from outside; "
            "select fewer gates, or also those that read them"
        )
    return outputs[0]  # of the gates, at least the last one is read by none of them


def _is_read_outside(graph: GateGraph, node_id: NodeId, inside: set[NodeId]) -> bool:
    """Say whether something outside needs a node; what nobody reads may be looked at itself."""
    wires = graph.wires_from(node_id)
    outside = not wires or any(wire.target not in inside for wire in wires)
    return outside or graph.header.output == node_id


def _ports(
    graph: GateGraph, inside: set[NodeId], output: NodeId
) -> tuple[tuple[PortPlan, ...], dict[tuple[NodeId, int], int]]:
    """Return the ports in the order of a walk from the output, and what they feed."""
    names = FreshNames(inside)
    numbers: dict[object, int] = {}
    ports: list[PortPlan] = []
    fed: dict[tuple[NodeId, int], int] = {}
    for target, port in _inputs_of(graph, inside, output):
        source = graph.inputs(target)[port]
        if source in inside:
            continue
        key = (target, port) if source is None else source
        if key not in numbers:
            numbers[key] = len(ports)
            ports.append(PortPlan(names.take(source or _port_name(graph, target, port)), source))
        fed[target, port] = numbers[key]
    return tuple(ports), fed


def _inputs_of(
    graph: GateGraph, inside: set[NodeId], output: NodeId
) -> Iterator[tuple[NodeId, int]]:
    """Yield the inputs of all gates inside that matter, depth first from the output."""
    seen = {output}
    waiting = _needed_inputs(graph, output)
    while waiting:
        target, port = waiting.pop()
        yield target, port
        source = graph.inputs(target)[port] or ""
        if source in inside and source not in seen:
            seen.add(source)
            waiting += _needed_inputs(graph, source)


def _needed_inputs(graph: GateGraph, node_id: NodeId) -> list[tuple[NodeId, int]]:
    """Return a node's inputs, the last first; what a muted gate doesn't read may stay open."""
    node, inputs = graph.node(node_id), graph.inputs(node_id)
    return [
        (node_id, port)
        for port in reversed(range(node.ports))
        if inputs[port] is not None or port == 0 or not node.muted
    ]


def _port_name(graph: GateGraph, target: NodeId, port: int) -> str:
    names = graph.node(target).kind.port_names
    return names[port] if port < len(names) and names[port].isidentifier() else "x"


def _checked_ports(cut: Outline, given: Sequence[str]) -> list[str]:
    """Return the names of the ports; raise NodeNameError for those that can't be."""
    if not given:
        return [port.name for port in cut.ports]
    if len(given) != len(cut.ports):
        raise NodeNameError(
            f"{len(given)} names are given for {len(cut.ports)} ports; give one for each"
        )
    check_port_names(given)
    return [*given]


def _definition(graph: GateGraph, cut: Outline, name: str, names: Sequence[str]) -> Definition:
    fresh = FreshNames(names)
    ids = {each: fresh.take(each) for each in cut.nodes}
    kind = Input()
    ports = (Node(each, kind) for each in names)
    nodes = (
        replace(
            graph.node(each), id=ids[each], pinned=each != cut.output and _is_pinned(graph, each)
        )
        for each in cut.nodes
    )
    wires: list[Wire] = []
    for each in cut.nodes:
        for number, source in enumerate(graph.inputs(each)):
            feeding = cut.fed.get((each, number))
            if feeding is not None:
                wires.append(Wire(names[feeding], ids[each], number))
            elif source is not None:
                wires.append(Wire(ids[source], ids[each], number))
    frames = comments_among(comments_of(graph.header), ids, ())
    return Definition(
        name,
        tuple(names),
        (*ports, *nodes),
        tuple(wires),
        ids[cut.output],
        _extras(frames, ids),
    )


def _is_pinned(graph: GateGraph, node_id: NodeId) -> bool:
    return graph.node(node_id).pinned


def _extras(comments: Comments, ids: dict[NodeId, NodeId]) -> MappingProxyType[str, Any]:
    """Return what a definition keeps of the frames that were all around nodes inside it."""
    frames = tuple(
        replace(frame, nodes=tuple(ids[each] for each in frame.nodes)) for frame in comments.frames
    )
    header = with_comments(Header(), Comments(frames))
    return MappingProxyType({} if header.frames is None else {"frames": header.frames})


def _without_frames_inside(graph: GateGraph, cut: Outline) -> list[Edit]:
    """Return the edit that takes away the frames that go inside, if there are any."""
    comments = comments_of(graph.header)
    inside = comments_among(comments, cut.nodes, ()).frames
    if not inside:
        return []
    left = tuple(each for each in comments.frames if each not in inside)
    return [set_comments(graph, replace(comments, frames=left))]
