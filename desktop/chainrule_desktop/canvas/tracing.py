"""Shows a path to the output on the canvas while the inspector has it under the pointer."""

from __future__ import annotations

from typing import final

import numpy as np
from PySide6.QtCore import QObject, Slot

from chainrule.autodiff.paths import Path
from chainrule.diagram.numbers import format_value
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import TracedPath
from chainrule_desktop.document.drawing import Drawing


@final
class Tracing(QObject):
    """Marks a path with the local gradients along its wires."""

    def __init__(self, marking: Marking, drawing: Drawing) -> None:
        super().__init__(marking)
        self._marking = marking
        self._drawing = drawing
        self._names = False

    @Slot(object)
    def show_path(self, path: Path | None) -> None:
        """Show a path, or none."""
        traced = None if path is None else TracedPath(path.wires, self._factors(path))
        if self._names != (path is not None):
            # The list says a path by the names of its nodes.
            self._names = path is not None
            self._drawing.show_names(shown=self._names)
        self._marking.change(path=traced)

    def _factors(self, path: Path) -> tuple[str, ...]:
        decimals = self._drawing.display.decimals
        if path.factors is None:
            return ("",) * len(path.wires)
        texts = (format_value(np.float64(each), decimals) for each in path.factors)
        return tuple(f"×({each})" if each.startswith("−") else f"×{each}" for each in texts)
