r"""Expressions of the algebra in the LaTeX in which gates state their formulas.

Ports and output are tokens, `porta`, `portb`, …, `output`, which a `Template` replaces by names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, final

from chainrule.expression.symbolic.algebra import SP, Symbols
from chainrule.expression.symbolic.template import OUTPUT, port_token

Expression: TypeAlias = Any

_LONGEST = 300
_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_LARGEST_DENOMINATOR = 20
_NAMED: Final = {
    **{name: rf"\{name}" for name in ("log", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{f"a{name}": rf"\arc{name}" for name in ("sin", "cos", "tan")},
    **{name: rf"\mathrm{{{name}}}" for name in ("asinh", "acosh", "atanh", "erf", "sign")},
}
_SIGNS: Final = {"<": "<", ">": ">", "<=": r"\leq", ">=": r"\geq"}


class UnprintableError(Exception):
    """Something of the algebra that gates' formulas have no sign for."""


def template_of(expression: Expression, symbols: Symbols) -> str | None:
    """Return the LaTeX of an expression, None if nobody could read it."""
    try:
        text, _ = _Printer(symbols).piece(expression)
    except UnprintableError:
        return None
    return text if len(text) <= _LONGEST else None


@final
class _Printer:
    """Writes an expression from the inside out: each piece with how tightly it binds."""

    def __init__(self, symbols: Symbols) -> None:
        self._tokens = {symbol: port_token(n) for n, symbol in enumerate(symbols.ports)}
        self._tokens[symbols.output] = OUTPUT

    def piece(self, expression: Expression) -> tuple[str, int]:
        """Return the text of an expression and how tightly it holds together."""
        if expression in self._tokens:
            return self._tokens[expression], _ATOM
        if expression.is_Rational:
            return _number(expression)
        if expression.is_Add:
            return self._sum(expression), _SUM
        if expression.is_Mul:
            return self._product(expression)
        if expression.is_Pow:
            return self._power(expression.base, expression.exp)
        if isinstance(expression, SP.Piecewise):
            return self._pieces(expression)
        return self._function(expression)

    def _text(self, expression: Expression, at_least: int = _SUM) -> str:
        text, binding = self.piece(expression)
        return text if binding >= at_least else f"({text})"

    def _sum(self, expression: Expression) -> str:
        """Write what is added before what is taken away, and numbers first: 1 + x, 1 - f, x - 1."""
        terms = sorted(expression.as_ordered_terms(), key=_rank_of_term)
        text = ""
        for term in terms:
            negative = _is_negative(term)
            part = self._text(-term if negative else term, _PRODUCT)
            sign = "-" if negative else "+"
            text = f"{text} {sign} {part}" if text else f"-{part}" if negative else part
        return text

    def _product(self, expression: Expression) -> tuple[str, int]:
        above, below, negative = _factors(expression)
        sign = "-" if negative else ""
        upper = self._factors(above) or "1"
        if not below:
            return f"{sign}{upper}", _SUM if negative else _PRODUCT
        numerator = self._text(above[0]) if len(above) == 1 else upper
        denominator = self._text(below[0]) if len(below) == 1 else self._factors(below)
        return rf"{sign}\frac{{{numerator}}}{{{denominator}}}", _SUM if negative else _PRODUCT

    def _factors(self, factors: Sequence[Expression]) -> str:
        text = ""
        for each in sorted(factors, key=_rank_of_factor):
            part = self._text(each, _PRODUCT)
            is_tight = text.startswith("(") and text.endswith(")") and part[0].isalpha()
            apart = "" if not text else " " if is_tight else r" \, "
            text += apart + part
        return text

    def _power(self, base: Expression, exponent: Expression) -> tuple[str, int]:
        if exponent.is_Rational and exponent < 0:
            inner = self._text(base if exponent == -1 else base**-exponent)
            return rf"\frac{{1}}{{{inner}}}", _PRODUCT
        if exponent == SP.Rational(1, 2):
            return rf"\sqrt{{{self._text(base)}}}", _ATOM
        return f"{self._text(base, _ATOM)}^{{{self._exponent(exponent)}}}", _POWER

    def _exponent(self, exponent: Expression) -> str:
        if exponent.is_Rational and not exponent.is_Integer and exponent.q <= _LARGEST_DENOMINATOR:
            return f"{exponent.p} / {exponent.q}"
        return self._text(exponent)

    def _function(self, expression: Expression) -> tuple[str, int]:
        name = type(expression).__name__
        if expression == SP.pi:
            return r"\pi", _ATOM
        if name == "exp":
            return f"e^{{{self._text(expression.args[0])}}}", _POWER
        if name == "Abs":
            return rf"\left| {self._text(expression.args[0])} \right|", _ATOM
        if name not in _NAMED or len(expression.args) != 1:
            raise UnprintableError(name)
        return f"{_NAMED[name]}({self._text(expression.args[0])})", _ATOM

    def _pieces(self, expression: Expression) -> tuple[str, int]:
        """Write a choice between two as a sum of what holds where: 1[x > 0] + a 1[x <= 0]."""
        if len(expression.args) != 2 or expression.args[1].cond != SP.true:
            raise UnprintableError("a choice between more than two")
        (one, condition), (other, _) = expression.args
        parts = ((one, condition), (other, SP.Not(condition)))
        terms = [self._where(value, where) for value, where in parts if value != 0]
        return (" + ".join(terms) or "0"), _SUM if len(terms) > 1 else _PRODUCT

    def _where(self, value: Expression, condition: Expression) -> str:
        holds = rf"\mathbf{{1}}[{self._condition(condition)}]"
        return holds if value == 1 else rf"{self._text(value, _PRODUCT)} \cdot {holds}"

    def _condition(self, condition: Expression) -> str:
        if isinstance(condition, SP.And):
            return ", ".join(sorted(map(self._condition, condition.args)))
        if not condition.is_Relational or condition.rel_op not in _SIGNS:
            raise UnprintableError("a condition")
        if condition.lhs.is_number:
            condition = condition.reversed
        left, right = self._text(condition.lhs), self._text(condition.rhs)
        return f"{left} {_SIGNS[condition.rel_op]} {right}"


