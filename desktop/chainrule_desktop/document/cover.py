"""What the exercise in a document hides, what was answered, and whether it is locked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol, final
from weakref import ref

from chainrule.autodiff.covering import Covered, Readable
from chainrule.autodiff.passes import Passes
from chainrule.errors import LockedError
from chainrule.graph.changes import Changes
from chainrule.graph.edits import Edit
from chainrule.graph.exercises import (
    ANSWERS,
    SECTION,
    Answers,
    Blank,
    Exercise,
    SetExercise,
    answers_of,
    exercise_of,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.sections import section_of


class Numbered(Protocol):
    """A document as its cover sees it; `changed` is its signal for an edit's Changes."""

    graph: GateGraph
    passes: Passes
    changed: Any


@final
class Cover:
    """Reads the exercise of a document and its answers, and hides the numbers that it asks for.

    A teacher may look below the cover for a while; that is no edit, and ends with the graph. The
    document is held weakly, so that it can end as soon as nobody needs it.
    """

    def __init__(self, document: Numbered) -> None:
        self._document = ref(document)
        self._content: object = None
        self._exercise: Exercise | None = None
        self._hidden: frozenset[Blank] = frozenset()
        self._is_lifted = False
        self._answer_content: object = None
        self._answers = Answers()
        self._given_away = Answers()

    @property
    def exercise(self) -> Exercise | None:
        """What the file asks a learner for; None for nothing."""
        header = self._owner.graph.header
        content = section_of(header, SECTION)
        if content is not self._content:
            self._content = content
            self._exercise = exercise_of(header)
            self._hidden = frozenset(self._exercise.blanks if self._exercise else ())
        return self._exercise

    @property
    def answers(self) -> Answers:
        """What was typed, and what was given away, even if that step was undone since."""
        header = self._owner.graph.header
        content = section_of(header, ANSWERS)
        if content is not self._answer_content:
            self._answer_content = content
            self._answers = answers_of(header)
        shown = self._given_away.shown - self._answers.shown
        if shown:
            self._answers = replace(self._answers, shown=self._answers.shown | shown)
        return self._answers

    @property
    def covered(self) -> Covered | None:
        """The numbers but for those that the exercise hides; None while nothing is hidden."""
        if self.exercise is None or self._is_lifted:
            return None
        return Covered(self._owner.graph, self._owner.passes, self._hidden)

    @property
    def known(self) -> Readable:
        """The numbers as they may be seen."""
        return self.covered or self._owner.passes

    @property
    def is_lifted(self) -> bool:
        """Whether hidden numbers are shown for the time being."""
        return self._is_lifted

    @property
    def is_locked(self) -> bool:
        """Whether only blanks can be filled."""
        return self.exercise is not None and self.exercise.locked

    def lift(self, *, lifted: bool) -> None:
        """Show the hidden numbers, or hide them again."""
        if lifted != self._is_lifted:
            self._is_lifted = lifted
            self._owner.changed.emit(Changes(blanks=True))

    def begin_anew(self) -> None:
        """Hide what the exercise of another graph hides."""
        self._is_lifted = False
        self.forget_given_away()

    def give_away(self, blank: Blank) -> None:
        """Remember that an answer was shown; an undo doesn't make a learner forget it."""
        self._given_away = self._given_away.with_answer(blank, "", shown=True)

    def forget_given_away(self) -> None:
        """Forget what was shown, as another exercise is set."""
        self._given_away, self._answers, self._answer_content = Answers(), Answers(), None

    def rename(self, old: NodeId, new: NodeId) -> None:
        """Know a node by its new id."""
        self._given_away = self._given_away.renamed(old, new)

    def check(self, edit: Edit) -> None:
        """Raise LockedError for an edit other than of the exercise, where that is locked."""
        if self.is_locked and not isinstance(edit, SetExercise):
            raise LockedError(
                "this exercise is locked, so that only its blanks can be filled; "
                "Teach ▸ Practice ▸ Unlock Exercise lets it be changed"
            )

    @property
    def _owner(self) -> Numbered:
        document = self._document()
        assert document is not None  # it owns its cover
        return document
