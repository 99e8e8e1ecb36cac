"""The verbs that change what nodes do or show in their place: mute, pin, swap inputs, replace.

Every verb is one undo step, or none where nothing would change.
"""

from __future__ import annotations

from collections.abc import Iterable

from chainrule.errors import PortError
from chainrule.graph.edits import Batch, Connect, Disconnect, Edit, SetKind
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.switches import SetMuted, SetPinned
from chainrule_desktop.document.editing import Editor


def can_be_muted(graph: GateGraph, ids: Iterable[NodeId]) -> tuple[NodeId, ...]:
    """Return those of some nodes that have an input to pass on."""
    return tuple(each for each in ids if each in graph and graph.node(each).ports > 0)


def mute(editor: Editor) -> None:
    """Mute the selected gates; where all are muted already, let them compute again."""
    graph = editor.document.graph
    gates = can_be_muted(graph, editor.selection.nodes)
    muted = not all(graph.node(each).muted for each in gates)
    changed = {each: muted for each in gates if graph.node(each).muted is not muted}
    if changed:
        verb = "Mute" if muted else "Unmute"
        editor.document.apply(SetMuted(changed), f"{verb} {_named(tuple(changed))}")


def pin(editor: Editor) -> None:
    """Pin the selected nodes; where all are pinned already, take their read-outs away."""
    graph, nodes = editor.document.graph, editor.selection.nodes
    pinned = not all(graph.node(each).pinned for each in nodes)
    changed = {each: pinned for each in nodes if graph.node(each).pinned is not pinned}
    if changed:
        verb = "Pin" if pinned else "Unpin"
        editor.document.apply(SetPinned(changed), f"{verb} {_named(tuple(changed))}")


def swap_inputs(editor: Editor) -> None:
    """Let the inputs of the selected gate change places; of more than two each moves on by one.

    With two wires into one gate selected instead, these two change places. Raises PortError where
    there are no two inputs to swap.
    """
    graph = editor.document.graph
    ports = swapped_ports(editor)
    if ports is None:
        raise PortError("select a gate with two inputs, or two wires into one gate")
    target, moves = ports
    inputs = graph.inputs(target)
    edits: list[Edit] = []
    for port, new in moves.items():
        source = inputs[port]
        wired = source is not None
        edits.append(Connect(Wire(source, target, new)) if wired else Disconnect(target, new))
    selected = {Wire(w.source, w.target, moves[w.port]) for w in editor.selection.wires}
    editor.document.apply(Batch(tuple(edits)), f"Swap the inputs of {target}")
    if selected:
        editor.selection.set(wires=selected)


def swapped_ports(editor: Editor) -> tuple[NodeId, dict[int, int]] | None:
    """Return the gate whose inputs would be swapped, and which port's goes to which; else None."""
    selection, graph = editor.selection, editor.document.graph
    wires = sorted(selection.wires, key=lambda wire: wire.port)
    if len(wires) == 2 and not selection.nodes and wires[0].target == wires[1].target:
        one, other = wires[0].port, wires[1].port
        return wires[0].target, {one: other, other: one}
    single = selection.single
    count = 0 if single is None or single not in graph else graph.node(single).ports
    if single is None or count < 2:
        return None
    return single, {port: (port + 1) % count for port in range(count)}


def replace_gate(editor: Editor, node_id: NodeId, kind_name: str) -> None:
    """Put another gate in the place of one; its name, its place and its wires stay.

    Raises PortError where the gate takes fewer inputs than are wired.
    """
    graph = editor.document.graph
    found = editor.offered(kind_name)
    kind = found.kind
    inputs = graph.inputs(node_id)
    wired = [port for port, source in enumerate(inputs) if source is not None]
    needed = wired[-1] + 1 if wired else 0
    fitting = [count for count in range(needed, len(inputs) + 1) if kind.takes_ports(count)]
    more = kind.least_ports if kind.least_ports > len(inputs) else None
    if not fitting and more is None:
        raise PortError(f"{kind_name} takes fewer inputs than {node_id} has; unwire some first")
    ports = fitting[-1] if fitting else max(needed, more or 0)
    edit = found.with_(SetKind(node_id, kind, ports))
    editor.document.apply(edit, f"Replace {node_id} by {kind_name}")


def _named(ids: tuple[NodeId, ...]) -> str:
    return ids[0] if len(ids) == 1 else f"{len(ids)} nodes"
