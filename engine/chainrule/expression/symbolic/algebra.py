"""Differentiating and simplifying with SymPy: the only module that knows it.

It is given expressions that were built from gates, never a text. It may take long over one of
them, so that it works in a process of its own, see `job`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any, Final, TypeAlias, final

import sympy  # pyright: ignore[reportMissingTypeStubs]

from chainrule.expression.symbolic.recipe import Recipe
from chainrule.expression.symbolic.table import exactly, form_of, inverse_of

Expression: TypeAlias = Any

SP: Final[Any] = sympy
_FUNCTION_COSTS = 2
_NEW_FUNCTION_COSTS = 8
_OUTPUT_COSTS = 2
_MOST_SOLUTIONS = 3
# What SymPy raises, in one place or another, where it doesn't know how to go on.
_CANT_COPE: Final = (
    *(SP.SympifyError, SP.PolynomialError, NotImplementedError, TypeError, ValueError),
    *(AttributeError, RecursionError, KeyError, IndexError, ZeroDivisionError),
)
_QUICK: Final = ("together", "factor", "factor_terms", "cancel")
_THOROUGH: Final = (*_QUICK, "simplify", "powsimp", "expand")


@final
class Effort(IntEnum):
    """How long the algebra may look for a simple form; each does what the one before it does."""

    QUICK = 0
    THOROUGH = 1
    SOLVING = 2


@final
@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of a recipe's ports, and the one of its output."""

    ports: tuple[Expression, ...]
    output: Expression


@final
class Derivatives:
    """The local gradients of one recipe by its ports, each in the simplest form that was found."""

    def __init__(self, recipe: Recipe) -> None:
        self._lines = recipe.lines
        ports = tuple(SP.Symbol(f"p{n}", real=True) for n in range(len(recipe.ports)))
        self._ports = ports
        self._expressions = self._forward()
        sign = {"nonnegative": True} if self.value.is_nonnegative else {"real": True}
        self.symbols = Symbols(ports, SP.Symbol("f", **sign))

    @property
    def value(self) -> Expression:
        """The output in terms of the ports."""
        return self._expressions[-1]

    @property
    def is_of_one_piece(self) -> bool:
        """Whether no gate chooses: max(0, x) is read more easily than its pieces."""
        return not self.value.has(SP.Piecewise)

    def candidates(self, effort: Effort) -> list[list[Expression]]:
        """Return forms of the local gradient by each port, the simplest first.

        They are meant to be equal; what was found by solving an equation may hold for one of its
        branches only, so that all of them should be checked.
        """
        names = _QUICK if effort is Effort.QUICK else _THOROUGH
        forms = [_tried(getattr(SP, name)) for name in names]
        slope, stop = self._slope_by_output(forms)
        found: list[list[Expression]] = []
        for port in self._ports:
            plain = SP.diff(self.value, port)
            by_output = slope * SP.diff(self._expressions[stop], port)
            starts = [plain, by_output]
            if effort is Effort.SOLVING:
                starts += self._solved(port, plain)
            found.append(self._sorted(_all_forms(starts, forms)))
        return found

    def _solved(self, port: Expression, slope: Expression) -> list[Expression]:
        """Return the slope with the port replaced by what it is in terms of the output."""
        try:
            solutions = SP.solve(self.value - self.symbols.output, port)
            return [slope.subs(port, each) for each in solutions[:_MOST_SOLUTIONS]]
        except _CANT_COPE:
            return []

    def _forward(self) -> list[Expression]:
        expressions: list[Expression] = []
        for number, line in enumerate(self._lines):
            if number < len(self._ports):
                expressions.append(self._ports[number])
            elif line.gate is None:
                expressions.append(exactly(SP, line.value))
            else:
                inputs = [expressions[each] for each in line.inputs]
                expressions.append(form_of(SP, line.gate, line.settings, inputs))
        return expressions

    def _slope_by_output(self, forms: list[Callable[[Any], Any]]) -> tuple[Expression, int]:
        """Return the output's derivative by an earlier line, in terms of the output, and that line.

        It goes back from the output through gates of which one input depends on the ports and can
        be told from the gate's value; f = 1/d gives d = 1/f, and so on.
        """
        here, value, slope = len(self._lines) - 1, self.symbols.output, SP.Integer(1)
        for _ in self._lines:
            step = self._step_back(here, value)
            if step is None:
                break
            here, local, value = step
            slope, value = self._simplest(slope * local, forms), self._simplest(value, forms)
        return slope, here

    def _step_back(self, here: int, value: Expression) -> tuple[int, Expression, Expression] | None:
        """Return the input of a line that varies, the derivative by it, and it by the output."""
        line = self._lines[here]
        places = [place for place, each in enumerate(line.inputs) if self._varies(each)]
        if len(places) != 1 or line.gate is None:
            return None
        inputs = [None if place in places else self._expressions[each]
                  for place, each in enumerate(line.inputs)]  # fmt: skip
        undone = inverse_of(SP, line.gate, line.settings, value, inputs)
        if undone is None:
            return None
        t = SP.Symbol("t", real=True)
        form = form_of(SP, line.gate, line.settings, [t if x is None else x for x in inputs])
        return line.inputs[places[0]], SP.diff(form, t).subs(t, undone), undone

    def _simplest(self, start: Expression, forms: list[Callable[[Any], Any]]) -> Expression:
        return self._sorted(_all_forms((start,), forms))[0]

    def _sorted(self, candidates: Iterable[Expression]) -> list[Expression]:
        """Return what differs among some forms of one expression, the simplest first.

        Of two that are as simple, the first one stands first, but a product before a sum. What
        names the output must be worth it: one has to look up what that is.
        """
        different = [*dict.fromkeys(candidates)]
        known: set[Any] = {type(each) for each in different[0].atoms(SP.Function)}

        def place(each: Expression) -> tuple[int, bool]:
            by_output = self.symbols.output in each.free_symbols
            return _cost(each, known) + (_OUTPUT_COSTS if by_output else 0), not each.is_Mul

        return sorted(different, key=place)

    def _varies(self, number: int) -> bool:
        return bool(self._expressions[number].free_symbols & {*self._ports})


