"""Answer files graded, any number of them, by what their graph, or the key's, really computes.

A file is trusted in one thing only: what was typed. Values, marks or scores that it may claim are
never read. With a key, the graph must be the key's, and points, blanks and decimals are the key's;
without one, each file is graded by its own graph, which its author may have changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, final

from chainrule.autodiff.passes import Passes
from chainrule.errors import FileError
from chainrule.files import read_graph
from chainrule.graph.exercises import Exercise, answers_of, exercise_of
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import in_order, name_of, points_of
from chainrule.practice.marking import Mark, Report, mark_answers
from chainrule.practice.same_graph import first_difference

WITHOUT_KEY: Final = (
    "Graded by its own graph and exercise, which whoever sent it may have changed; name the "
    "exercise with --key to be sure."
)


@final
@dataclass(frozen=True, slots=True)
class Key:
    """What answers are held against: a graph with the exercise that was handed out."""

    graph: GateGraph
    passes: Passes
    exercise: Exercise

    @property
    def most(self) -> float:
        """How many points there are."""
        return sum(points_of(self.graph, self.passes, self.exercise).values())


@final
@dataclass(frozen=True, slots=True)
class Graded:
    """One file: its marks with the names of the blanks, or in `refused` why there are none."""

    file: str
    report: Report
    names: tuple[str, ...]
    most: float
    note: str = ""
    refused: str = ""

    @property
    def score(self) -> float:
        """How many points there are for the answers."""
        return self.report.score

    @property
    def is_full(self) -> bool:
        """Whether every answer gets all points."""
        return not self.refused and all(mark.is_full for mark in self.report.marks)

    def named(self) -> list[tuple[str, Mark]]:
        """Return the marks with the names of their blanks."""
        return [*zip(self.names, self.report.marks, strict=True)]


def read_key(path: str) -> Key:
    """Return the key in a file; FileError where it isn't sound or has no exercise."""
    return key_of(read_graph(path))


def key_of(graph: GateGraph) -> Key:
    """Return the key that a graph is; FileError if it has no exercise or a part doesn't run."""
    exercise = exercise_of(graph.header)
    if exercise is None:
        raise FileError("exercise", "there is none in this file; name the exercise with --key")
    passes = Passes(graph)
    for node_id, sentence in passes.faults.items():
        raise FileError(f"node {node_id!r}", sentence)
    if not in_order(graph, passes, exercise.blanks):
        raise FileError("exercise", "it asks for nothing that the graph has; hide some numbers")
    return Key(graph, passes, exercise)


def grade_file(path: str, key: Key | None = None) -> Graded:
    """Return the marks of the answers in a file; raise FileError for one that can't be graded."""
    graph = read_graph(path)
    if key is None:
        return _graded(path, graph, key_of(graph), WITHOUT_KEY)
    difference = first_difference(key.graph, graph)
    if difference:
        raise FileError("graph", f"is not the key's: {difference}; answer the exercise as it is")
    return _graded(path, graph, key, "")


def refused(path: str, error: FileError, key: Key | None) -> Graded:
    """Return what is written down of a file that can't be graded: no points, and why."""
    most = 0.0 if key is None else key.most
    return Graded(path, Report(()), (), most, refused=f"{error.where}: {error.problem}")


def short_name(file: str) -> str:
    """Return a file's name without folders and suffix: mostly whose it is."""
    return PurePath(file).stem


def results_names(files: Sequence[str]) -> list[str]:
    """Return a name for the results of each file; FileError if two would have one name."""
    names = [f"{short_name(each)}.json" for each in files]
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice is not None:
        raise FileError("results", f"two files would both give {twice}; rename one of them")
    return names


def _graded(path: str, graph: GateGraph, key: Key, note: str) -> Graded:
    answers = answers_of(graph.header)
    report = mark_answers(key.graph, key.passes, key.exercise, answers)
    return Graded(path, report, _names(key.graph, report), report.most, note)


def _names(graph: GateGraph, report: Report) -> tuple[str, ...]:
    """Return the names of the blanks; those of nodes with one label are told apart by their ids."""
    names = [name_of(graph, mark.blank) for mark in report.marks]
    times = Counter(names)
    return tuple(
        name if times[name] == 1 else f"{name} ({mark.blank.node})"
        for name, mark in zip(names, report.marks, strict=True)
    )
