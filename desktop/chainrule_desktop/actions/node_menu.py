"""The actions on what nodes do and show in their place: mute, pin, swap inputs, replace."""

from __future__ import annotations

from functools import partial

from chainrule_desktop.actions.attempt import hinted
from chainrule_desktop.actions.conditions import NODES_SELECTED
from chainrule_desktop.actions.spec import ActionSpec, Condition
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.switching import (
    can_be_muted,
    mute,
    pin,
    replace_gate,
    swap_inputs,
    swapped_ports,
)


def _gates(bench: Workbench) -> tuple[str, ...]:
    return can_be_muted(bench.document.graph, bench.selection.nodes)


def _all_muted(bench: Workbench) -> bool:
    gates = _gates(bench)
    return bool(gates) and all(bench.document.graph.node(each).muted for each in gates)


def _all_pinned(bench: Workbench) -> bool:
    graph = bench.document.graph
    nodes = [each for each in bench.selection.nodes if each in graph]
    return bool(nodes) and all(graph.node(each).pinned for each in nodes)


def _replace(bench: Workbench) -> None:
    node_id, diagram = bench.selection.single, bench.drawing.diagram
    if node_id is not None:
        x, y = diagram.geometry.centers[diagram.parts.index[node_id]].tolist()
        bench.canvas.adding.ask_replacement(node_id, (x, y), partial(replace_gate, bench.editor))


_GATES_SELECTED = Condition(lambda bench: bool(_gates(bench)), "Select one or more gates first.")
_GATE_SELECTED = Condition(
    lambda bench: bench.selection.single is not None and bool(_gates(bench)),
    "Select one gate first.",
)
_CAN_SWAP = Condition(
    lambda bench: swapped_ports(bench.editor) is not None,
    "Select a gate with two or more inputs, or two wires into one gate.",
)

MUTE = ActionSpec(
    "node.mute",
    "Mu&te",
    hinted(lambda bench: mute(bench.editor)),
    "Let the selected gates pass on their first input as it is; once more lets them compute.",
    "mute",
    ("M",),
    (_GATES_SELECTED,),
    checked=_all_muted,
    on_canvas=True,
)
PIN = ActionSpec(
    "node.pin",
    "&Pin Value",
    lambda bench: pin(bench.editor),
    "Show the numbers of the selected nodes in a large read-out; once more takes it away.",
    "pin",
    ("P",),
    (NODES_SELECTED,),
    checked=_all_pinned,
    on_canvas=True,
)
SWAP = ActionSpec(
    "node.swap",
    "&Exchange Inputs",
    hinted(lambda bench: swap_inputs(bench.editor)),
    "Let the two inputs of the gate change places; of more, each moves on by one.",
    "swap",
    ("X",),
    (_CAN_SWAP,),
    on_canvas=True,
)
REPLACE = ActionSpec(
    "node.replace",
    "Rep&lace Gate…",
    _replace,
    "Put another gate in the place of the selected one; its name and its wires stay.",
    "replace",
    ("R",),
    (_GATE_SELECTED,),
    on_canvas=True,
)
