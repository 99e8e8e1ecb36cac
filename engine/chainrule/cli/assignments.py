"""The values that `--set NAME=VALUE` gives to leaves."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from chainrule.arrays import Array
from chainrule.errors import ExpressionError, FileError
from chainrule.expression.tensors import names_maker, parse_tensor
from chainrule.files.json_text import parse
from chainrule.files.tensors import WORDS, decode_tensor
from chainrule.graph.edits import SetValue
from chainrule.graph.graph import GateGraph

# As people write them: .5 and +2 too, which are no JSON.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def parse_assignments(texts: Sequence[str]) -> dict[str, Array]:
    """Return the values of `NAME=VALUE` by name; the last one of a name counts.

    A value is a number, a nested array, or the call of a maker: `W=randn(3, 4, seed=1)`. Raises
    FileError for what is no assignment and for a value that is no number or tensor.
    """
    values: dict[str, Array] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise FileError(f"--set {text}", "must be NAME=VALUE, such as x=-1.5")
        values[name.strip()] = _parse_value(name.strip(), value.strip())
    return values


def _parse_value(name: str, text: str) -> Array:
    where = f"--set {name}"
    if text in WORDS:
        return decode_tensor(text, where, "value")
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return decode_tensor(float(text), where, "value")
    if names_maker(text):
        return _made(where, text)
    try:
        plain = parse(text.encode("utf-8", "surrogatepass"))
    except FileError as error:
        problem = error.problem.replace("the file", "it")
        raise FileError(
            where, f"value: {problem} (a number, nan, inf, or nested arrays are expected)"
        ) from None
    return decode_tensor(plain, where, "value")


def _made(where: str, text: str) -> Array:
    try:
        return parse_tensor(text)
    except ExpressionError as error:
        raise FileError(where, f"value: {error.problem}") from None


def assign(graph: GateGraph, values: Mapping[str, Array]) -> None:
    """Give leaves of `graph` their `values`; raise FileError for a name that is no leaf's."""
    for name, value in values.items():
        if name not in graph:
            raise FileError(f"--set {name}", "there is no node of this name; check the spelling")
        if not graph.node(name).is_leaf:
            raise FileError(f"--set {name}", "a gate computes its value; only leaves can be set")
        SetValue(name, value).apply(graph)
