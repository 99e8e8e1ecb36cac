"""Tidy Layout: a layered layout as one undo step, computed beside the program for large graphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from chainrule.diagram.arrange import move_to, problem_of
from chainrule.diagram.parts import Display, Floats, Parts, build_parts
from chainrule.graph.changes import Changes
from chainrule.graph.edits import MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.layout import JOB_SIZE, LayoutJob, layered
from chainrule_desktop.document.document import Document

_POLL = 40
_TEXT = "Tidy layout"


@final
@dataclass(frozen=True, slots=True)
class _Running:
    """A layout that is being computed: for which parts, and whether the document was just read."""

    job: LayoutJob
    parts: Parts
    fresh: bool


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

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
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
        """Place all nodes anew: at once in a small graph, otherwise when the layout is there."""
        self._begin(fresh=False)

    def tidy_fresh(self) -> None:
        """Tidy a document that was just read: the places are part of reading it, not an edit."""
        self._begin(fresh=True)

    def cancel(self) -> None:
        """Leave the nodes where they are."""
        if self._running is not None:
            self._running.job.cancel()
            self._finish()

    def _begin(self, *, fresh: bool) -> None:
        self.cancel()
        parts = build_parts(self._document.graph, self._document.passes, Display())
        problem = problem_of(parts)
        if len(parts.ids) <= JOB_SIZE:
            self._place(parts, layered(problem), fresh=fresh)
            return
        try:
            self._running = _Running(LayoutJob(problem), parts, fresh)
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
            self._place(running.parts, positions, fresh=running.fresh)
        running.job.cancel()
        self._finish()

    def _finish(self) -> None:
        self._poll.stop()
        self._running = None
        self.ended.emit()

    def _place(self, parts: Parts, positions: Floats, *, fresh: bool) -> None:
        document = self._document
        untouched = fresh and document.history.count() == 0 and not document.is_modified
        edit = move_to(parts, np.round(positions))
        if parts.ids and _moves_anything(document.graph, edit):
            document.apply(edit, _TEXT)
            if untouched:
                document.history.clear()
            self.placed.emit()

    def _drop_outdated(self, changes: Changes) -> None:
        if changes.geometry:
            self.cancel()


def _moves_anything(graph: GateGraph, edit: MoveNodes) -> bool:
    return any(graph.node(each).position != place for each, place in edit.positions.items())
