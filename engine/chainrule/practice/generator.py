"""Exercises by level and seed: the same seed gives the same exercise on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.errors import ChainruleError
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.edits import SetHeader
from chainrule.graph.exercises import SECTION, USUAL_DECIMALS, Exercise, exercise_json
from chainrule.graph.graph import GateGraph
from chainrule.graph.sections import SetSection
from chainrule.practice.blanks import possible_blanks
from chainrule.practice.levels import DRAWING, TITLES, Dice, Level

LARGEST_SEED: Final = 10**9
_MOST_DRAFTS: Final = 2000
_LARGEST: Final = 60.0
_LARGEST_SUM: Final = 2.0
_PICKY: Final = ("max", "min")


def generate(level: Level, seed: int) -> GateGraph:
    """Return an exercise, laid out for the editor: all values and gradients are to be found.

    Its numbers are nice: small, without ties, and told apart from what the usual faults lead to
    where that can be. Raises ChainruleError for a seed below 0 or above LARGEST_SEED.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise ChainruleError(f"a seed is a whole number from 0 to {LARGEST_SEED:,}, not {seed}")
    graph = next(_nice_graphs(level, seed))
    passes = Passes(graph)
    arrange(graph, passes).apply(graph)
    title = f"{TITLES[level]}, sheet {seed}"
    SetHeader(replace(graph.header, title=title)).apply(graph)
    blanks = tuple(possible_blanks(graph, passes))
    exercise = Exercise(blanks, decimals=USUAL_DECIMALS, title=title, level=level.value, seed=seed)
    SetSection(SECTION, exercise_json(exercise)).apply(graph)
    return graph


def _nice_graphs(level: Level, seed: int) -> Iterator[GateGraph]:
    """Yield the nice graphs among those that are drawn, and the last one that was drawn."""
    dice = Dice(f"{level.value} {seed}")
    for left in reversed(range(_MOST_DRAFTS)):
        draft = DRAWING[level](dice)
        graph = graph_from_formula(draft.formula, draft.values)
        if not left or _is_nice(graph, level):
            yield graph


def _is_nice(graph: GateGraph, level: Level) -> bool:
    """Say whether numbers are small and tell faults apart.

    Of the sigmoid only what is computed exactly is looked at: the last bit of an exponential is
    not the same on all machines, and must not decide which exercise comes out.
    """
    passes = Passes(graph)
    if level is Level.SIGMOID_CHAIN:
        total = passes.value("s")
        return total is not None and 0 < abs(float(total)) <= _LARGEST_SUM
    numbers = [passes.value(node.id) for node in graph]
    gradients = [passes.gradient(node.id) for node in graph]
    if not all(_is_small(each) for each in (*numbers, *gradients)):
        return False
    return not any(_is_tie(graph, passes, node_id) for node_id in graph.ids()) and (
        level is Level.VECTORS or _tells_apart(numbers, gradients, level)
    )


def _is_small(number: Array | None) -> bool:
    return number is not None and bool(np.all(np.abs(np.asarray(number)) <= _LARGEST))


def _is_tie(graph: GateGraph, passes: Passes, node_id: str) -> bool:
    """Say whether a gate is at a tie or a corner, or two factors have the same size."""
    kind = graph.node(node_id).kind.name
    inputs = [passes.value(each) for each in graph.inputs(node_id) if each is not None]
    known = [np.asarray(each) for each in inputs if each is not None]
    if kind == "relu":
        return bool(np.any(known[0] == 0))
    if kind in _PICKY:
        return bool(np.any(known[0] == known[1]))
    is_square = len({*graph.inputs(node_id)}) == 1
    return kind == "mul" and not is_square and bool(np.all(np.abs(known[0]) == np.abs(known[1])))


def _tells_apart(values: list[Array | None], gradients: list[Array | None], level: Level) -> bool:
    """Say whether no value is 0, and no gradient either but for those of the losers of a max."""
    zeros = [each for each in (*values, *(() if level is Level.MAX else gradients)) if each == 0]
    return not zeros
