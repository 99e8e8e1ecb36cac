"""What can't be done in an exercise: editing where it is locked, looking below where it hides."""

from __future__ import annotations

from chainrule_desktop.actions.spec import ActionSpec, Condition
from chainrule_desktop.actions.workbench import Workbench

LOCKED = Condition(
    lambda bench: not bench.document.cover.is_locked,
    "The exercise is locked; Teach ▸ Practice ▸ Unlock Exercise lets it be changed.",
)
HIDDEN = Condition(
    lambda bench: bench.document.cover.covered is None,
    "It would give away what the exercise asks for.",
)

_EDITING = (
    "edit.",
    "graph.",
    "wire.",
    "node.",
    "arrange.",
    "composite.",
    "view.open_here",
    "view.bookmark",
)
"""How the ids of actions begin that change the graph; those that only look are excepted."""

_LOOKING = frozenset(
    (
        "edit.undo",
        "edit.redo",
        "edit.copy",
        "edit.select_all",
        "edit.select_none",
        "edit.find",
        "graph.formula",
        "graph.frame.select",
        "arrange.snap_neighbours",
        "arrange.snap_grid",
        "composite.inside",
        "composite.out",
        "composite.save",
    )
)
_PLAYBACK = frozenset(
    (
        "play.breakpoint",
        "play.threshold",
        "play.clear_breakpoints",
        "play.next",
        "play.usual_order",
        "play.caption",
    )
)
_GIVING_AWAY = (
    "run.check",
    "run.jacobian",
    "run.train",
    "run.whole_loss",
    "run.gradient_graph",
    "composite.inside",
)
"""Actions that show numbers which follow from the hidden ones, or these themselves."""


def hindered(spec: ActionSpec, bench: Workbench) -> Condition | None:
    """Return the rule of the exercise that an action would break; None for none."""
    looks = spec.id in _LOOKING or spec.id.startswith("edit.walk")
    edits = spec.id in _PLAYBACK or (spec.id.startswith(_EDITING) and not looks)
    if edits and not LOCKED.holds(bench):
        return LOCKED
    if spec.id.startswith(_GIVING_AWAY) and not HIDDEN.holds(bench):
        return HIDDEN
    return None
