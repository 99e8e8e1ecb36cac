"""Operators as gates: the mapping from +, -, *, /, ** and @ to the gates of the lecture.

Numbers are folded with float arithmetic until they meet a node. A number beside a node becomes the
parameter of a gate (`2*x` is `mul_constant(2)`) wherever that gives the same value to the last
digit; otherwise it becomes a constant of its own (`x/3`, `2/x`).
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from typing import Final, Protocol, TypeAlias

from chainrule.arrays import Array
from chainrule.errors import ExpressionError
from chainrule.graph.node import NodeId

Operand: TypeAlias = float | NodeId


class Builder(Protocol):
    """What makes the nodes: the draft of a formula, or a graph that a program builds."""

    def constant(self, value: Array | float, name: NodeId | None = None) -> NodeId:
        """Make a constant and return its id; a `name` of None gets a fresh one."""
        ...

    def gate(
        self, gate: str, *inputs: NodeId, name: NodeId | None = None, **settings: object
    ) -> NodeId:
        """Make a gate of the catalogue that reads `inputs`, and return its id."""
        ...


_FOLD: Final[dict[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda left, right: left / right,
    ast.Pow: lambda left, right: left**right,
}
_POWERS: Final = {2.0: "square", 0.5: "sqrt", -1.0: "reciprocal"}


def combine(
    builder: Builder, sign: ast.operator, left: Operand, right: Operand, name: NodeId | None
) -> Operand:
    """Return `left sign right`: a number if both are, otherwise the node made for it.

    The node is called `name` unless that is None. Raises ExpressionError where no gate fits.
    """
    if isinstance(left, float | int) and isinstance(right, float | int):
        return fold(sign, left, right)
    return _BUILD[type(sign)](builder, left, right, name)


def negate(builder: Builder, operand: Operand, name: NodeId | None) -> Operand:
    """Return `-operand`; for a node that is the lecture's gate ×(−1)."""
    if isinstance(operand, float | int):
        return -operand
    return builder.gate("mul_constant", operand, c=-1.0, name=name)


def fold(sign: ast.operator, left: float, right: float) -> float:
    """Return the value of an operator between two numbers; ExpressionError if it has none."""
    if type(sign) not in _FOLD:
        raise ExpressionError("@ multiplies vectors and matrices; between numbers write *")
    try:
        result = _FOLD[type(sign)](left, right)
    except ZeroDivisionError:
        raise ExpressionError("this divides a number by 0; change the number") from None
    except OverflowError:
        result = math.inf
    if isinstance(result, complex):
        raise ExpressionError("a root of a negative number is not real; change the number")
    return finite(result)


def finite(number: float) -> float:
    """Return `number`; raise ExpressionError if it is infinite or not a number."""
    if not math.isfinite(number):
        raise ExpressionError("this number is beyond float64 (1.8e308); make it smaller")
    return number


def _add(builder: Builder, left: Operand, right: Operand, name: NodeId | None) -> NodeId:
    if isinstance(left, float | int):
        left, right = right, left
    if isinstance(right, float | int):
        return builder.gate("add_constant", _node(left), c=right, name=name)
    return builder.gate("add", _node(left), right, name=name)


def _sub(builder: Builder, left: Operand, right: Operand, name: NodeId | None) -> NodeId:
    if isinstance(right, float | int):
        return builder.gate("add_constant", _node(left), c=-right, name=name)
    if isinstance(left, float | int):
        negative = builder.gate("mul_constant", right, c=-1.0)
        return builder.gate("add_constant", negative, c=left, name=name)
    return builder.gate("sub", left, right, name=name)


def _mul(builder: Builder, left: Operand, right: Operand, name: NodeId | None) -> NodeId:
    if isinstance(right, float | int):
        left, right = right, left
    if isinstance(left, float | int):
        return builder.gate("mul_constant", _node(right), c=left, name=name)
    return builder.gate("mul", left, _node(right), name=name)


def _div(builder: Builder, left: Operand, right: Operand, name: NodeId | None) -> NodeId:
    if isinstance(right, float | int):
        if _has_exact_reciprocal(right):
            return builder.gate("mul_constant", _node(left), c=1.0 / right, name=name)
        return builder.gate("div", _node(left), builder.constant(right), name=name)
    if left == 1.0:
        return builder.gate("reciprocal", right, name=name)
    if left == -1.0:
        return builder.gate("mul_constant", builder.gate("reciprocal", right), c=-1.0, name=name)
    numerator = builder.constant(left) if isinstance(left, float | int) else left
    return builder.gate("div", numerator, right, name=name)


def _pow(builder: Builder, left: Operand, right: Operand, name: NodeId | None) -> NodeId:
    if not isinstance(right, float | int):
        base = builder.constant(left) if isinstance(left, float | int) else left
        return builder.gate("pow", base, right, name=name)
    base = _node(left)
    if right in _POWERS:
        return builder.gate(_POWERS[right], base, name=name)
    return builder.gate("power", base, exponent=right, name=name)


def _matmul(builder: Builder, left: Operand, right: Operand, name: NodeId | None) -> NodeId:
    if isinstance(left, float | int) or isinstance(right, float | int):
        raise ExpressionError("@ multiplies vectors and matrices; for a number write *")
    return builder.gate("matmul", left, right, name=name)


_BUILD: Final[
    dict[type[ast.operator], Callable[[Builder, Operand, Operand, NodeId | None], NodeId]]
] = {
    ast.Add: _add,
    ast.Sub: _sub,
    ast.Mult: _mul,
    ast.Div: _div,
    ast.Pow: _pow,
    ast.MatMult: _matmul,
}


def _node(operand: Operand) -> NodeId:
    # `combine` has folded the case of two numbers, so the other operand is a node.
    assert isinstance(operand, str)
    return operand


def _has_exact_reciprocal(number: float) -> bool:
    """Say whether x / number and x * (1 / number) are the same float for every x."""
    mantissa, _ = math.frexp(number)
    return abs(mantissa) == 0.5 and math.isfinite(1.0 / number)
