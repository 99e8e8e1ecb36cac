"""The action that compares every gradient with differences of values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chainrule.autodiff.gradient_check import Verdict
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.actions.conditions import HAS_OUTPUT, IS_OPEN, NOT_EMPTY
from chainrule_desktop.actions.spec import ActionSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.canvas.checked_mark import CheckedMark
from chainrule_desktop.canvas.marks import Tone

_MARKS_STAY: Final = "The marks of the check stay until an edit; Escape takes them away."


def tone_of(verdict: Verdict) -> Tone:
    """Return how a verdict is marked."""
    if verdict is Verdict.AGREES:
        return Tone.GOOD
    return Tone.WRONG if verdict is Verdict.DIFFERS else Tone.NOTE


def _check_gradients(bench: Workbench) -> None:
    from chainrule_desktop.panels.checking.window import Canvas, CheckWindow
    from chainrule_desktop.panels.context import Context

    marks = bench.canvas.findChild(CheckedMark) or CheckedMark(bench.canvas, bench.document)

    def mark(found: Mapping[Wire, Verdict]) -> None:
        marks.show({wire: tone_of(each) for wire, each in found.items()})

    def leave() -> None:
        if marks.is_shown:
            bench.canvas.setFocus()
            bench.canvas.hint.emit(_MARKS_STAY)

    def reveal(node: NodeId) -> None:
        bench.selection.set((node,))
        bench.canvas.navigator.reveal(node)

    window = bench.canvas.findChild(CheckWindow)
    if window is None:
        context = Context(bench.editor, bench.drawing, bench.theme)
        canvas = Canvas(mark, reveal, marks.is_shown)
        window = CheckWindow(bench.canvas, context, bench.tasks, canvas)
        window.finished.connect(leave)
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
