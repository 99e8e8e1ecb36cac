"""Tensors as people type them: `[[1, 2], [3, 4]]`, `0.1 * randn(3, 4, seed=1)`, `eye(3)`.

The text is parsed, never run: what stands in it is looked up in a table of makers. The same text
gives the same numbers everywhere, random ones too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Final, cast

import numpy as np

from chainrule.arrays import Array, Shape, as_array, format_shape
from chainrule.errors import ExpressionError, ShapeError
from chainrule.expression.makers import MAKERS, MOST_NUMBERS, Given, sizes_of, whole_number

LONGEST_TEXT = 20_000

_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Array, Array], Array]]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}
_CALL: Final = re.compile(r"\b([a-z_]+)\s*\(")
_WORDS: Final = {"nan": np.nan, "inf": np.inf, "infinity": np.inf, "pi": np.pi, "e": np.e}
_HINT: Final = "type a number, rows such as [[1, 2], [3, 4]], or randn(3, 4, seed=1)"


def parse_tensor(text: str) -> Array:
    """Return the tensor that a text describes; nothing of it is ever run.

    Numbers, lists, the words nan, inf, pi and e, + - * / ** and the makers: zeros, ones, full, eye,
    diag, arange, linspace, one_hot, and the random rand, randn and randint, whose seed is 0 where
    none is given. `.T` and `.reshape(…)` may follow. Raises ExpressionError with one sentence.
    """
    typed = text.strip().replace("−", "-").replace("∞", "inf")
    if len(typed) > LONGEST_TEXT:
        raise ExpressionError(
            f"a value may be typed in {LONGEST_TEXT:,} letters; give longer ones as a file"
        )
    try:
        parsed = ast.parse(typed, mode="eval")
        value = _as_tensor(_given(parsed.body))
    except ShapeError as error:
        raise ExpressionError(str(error)) from None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        shown = typed if len(typed) <= 24 else typed[:21] + "…"
        raise ExpressionError(f"{shown!r} can't be read as a value; {_HINT}") from None
    return value


def is_maker(name: str) -> bool:
    """Say whether a function of this name makes a tensor out of sizes and numbers."""
    return name in MAKERS


def names_maker(text: str) -> bool:
    """Say whether a text calls a maker, so that `parse_tensor` is who should read it."""
    return any(match[1] in MAKERS for match in _CALL.finditer(text))


def made_tensor(node: ast.Call) -> Array:
    """Return what a call of a maker in a parsed text makes; raise ExpressionError if it can't."""
    try:
        return _as_tensor(_call(node))
    except ShapeError as error:
        raise ExpressionError(str(error)) from None


def _given(node: ast.expr) -> Given:
    """Return what a part of the text stands for."""
    match node:
        case ast.Constant(value=bool() | None):
            raise ExpressionError(f"{node.value} is no number; {_HINT}")
        case ast.Constant(value=int() | float() as number):
            return np.float64(number)
        case ast.Name(id=name):
            return _word(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _negative(_as_tensor(_given(operand)))
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _as_tensor(_given(operand))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            operate = _OPERATORS[type(sign)]
            return _combined(operate, _as_tensor(_given(left)), _as_tensor(_given(right)))
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_given(each) for each in items]
        case ast.Call():
            return _call(node)
        case ast.Attribute(value=inner, attr="T"):
            return np.transpose(_as_tensor(_given(inner)))[()]
        case _:
            raise ExpressionError(f"only numbers and lists of them make a value; {_HINT}")


def _negative(value: Array) -> Array:
    # No eye(3) is full of negative zeros for that.
    return np.negative(value) if value.ndim == 0 else np.subtract(0.0, value)


def _as_tensor(given: Given) -> Array:
    if not isinstance(given, list):
        return given
    value = as_array(cast("list[float]", given))
    if value.size == 0:
        raise ShapeError("a tensor needs at least one number; write [1, 2]")
    return value


def _word(name: str) -> Array:
    if name.lower() in _WORDS:
        return np.float64(_WORDS[name.lower()])
    if name in MAKERS:
        raise ExpressionError(f"{name} needs its arguments; write {MAKERS[name].example}")
    raise ExpressionError(f"{name!r} is no number; {_HINT}")


def _combined(operate: Callable[[Array, Array], Array], left: Array, right: Array) -> Array:
    shape = _common_shape(left.shape, right.shape)
    if np.prod(shape, dtype=float) > MOST_NUMBERS:
        raise ShapeError(f"that makes more than {MOST_NUMBERS:,} numbers; use smaller sizes")
    with np.errstate(all="ignore"):
        return operate(left, right)


def _common_shape(left: Shape, right: Shape) -> Shape:
    try:
        return np.broadcast_shapes(left, right)
    except ValueError:
        raise ShapeError(
            f"shapes {format_shape(left)} and {format_shape(right)} do not fit each other; aligned "
            "at the right, sizes must be equal or 1"
        ) from None


def _call(node: ast.Call) -> Given:
    match node.func:
        case ast.Name(id=name) if name in MAKERS:
            named = {each.arg or "**": _given(each.value) for each in node.keywords}
            return MAKERS[name].make(_all_given(node.args), named)
        case ast.Attribute(value=inner, attr="reshape") if not node.keywords:
            return _reshaped(_as_tensor(_given(inner)), _all_given(node.args))
        case ast.Name(id=name):
            known = ", ".join(MAKERS)
            raise ExpressionError(f"{name} makes no tensor here; there are {known}")
        case _:
            raise ExpressionError(f"this can't be called; {_HINT}")


def _all_given(nodes: list[ast.expr]) -> list[Given]:
    return [_given(each) for each in nodes]


def _reshaped(value: Array, arguments: list[Given]) -> Array:
    if len(arguments) == 1 and _is_minus_one(arguments[0]):
        return np.reshape(value, -1)
    shape = sizes_of("reshape", arguments)
    if np.prod(shape, dtype=float) != value.size:
        raise ShapeError(
            f"reshape: {value.size} numbers do not fill the shape {shape}; let its sizes multiply "
            f"to {value.size}"
        )
    return np.reshape(value, shape)[()]


def _is_minus_one(given: Given) -> bool:
    return not isinstance(given, list) and given.ndim == 0 and whole_number(given) == -1
