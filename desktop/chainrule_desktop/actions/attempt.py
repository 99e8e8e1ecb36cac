"""Actions that may fail: their sentence is told, and nothing else has happened."""

from __future__ import annotations

from collections.abc import Callable

from chainrule.errors import ChainruleError
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.messages import explain


def attempt(run: Callable[[Workbench], object]) -> Callable[[Workbench], None]:
    """Return `run` with a ChainruleError told in a box, for what one must not miss."""

    def told(bench: Workbench) -> None:
        try:
            run(bench)
        except ChainruleError as error:
            tell(bench.window, explain(error))

    return told


def hinted(run: Callable[[Workbench], object]) -> Callable[[Workbench], None]:
    """Return `run` with a ChainruleError told in the status bar, for single keys of the canvas."""

    def told(bench: Workbench) -> None:
        try:
            run(bench)
        except ChainruleError as error:
            bench.canvas.hint.emit(explain(error))

    return told
