"""The verbs on the exercise of a document: what is asked for, the lock, what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from chainrule.errors import GraphError, LockedError
from chainrule.graph.edits import Edit
from chainrule.graph.exercises import (
    Answers,
    Asked,
    Blank,
    Exercise,
    SetExercise,
    answers_json,
    exercise_json,
)
from chainrule.graph.node import NodeId, Wire
from chainrule.practice.blanks import (
    blank_of_wire,
    canonical,
    check_blanks,
    possible_blanks,
)
from chainrule_desktop.document.document import Document


def make_exercise(document: Document, exercise: Exercise) -> None:
    """Ask for what an exercise says, without answers yet; GraphError if the graph hasn't got it."""
    _refuse_locked(document)
    check_blanks(document.graph, document.passes, exercise.blanks)
    if not exercise.blanks:
        raise GraphError("nothing would be asked for; choose what to hide")
    document.cover.lift(lifted=False)
    document.cover.forget_given_away()
    _write(document, exercise, Answers(), "Make exercise")


def remove_exercise(document: Document) -> None:
    """Ask for nothing any more."""
    _refuse_locked(document)
    if document.cover.exercise is not None:
        document.cover.forget_given_away()
        _write(document, None, Answers(), "Remove exercise")


def lock_exercise(document: Document, *, locked: bool) -> None:
    """Let only blanks be filled, or everything be changed again."""
    exercise = document.cover.exercise
    if exercise is None or exercise.locked == locked:
        return
    if locked:
        document.cover.lift(lifted=False)
    text = "Lock exercise" if locked else "Unlock exercise"
    _write(document, replace(exercise, locked=locked), document.cover.answers, text)


def toggle_blanks(document: Document, blanks: Iterable[Blank]) -> None:
    """Hide numbers, or if all of them are hidden, show them; GraphError if they can't be."""
    _refuse_locked(document)
    graph, exercise = document.graph, document.cover.exercise or Exercise()
    chosen = {canonical(graph, each) for each in blanks}
    if not chosen:
        raise GraphError(
            "nothing of it can be asked for; select a gate or something with a gradient"
        )
    hidden = {canonical(graph, each): each for each in exercise.blanks}
    if chosen <= {*hidden}:
        kept = [each for known, each in hidden.items() if known not in chosen]
        text = "Show number"
    else:
        check_blanks(graph, document.passes, chosen | {*hidden.values()})
        kept = [*exercise.blanks, *(each for each in possible(document) if each in chosen)]
        text = "Hide number"
    asked = exercise.with_blanks(kept)
    points = {each: exercise.worth(each) for each in asked.blanks}
    changed = replace(asked, points=MappingProxyType(points))
    _write(document, changed if kept else None, document.cover.answers, text)


def renamed_exercise(document: Document, old: NodeId, new: NodeId) -> list[Edit]:
    """Return the edit of an exercise that goes with a node's new id, if there is one."""
    exercise, answers = document.cover.exercise, document.cover.answers
    if exercise is None:
        return []
    known = exercise_json(exercise.renamed(old, new)), answers_json(answers.renamed(old, new))
    before = exercise_json(exercise), answers_json(answers)
    return [] if known == before else [SetExercise(*known)]


def begin_again(document: Document) -> None:
    """Take all answers away; what was given away stays so."""
    shown = document.cover.answers.shown
    write_answers(document, Answers(shown=shown), "Begin again")


def write_answers(document: Document, answers: Answers, text: str) -> None:
    """Keep other answers."""
    _write(document, document.cover.exercise, answers, text)


def possible(document: Document) -> list[Blank]:
    """Return all numbers that could be asked for."""
    return possible_blanks(document.graph, document.passes)


def blanks_at(document: Document, nodes: Iterable[NodeId], wires: Iterable[Wire]) -> list[Blank]:
    """Return the numbers of some nodes and wires that could be asked for."""
    ids = {*nodes}
    own = {blank_of_wire(document.graph, each) for each in wires}
    return [
        each
        for each in possible(document)
        if each in own or (each.asked is not Asked.WIRE and each.node in ids)
    ]


def _refuse_locked(document: Document) -> None:
    if document.cover.is_locked:
        raise LockedError("this exercise is locked; unlock it before you change it")


def _write(document: Document, exercise: Exercise | None, answers: Answers, text: str) -> None:
    document.apply(SetExercise(exercise_json(exercise), answers_json(answers)), text)
