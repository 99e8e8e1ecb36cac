"""Tidy Layout: a layered layout as one undo step, computed beside the program for large graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from chainrule.diagram.arrange import move_to, positions_of, problem_of
from chainrule.diagram.parts import Display, Parts, build_parts
from chainrule.graph.changes import Changes
from chainrule.graph.edits import MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.layout import (
    JOB_SIZE,
    LayeredProblem,
    LayoutJob,
    Positions,
    in_column,
    layered,
    part_of,
    put_among,
    tidied,
)
from chainrule_desktop.document.document import Document

_POLL = 40
_ROUNDED = 1.0
_TEXT = "Tidy layout"
_TEXT_SOME = "Tidy selection"


@final
@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be laid out: all nodes or some rows of them; `problem` is of all.

    `fresh` says that the document was just read, so that its places mean nothing yet.
    """

    parts: Parts
    problem: LayeredProblem
    rows: tuple[int, ...] | None = None
    fresh: bool = False

    @property
    def question(self) -> LayeredProblem:
        """What the layout is asked."""
        if self.rows is not None:
            return part_of(self.problem, self.rows)
        return replace(self.problem, places=None) if self.fresh else self.problem

    @property
    def answer(self) -> Positions:
        """The layout itself, computed here and now."""
        question = self.question
        if self.rows is not None and not question.wires:
            return in_column(question)
        return layered(question) if self.fresh else tidied(question)

    def answered(self, positions: Positions) -> MoveNodes:
        """Return the edit that puts the nodes where the answer says."""
        if self.rows is None:
            return move_to(self.parts, np.round(positions))
        places = np.round(put_among(self.problem, self.rows, positions)).tolist()
        ids = [self.parts.ids[row] for row in self.rows]
        return MoveNodes({each: (x, y) for each, (x, y) in zip(ids, places, strict=True)})


@final
@dataclass(frozen=True, slots=True)
class _Running:
    """A layout that is being computed."""

    job: LayoutJob
    wish: _Wish


@final
class Tidying(QObject):
    """Lays out a document; of several requests, and of results come too late, only the last counts.

    Signals:
        started(): a layout is being computed in the background.
        ended(): none is any more; the nodes have moved, or the layout was cancelled or dropped.
        placed(): the nodes have moved to where the layout wants them.
        failed(str): the layout can't be computed, and why.
    """

    started = Signal()
    ended = Signal()
    placed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        display: Callable[[], Display] = Display,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._display = display
        self._running: _Running | None = None
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self._look)
        document.changed.connect(self._drop_outdated)
        document.replaced.connect(self.cancel)

    @property
    def is_running(self) -> bool:
        """Whether a layout is being computed in the background."""
        return self._running is not None

    def tidy(self) -> None:
        """Place all nodes: at once in a small graph, otherwise when the layout is there.

        What is tidy already stays where it is.
        """
        self._begin(self._wish(self._display()))

    def tidy_some(self, nodes: Iterable[NodeId]) -> None:
        """Place some nodes among themselves, about where they stand; the others stay."""
        wish = self._wish(self._display())
        rows = sorted(wish.parts.index[each] for each in nodes)
        self._begin(replace(wish, rows=tuple(rows)))

    def tidy_fresh(self) -> None:
        """Tidy a document that was just read: the places are part of reading it, not an edit."""
        self._begin(replace(self._wish(Display()), fresh=True))

    def cancel(self) -> None:
        """Leave the nodes where they are."""
        if self._running is not None:
            self._running.job.cancel()
            self._finish()

    def _wish(self, display: Display) -> _Wish:
        """Return what is asked, with room for what `display` shows."""
        graph = self._document.graph
        parts = build_parts(graph, self._document.passes, display)
        places = [(x, y) for x, y in positions_of(graph, parts).tolist()]
        return _Wish(parts, replace(problem_of(parts), places=places))

    def _begin(self, wish: _Wish) -> None:
        self.cancel()
        question = wish.question
        if len(question.extents) <= JOB_SIZE or not question.wires:
            self._place(wish, wish.answer)
            return
        try:
            self._running = _Running(LayoutJob(question), wish)
        except OSError as error:
            self.failed.emit(f"The layout can't be computed: {error.strerror or error}.")
            return
        self._poll.start()
        self.started.emit()

    def _look(self) -> None:
        running = self._running
        if running is None or not running.job.done():
            return
        try:
            positions = running.job.result()
        except RuntimeError:
            self.failed.emit("The layout could not be computed; the nodes stay where they are.")
        else:
            self._running = None
            self._place(running.wish, positions)
        running.job.cancel()
        self._finish()

    def _finish(self) -> None:
        self._poll.stop()
        self._running = None
        self.ended.emit()

    def _place(self, wish: _Wish, positions: Positions) -> None:
        document = self._document
        untouched = wish.fresh and document.history.count() == 0 and not document.is_modified
        edit = wish.answered(positions)
        if _moves_anything(document.graph, edit):
            document.apply(edit, _TEXT if wish.rows is None else _TEXT_SOME)
            if untouched:
                document.history.clear()
            self.placed.emit()

    def _drop_outdated(self, changes: Changes) -> None:
        if changes.geometry:
            self.cancel()


def _moves_anything(graph: GateGraph, edit: MoveNodes) -> bool:
    """Say whether any node goes further than rounding its place would bring it."""
    pairs = ((graph.node(each).position, place) for each, place in edit.positions.items())
    return any(
        old is None or new is None or max(abs(old[0] - new[0]), abs(old[1] - new[1])) >= _ROUNDED
        for old, new in pairs
    )
