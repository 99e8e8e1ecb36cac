"""Which frame or note lies under the pointer: notes, then titles and borders of frames."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from chainrule.diagram.commentary import Placed
from chainrule_desktop.canvas.hit import Hit, Part
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.paint_comments import READABLE_TITLE, title_area, visible_boxes
from chainrule_desktop.document.selection import Comment, CommentKind

_BORDER_REACH = 4.0
_NOTE_REACH = 3.0


def note_at(placed: Placed, point: Point, scale: float) -> Hit | None:
    """Return the note at a point; later ones lie on top."""
    rows = visible_boxes(placed.notes, _around(point, _NOTE_REACH / min(1.0, scale)))
    return Hit(Part.NOTE, comment=Comment(CommentKind.NOTE, rows[-1])) if rows else None


def frame_at(placed: Placed, point: Point, scale: float) -> Hit | None:
    """Return the innermost frame whose title or border is at a point.

    Its middle is the canvas: it is not in the way of what one does there.
    """
    reach, there = _BORDER_REACH / scale, QPointF(*point)
    for row in visible_boxes(placed.frames, _around(point, max(reach, 2 * READABLE_TITLE / scale))):
        left, top, right, bottom = placed.frames[row].tolist()
        frame = QRectF(QPointF(left, top), QPointF(right, bottom))
        outer = frame.adjusted(-reach, -reach, reach, reach)
        inner = frame.adjusted(reach, reach, -reach, -reach)
        on_border = outer.contains(there) and not inner.contains(there)
        if on_border or title_area(placed, row, scale).contains(there):
            number = placed.of.numbers[row]
            return Hit(Part.FRAME, comment=Comment(CommentKind.FRAME, number))
    return None


def _around(point: Point, reach: float) -> QRectF:
    x, y = point
    return QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
