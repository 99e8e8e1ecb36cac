"""Stepping inside composite gates and out again, within one tab."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import final

from PySide6.QtCore import QObject, QTimer

from chainrule.graph.node import NodeId
from chainrule_desktop.app.desk import Desk
from chainrule_desktop.document.level import Level


@final
class Levels(QObject):
    """Puts the desk of an inside in the place of the one around it, which waits as it was left.

    `desks` are those that the tabs of a window show. `make` makes the desk of a level, `begin`
    takes its views into the window, `show` shows what is in front now, and `end` lets a desk go.
    """

    def __init__(
        self,
        desks: list[Desk],
        make: Callable[[Desk, Level], Desk],
        begin: Callable[[Desk], object],
        show: Callable[[], object],
        end: Callable[[Desk], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desks = desks
        self._make = make
        self._begin = begin
        self._show = show
        self._end = end

    def row_of(self, desk: Desk) -> int:
        """Return the tab in which a desk is, shown or waiting; ValueError if it is in none."""
        rows = (row for row, each in enumerate(self._desks) if desk in each.chain)
        found = next(rows, None)
        if found is None:
            raise ValueError("the desk is in no tab of this window")
        return found

    def step_inside(self, desk: Desk, use: NodeId) -> None:
        """Show the inside of a composite gate; raise GraphError for a node that is none."""
        row = self.row_of(desk)
        if desk is not self._desks[row]:
            return
        level = Level(desk.document, desk.drawing, use, desk)
        made = self._make(desk, level)
        level.inside.vanished.connect(partial(self._leave_soon, made))
        made.stepped_out.connect(partial(self.step_out, made))
        self._desks[row] = made
        self._begin(made)
        self._show()
        # The canvas has its size only after the window has made room for it.
        QTimer.singleShot(0, made.canvas, made.canvas.navigator.zoom_to_fit)
        made.said.emit(f"Inside {level.inside.name}, as {use} uses it.")

    def step_out(self, desk: Desk, levels: int) -> None:
        """Show the graph so many levels around what a desk shows, as it was left."""
        row = self.row_of(desk)
        chain = self._desks[row].chain
        levels = min(levels, len(chain) - 1)
        if levels <= 0:
            return
        uses = [each.level.inside.use for each in chain[:levels] if each.level is not None]
        outer = chain[levels]
        self._desks[row] = outer
        self._show()
        for each in chain[:levels]:
            self._end(each)
        outer.selection.set((uses[-1],))

    def go_to_step(self, desk: Desk, place: str | None) -> None:
        """Step out to where a step was made, if that is around what a desk shows."""
        chain = self._desks[self.row_of(desk)].chain
        for levels, each in enumerate(chain):
            name = None if each.level is None else each.level.inside.name
            if name == place:
                self.step_out(desk, levels)
                return

    def _leave_soon(self, desk: Desk) -> None:
        """Step out when all that hears of the edit has heard of it."""
        QTimer.singleShot(0, self, partial(self._leave, desk))

    def _leave(self, desk: Desk) -> None:
        """Step out of an inside that is gone."""
        for shown in self._desks:
            if desk in shown.chain:
                self.step_out(shown, shown.chain.index(desk) + 1)
                return
