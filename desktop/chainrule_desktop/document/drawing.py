"""The document's diagram, kept up to date: what the canvas shows and every figure draws."""

from __future__ import annotations

from dataclasses import replace
from typing import final

from PySide6.QtCore import QObject, Signal

from chainrule.autodiff.covering import Readable
from chainrule.autodiff.diagnosis import number_problems, standing_problems
from chainrule.autodiff.playback import Moment
from chainrule.diagram.blanks import BlankBoxes, place_blanks, without_hidden
from chainrule.diagram.commentary import comment_problems, commentary_of, place_comments
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.geometry import Geometry, place_parts
from chainrule.diagram.labels import Labels, write_labels
from chainrule.diagram.parts import Display, Parts, shows_names
from chainrule.diagram.played import write_played
from chainrule.diagram.room import parts_in_place
from chainrule.diagram.waypoints import Waypoints, waypoints_of
from chainrule.graph.changes import Changes
from chainrule.graph.checks import Problem
from chainrule.graph.exercises import answers_of
from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.document import Document


@final
class Drawing(QObject):
    """Redraws of the diagram only what an edit changed: parts, places, or texts.

    While it tells that it was redrawn, `only_places` says whether nothing but places differs.

    Signals:
        redrawn(): parts, places or texts differ.
        problems_changed(): the list of problems differs.
    """

    redrawn = Signal()
    problems_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._display = Display()
        self._moment: Moment | None = None
        self._compiled = 0
        self._lays_out = False
        self._shows_names = False
        self._named_for = 0
        self.only_places = False
        self.problems: list[Problem] = []
        self._standing: list[Problem] = []
        self._diagnosed: tuple[GateGraph | None, int] = None, 0
        self.diagram = self._drawn_anew()
        self._find_problems()
        document.changed.connect(self._update)
        document.replaced.connect(self._redraw)

    @property
    def display(self) -> Display:
        """What the reader wants to see, with names where something beside the canvas needs them."""
        names = self._display.names or self._named_for > 0
        return self._display if names == self._display.names else replace(self._display, names=True)

    @property
    def moment(self) -> Moment | None:
        """What is known at the step where playback stands; None where everything is."""
        moment = self._moment
        current = moment is not None and moment.timeline.graph is self._document.graph
        return moment if current else None

    @property
    def known(self) -> Readable:
        """What may be seen of the numbers: at a step of playback, and but for what is hidden."""
        shown: Readable = self.moment or self._document.passes
        covered = self._document.cover.covered
        return shown if covered is None else replace(covered, passes=shown)

    def show(self, display: Display) -> None:
        """Draw with other decimals or other texts."""
        if display != self._display:
            self._display = display
            self._redraw()

    def show_names(self, *, shown: bool) -> None:
        """Draw the names of all gates as long as something is open that speaks of them by name."""
        self._named_for += 1 if shown else -1
        if shows_names(self._document.graph, self.display) != self._shows_names:
            self._redraw()

    def show_moment(self, moment: Moment | None) -> None:
        """Write only the numbers that are known at a moment of playback; None for all."""
        self._moment = moment
        self._relabel()
        self.redrawn.emit()

    def _update(self, changes: Changes) -> None:
        if changes.structure or changes.run:
            # The steps of playback are others now; who plays says at which of them it stands.
            self._moment = None
        named = shows_names(self._document.graph, self.display) != self._shows_names
        reshaped = named or self._compiled != self._document.passes.compiled
        if changes.structure or changes.run or changes.looks or reshaped or self._unplaced(changes):
            self._redraw()
            return
        if changes.moved:
            self._move(changes)
        if changes.comments:
            self._comment()
        if changes.numbers or changes.blanks:
            self._relabel()
            self._find_problems()
        self.only_places = changes == Changes(moved=changes.moved)
        self.redrawn.emit()
        self.only_places = False

    def _unplaced(self, changes: Changes) -> bool:
        """Say whether a layout, which looks at all places, gives some nodes theirs."""
        if not changes.moved:
            return False
        graph = self._document.graph
        return self._lays_out or any(graph.node(each).position is None for each in changes.moved)

    def _redraw(self) -> None:
        self.diagram = self._drawn_anew()
        self._find_problems()
        self.redrawn.emit()

    def _drawn_anew(self) -> Diagram:
        graph, passes, display = self._document.graph, self._document.passes, self.display
        self._compiled = passes.compiled
        self._lays_out = any(node.position is None for node in graph)
        self._shows_names = shows_names(graph, display)
        parts, centers = parts_in_place(graph, passes, display)
        geometry = place_parts(parts, centers, waypoints_of(graph, parts))
        comments = place_comments(commentary_of(graph, parts), parts, geometry)
        blanks = self._blanks(parts, geometry)
        return Diagram(parts, geometry, self._labels(parts), display, comments, blanks)

    def _move(self, changes: Changes) -> None:
        parts = self.diagram.parts
        centers = self.diagram.geometry.centers.copy()
        for node_id in changes.moved:
            centers[parts.index[node_id]] = self._document.graph.node(node_id).position
        before = self.diagram.geometry
        geometry = place_parts(parts, centers, self._waypoints(changes), before)
        comments = place_comments(self.diagram.comments.of, parts, geometry)
        blanks = self._blanks(parts, geometry)
        self.diagram = replace(self.diagram, geometry=geometry, comments=comments, blanks=blanks)

    def _waypoints(self, changes: Changes) -> Waypoints:
        """Return where wires are led through; looked for only where that can have changed."""
        graph, before = self._document.graph, self.diagram.geometry.waypoints
        if len(before.rows) or any(graph.node(each).routes for each in changes.moved):
            return waypoints_of(graph, self.diagram.parts)
        return before

    def _comment(self) -> None:
        parts, geometry = self.diagram.parts, self.diagram.geometry
        comments = place_comments(commentary_of(self._document.graph, parts), parts, geometry)
        self.diagram = replace(self.diagram, comments=comments)
        self._find_problems()

    def _relabel(self) -> None:
        parts, geometry = self.diagram.parts, self.diagram.geometry
        labels, blanks = self._labels(parts), self._blanks(parts, geometry)
        self.diagram = replace(self.diagram, labels=labels, blanks=blanks)

    def _labels(self, parts: Parts) -> Labels:
        moment = self.moment
        if moment is not None:
            labels = write_played(parts, moment, self._display)
        else:
            labels = write_labels(parts, self._document.passes, self._display)
        return without_hidden(labels, parts, self._document.cover.covered)

    def _blanks(self, parts: Parts, geometry: Geometry) -> BlankBoxes:
        answers = answers_of(self._document.graph.header)
        return place_blanks(self._document.cover.covered, answers, parts, geometry)

    def _find_problems(self) -> None:
        graph, passes = self._document.graph, self._document.passes
        if self._diagnosed != (graph, passes.compiled):
            self._diagnosed = graph, passes.compiled
            self._standing = standing_problems(graph, passes)
        problems = self._standing + number_problems(graph, passes)
        problems += comment_problems(self.diagram.comments)
        if problems != self.problems:
            self.problems = problems
            self.problems_changed.emit()
