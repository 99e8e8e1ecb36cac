"""The one item of the scene: it paints the whole diagram, with less detail from further away."""

from __future__ import annotations

import sys
from functools import partial
from typing import final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget
from typing_extensions import override

from chainrule.diagram.diagram import Diagram
from chainrule_desktop.canvas.culling import visible_branches, visible_nodes, visible_wires
from chainrule_desktop.canvas.dirty import changed_area, moved_area
from chainrule_desktop.canvas.exposed import exposed_areas
from chainrule_desktop.canvas.layer import StillLayer
from chainrule_desktop.canvas.look import Look, look_for, seen_at
from chainrule_desktop.canvas.marks import Marks
from chainrule_desktop.canvas.paint_blanks import paint_blanks
from chainrule_desktop.canvas.paint_comments import (
    changed_comments,
    marked_comments,
    paint_far_titles,
    paint_frames,
    paint_notes,
)
from chainrule_desktop.canvas.paint_gestures import paint_gestures
from chainrule_desktop.canvas.paint_labels import (
    paint_branches,
    paint_names,
    paint_numbers,
    paint_stretches,
)
from chainrule_desktop.canvas.paint_nodes import (
    paint_boxes,
    paint_focus,
    paint_handles,
    paint_loose_ends,
    paint_misfits,
    paint_nodes,
    paint_open_ports,
)
from chainrule_desktop.canvas.paint_paths import paint_checked_wires, paint_factors, paint_path
from chainrule_desktop.canvas.paint_playing import (
    paint_breakpoints,
    paint_playing_gate,
    paint_playing_numbers,
    paint_playing_wires,
)
from chainrule_desktop.canvas.paint_readouts import paint_readouts
from chainrule_desktop.canvas.paint_rewiring import paint_rewiring
from chainrule_desktop.canvas.paint_thumbnails import paint_branch_thumbnails, paint_thumbnails
from chainrule_desktop.canvas.paint_wires import (
    paint_hairlines,
    paint_loose_wire,
    paint_marked_wires,
    paint_waypoints,
    paint_wires,
)
from chainrule_desktop.canvas.sight import scale_of

FAR = 0.22
MIDDLE = 0.40
_AROUND = 8.0


