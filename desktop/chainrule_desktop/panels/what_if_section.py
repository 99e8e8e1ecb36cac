"""What if: drag a leaf's number and see the true change beside what the gradient predicts."""

from __future__ import annotations

import math
from functools import partial
from typing import cast, final

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from chainrule.arrays import Array
from chainrule.autodiff.what_if import WhatIf, what_if
from chainrule.diagram.numbers import format_number
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.selection import subgraph
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.panels.fold import Fold
from chainrule_desktop.panels.latest import Latest, Request
from chainrule_desktop.panels.page_parts import LineLabel, column, label_of
from chainrule_desktop.panels.runs import Line, Run, Shade
from chainrule_desktop.panels.value_slider import ValueSlider, reach_for
from chainrule_desktop.panels.what_if_plot import WhatIfPlot
from chainrule_desktop.tasks import Progress

_MOST_CHOICES = 256
_DELAY = 60


@final
class WhatIfSection(QWidget):
    """Supposes another number for a leaf, without changing it before that is applied."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._number: float | None = None
        self._found: WhatIf | None = None
        self._latest = Latest(context.tasks, _DELAY, self)
        self._fold = Fold("What if", context.opened, context.theme, self._turn)
        self._which = self._make_choice()
        self._slider = ValueSlider("Supposed number", self._suppose_slid)
        self._slider.setObjectName("what-if")
        self._plot = WhatIfPlot()
        self._plot.number_chosen.connect(self._suppose)
        self._says = label_of(part="muted")
        self._lines = [LineLabel() for _ in range(3)]
        self._apply, self._back = QPushButton("&Apply"), QPushButton("&Back")
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Compute the curve as it is now, if anybody sees it, and all numbers may be seen."""
        self.setVisible(self._context.shows_all)
        if not self._context.shows_all or not self._fold.is_open or self._value() is None:
            return
        here = self._here()
        if self._number is None or not self._slider.isSliderDown():
            self._show_on_slider(here if self._number is None else self._number)
        self._latest.ask(Request(self._prepare, self._show, self._fail))

    def _lay_out(self) -> None:
        body = self._fold.body
        # The slider is below the axis whose number it chooses; what changes while it is dragged is
        # below all that is to be grasped, so that nothing jumps.
        for widget in (self._which, self._plot, self._slider):
            body.addWidget(widget)
        row = QHBoxLayout()
        for button, press, says in (
            (self._apply, self._take, "Give the leaf the supposed number"),
            (self._back, self._forget, "Suppose the leaf's own number again"),
        ):
            button.setToolTip(says)
            button.clicked.connect(press)
            row.addWidget(button)
        row.addStretch()
        body.addLayout(row)
        for widget in (self._says, *self._lines):
            body.addWidget(widget)
        column(self).addWidget(self._fold)

    def _make_choice(self) -> QComboBox:
        """Return the choice of a tensor's number; hidden for a single one."""
        choice = QComboBox()
        choice.setAccessibleName("Which number")
        guard_wheel(choice)
        value = self._value()
        shape = () if value is None else value.shape
        for number, index in enumerate(np.ndindex(shape)):
            if number == _MOST_CHOICES:
                break
            choice.addItem("".join(f"[{each}]" for each in index), index)
        choice.setVisible(bool(shape))
        choice.activated.connect(self._forget)
        return choice

    def _value(self) -> Array | None:
        graph = self._context.graph
        return graph.node(self._node_id).value if self._node_id in graph else None

    def _index(self) -> tuple[int, ...]:
        return tuple(self._which.currentData() or ())

    def _here(self) -> float:
        value = self._value()
        index = self._index()
        if value is None or len(index) != value.ndim:
            return 0.0
        try:
            return float(np.asarray(value)[index])
        except IndexError:
            return 0.0

    def _turn(self) -> None:
        if self._fold.is_open:
            self.refresh()
        else:
            self._latest.cancel()

    def _suppose_slid(self, number: float, _: int) -> None:
        self._suppose(number)

    def _suppose(self, number: float) -> None:
        self._number = number
        self._show_on_slider(number)
        self._latest.ask(Request(self._prepare, self._show, self._fail))

    def _forget(self) -> None:
        self._number = None
        self.refresh()

    def _take(self) -> None:
        value = self._value()
        if self._number is None or value is None:
            return
        moved = np.array(value)
        moved[self._index()] = self._number
        self._number = None
        self._context.editor.set_value(self._node_id, moved[()])

    def _prepare(self) -> partial[WhatIf]:
        graph = self._context.graph
        copy = subgraph(graph, graph.ids())
        copy.header = graph.header
        number = self._here() if self._number is None else self._number
        return partial(_find, copy, self._node_id, self._index(), self._reach(), number)

    def _reach(self) -> float:
        """Return how far the slider and the axis of the plot go from the leaf's own number."""
        here = self._here()
        if not math.isfinite(here):
            return reach_for(0.0) / 2
        away = 0.0 if self._number is None else abs(self._number - here)
        # A number at the very end is no reason to go further.
        return max(reach_for(here) / 2, away)

    def _show_on_slider(self, number: float) -> None:
        self._slider.show_around(self._here(), self._reach(), number)

    def _show(self, found: object) -> None:
        self._found = result = cast(WhatIf, found)
        number = result.here if self._number is None else self._number
        palette = self._context.palette
        self._plot.show_found(result, number, palette)
        self._plot.show()
        self._says.setText("Drag the slider, or in the plot.")
        for label, line in zip(self._lines, self._sentences(result, number), strict=True):
            label.show_line(line, palette)
        changed = number != result.here
        self._apply.setEnabled(changed)
        self._back.setEnabled(changed)

    def _fail(self, error: Exception) -> None:
        self._plot.hide()
        self._says.setText(explain(error))
        for label in self._lines:
            label.clear()
        self._apply.setEnabled(False)
        self._back.setEnabled(False)

    def _sentences(self, found: WhatIf, number: float) -> tuple[Line, Line, Line]:
        """Say from where to where the number goes, and what the output does and was to do."""
        name = self._context.explainer().name(self._node_id)
        name += "".join(f"[{each}]" for each in self._index())
        true, step = found.at(number) - found.output, number - found.here
        guess = found.slope * step
        shown = self._shown
        moved: Line = (
            Run(f"{name}: "),
            Run(shown(found.here), Shade.VALUE),
            Run(" → "),
            Run(shown(number), Shade.VALUE),
        )
        output = self._context.explainer().name(self._context.passes.output)
        really: Line = (Run(f"true change of {output}: "), Run(shown(true), Shade.VALUE))
        predicted: Line = (
            Run("gradient × step: "),
            Run(f"{shown(found.slope)} × {_enclosed(shown(step))}", Shade.GRADIENT),
            Run(" = "),
            Run(shown(guess), Shade.GRADIENT),
        )
        return moved, really, predicted

    def _shown(self, number: float) -> str:
        return format_number(number, max(self._context.decimals, 3))


def _enclosed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _find(
    graph: GateGraph,
    leaf: NodeId,
    index: tuple[int, ...],
    reach: float,
    number: float,
    progress: Progress,
) -> WhatIf:
    found = what_if(graph, leaf, index, reach, (number,), lambda: progress.cancelled)
    progress.raise_if_cancelled()
    return found
