"""Answers marked against what the graph itself computes: right, following, partly right, wrong.

Every number is recomputed; nothing is taken from a file but the graph and what was typed. An
answer gets

- all points if it is right (see `tolerance`), or follows rightly from the learner's own answers to
  other blanks or from the numbers as they are seen, rounded;
- a share of them for a typical fault (see `faults`); of a tensor, number by number;
- none if it is empty, can't be read, or was shown by the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from typing import final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.diagram.numbers import format_dimensions
from chainrule.errors import ExpressionError
from chainrule.graph.exercises import Answers, Blank, Exercise
from chainrule.graph.graph import GateGraph
from chainrule.practice.answering import read_answer
from chainrule.practice.blanks import canonical, points_of, truth_of
from chainrule.practice.diagnosis import Suspect, suspects
from chainrule.practice.faults import SHARES, Fault
from chainrule.practice.own_numbers import OwnNumbers
from chainrule.practice.tolerance import Flags, agrees

_NEARLY = 0.02
_NEARLY_UNITS = 6


@final
class Verdict(StrEnum):
    """What became of a blank."""

    RIGHT = "right"
    FOLLOWS = "follows"
    PARTLY = "partly right"
    WRONG = "wrong"
    UNREADABLE = "can't be read"
    EMPTY = "empty"
    SHOWN = "shown"


@final
@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one blank: `share` of its `points`, and in `says` what was wrong."""

    blank: Blank
    text: str
    verdict: Verdict
    points: float
    share: float
    says: str = ""
    fault: Fault | None = None

    @property
    def score(self) -> float:
        """How many points the answer gets."""
        return self.points * self.share

    @property
    def is_full(self) -> bool:
        """Whether the answer gets all points."""
        return self.verdict in (Verdict.RIGHT, Verdict.FOLLOWS)


@final
@dataclass(frozen=True, slots=True)
class Report:
    """The marks of all blanks, in the order in which they are found."""

    marks: tuple[Mark, ...]

    @property
    def score(self) -> float:
        """How many points there are for all answers."""
        return round(sum(mark.score for mark in self.marks), 6)

    @property
    def most(self) -> float:
        """How many points there could be."""
        return round(sum(mark.points for mark in self.marks), 6)

    def mark(self, blank: Blank) -> Mark | None:
        """Return the mark of one blank."""
        return next((mark for mark in self.marks if mark.blank == blank), None)


def mark_answers(graph: GateGraph, passes: Passes, exercise: Exercise, answers: Answers) -> Report:
    """Mark all answers to an exercise."""
    return Report(tuple(_Marker(graph, passes, exercise, answers).marks()))


