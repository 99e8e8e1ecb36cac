"""The actions on wires: making them by keyboard, cutting, healing and plugging them elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from chainrule.graph.node import Wire
from chainrule_desktop.actions.attempt import hinted
from chainrule_desktop.actions.conditions import IS_OPEN, NODES_SELECTED, SOMETHING_SELECTED
from chainrule_desktop.actions.reroute_menu import REROUTE
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.canvas.crossing import middle_of
from chainrule_desktop.canvas.tools.knife import KNIFE
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.document.rewiring import (
    delete_and_reconnect,
    detach,
    move_wire,
    unwire_inputs,
    unwire_outputs,
    wire_selected,
)
from chainrule_desktop.document.splicing import settle
from chainrule_desktop.messages import count


def _wire(bench: Workbench) -> Wire | None:
    wires = bench.selection.wires
    return next(iter(wires)) if len(wires) == 1 and not bench.selection.nodes else None


ONE_WIRE = Condition(lambda bench: _wire(bench) is not None, "Select one wire first.")


def _wire_text(bench: Workbench) -> str:
    return "&Wire Selected Nodes" if len(bench.selection.nodes) > 1 else "&Wire to…"


def _connect(bench: Workbench) -> None:
    """Wire several nodes to the last of them; for a single one, search what is to read it."""
    if len(bench.selection.nodes) == 1:
        bench.canvas.ask_for_gate(LooseEnd(bench.selection.nodes[0]))
        return
    said = ", ".join(
        f"{wire.source} to input {wire.port + 1} of {wire.target}"
        for wire in wire_selected(bench.editor)
    )
    bench.canvas.hint.emit(f"Wired {said}.")


def _insert(bench: Workbench) -> None:
    """Search for the gate that is to stand in a wire."""
    wire = _wire(bench)
    if wire is not None:
        middle = middle_of(bench.drawing.diagram, wire)
        end = LooseEnd(wire.source, None, wire)
        bench.canvas.adding.ask(middle, end, lambda: settle(bench.editor, bench.drawing, wire))


def _mover(way: int) -> Callable[[Workbench], None]:
    def move(bench: Workbench) -> None:
        wire = _wire(bench)
        if wire is not None:
            now = move_wire(bench.editor, wire, way)
            said = f"{now.source} is wired to input {now.port + 1} of {now.target} now."
            bench.canvas.hint.emit(said)

    return hinted(move)


def _detach(bench: Workbench) -> None:
    loose = detach(bench.editor, bench.selection.nodes)
    what = loose[0] if len(loose) == 1 else count(len(loose), "node")
    bench.canvas.hint.emit(
        f"Detached {what}; the wires lead past it." if loose else "No wire leads to it or from it."
    )


DELETE_AND_RECONNECT = ActionSpec(
    "edit.delete_and_reconnect",
    "Delete and Rec&onnect",
    hinted(lambda bench: delete_and_reconnect(bench.editor)),
    "Delete the selected nodes; what read them reads what came into them first.",
    None,
    ("Ctrl+Del", "Ctrl+Backspace"),
    (SOMETHING_SELECTED,),
)
CONNECT = ActionSpec(
    "wire.connect",
    "&Wire to…",
    hinted(_connect),
    "Wire the selected nodes to the next free inputs of the last; for one, search what reads it.",
    None,
    ("W",),
    (NODES_SELECTED,),
    text_now=_wire_text,
    on_canvas=True,
)
INSERT = ActionSpec(
    "wire.insert",
    "&Insert Gate on Wire…",
    hinted(_insert),
    "Search for a gate and put it into the selected wire; later gates make room.",
    None,
    ("G",),
    (ONE_WIRE,),
    on_canvas=True,
)
CUT_WIRES = ActionSpec(
    "wire.cut",
    "&Cut Wires",
    lambda bench: bench.canvas.arm(KNIFE),
    "Cut the wires that the next drag crosses, as a drag with the right button does.",
    None,
    ("Y",),
    (IS_OPEN,),
    on_canvas=True,
)
DETACH = ActionSpec(
    "wire.detach",
    "&Detach",
    hinted(_detach),
    "Take the selected nodes out of their wires, which lead past them then; or shake a node.",
    None,
    ("D",),
    (NODES_SELECTED,),
    on_canvas=True,
)
UNWIRE_INPUTS = ActionSpec(
    "wire.unwire_inputs",
    "Unwire I&nputs",
    hinted(lambda bench: unwire_inputs(bench.editor)),
    "Take all wires off the inputs of the selected nodes.",
    None,
    ("U",),
    (NODES_SELECTED,),
    on_canvas=True,
)
UNWIRE_OUTPUT = ActionSpec(
    "wire.unwire_output",
    "Unwire &Output",
    hinted(lambda bench: unwire_outputs(bench.editor)),
    "Take away all wires that read the selected nodes.",
    None,
    ("Shift+U",),
    (NODES_SELECTED,),
    on_canvas=True,
)
TO_NEXT_PORT = ActionSpec(
    "wire.next_port",
    "Move Wire to Ne&xt Port",
    _mover(1),
    "Plug the selected wire into the next input of its gate; one that is there changes places.",
    None,
    ("Alt+Down",),
    (ONE_WIRE,),
    on_canvas=True,
)
TO_PREVIOUS_PORT = ActionSpec(
    "wire.previous_port",
    "Move Wire to &Previous Port",
    _mover(-1),
    "Plug the selected wire into the input before; one that is there changes places.",
    None,
    ("Alt+Up",),
    (ONE_WIRE,),
    on_canvas=True,
)

WIRE_MENU = MenuSpec(
    "&Wire",
    (
        CONNECT,
        INSERT,
        SEPARATOR,
        TO_NEXT_PORT,
        TO_PREVIOUS_PORT,
        SEPARATOR,
        *REROUTE,
        SEPARATOR,
        CUT_WIRES,
        UNWIRE_INPUTS,
        UNWIRE_OUTPUT,
        DETACH,
    ),
)