def numbers_of(
    expression: Expression, symbols: Symbols, points: Iterable[tuple[tuple[float, ...], float]]
) -> Iterator[float | None]:
    """Yield an expression's value at points: the ports and the output; None where it has none."""
    for ports, output in points:
        values = dict(zip(symbols.ports, ports, strict=True)) | {symbols.output: output}
        number = expression.evalf(20, subs=values)
        try:
            yield float(number)
        except (TypeError, ValueError):
            yield None


def _all_forms(
    starts: Iterable[Expression], forms: list[Callable[[Any], Any]]
) -> Iterator[Expression]:
    for start in starts:
        yield start
        for form in forms:
            yield form(start)


def _tried(form: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function of SymPy that gives back what it can't cope with."""

    @cache
    def attempt(expression: Any) -> Any:
        try:
            return form(expression)
        except _CANT_COPE:
            return expression

    return attempt


def _cost(expression: Expression, known: set[Any]) -> int:
    """Return how much there is to read: a sign is free, a function that was not there is dear."""
    cost = 0
    for each in SP.preorder_traversal(expression):
        cost += 0 if _is_sign(each) else 1
        if each.is_Pow and each.exp.is_negative:
            cost += 1
        if each.is_Function or (each.is_Pow and not each.exp.is_number):
            cost += _FUNCTION_COSTS
        if each.is_Function and type(each) not in known:
            cost += _NEW_FUNCTION_COSTS
    return cost


def _is_sign(expression: Expression) -> bool:
    """Say whether it is −1, or the product of −1 and something."""
    opposite = expression.is_Mul and len(expression.args) == 2 and expression.args[0] == -1
    return bool(expression == -1 or opposite)
