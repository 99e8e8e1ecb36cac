"""Motion where it explains: nodes glide to their new places, and the view to all of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import final

import numpy as np
from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPointF, QVariantAnimation

from chainrule.arrays import Floats
from chainrule.diagram.commentary import place_comments
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.geometry import place_parts
from chainrule.graph.bookmarks import Place
from chainrule_desktop.canvas.item import DiagramItem
from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.document import Document
from chainrule_desktop.theme import MotionMode, moves

TIME = 150
"""How many milliseconds a motion takes."""

_MOST_NODES = 2_000
_LEAST_PIXELS = 16.0


@final
class Motion(QObject):
    """Shows a diagram whose nodes stand elsewhere by and by, as far as its `mode` lets it.

    Small moves, such as those by keys, and those of very many nodes are shown at once.
    """

    def __init__(
        self,
        item: DiagramItem,
        document: Document,
        navigator: Navigator,
        camera: Camera,
    ) -> None:
        super().__init__(navigator)
        self.mode = MotionMode.NEVER
        self._camera = camera
        self._item = item
        self._navigator = navigator
        self._document = document
        self._of = document.graph
        self._goal: Diagram | None = None
        self._from: Floats = np.empty((0, 2))
        self._nodes = _run_of(self)
        self._nodes.valueChanged.connect(self._step)
        self._nodes.finished.connect(self._arrive)
        self._view = _run_of(self)
        self._view.valueChanged.connect(self._step_view)
        self._view.finished.connect(navigator.zoom_to_fit)
        self._stands = navigator.place(), navigator.place()

    @property
    def goes_on(self) -> bool:
        """Whether anything moves."""
        return QAbstractAnimation.State.Running in (self._nodes.state(), self._view.state())

    def show(self, diagram: Diagram, *, at_once: bool) -> None:
        """Show a diagram with its nodes on their way; that of another graph is always at once."""
        same, self._of = self._document.graph is self._of, self._document.graph
        start = self._starts(diagram) if same and not at_once else None
        if start is None:
            self._nodes.stop()
            self._goal = None
            self._item.show_diagram(diagram)
            return
        self._goal, self._from = diagram, start
        self._nodes.stop()
        # A run that begins again at 0 says nothing, and what is shown may have lost nodes.
        self._step(0.0)
        self._nodes.start()

    def fit(self) -> None:
        """Bring the view to all of the diagram."""
        if not moves(self.mode):
            self._navigator.zoom_to_fit()
            return
        self._view.stop()
        self._navigator.places.rest()
        content = self._navigator.content
        middle, scale = content.center(), self._camera.fitting_scale(content)
        self._stands = self._navigator.place(), Place((middle.x(), middle.y()), scale)
        self._view.start()

    def follow_tidy(self) -> None:
        """Fit the view where it showed all before the nodes moved, or where it would show none."""
        diagram = self._goal or self._item.diagram
        shown = self._camera.shown
        x, y = diagram.geometry.centers.T
        seen = (x > shown.left()) & (x < shown.right()) & (y > shown.top()) & (y < shown.bottom())
        if self._camera.is_fitted or not seen.any():
            self.fit()

    def finish(self) -> None:
        """Show at once what anything moves to."""
        for each in (self._nodes, self._view):
            if each.state() is QAbstractAnimation.State.Running:
                each.setCurrentTime(TIME)

    def _starts(self, diagram: Diagram) -> Floats | None:
        """Return where the nodes of a diagram stand now, new ones at their place; None for all so.

        What stands less than a few pixels away is there already.
        """
        shown, parts = self._item.diagram, diagram.parts
        if self.mode is MotionMode.NEVER or len(parts.ids) > _MOST_NODES:
            return None
        start = diagram.geometry.centers.copy()
        known = [(row, shown.parts.index.get(each, -1)) for row, each in enumerate(parts.ids)]
        rows = np.array([row for row, before in known if before >= 0], np.intp)
        start[rows] = shown.geometry.centers[[before for _, before in known if before >= 0]]
        away = np.abs(start - diagram.geometry.centers).max(initial=0.0)
        is_far = away * self._navigator.scale >= _LEAST_PIXELS
        return start if is_far and moves(self.mode) else None

    def _step(self, share: float) -> None:
        goal = self._goal
        if goal is None or share >= 1.0:
            return
        centers = self._from + share * (goal.geometry.centers - self._from)
        geometry = place_parts(goal.parts, centers, goal.geometry.waypoints)
        comments = place_comments(goal.comments.of, goal.parts, geometry)
        self._item.show_diagram(replace(goal, geometry=geometry, comments=comments))

    def _arrive(self) -> None:
        if self._goal is not None:
            goal, self._goal = self._goal, None
            self._item.show_diagram(goal)

    def _step_view(self, share: float) -> None:
        (x1, y1), (x2, y2) = (each.centre for each in self._stands)
        before, after = (math.log(each.zoom) for each in self._stands)
        if share < 1.0:
            centre = QPointF(x1 + share * (x2 - x1), y1 + share * (y2 - y1))
            zoom = math.exp(before + share * (after - before))
            self._camera.stand_at(centre, zoom, self._navigator.content)


def _run_of(parent: QObject) -> QVariantAnimation:
    """Return a run from 0 to 1 that begins and ends gently."""
    run = QVariantAnimation(parent)
    run.setStartValue(0.0)
    run.setEndValue(1.0)
    run.setDuration(TIME)
    run.setEasingCurve(QEasingCurve.Type.InOutCubic)
    return run
