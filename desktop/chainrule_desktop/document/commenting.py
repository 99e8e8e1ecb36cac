"""Frames and notes as people speak of them: put a frame around nodes, write a note, colour it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import final

from chainrule.errors import GraphError
from chainrule.graph.comments import Comments, Frame, Hue, Note, comments_of
from chainrule.graph.edits import Batch, Edit, MoveNodes, set_comments
from chainrule.graph.node import NodeId, Position
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.selection import Comment, CommentKind, Selection


@final
class Commenter:
    """The verbs of frames and notes; each is one undo step, or joins those of one `merge` key."""

    def __init__(self, document: Document, selection: Selection) -> None:
        self._document = document
        self._selection = selection

    @property
    def comments(self) -> Comments:
        """The frames and notes of the document."""
        return comments_of(self._document.graph.header)

    def frame(self, comment: Comment) -> Frame:
        """Return a frame by its number."""
        return self.comments.frames[comment.number]

    def note(self, comment: Comment) -> Note:
        """Return a note by its number."""
        return self.comments.notes[comment.number]

    def frame_selection(self, merge: Hashable | None = None) -> Comment:
        """Put a frame around the selected nodes, select it and return it."""
        nodes = self._selection.nodes
        if not nodes:
            raise GraphError("there is nothing to put a frame around; select nodes first")
        before = self.comments
        frame = Frame("", nodes, self._next_hue().value)
        self._set(replace(before, frames=(*before.frames, frame)), "Frame nodes", merge)
        return self._select(Comment(CommentKind.FRAME, len(before.frames)))

    def add_note(self, text: str, position: Position, merge: Hashable | None = None) -> Comment:
        """Write a note with its top left corner at `position`, select it and return it."""
        before = self.comments
        note = Note(text, position)
        self._set(replace(before, notes=(*before.notes, note)), "Add note", merge)
        return self._select(Comment(CommentKind.NOTE, len(before.notes)))

    def set_title(self, comment: Comment, title: str, merge: Hashable | None = None) -> None:
        """Give a frame another title."""
        self._change_frames((comment,), lambda f: replace(f, title=title), "Title frame", merge)

    def set_text(self, comment: Comment, text: str, merge: Hashable | None = None) -> None:
        """Write another text into a note."""
        before = self.comments
        notes = [*before.notes]
        notes[comment.number] = replace(notes[comment.number], text=text)
        self._set(replace(before, notes=tuple(notes)), "Edit note", merge)

    def set_colour(self, frames: Iterable[Comment], hue: Hue) -> None:
        """Give frames another colour."""
        self._change_frames(frames, lambda f: replace(f, colour=hue.value), "Colour frame")

    def add_to(self, comment: Comment, nodes: Iterable[NodeId]) -> None:
        """Put nodes into a frame too."""
        new = tuple(nodes)
        self._change_frames(
            (comment,),
            lambda f: replace(f, nodes=tuple(dict.fromkeys((*f.nodes, *new)))),
            "Add to frame",
        )

    def take_out(self, nodes: Collection[NodeId]) -> None:
        """Take nodes out of the innermost frame around each; a frame that holds no other goes."""
        before = self.comments
        frames = [*before.frames]
        for number in {each for node in nodes for each in self.frames_around((node,))[:1]}:
            left = tuple(each for each in frames[number].nodes if each not in nodes)
            frames[number] = replace(frames[number], nodes=left)
        kept = tuple(
            new for old, new in zip(before.frames, frames, strict=True) if new.nodes or old == new
        )
        self._set(replace(before, frames=kept), "Take out of frame")

    def remove(self, comments: Collection[Comment]) -> None:
        """Remove frames, whose nodes stay, and notes."""
        edit = removal_of(self._document, comments)
        if edit is not None:
            self._document.apply(edit, f"Remove {counted(comments)}")

    def move(
        self,
        nodes: Mapping[NodeId, Position],
        notes: Mapping[int, Position],
        merge: Hashable | None = None,
    ) -> None:
        """Put nodes and notes elsewhere at once; moves in a row with one `merge` key are a step."""
        before = self.comments
        moved = [
            replace(note, position=notes.get(number, note.position))
            for number, note in enumerate(before.notes)
        ]
        edits: list[Edit] = [MoveNodes(dict(nodes))] if nodes else []
        if notes:
            edit = set_comments(self._document.graph, replace(before, notes=tuple(moved)))
            edits.append(edit)
        if edits:
            self._document.apply(Batch(tuple(edits)), "Move frame" if nodes else "Move note", merge)

    def nudge(self, dx: float, dy: float) -> None:
        """Move what is selected a little, frames with their nodes; nudges in a row are one step."""
        graph, chosen = self._document.graph, self._selection.comments
        ids = dict.fromkeys(self._selection.nodes)
        notes: dict[int, Position] = {}
        for each in chosen:
            if each.kind is CommentKind.FRAME:
                ids.update(dict.fromkeys(filter(graph.__contains__, self.frame(each).nodes)))
            else:
                x, y = self.note(each).position
                notes[each.number] = x + dx, y + dy
        places = {each: graph.node(each).position for each in ids}
        nodes = {each: (at[0] + dx, at[1] + dy) for each, at in places.items() if at is not None}
        self.move(nodes, notes, merge=("nudge", (*ids,), chosen))

    def take_back(self, merge: Hashable) -> None:
        """Undo and forget the last step if it was made with this key."""
        self._document.take_back(merge)

    def frames_around(self, nodes: Collection[NodeId]) -> list[int]:
        """Return the numbers of the frames that hold all of these nodes, inner ones first."""
        wanted = {*nodes}
        found = [
            number for number, frame in enumerate(self.comments.frames) if wanted <= {*frame.nodes}
        ]
        return sorted(found, key=lambda number: len(self.comments.frames[number].nodes))

    def _next_hue(self) -> Hue:
        """Return the colour of which there are the fewest, blue first and grey last."""
        there = [frame.hue for frame in self.comments.frames]
        hues = [*Hue]
        return min((*hues[1:], hues[0]), key=there.count)

    def _select(self, comment: Comment) -> Comment:
        self._selection.set(comments=(comment,))
        return comment

    def _change_frames(
        self,
        which: Iterable[Comment],
        change: Callable[[Frame], Frame],
        text: str,
        merge: Hashable | None = None,
    ) -> None:
        before = self.comments
        numbers = {each.number for each in which if each.kind is CommentKind.FRAME}
        frames = tuple(
            change(frame) if number in numbers else frame
            for number, frame in enumerate(before.frames)
        )
        self._set(replace(before, frames=frames), text, merge)

    def _set(self, comments: Comments, text: str, merge: Hashable | None = None) -> None:
        if comments != self.comments:
            self._document.apply(set_comments(self._document.graph, comments), text, merge)


def removal_of(document: Document, comments: Collection[Comment]) -> Edit | None:
    """Return the edit that removes frames, whose nodes stay, and notes; None for none of them."""
    if not comments:
        return None
    before = comments_of(document.graph.header)
    frames = {each.number for each in comments if each.kind is CommentKind.FRAME}
    notes = {each.number for each in comments if each.kind is CommentKind.NOTE}
    after = Comments(
        tuple(each for number, each in enumerate(before.frames) if number not in frames),
        tuple(each for number, each in enumerate(before.notes) if number not in notes),
    )
    return set_comments(document.graph, after)


def counted(comments: Collection[Comment]) -> str:
    """Say what frames and notes these are: a frame, 2 notes, 3 comments."""
    kinds = {each.kind.value for each in comments}
    word = kinds.pop() if len(kinds) == 1 else "comment"
    return word if len(comments) == 1 else f"{len(comments)} {word}s"
