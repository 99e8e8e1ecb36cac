"""Editing titles and notes in place: the canvas shows what is typed as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QGraphicsView

from chainrule.errors import ChainruleError
from chainrule.graph.changes import Changes
from chainrule_desktop.canvas.comment_fields import TITLE_INSET, NoteField, TitleField, put
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.paint_comments import box_of_comment, title_start
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Comment, CommentKind
from chainrule_desktop.messages import explain

_GAP = 10
_TITLE_HINT = "Enter takes the title, Escape leaves everything as it was."
_NOTE_HINT = "$…$ is mathematics. Ctrl+Enter takes the note, Escape leaves everything as it was."


@final
class _Key:
    """Joins all that is typed in one field into one undo step."""


@final
class CommentEditing(QObject):
    """Keeps the field over a title or beneath a note; all that is typed there is one undo step.

    Signals:
        said(str): how to end, or why something can't be; "" once that is over.
    """

    said = Signal(str)

    def __init__(
        self, view: QGraphicsView, camera: Camera, editor: Editor, drawing: Drawing
    ) -> None:
        super().__init__(view)
        self._view = view
        self._camera = camera
        self._editor = editor
        self._drawing = drawing
        self._title = TitleField(view.viewport())
        self._note = NoteField(view.viewport())
        self._comment: Comment | None = None
        self._place: Point | None = None
        self._key = _Key()
        self._typing = False
        self._title.textEdited.connect(self._take_title)
        self._note.textChanged.connect(self._take_note)
        self._title.ended.connect(self._end)
        self._note.ended.connect(self._end)
        editor.document.changed.connect(self._notice_edit)
        editor.document.replaced.connect(self._leave)
        view.horizontalScrollBar().valueChanged.connect(self.follow_view)
        view.verticalScrollBar().valueChanged.connect(self.follow_view)
        drawing.redrawn.connect(self.follow_view)

    @property
    def is_editing(self) -> bool:
        """Whether a field is open."""
        return self._comment is not None or self._place is not None

    def edit(self, comment: Comment) -> None:
        """Edit a frame's title or a note's text."""
        self._end(True)
        self._key = _Key()
        self._begin(comment)

    def frame_selection(self) -> None:
        """Put a frame around the selected nodes and ask for its title; both are one step."""
        self._end(True)
        self._key = _Key()
        try:
            self._typing = True
            comment = self._editor.commenter.frame_selection(merge=self._key)
        except ChainruleError as error:
            self.said.emit(explain(error))
            return
        finally:
            self._typing = False
        self._begin(comment)

    def add_note(self, point: Point) -> None:
        """Write a note at a point; it is there once something is typed."""
        self._end(True)
        self._key = _Key()
        self._place = round(point[0]), round(point[1])
        self._open_note("")

    def follow_view(self) -> None:
        """Keep the field where it belongs after the view or the drawing has moved."""
        if not self.is_editing:
            return
        room = self._view.viewport().rect()
        placed = self._drawing.diagram.comments
        box = None if self._comment is None else box_of_comment(placed, self._comment)
        if self._comment is not None and self._comment.kind is CommentKind.FRAME:
            if box is not None:
                frame = placed.of.numbers.index(self._comment.number)
                start = self._camera.to_pixel(title_start(placed, frame, self._camera.scale))
                # Where the title is, letter on letter.
                start -= QPoint(TITLE_INSET, self._title.height() // 2)
                put(self._title, start, room)
            return
        if box is None:
            put(self._note, self._camera.to_pixel(QPointF(*(self._place or (0.0, 0.0)))), room)
            return
        below = self._camera.to_pixel(box.bottomLeft())
        below.setY(below.y() + _GAP)
        if below.y() + self._note.height() > room.bottom():
            below.setY(self._camera.to_pixel(box.topLeft()).y() - _GAP - self._note.height())
        put(self._note, below, room)

    def _begin(self, comment: Comment) -> None:
        self._comment = comment
        if comment.kind is CommentKind.NOTE:
            self._open_note(self._editor.commenter.note(comment).text)
            return
        self._title.setText(self._editor.commenter.frame(comment).title)
        self.follow_view()
        self._title.show()
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.selectAll()
        self.said.emit(_TITLE_HINT)

    def _open_note(self, text: str) -> None:
        self._note.blockSignals(True)
        self._note.setPlainText(text)
        self._note.blockSignals(False)
        self.follow_view()
        self._note.show()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)
        self._note.selectAll()
        self.said.emit(_NOTE_HINT)

    def _take_title(self, title: str) -> None:
        if self._comment is not None:
            self._do(lambda: self._set_title(title))

    def _set_title(self, title: str) -> None:
        if self._comment is not None:
            self._editor.commenter.set_title(self._comment, title, merge=self._key)

    def _take_note(self) -> None:
        self._do(self._write)

    def _write(self) -> None:
        text, commenter = self._note.toPlainText(), self._editor.commenter
        if self._comment is not None:
            commenter.set_text(self._comment, text, merge=self._key)
        elif text and self._place is not None:
            self._comment = commenter.add_note(text, self._place, merge=self._key)

    def _do(self, verb: Callable[[], None]) -> None:
        """Let a verb change the document on behalf of the field."""
        self._typing = True
        try:
            verb()
        finally:
            self._typing = False

    def _end(self, keep: bool) -> None:
        if not self.is_editing:
            return
        comment, was_new = self._comment, self._place is not None
        self._leave()
        self._typing = True
        try:
            if not keep:
                self._editor.commenter.take_back(self._key)
            elif comment is not None and comment.kind is CommentKind.NOTE:
                self._drop_empty(comment, was_new=was_new)
        finally:
            self._typing = False

    def _drop_empty(self, comment: Comment, *, was_new: bool) -> None:
        """Let a note without text vanish: a new one as if it had never been."""
        if self._editor.commenter.note(comment).text.strip():
            return
        if was_new:
            self._editor.commenter.take_back(self._key)
        else:
            self._editor.commenter.remove((comment,))

    def _leave(self) -> None:
        """Close the field; the document stays as it is."""
        if not self.is_editing:
            return
        self._comment = self._place = None
        focused = self._title.hasFocus() or self._note.hasFocus()
        self._title.hide()
        self._note.hide()
        self.said.emit("")
        if focused:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _notice_edit(self, changes: Changes) -> None:
        """Close the field when something else, such as undo, changes frames or notes."""
        if not self._typing and (changes.comments or changes.structure):
            self._leave()
