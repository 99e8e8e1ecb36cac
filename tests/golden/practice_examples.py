"""Writes the exercises that ship anew: `python -m tests.golden.practice_examples`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chainrule.autodiff.passes import Passes
from chainrule.files import read_graph, write_graph
from chainrule.graph.edits import SetHeader
from chainrule.graph.exercises import SECTION, Exercise, exercise_json, exercise_of
from chainrule.graph.graph import GateGraph
from chainrule.graph.sections import SetSection
from chainrule.practice.blanks import possible_blanks
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level

FOLDER = Path(__file__).parents[2] / "assets" / "examples"


def backward() -> GateGraph:
    """Return the lecture's neuron with all values given and all gradients asked for."""
    graph = read_graph(FOLDER / "sigmoid-neuron-staged.chainrule")
    blanks = possible_blanks(graph, Passes(graph))
    asked = tuple(each for each in blanks if each.is_gradient)
    return _finished(
        graph,
        Exercise(asked),
        "Exercise: backward through a neuron",
        "The forward pass is done. Tab leads through the boxes: type each gradient, local times "
        "upstream, from the output back to the weights. F7 checks them, F8 gives hints.",
    )


def branches() -> GateGraph:
    """Return a graph in which an input is used twice, with all numbers asked for."""
    graph = generate(Level.BRANCHES, 5)
    exercise = exercise_of(graph.header)
    assert exercise is not None
    return _finished(
        graph,
        exercise,
        "Exercise: both passes, with a branch",
        "Fill in the values, then the gradients. y is used twice: each of its wires brings a "
        "gradient back, and they add. Teach ▸ Practice makes more such exercises.",
    )


def _finished(graph: GateGraph, exercise: Exercise, title: str, description: str) -> GateGraph:
    SetHeader(replace(graph.header, title=title, description=description)).apply(graph)
    SetSection(SECTION, exercise_json(replace(exercise, title=title))).apply(graph)
    return graph


EXERCISES = {"exercise-backward": backward, "exercise-branches": branches}


def update() -> None:
    """Write both files."""
    for name, make in EXERCISES.items():
        write_graph(make(), FOLDER / f"{name}.chainrule")


if __name__ == "__main__":
    update()
