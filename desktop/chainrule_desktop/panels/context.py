"""What every part of the inspector reads and edits."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import final

from chainrule.autodiff.covering import Readable
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.paths import Path
from chainrule.diagram.gradient_names import Notation
from chainrule.expression.symbolic.job import Formulas
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.panels.local_gradients import LocalGradients
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Palette, Theme


def _show_nothing() -> None:
    """Stand in where there is no tensor view."""


def _stay(_: NodeId) -> None:
    """Stand in where one can't step inside a composite gate."""


def _trace_nothing(_: Path | None) -> None:
    """Stand in where there is no canvas."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The document with its verbs, and how numbers are shown at the moment.

    `show_tensor` opens the tensor view on what is selected, `trace` draws a path on the canvas.
    `tasks` do what takes time, `opened` has the titles of the sections that are open. `algebra`
    knows the formulas of composite gates, `step_inside` shows what one consists of.
    """

    editor: Editor
    drawing: Drawing
    theme: Theme
    show_tensor: Callable[[], None] = _show_nothing
    trace: Callable[[Path | None], None] = _trace_nothing
    tasks: Tasks | None = None
    opened: set[str] = field(default_factory=set[str])
    algebra: LocalGradients | None = None
    step_inside: Callable[[NodeId], None] = _stay

    @property
    def graph(self) -> GateGraph:
        """The graph that is open now."""
        return self.editor.document.graph

    @property
    def passes(self) -> Passes:
        """The numbers of the graph that is open now."""
        return self.editor.document.passes

    @property
    def palette(self) -> Palette:
        """The colours in force."""
        return self.theme.palette

    @property
    def decimals(self) -> int:
        """How many decimals the canvas shows."""
        return self.drawing.display.decimals

    @property
    def compilation(self) -> Hashable:
        """Return what stays equal while nodes and wires do, to keep what is costly to find out."""
        return id(self.passes), self.passes.compiled

    @property
    def known(self) -> Readable:
        """What may be seen of the numbers: at a step of playback, and but for what is hidden."""
        return self.drawing.known

    @property
    def shows_all(self) -> bool:
        """Whether all numbers may be seen: no playback stands in between, no exercise hides any."""
        return self.known is self.passes

    @property
    def notation(self) -> Notation:
        """How gradients are called."""
        return self.drawing.display.notation

    def formulas(self, definition: str) -> Formulas | None:
        """Return the formulas of a composite gate as far as the algebra has found them."""
        return None if self.algebra is None else self.algebra.formulas(self.graph, definition)

    def explainer(self) -> Explainer:
        """Return who explains the graph as it is now."""
        home = self.editor.document.home
        around = None if home is None else home.differentiated
        return Explainer(self.graph, self.known, self.decimals, self.notation, around)
