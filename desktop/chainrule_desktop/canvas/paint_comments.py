"""Painting frames beneath the graph and notes above it; titles stay readable from far away."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from chainrule.arrays import Floats
from chainrule.diagram.commentary import (
    FRAME_BORDER,
    FRAME_CORNER,
    FRAME_PADDING,
    TITLE_BAND,
    TITLE_SIZE,
    Placed,
)
from chainrule.diagram.notes import NOTE_SIZE
from chainrule.diagram.primitives import Text
from chainrule.diagram.text import one_line, shorten, text_width
from chainrule_desktop.canvas.look import SELECTED_WIDTH, Look, font_of
from chainrule_desktop.canvas.marks import Marks
from chainrule_desktop.canvas.sight import least_size, scale_of
from chainrule_desktop.document.selection import Comment, CommentKind
from chainrule_desktop.figures.painter import path_of

READABLE_TITLE = 11.0
"""How many pixels high titles are at least, where their frames are large enough for it."""
_LEAST_PIXELS = 5.0
_DROP = 0.74
_BAND = 1.4
_SHARE = 0.45
_NOTE_MARGIN = 5.0
# How much more than elsewhere is painted anew above a frame, for its title.
_ABOVE = 3.0


def visible_boxes(boxes: Floats, area: QRectF) -> list[int]:
    """Return the rows of the boxes that touch an area."""
    if not len(boxes):
        return []
    left, top, right, bottom = boxes.T
    inside = (left <= area.right()) & (right >= area.left())
    inside &= (top <= area.bottom()) & (bottom >= area.top())
    return np.flatnonzero(inside).tolist()


def title_size(placed: Placed, frame: int, scale: float) -> float:
    """Return the size of a frame's title in canvas units, larger when it is seen from far away."""
    usual = TITLE_SIZE * placed.of.scale
    _, top, _, bottom = placed.frames[frame].tolist()
    return max(usual, min(READABLE_TITLE / scale, _SHARE * (bottom - top)))


def paint_frames(painter: QPainter, placed: Placed, area: QRectF, look: Look, marks: Marks) -> None:
    """Paint the grounds of frames, outer ones first, and titles in their usual size."""
    scale = scale_of(painter)
    for row in reversed(visible_boxes(placed.frames, area)):
        frame = placed.of.frames[row]
        tint = look.tints[frame.hue]
        comment = Comment(CommentKind.FRAME, placed.of.numbers[row])
        painter.setPen(_border(comment, look, marks, tint.border))
        painter.setBrush(QColor(tint.fill))
        left, top, right, bottom = placed.frames[row].tolist()
        box = QRectF(QPointF(left, top), QPointF(right, bottom))
        if scale < _LEAST_PIXELS / FRAME_CORNER:
            painter.drawRect(box)
        else:
            painter.drawRoundedRect(box, FRAME_CORNER, FRAME_CORNER)
        if not is_far_title(placed, row, scale):
            _paint_title(painter, placed, row, look, scale)


def paint_far_titles(painter: QPainter, placed: Placed, area: QRectF, look: Look) -> None:
    """Paint over the graph the titles that are larger than usual, since they are far away."""
    scale = scale_of(painter)
    for row, box in shown_titles(placed, scale).items():
        if is_far_title(placed, row, scale) and box.intersects(area):
            _paint_title(painter, placed, row, look, scale)


def shown_titles(placed: Placed, scale: float) -> dict[int, QRectF]:
    """Return where titles are read, by the row of their frame; outer ones before inner ones.

    From far away, an inner frame's title gives way to that of the frame around it.
    """
    shown: dict[int, QRectF] = {}
    for row in reversed(range(len(placed.frames))):
        box = title_area(placed, row, scale)
        crowded = is_far_title(placed, row, scale) and any(map(box.intersects, shown.values()))
        if not crowded and placed.of.frames[row].title.strip():
            shown[row] = box
    return shown


def is_far_title(placed: Placed, frame: int, scale: float) -> bool:
    """Return whether a frame's title stands above the frame, where it is clear of gates.

    It does so where it is larger than the strip that is kept for it within the frame.
    """
    return _BAND * title_size(placed, frame, scale) > TITLE_BAND * placed.of.scale


def paint_notes(painter: QPainter, placed: Placed, area: QRectF, look: Look, marks: Marks) -> None:
    """Paint notes; seen from where they can't be read, as bars in the place of their lines."""
    readable = placed.of.scale * NOTE_SIZE >= least_size(painter)
    for row in visible_boxes(placed.notes, area):
        left, top, right, bottom = placed.notes[row].tolist()
        box = QRectF(QPointF(left, top), QPointF(right, bottom))
        comment = Comment(CommentKind.NOTE, row)
        if comment in marks.selected_comments or comment == marks.hovered_comment:
            _paint_around(painter, box, look, chosen=comment in marks.selected_comments)
        if not readable:
            bar = QColor(look.palette.muted_text)
            bar.setAlphaF(0.35)
            painter.fillRect(box, bar)
            continue
        painter.save()
        painter.translate(left, top)
        for primitive in placed.of.layouts[row].primitives:
            colour = QColor(look.colour(primitive.role))
            if isinstance(primitive, Text):
                painter.setPen(colour)
                painter.setFont(_font(primitive.size))
                painter.drawText(QPointF(*primitive.at), primitive.text)
            else:
                path = path_of(primitive.formula).translated(*primitive.at)
                painter.fillPath(path, colour)
        painter.restore()