@final
class DiagramItem(QGraphicsItem):
    """Paints a diagram and the marks of the pointer; it knows nothing of editing."""

    def __init__(self, diagram: Diagram, look: Look) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._diagram = diagram
        self._look = _scaled(look, diagram)
        self._marks = Marks()
        self._area = QRectF()
        self._numbers_change = False
        self._layer = StillLayer()

    @property
    def diagram(self) -> Diagram:
        """What is painted."""
        return self._diagram

    def show_diagram(self, diagram: Diagram) -> None:
        """Paint another state of the diagram."""
        before, self._diagram = self._diagram, diagram
        self._look = _scaled(self._look, diagram)
        same = before.parts is diagram.parts and before.geometry is diagram.geometry
        self._numbers_change = same and before.labels is not diagram.labels
        if self._numbers_change and before.comments is diagram.comments and self._is_far():
            return  # no number is painted from so far away
        area = moved_area(before, diagram, self._least())
        comments = changed_comments(before.comments, diagram.comments, self._least())
        self._update(None if area is None else area.united(comments))

    def show_marks(self, marks: Marks) -> None:
        """Paint other marks."""
        before, self._marks = self._marks, marks
        if marks == before:
            return
        self._numbers_change = False
        area = changed_area(self._diagram, before, marks, self._least())
        comments = marked_comments(self._diagram.comments, before, marks, self._least())
        self._update(None if area is None else area.united(comments))

    def show_look(self, look: Look) -> None:
        """Paint in other colours."""
        self._look = _scaled(look, self._diagram)
        self.update()

    def set_area(self, area: QRectF) -> None:
        """Claim the part of the scene in which things may be painted."""
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area

    @override
    def boundingRect(self) -> QRectF:
        return self._area

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        try:
            # With other numbers, everything is painted by way of one picture.
            whole = (option.exposedRect,)
            areas = whole if self._numbers_change else exposed_areas(painter, *whole)
            for area in areas:
                self._paint(painter, area, widget)
        except Exception:  # noqa: BLE001
            # WORKAROUND(PySide6): an error that leaves here ends the program by a memory fault.
            # It is told as any other, once nothing is being painted.
            QTimer.singleShot(0, partial(sys.excepthook, *sys.exc_info()))

    def _paint(self, painter: QPainter, area: QRectF, widget: QWidget | None) -> None:
        scale = scale_of(painter)
        if scale < FAR:
            self._paint_from_far(painter, area)
        else:
            self._paint_near(painter, area, widget, seen_at(self._look, scale))
        paint_waypoints(painter, self._diagram, self._marks, self._look)
        paint_rewiring(painter, self._diagram, area, self._marks, self._look)
        paint_gestures(painter, self._marks, self._look)

    def _is_far(self) -> bool:
        """Say whether all views are from so far away that gates are boxes without numbers."""
        views = self.scene().views() if self.scene() else []
        return bool(views) and all(view.transform().m11() < FAR for view in views)

    def _least(self) -> float:
        """Return how far around things marks may be painted, in canvas units at this scale."""
        views = self.scene().views() if self.scene() else []
        return _AROUND / min((view.transform().m11() for view in views), default=1.0)

    def _update(self, area: QRectF | None) -> None:
        """Paint an area anew, or everything."""
        if area is None:
            self.update()
        elif not area.isEmpty():
            self.update(area)

    def _paint_from_far(self, painter: QPainter, area: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        placed, marks = self._diagram.comments, self._marks
        paint_frames(painter, placed, area, self._look, marks)
        paint_hairlines(painter, self._diagram, visible_wires(self._diagram, area), self._look)
        nodes = visible_nodes(self._diagram, area)
        paint_boxes(painter, self._diagram, nodes, self._look, self._marks)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        paint_marked_wires(painter, self._diagram, self._marks, self._look)
        paint_checked_wires(painter, self._diagram, self._marks, self._look)
        paint_path(painter, self._diagram, self._marks, self._look)
        paint_playing_wires(painter, self._diagram, self._marks.step, self._look)
        paint_playing_gate(painter, self._diagram, self._marks.step, self._look)
        paint_notes(painter, placed, area, self._look, marks)
        paint_far_titles(painter, placed, area, self._look)

    def _paint_near(
        self, painter: QPainter, area: QRectF, widget: QWidget | None, look: Look
    ) -> None:
        diagram, marks = self._diagram, self._marks
        of = (diagram.parts, diagram.geometry, diagram.comments, look, marks)
        if self._numbers_change and widget is not None:
            # Whatever is painted next, such as a strip while panning, is painted as it is.
            self._numbers_change = False
            self._layer.paint(painter, widget, of, partial(self._paint_shapes, look=look))
        else:
            self._layer.forget_unless(painter, of)
            self._paint_shapes(painter, area, look)
        self._paint_numbers(painter, area, look)
        paint_notes(painter, diagram.comments, area, look, marks)
        paint_far_titles(painter, diagram.comments, area, look)
        if marks.loose is not None:
            paint_loose_wire(painter, marks.loose, look, diagram.parts.wire_style)
        paint_focus(painter, diagram, marks, look)

    def _paint_numbers(self, painter: QPainter, area: QRectF, look: Look) -> None:
        """Paint what runs of the passes change; pictures are seen from where text isn't."""
        diagram = self._diagram
        nodes, branches = visible_nodes(diagram, area), visible_branches(diagram, area)
        paint_playing_numbers(painter, diagram, self._marks.step, look)
        paint_thumbnails(painter, diagram, nodes, look)
        paint_branch_thumbnails(painter, diagram, branches, look)
        paint_numbers(painter, diagram, nodes, look)
        paint_branches(painter, diagram, branches, look)
        paint_stretches(painter, diagram, branches, look)
        paint_names(painter, diagram, nodes, look)
        paint_readouts(painter, diagram, nodes, look)
        paint_blanks(painter, diagram, area, self._marks, look)
        paint_misfits(painter, diagram, self._marks, look)
        paint_factors(painter, diagram, self._marks, look)

    def _paint_shapes(self, painter: QPainter, area: QRectF, look: Look) -> None:
        """Paint all that stays as it is while numbers change."""
        diagram, marks, fine = self._diagram, self._marks, scale_of(painter) >= MIDDLE
        nodes = visible_nodes(diagram, area)
        paint_frames(painter, diagram.comments, area, look, marks)
        paint_wires(painter, diagram, nodes, area, look)
        paint_marked_wires(painter, diagram, marks, look)
        paint_checked_wires(painter, diagram, marks, look)
        paint_path(painter, diagram, marks, look)
        paint_playing_wires(painter, diagram, marks.step, look)
        if fine:
            paint_loose_ends(painter, diagram, nodes, look)
        paint_nodes(painter, diagram, nodes, look, marks)
        paint_playing_gate(painter, diagram, marks.step, look)
        paint_breakpoints(painter, diagram, marks.breakpoints, look)
        if fine:
            paint_open_ports(painter, diagram, area, look)
            paint_handles(painter, diagram, marks, look)


def _scaled(look: Look, diagram: Diagram) -> Look:
    """Return a look with texts and lines as large as in a diagram."""
    return look_for(look.palette, diagram.parts.text_scale)
