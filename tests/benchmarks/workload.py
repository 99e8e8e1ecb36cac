"""The graphs that are measured: made by rule, so that every run and every peer has the same."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

LEAVES = 100
BEFORE = 3
BESIDE = 5
SPACING_X, SPACING_Y = 190.0, 130.0

# Five gates with ten wires. A product reads only what tanh has bounded, a sum only bounded things,
# so that numbers stay finite in graphs of any size.
_PATTERN = (("tanh", 1), ("mul", 2), ("add", 3), ("max", 2), ("sub", 2))
_BOUNDED = {"mul": ("input", "tanh"), "add": ("input", "tanh", "mul"), "sub": ("input", "tanh")}


@final
@dataclass(frozen=True, slots=True)
class Gate:
    """One node of a workload: leaves are of the kind `input` and have a value."""

    name: str
    kind: str
    inputs: tuple[int, ...]
    value: float
    place: tuple[float, float]


def make_gates(count: int, *, tangled: bool = False) -> list[Gate]:
    """Return LEAVES leaves and `count` gates with two wires each on average, on a grid.

    As after a layered layout, columns are filled from left to right, and a wire comes from one of
    the BEFORE columns to the left, from BESIDE rows above to BESIDE rows below. `tangled` takes
    any of the hundred nodes before instead, so that wires cross the whole view.
    """
    dice = random.Random(1)
    height = max(4, round(math.sqrt((count + LEAVES) / 1.6)))
    kinds: list[str] = []
    gates: list[Gate] = []
    for row in range(count + LEAVES):
        place = (row // height * SPACING_X, row % height * SPACING_Y)
        kind, wires = ("input", 0) if row < LEAVES else _PATTERN[row % len(_PATTERN)]
        near = range(max(0, row - LEAVES), row) if tangled else _near(row, height)
        inputs = tuple(_source(dice, kinds, kind, near) for _ in range(wires))
        gates.append(Gate(f"n{row}", kind, inputs, round(dice.uniform(-2, 2), 3), place))
        kinds.append(kind)
    return gates


def file_of(gates: list[Gate]) -> bytes:
    """Return the gates as a graph file whose output is the last one."""
    nodes = [
        {"id": gate.name, "gate": gate.kind, "position": gate.place}
        | ({"value": gate.value} if gate.kind == "input" else _inputs(gate, gates))
        for gate in gates
    ]
    whole = {"format": "chainrule", "version": 1, "output": gates[-1].name, "nodes": nodes}
    return json.dumps(whole).encode()


def _near(row: int, height: int) -> Sequence[int]:
    """Return the rows of the nodes left of a node, in its neighbourhood."""
    column, line = divmod(row, height)
    lines = range(max(0, line - BESIDE), min(height, line + BESIDE + 1))
    columns = range(max(0, column - BEFORE), column)
    return [each * height + other for each in columns for other in lines]


def _source(dice: random.Random, kinds: list[str], kind: str, near: Sequence[int]) -> int:
    allowed = _BOUNDED.get(kind)
    fitting = [row for row in near if allowed is None or kinds[row] in allowed]
    return dice.choice(fitting or range(LEAVES))


def _inputs(gate: Gate, gates: list[Gate]) -> dict[str, list[str]]:
    return {"inputs": [gates[row].name for row in gate.inputs]}
