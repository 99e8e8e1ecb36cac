"""Names and first values for the nodes of a formula."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator
from typing import Final

from chainrule.gates.leaf import Input, Leaf, Parameter

RESULT: Final = "f"

# w, w0, W1, w_out, b, b2, weight, bias, theta, θ, β: what textbooks train.
_WEIGHT = re.compile(r"(?:[wWbB]|weights?|bias|theta|beta|[θβ])(?:_?[0-9]+|_\w*)?")

# e, i, l and o are taken for something else; f is the result; w to z look like data and weights.
_LETTERS = "abcdghkmnpqrstuv"

# Small, so that exp and sigmoid stay in sight, and different, so that one sees which is which.
_FIRST_INPUTS = (1.0, 2.0, 3.0)
_FIRST_PARAMETERS = (0.5, -0.5, 1.0)


def leaf_kind(name: str) -> Leaf:
    """Return what a name in a formula becomes: a parameter if it looks like a weight, else input.

    Weights are `w`, `W`, `b`, `B`, `weight`, `bias`, `theta`, `θ`, `beta`, `β`, alone or with a
    number or an underscore behind.
    """
    return Parameter() if _WEIGHT.fullmatch(name) else Input()


def first_value(kind: Leaf, count: int) -> float:
    """Return the value of a leaf for which none is given, the `count`-th of its kind from 0.

    Inputs are 1, 2, 3 in turn, parameters 0.5, −0.5, 1.
    """
    values = _FIRST_PARAMETERS if isinstance(kind, Parameter) else _FIRST_INPUTS
    return values[count % len(values)]


def fresh_names(taken: Container[str]) -> Iterator[str]:
    """Yield short names for intermediate values that are not `taken`: a, b, c, …, a1, b1, …."""
    names = (
        letter + (str(number) if number else "")
        for number in itertools.count()
        for letter in _LETTERS
        if not (number and letter == "c")  # c1, c2, … are constants
    )
    return _untaken(names, taken)


def constant_names(taken: Container[str]) -> Iterator[str]:
    """Yield names for numbers that stand in a formula: c1, c2, …."""
    return _untaken((f"c{number}" for number in itertools.count(1)), taken)


def _untaken(names: Iterator[str], taken: Container[str]) -> Iterator[str]:
    return (name for name in names if name != RESULT and name not in taken)