@final
class _Marker:
    """Marks blank after blank with the learner's numbers, exact and as they are seen."""

    def __init__(
        self, graph: GateGraph, passes: Passes, exercise: Exercise, answers: Answers
    ) -> None:
        self._graph, self._passes = graph, passes
        self._exercise = exercise
        self._decimals = exercise.decimals
        self._texts = {canonical(graph, each): text for each, text in answers.texts.items()}
        self._shown = {canonical(graph, each) for each in answers.shown}
        self._worth = points_of(graph, passes, exercise)
        self._blanks = tuple(self._worth)
        self._read: dict[Blank, Array] = {}
        self._unread: dict[Blank, str] = {}
        self._read_all()
        hidden = frozenset(self._blanks)
        fitting = {
            blank: answer
            for blank, answer in self._read.items()
            if answer.shape == self._truth(blank).shape
        }
        self._numbers = partial(OwnNumbers, graph, passes, hidden, fitting)
        self._own, self._seen = self._numbers(), self._numbers(self._decimals)

    def marks(self) -> Iterator[Mark]:
        """Yield the mark of each blank."""
        for blank in self._blanks:
            text = self._texts.get(blank, "")
            if blank in self._shown:
                says = "The answer was shown, so it gives no points."
                yield self._mark(blank, Verdict.SHOWN, 0.0, says)
            elif not text:
                yield self._mark(blank, Verdict.EMPTY, 0.0, "Nothing was answered.")
            elif blank in self._unread:
                yield self._mark(blank, Verdict.UNREADABLE, 0.0, self._unread[blank])
            else:
                yield self._judged(blank, self._read[blank])

    def _read_all(self) -> None:
        for blank in self._blanks:
            text = self._texts.get(blank)
            if text is None:
                continue
            try:
                self._read[blank] = read_answer(text, self._truth(blank).shape)
            except ExpressionError as error:
                self._unread[blank] = f"This can't be read as a number: {error.problem}."

    def _truth(self, blank: Blank) -> Array:
        truth = truth_of(self._graph, self._passes, blank)
        assert truth is not None  # what can't be computed is no blank of the graph
        return truth

    @cached_property
    def _by_outputs(self) -> tuple[OwnNumbers, OwnNumbers]:
        """The learner's numbers with local gradients from outputs; few answers need them."""
        exact = self._numbers(by_outputs=True)
        return exact, self._numbers(self._decimals, by_outputs=True)

    def _judged(self, blank: Blank, answer: Array) -> Mark:
        truth = self._truth(blank)
        if answer.shape != truth.shape:
            return self._misshapen(blank, answer, truth)
        right = agrees(answer, truth, self._decimals)
        if right.all():
            return self._mark(blank, Verdict.RIGHT, 1.0)
        fitting = right.copy()
        for numbers in (self._own, self._seen, *self._by_outputs):
            following = numbers.following(blank)
            if following is not None and following.shape == truth.shape:
                fitting = fitting | agrees(answer, following, self._decimals)
        if fitting.all():
            says = "It follows rightly from the numbers that you have."
            return self._mark(blank, Verdict.FOLLOWS, 1.0, says)
        return self._faulty(blank, answer, fitting)

    def _misshapen(self, blank: Blank, answer: Array, truth: Array) -> Mark:
        for suspect in self._suspects(blank, truth):
            if (
                suspect.number.shape == answer.shape
                and agrees(answer, suspect.number, self._decimals).all()
            ):
                return self._partly(blank, SHARES[suspect.fault], suspect.fault, suspect.says)
        wanted, given = map(_size, (truth, answer))
        says = f"{wanted} is asked for, and this is {given}."
        return self._partly(blank, 0.0, Fault.SHAPE, says[0].upper() + says[1:])

    def _faulty(self, blank: Blank, answer: Array, fitting: Flags) -> Mark:
        truth = self._truth(blank)
        good = float(np.mean(fitting))
        for suspect in self._suspects(blank, truth):
            if suspect.number.shape != answer.shape:
                continue
            explained = fitting | agrees(answer, suspect.number, self._decimals)
            if explained.all():
                share = good + SHARES[suspect.fault] * (1.0 - good)
                return self._partly(blank, share, suspect.fault, suspect.says)
        says = "This is not the number."
        if answer.ndim:
            says = f"{int(fitting.sum())} of {answer.size} numbers are right."
        return self._partly(blank, good, Fault.UNKNOWN, says)

    def _suspects(self, blank: Blank, truth: Array) -> Iterator[Suspect]:
        """Yield what could have gone wrong, with the learner's numbers."""
        following = self._own.following(blank)
        numbers = [truth] if following is None else [following, truth]
        for number in numbers:
            yield Suspect(Fault.SIGN, -number, "The size is right and the sign is wrong.")
        yield from suspects(self._graph, self._own, blank)
        yield from suspects(self._graph, self._seen, blank)
        if truth.ndim == 2:
            says = "Rows and columns are exchanged."
            yield Suspect(Fault.TRANSPOSED, np.transpose(truth), says)
        answer = self._read[blank]
        if answer.shape == truth.shape:
            yield from self._nearly(numbers, answer)

    def _nearly(self, numbers: Sequence[Array], answer: Array) -> Iterator[Suspect]:
        """Yield the answer itself where it is so near that it was rounded too early."""
        half = _NEARLY_UNITS * 10.0**-self._decimals
        says = (
            f"This is nearly right; round at the end, to {self._decimals} decimals, and not before."
        )
        for number in numbers:
            with np.errstate(all="ignore"):
                off = np.abs(np.asarray(answer - number))
                near = off <= np.minimum(half, _NEARLY * np.abs(np.asarray(number)))
            other = np.where(np.isnan(answer), 0.0, np.nan)
            yield Suspect(Fault.ROUNDING, np.where(near, answer, other)[()], says)

    def _partly(self, blank: Blank, share: float, fault: Fault, says: str) -> Mark:
        verdict = Verdict.PARTLY if share > 0 else Verdict.WRONG
        return self._mark(blank, verdict, share, says, fault)

    def _mark(
        self,
        blank: Blank,
        verdict: Verdict,
        share: float,
        says: str = "",
        fault: Fault | None = None,
    ) -> Mark:
        text = self._texts.get(blank, "")
        return Mark(blank, text, verdict, self._worth[blank], share, says, fault)


def _size(value: Array) -> str:
    return f"a tensor of {format_dimensions(value.shape)}" if value.ndim else "a single number"