def _number(number: Expression) -> tuple[str, int]:
    binding = _SUM if number < 0 else _ATOM
    if number.is_Integer:
        return str(number), binding
    if number.q > _LARGEST_DENOMINATOR:
        return repr(float(number)), binding
    sign = "-" if number < 0 else ""
    return rf"{sign}\frac{{{abs(number.p)}}}{{{number.q}}}", _SUM if sign else _PRODUCT


def _factors(product: Expression) -> tuple[list[Expression], list[Expression], bool]:
    """Return what stands above and below the line, and whether there is a minus before it.

    A minus goes into the first sum: 1 - f rather than -(f - 1).
    """
    above: list[Expression] = []
    below: list[Expression] = []
    negative = False
    for each in SP.Mul.make_args(product):
        if each.is_Rational:
            negative ^= bool(each < 0)
            number = abs(each)
            if number.is_Rational and number.q > _LARGEST_DENOMINATOR:
                above.append(number)
                continue
            above += [SP.Integer(number.p)] if number.p != 1 else []
            below += [SP.Integer(number.q)] if number.q != 1 else []
        elif each.is_Pow and each.exp.is_Rational and each.exp < 0:
            below.append(each.base**-each.exp)
        else:
            above.append(each)
    if negative:
        sums = ((part, n) for part in (above, below) for n, x in enumerate(part) if _is_mixed(x))
        part, place = next(sums, (above, None))
        if place is not None:
            part[place] = -part[place]
            negative = False
    return above, below, negative


def _is_mixed(factor: Expression) -> bool:
    """Say whether a factor is a sum in which something is taken away."""
    return factor.is_Add and any(map(_is_negative, factor.args))


def _is_negative(term: Expression) -> bool:
    return bool(term.could_extract_minus_sign())


def _rank_of_term(term: Expression) -> tuple[bool, bool]:
    return _is_negative(term), not term.is_number


def _rank_of_factor(factor: Expression) -> tuple[bool, bool, str]:
    """Numbers first, then sums, then the rest in the order of the algebra."""
    is_sum = factor.is_Add or (factor.is_Pow and factor.base.is_Add)
    return not factor.is_number, not is_sum, _place(factor)


def _place(factor: Expression) -> str:
    names = sorted(str(each) for each in factor.free_symbols)
    return " ".join(names)
