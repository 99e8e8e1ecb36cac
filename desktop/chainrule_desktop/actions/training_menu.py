"""The actions of training: its window, and the loss over all rows as one graph."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chainrule.gates.leaf import Parameter
from chainrule.graph.sections import section_of
from chainrule_desktop.actions.conditions import HAS_OUTPUT, IS_OPEN, NOT_EMPTY
from chainrule_desktop.actions.spec import ActionSpec, Condition
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.document.training.sections import KEY, has_recipe
from chainrule_desktop.messages import explain

if TYPE_CHECKING:
    from chainrule_desktop.document.document import Prepared
    from chainrule_desktop.tasks import Progress

_WHAT = "all rows of the table"


def _feeds_rows(bench: Workbench) -> bool:
    section: Any = section_of(bench.document.graph.header, KEY)
    if not has_recipe(bench.document.graph.header):
        return False
    return bool(section.get("data") and section.get("inputs")) and not section.get("holds_data")


_HAS_ROWS = Condition(
    _feeds_rows, "Choose rows of data for the inputs first, in the window of Train…"
)
_HAS_PARAMETERS = Condition(
    lambda bench: any(isinstance(kind, Parameter) for kind in bench.document.graph.rows.kinds),
    "The graph has no parameter; make an input a parameter first.",
)
_IS_WHOLE = Condition(
    lambda bench: bench.document.root is bench.document,
    "Go back to the graph around this gate first; its inside is trained with it.",
)
_UNLOCKED = Condition(
    lambda bench: not bench.document.cover.is_locked,
    "This exercise is locked: only its blanks can be filled.",
)


def _show_training(bench: Workbench) -> None:
    from chainrule_desktop.panels.training.context import TrainingContext
    from chainrule_desktop.panels.training.window import TrainingWindow

    window = bench.canvas.findChild(TrainingWindow)
    if window is None:
        context = TrainingContext(
            bench.document, bench.opened.training, bench.theme, bench.settings, bench.tasks
        )
        window = TrainingWindow(bench.canvas, context)
    window.ask()


def _show_whole_loss(bench: Workbench) -> None:
    """Make the graph in the background and show it in another tab."""
    from chainrule.files.writing import content_of
    from chainrule.training.sources import load
    from chainrule.training.whole import whole_loss
    from chainrule_desktop.document.document import prepare
    from chainrule_desktop.document.training.work import graph_of

    training, path = bench.opened.training, bench.document.path
    recipe, table, content = (
        training.recipe,
        training.settings.table,
        content_of(bench.document.graph),
    )
    source, folder = recipe.source, None if path is None else path.parent

    def make(progress: Progress) -> Prepared:
        assert source is not None
        rows = load(source, folder) if table is None else table
        progress.raise_if_cancelled()
        made = whole_loss(graph_of(content), recipe, rows)
        progress.raise_if_cancelled()
        return prepare(made)

    opening = bench.opened.opening
    opening.make(_WHAT, make, bench.files.show_made, partial(_tell_of, bench))


def _tell_of(bench: Workbench, _: Path, error: Exception) -> None:
    tell(bench.window, explain(error))


TRAIN = ActionSpec(
    "run.train",
    "T&rain…",
    _show_training,
    "Train the parameters by gradient descent, and watch the loss, the weights and the boundary.",
    None,
    ("Ctrl+Alt+T",),
    (IS_OPEN, _IS_WHOLE, _UNLOCKED, NOT_EMPTY, HAS_OUTPUT, _HAS_PARAMETERS),
)
WHOLE_LOSS = ActionSpec(
    "run.whole_loss",
    "&Whole Loss as One Graph",
    _show_whole_loss,
    "Make one graph of the loss over all training rows, every gate once for each row.",
    None,
    ("Ctrl+Alt+O",),
    (IS_OPEN, _IS_WHOLE, NOT_EMPTY, _HAS_ROWS),
)
