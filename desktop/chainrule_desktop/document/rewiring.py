"""Changing which wires lead where: splice, heal, detach, cut, plug elsewhere, wire by keyboard.

Every verb is one undo step. One that can't be raises a GraphError with a sentence for the user and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace

from chainrule.errors import GraphError, PortError
from chainrule.graph.edits import (
    Batch,
    Connect,
    Disconnect,
    Edit,
    RemoveNodes,
    SetHeader,
    SetKind,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.document.editing import Editor


def plugged(graph: GateGraph, wire: Wire) -> list[Edit]:
    """Return the edits that wire a port, which is made for it where the gate takes more."""
    node = graph.node(wire.target)
    if wire.port < node.ports or not node.kind.takes_ports(wire.port + 1):
        return [Connect(wire)]
    return [SetKind(wire.target, node.kind, wire.port + 1, node.value), Connect(wire)]


def healed_source(graph: GateGraph, node_id: NodeId, gone: Collection[NodeId]) -> NodeId | None:
    """Return what stands in for a node when it goes: its first wired input, and on through `gone`.

    None where that way ends at a leaf or at an unwired gate.
    """
    here: NodeId | None = node_id
    while here is not None and here in gone:
        here = next((each for each in graph.inputs(here) if each is not None), None)
    return here


def delete_and_reconnect(editor: Editor) -> None:
    """Delete the selected nodes and let their readers read what came in first instead.

    A chosen output goes to what stands in for it. Selected wires among the rest go too.
    """
    nodes, graph = {*editor.selection.nodes}, editor.document.graph
    wires = (w for w in editor.selection.wires if not {w.source, w.target} & nodes)
    edits: list[Edit] = [Disconnect(wire.target, wire.port) for wire in wires]
    edits += _healed(graph, nodes)
    output = graph.header.output
    stand_in = None if output not in nodes else healed_source(graph, output or "", nodes)
    if stand_in is not None:
        edits.append(SetHeader(replace(graph.header, output=stand_in, seed=None)))
    if nodes:
        edits.append(RemoveNodes(editor.selection.nodes))
    _apply(editor, edits, f"Delete {_named(editor.selection.nodes)} and reconnect")


def detach(
    editor: Editor, ids: Collection[NodeId], merge: Hashable | None = None
) -> tuple[NodeId, ...]:
    """Take nodes out of their wires, which are healed as if the nodes were deleted.

    Wires among the nodes stay. With the key of a step that was made before, it joins that step.
    Return the nodes that came loose; none is no step.
    """
    graph, gone = editor.document.graph, {*ids}
    loose = tuple(each for each in ids if _leads_outside(graph, each, gone))
    edits = _healed(graph, gone)
    edits += [Disconnect(wire.target, wire.port) for wire in incoming_wires(graph, loose, gone)]
    _apply(editor, edits, f"Detach {_named(loose)}", merge)
    return loose


def cut(editor: Editor, wires: Iterable[Wire]) -> None:
    """Take wires off their ports."""
    gone = [*wires]
    what = f"{gone[0].source} from {gone[0].target}" if len(gone) == 1 else f"{len(gone)} wires"
    verb = "Unwire" if len(gone) == 1 else "Cut"
    _apply(editor, [Disconnect(wire.target, wire.port) for wire in gone], f"{verb} {what}")


def unwire_inputs(editor: Editor) -> None:
    """Take all wires off the inputs of the selected nodes."""
    graph = editor.document.graph
    wires = [wire for each in editor.selection.nodes for wire in graph.wires_into(each)]
    _cut_some(editor, wires, "the selected nodes have no wired inputs; nothing is changed")


def unwire_outputs(editor: Editor) -> None:
    """Take away all wires that read the selected nodes."""
    graph = editor.document.graph
    wires = [wire for each in editor.selection.nodes for wire in graph.wires_from(each)]
    _cut_some(editor, wires, "nothing reads the selected nodes; nothing is changed")


def replug(editor: Editor, old: Wire, new: Wire) -> None:
    """Take the end of a wire off its port and put it into another one."""
    if old == new:
        return
    graph = editor.document.graph
    edits: list[Edit] = [Disconnect(old.target, old.port), *plugged(graph, new)]
    text = f"Move the wire of {old.source} to {new.target}"
    editor.document.apply(Batch(tuple(edits)), text)


def move_wire(editor: Editor, wire: Wire, way: int) -> Wire:
    """Move a wire to the next port of its gate, or the one before for a `way` of −1, round about.

    A wire that is there already changes places with it. Return the wire as it is then; raise
    PortError where the gate has one port only.
    """
    inputs = editor.document.graph.inputs(wire.target)
    if len(inputs) < 2:
        raise PortError(f"{wire.target!r} has no other port; select a wire into a gate with more")
    port = (wire.port + way) % len(inputs)
    there, moved = inputs[port], Wire(wire.source, wire.target, port)
    edits: list[Edit] = [Disconnect(wire.target, wire.port), Connect(moved)]
    if there is not None:
        edits.append(Connect(Wire(there, wire.target, wire.port)))
    text = f"Move the wire of {wire.source} to input {port + 1} of {wire.target}"
    editor.document.apply(Batch(tuple(edits)), text)
    editor.selection.set(wires=(moved,))
    return moved


def wire_selected(editor: Editor) -> tuple[Wire, ...]:
    """Wire the selected nodes to the next free ports of the one that was selected last.

    Raises PortError where it has too few, CycleError where a wire would close a cycle.
    """
    *sources, target = editor.selection.nodes
    graph = editor.document.graph
    node = graph.node(target)
    if node.is_leaf:
        raise PortError(f"{target!r} is a leaf and has no inputs; select the node to wire to last")
    free = [port for port, source in enumerate(graph.inputs(target)) if source is None]
    ports = max(node.ports, node.ports + len(sources) - len(free))
    if not node.kind.takes_ports(ports):
        raise PortError(
            f"{target!r} has {len(free) or 'no'} free input{'' if len(free) == 1 else 's'}; "
            "unwire one first, or drop the wire on the input that it is to replace"
        )
    free += range(node.ports, ports)
    wires = tuple(Wire(each, target, port) for each, port in zip(sources, free, strict=False))
    edits: list[Edit] = [Connect(wire) for wire in wires]
    if ports > node.ports:
        edits.insert(0, SetKind(target, node.kind, ports, node.value))
    _apply(editor, edits, f"Wire {_named(sources)} to {target}")
    return wires


def incoming_wires(
    graph: GateGraph, ids: Iterable[NodeId], among: Collection[NodeId]
) -> tuple[Wire, ...]:
    """Return the wires that lead into nodes from outside of all those `among` which they are."""
    return tuple(w for each in ids for w in graph.wires_into(each) if w.source not in among)


def _healed(graph: GateGraph, gone: Collection[NodeId]) -> list[Edit]:
    """Return the edits that let the readers of nodes read what stands in for these."""
    edits: list[Edit] = []
    for each in gone:
        readers = [wire for wire in graph.wires_from(each) if wire.target not in gone]
        source = healed_source(graph, each, gone) if readers else None
        for _, target, port in readers:
            known = source is not None
            edits.append(Connect(Wire(source, target, port)) if known else Disconnect(target, port))
    return edits


def _leads_outside(graph: GateGraph, node_id: NodeId, among: Collection[NodeId]) -> bool:
    """Say whether any wire leads from a node, or into it, out of those `among` which it is."""
    return any(wire.source not in among for wire in graph.wires_into(node_id)) or any(
        wire.target not in among for wire in graph.wires_from(node_id)
    )


def _cut_some(editor: Editor, wires: list[Wire], otherwise: str) -> None:
    if not wires:
        raise GraphError(otherwise)
    cut(editor, wires)


def _apply(editor: Editor, edits: list[Edit], text: str, merge: Hashable | None = None) -> None:
    if edits:
        editor.document.apply(Batch(tuple(edits)), text, merge, joins=merge is not None)


def _named(ids: Collection[NodeId]) -> str:
    return next(iter(ids)) if len(ids) == 1 else f"{len(ids)} nodes"
