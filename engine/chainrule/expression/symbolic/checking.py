"""Formulas held against the gates themselves, so that none is shown that is wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from chainrule.expression.symbolic.algebra import Symbols, numbers_of
from chainrule.expression.symbolic.recipe import Line, Recipe
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate

_NEEDED: Final = 3
_TOLERANCE: Final = 1e-6
_RANGES: Final = ((-2.0, 2.0, 6), (0.2, 3.0, 6), (-0.9, 0.9, 4))


def agrees(recipe: Recipe, port: int | None, expression: Any, symbols: Symbols) -> bool:
    """Say whether an expression is the local gradient by a port at points all over the place.

    Without a port it should be the output.

    Points at which the gates give no finite number don't count; too few that count are not enough.
    """
    known = [*_points(recipe, port)]
    places = [(ports, output) for ports, output, _ in known]
    found = zip(known, numbers_of(expression, symbols, places), strict=True)
    good = [_is_close(slope, theirs) for (_, _, slope), theirs in found]
    return len(good) >= _NEEDED and all(good)


def _points(recipe: Recipe, port: int | None) -> Iterator[tuple[tuple[float, ...], float, float]]:
    """Yield points with the output there and what is asked for, as far as both are finite."""
    rng = np.random.default_rng(len(recipe.lines))
    for low, high, count in _RANGES:
        for _ in range(count):
            ports = tuple(rng.uniform(low, high, len(recipe.ports)).tolist())
            output, slope = output_and_slopes(recipe, ports)
            wanted = output if port is None else slope[port]
            if math.isfinite(output) and math.isfinite(wanted):
                yield ports, output, wanted


def output_and_slopes(recipe: Recipe, ports: tuple[float, ...]) -> tuple[float, list[float]]:
    """Return the output, and its derivative by each port: both passes over the gates."""
    with np.errstate(all="ignore"):
        values: list[Any] = []
        for number, line in enumerate(recipe.lines):
            values.append(_value(line, values, ports[number] if number < len(ports) else None))
        gradients: list[Any] = [np.float64(0.0) for _ in values]
        gradients[-1] = np.float64(1.0)
        for number in reversed(range(len(recipe.lines))):
            line = recipe.lines[number]
            if line.gate is not None:
                inputs = [values[each] for each in line.inputs]
                back = _gate(line).backward(gradients[number], values[number], *inputs)
                for each, downstream in zip(line.inputs, back, strict=True):
                    gradients[each] = gradients[each] + downstream
    return float(values[-1]), [float(gradients[number]) for number in range(len(ports))]


def _value(line: Line, values: list[Any], given: float | None) -> Any:
    if given is not None:
        return np.float64(given)
    if line.gate is None:
        return np.float64(line.value)
    return _gate(line).forward(*(values[each] for each in line.inputs))


def _gate(line: Line) -> Gate:
    gate = get_kind(line.gate or "").create(line.settings)
    if not isinstance(gate, Gate):
        raise TypeError(f"{line.gate} is no gate; recipes hold gates only")
    return gate


def _is_close(one: float, other: float | None) -> bool:
    return other is not None and abs(one - other) <= _TOLERANCE * max(1.0, abs(one))
