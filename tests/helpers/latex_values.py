r"""The value of a formula in the LaTeX of gates: \frac, \sqrt, powers, functions, 1[x > 0].

A reader of its own, so that a formula can be tested as it is shown.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping

TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[a-zA-Z]+|[0-9.]+(?:e-?\d+)?|\S")
FUNCTIONS: dict[str, Callable[[float], float]] = {
    **{rf"\{name}": getattr(math, name) for name in ("log", "sin", "cos", "tan")},
    **{rf"\{name}": getattr(math, name) for name in ("sinh", "cosh", "tanh")},
    **{rf"\arc{name}": getattr(math, f"a{name}") for name in ("sin", "cos", "tan")},
    **{name: getattr(math, name) for name in ("asinh", "acosh", "atanh", "erf")},
    "sign": lambda x: math.copysign(1.0, x) if x else 0.0,
}
RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    r"\leq": operator.le,
    r"\geq": operator.ge,
}


class Reader:
    """Evaluates while it reads, by recursive descent."""

    def __init__(self, latex: str, names: Mapping[str, float]) -> None:
        spaced = latex.replace(r"\,", " ").replace(r"\cdot", " ")
        self._tokens = TOKEN.findall(spaced)
        self._names = names
        self._at = 0

    def value(self) -> float:
        value = self._sum()
        assert self._peek() == "", self._tokens[self._at :]
        return value

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, wanted: str = "") -> str:
        token = self._peek()
        assert token, "the end comes too soon"
        assert not wanted or token == wanted, f"{token} instead of {wanted}"
        self._at += 1
        return token

    def _sum(self) -> float:
        total, sign = 0.0, 1.0
        if self._peek() == "-":
            self._take()
            sign = -1.0
        while True:
            total += sign * self._product()
            if self._peek() not in {"+", "-"}:
                return total
            sign = 1.0 if self._take() == "+" else -1.0

    def _product(self) -> float:
        value = self._power()
        while self._peek() not in {"", "+", "-", ")", "}", "]", ",", r"\right", *RELATIONS}:
            if self._peek() == "/":
                self._take()
                value /= self._power()
            else:
                value *= self._power()
        return value

    def _power(self) -> float:
        value = self._atom()
        while self._peek() == "^":
            self._take()
            value = value ** self._group()
        return value

    def _group(self) -> float:
        self._take("{")
        value = self._sum()
        self._take("}")
        return value

    def _bracket(self) -> float:
        self._take("(")
        value = self._sum()
        self._take(")")
        return value

    def _atom(self) -> float:
        token = self._peek()
        if token == "(":
            return self._bracket()
        self._take()
        if token == r"\frac":
            return self._group() / self._group()
        if token == r"\sqrt":
            return math.sqrt(self._group())
        if token == r"\left":
            return self._absolute()
        if token == r"\mathbf":
            return self._indicator()
        return self._named(token)

    def _named(self, token: str) -> float:
        if token == r"\mathrm":
            self._take("{")
            token = self._take()
            self._take("}")
        if token in FUNCTIONS:
            return FUNCTIONS[token](self._bracket())
        known = {r"\pi": math.pi, "e": math.e} | dict(self._names)
        return known[token] if token in known else float(token)

    def _absolute(self) -> float:
        self._take("|")
        value = self._sum()
        self._take(r"\right")
        self._take("|")
        return abs(value)

    def _indicator(self) -> float:
        assert self._group() == 1.0
        self._take("[")
        holds = True
        while True:
            left = self._sum()
            relation = RELATIONS[self._take()]
            holds = relation(left, self._sum()) and holds
            if self._take() == "]":
                return float(holds)


def latex_value(latex: str, names: Mapping[str, float]) -> float:
    """Return the value of a formula whose letters stand for numbers."""
    return Reader(latex, names).value()