def changed_comments(before: Placed, after: Placed, least: float) -> QRectF:
    """Return a rectangle that holds all frames and notes that are new, gone or elsewhere."""
    area = QRectF()
    if before is after:
        return area
    for old, new, same in (
        (before.frames, after.frames, before.of.frames == after.of.frames),
        (before.notes, after.notes, before.of.notes == after.of.notes),
    ):
        if same and old.shape == new.shape:
            moved = (old != new).any(axis=1)
            parts = (old[moved], new[moved])
        else:
            parts = (old, new)
        for boxes in parts:
            if len(boxes):
                low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
                area = area.united(QRectF(QPointF(*low.tolist()), QPointF(*high.tolist())))
    return _with_titles(area, least)


def marked_comments(placed: Placed, before: Marks, after: Marks, least: float) -> QRectF:
    """Return a rectangle that holds all frames and notes that are marked otherwise."""
    changed = set(before.selected_comments ^ after.selected_comments)
    if before.hovered_comment != after.hovered_comment:
        changed |= {each for each in (before.hovered_comment, after.hovered_comment) if each}
    area = QRectF()
    for comment in changed:
        box = box_of_comment(placed, comment)
        if box is not None:
            area = area.united(_with_titles(box, least))
    return area


def _with_titles(area: QRectF, least: float) -> QRectF:
    """Return the area of frames with the titles that may stand above them, seen from far away."""
    return area if area.isEmpty() else area.adjusted(-least, -_ABOVE * least, least, least)


def box_of_comment(placed: Placed, comment: Comment) -> QRectF | None:
    """Return where a frame or a note is drawn; None if it isn't."""
    if comment.kind is CommentKind.NOTE:
        boxes, row = placed.notes, comment.number
    elif comment.number in placed.of.numbers:
        boxes, row = placed.frames, placed.of.numbers.index(comment.number)
    else:
        return None
    if row >= len(boxes):
        return None
    left, top, right, bottom = boxes[row].tolist()
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def title_area(placed: Placed, frame: int, scale: float) -> QRectF:
    """Return the strip of a frame by which it is grabbed: its title's line."""
    left, top, right, _ = placed.frames[frame].tolist()
    if not is_far_title(placed, frame, scale):
        return QRectF(left, top, right - left, TITLE_BAND * placed.of.scale)
    size = title_size(placed, frame, scale)
    title = one_line(placed.of.frames[frame].title)
    width = min(right - left, text_width(title, size))
    return QRectF(left, top - _BAND * size, width, _BAND * size)


def title_start(placed: Placed, frame: int, scale: float) -> QPointF:
    """Return where a frame's title begins, at half of its height."""
    strip = title_area(placed, frame, scale)
    padding = 0.0 if is_far_title(placed, frame, scale) else FRAME_PADDING * placed.of.scale
    return QPointF(strip.left() + padding, strip.center().y())


def _paint_title(painter: QPainter, placed: Placed, row: int, look: Look, scale: float) -> None:
    frame, size = placed.of.frames[row], title_size(placed, row, scale)
    left, top, right, _ = placed.frames[row].tolist()
    if is_far_title(placed, row, scale):
        padding, baseline = 0.0, top - (1 - _DROP) * _BAND * size
    else:
        padding = FRAME_PADDING * placed.of.scale
        baseline = top + _DROP * TITLE_BAND * placed.of.scale
    if size * scale < _LEAST_PIXELS:
        return
    title = shorten(one_line(frame.title), size, right - left - 2 * padding)
    painter.setFont(_font(size))
    painter.setPen(QColor(look.tints[frame.hue].title))
    painter.drawText(QPointF(left + padding, baseline), title)


def _border(comment: Comment, look: Look, marks: Marks, colour: str) -> QPen:
    if comment in marks.selected_comments:
        return QPen(QColor(look.palette.accent), SELECTED_WIDTH)
    if comment == marks.hovered_comment:
        return QPen(QColor(look.palette.accent), FRAME_BORDER)
    return QPen(QColor(colour), FRAME_BORDER)


def _paint_around(painter: QPainter, box: QRectF, look: Look, *, chosen: bool) -> None:
    margin = _NOTE_MARGIN
    painter.setBrush(QColor(look.palette.selection_halo) if chosen else Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(look.palette.accent), SELECTED_WIDTH if chosen else FRAME_BORDER)
    painter.setPen(pen)
    painter.drawRoundedRect(box.adjusted(-margin, -margin, margin, margin), margin, margin)


@lru_cache(maxsize=64)
def _font(size: float) -> QFont:
    return font_of(size)
