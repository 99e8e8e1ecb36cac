"""The actions on how wires run: reroute points, and the style of all wires."""

from __future__ import annotations

from collections.abc import Callable

from chainrule.diagram.ways import WireStyle
from chainrule.graph.routes import route_of
from chainrule_desktop.actions.choice import choice
from chainrule_desktop.actions.conditions import IS_OPEN
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.rerouting import remove_points

_STYLES = [*WireStyle]


def _has_points(bench: Workbench) -> bool:
    graph = bench.document.graph
    return any(route_of(graph, wire.target, wire.port) for wire in bench.selection.wires)


_ONE_WIRE = Condition(lambda bench: bench.selection.wire is not None, "Select one wire first.")
_HAS_POINTS = Condition(_has_points, "Select a wire with reroute points first.")


def _insert(bench: Workbench) -> None:
    wire = bench.selection.wire
    if wire is not None:
        bench.canvas.hint.emit(bench.canvas.rerouting.insert_halfway(wire))


def _chooser(by: int) -> Callable[[Workbench], None]:
    def choose(bench: Workbench) -> None:
        bench.canvas.hint.emit(bench.canvas.rerouting.choose_next(by))

    return choose


def _next_style(bench: Workbench) -> None:
    now = _STYLES.index(bench.settings.values.wire_style)
    style = _STYLES[(now + 1) % len(_STYLES)]
    bench.settings.change(wire_style=style)
    bench.canvas.hint.emit(f"Wires are {_SAYS[style]}. Shift+W draws them in the next style.")


_SAYS = {
    WireStyle.CURVED: "curved",
    WireStyle.STRAIGHT: "straight",
    WireStyle.ANGLED: "right-angled",
}

INSERT_POINT = ActionSpec(
    "wire.insert_point",
    "Insert &Reroute Point",
    _insert,
    "Lead the selected wire through a point, which can be moved; so does a double-click on it.",
    None,
    ("I",),
    (IS_OPEN, _ONE_WIRE),
    on_canvas=True,
)
NEXT_POINT = ActionSpec(
    "wire.next_point",
    "Choose Next P&oint",
    _chooser(1),
    "Choose the next reroute point of the selected wire; Ctrl+arrows move it, Delete removes it.",
    None,
    (".",),
    (IS_OPEN, _ONE_WIRE, _HAS_POINTS),
    on_canvas=True,
)
PREVIOUS_POINT = ActionSpec(
    "wire.previous_point",
    "Choose Pre&vious Point",
    _chooser(-1),
    "Choose the reroute point before; Ctrl+arrows move it, Delete removes it.",
    None,
    (",",),
    (IS_OPEN, _ONE_WIRE, _HAS_POINTS),
    on_canvas=True,
)
REMOVE_POINTS = ActionSpec(
    "wire.remove_points",
    "Re&move Reroute Points",
    lambda bench: remove_points(bench.document, bench.selection.wires),
    "Let the selected wires run as they would without points.",
    None,
    ("Shift+I",),
    (IS_OPEN, _HAS_POINTS),
    on_canvas=True,
)
REROUTE = (INSERT_POINT, NEXT_POINT, PREVIOUS_POINT, REMOVE_POINTS)

NEXT_STYLE = ActionSpec(
    "view.next_wire_style",
    "&Next Style",
    _next_style,
    "Draw all wires in the next style: curved, straight, right-angled.",
    None,
    ("Shift+W",),
    (IS_OPEN,),
    on_canvas=True,
)
WIRE_STYLES = MenuSpec(
    "Wire St&yle",
    (
        choice("view", "wire_style", WireStyle.CURVED, "&Curved", "Draw wires as curves."),
        choice("view", "wire_style", WireStyle.STRAIGHT, "&Straight", "Draw straight wires."),
        choice(
            "view",
            "wire_style",
            WireStyle.ANGLED,
            "&Right-Angled",
            "Draw wires across and down, with round corners.",
        ),
        SEPARATOR,
        NEXT_STYLE,
    ),
)
