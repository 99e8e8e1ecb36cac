"""`chainrule practice`: an exercise of a level from a seed, or one with a seed each for a class."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from chainrule.cli.complaints import complain
from chainrule.errors import ChainruleError, FileError
from chainrule.files import write_graph
from chainrule.graph.exercises import SECTION, exercise_json, exercise_of
from chainrule.graph.graph import GateGraph
from chainrule.graph.sections import SetSection
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level

MOST_SHEETS = 1000


def run(arguments: argparse.Namespace) -> int:
    """Write the exercises; return 2 if there are none of that kind or no place for them."""
    try:
        level = _level(arguments.level)
        outs = _outs(Path(arguments.out), arguments.seed, arguments.count)
    except FileError as error:
        complain("practice", error.where, error.problem)
        return 2
    for seed, out in outs.items():
        try:
            graph = generate(level, seed)
            if arguments.locked:
                _lock(graph)
            write_graph(graph, out)
        except FileError as error:
            complain(str(out), error.where, error.problem)
            return 2
        except ChainruleError as error:
            complain("practice", "--seed", str(error))
            return 2
    return 0


def _level(word: str) -> Level:
    try:
        return Level(word)
    except ValueError:
        known = ", ".join(Level)
        raise FileError("LEVEL", f"there is no level {word!r}; choose one of {known}") from None


def _outs(out: Path, seed: int, count: int | None) -> dict[int, Path]:
    """Return the files by their seed: OUT, or with a count OUT-SEED for each."""
    if count is None:
        return {seed: out}
    if not 1 <= count <= MOST_SHEETS:
        raise FileError("--count", f"is a number from 1 to {MOST_SHEETS:,}, not {count}")
    if not out.name:
        raise FileError("OUT", f"{str(out)!r} names no file; add a name such as sheet.chainrule")
    return {each: out.with_stem(f"{out.stem}-{each}") for each in range(seed, seed + count)}


def _lock(graph: GateGraph) -> None:
    exercise = exercise_of(graph.header)
    if exercise is not None:
        SetSection(SECTION, exercise_json(replace(exercise, locked=True))).apply(graph)
