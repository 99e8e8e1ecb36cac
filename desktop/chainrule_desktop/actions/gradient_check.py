"""The action that compares every gradient with differences of values."""

from __future__ import annotations

from collections.abc import Mapping

from chainrule.autodiff.gradient_check import Verdict
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.actions.conditions import HAS_OUTPUT, IS_OPEN, NOT_EMPTY
from chainrule_desktop.actions.spec import ActionSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.canvas.marks import Tone


def tone_of(verdict: Verdict) -> Tone:
    """Return how a verdict is marked."""
    if verdict is Verdict.AGREES:
        return Tone.GOOD
    return Tone.WRONG if verdict is Verdict.DIFFERS else Tone.NOTE


def _check_gradients(bench: Workbench) -> None:
    from chainrule_desktop.panels.checking.window import Canvas, CheckWindow
    from chainrule_desktop.panels.context import Context

    marking = bench.canvas.marking

    def mark(found: Mapping[Wire, Verdict]) -> None:
        marking.change(checked=tuple((wire, tone_of(each)) for wire, each in found.items()))

    def reveal(node: NodeId) -> None:
        bench.selection.set((node,))
        bench.canvas.navigator.reveal(node)

    window = bench.canvas.findChild(CheckWindow)
    if window is None:
        context = Context(bench.editor, bench.drawing, bench.theme)
        window = CheckWindow(bench.canvas, context, bench.tasks, Canvas(mark, reveal))
    if window.isVisible():
        window.raise_()
        window.activateWindow()
    window.show()


CHECK = ActionSpec(
    "run.check",
    "&Check Gradients…",
    _check_gradients,
    "Compare every gradient with central differences.",
    "check",
    ("F9",),
    (IS_OPEN, NOT_EMPTY, HAS_OUTPUT),
)
