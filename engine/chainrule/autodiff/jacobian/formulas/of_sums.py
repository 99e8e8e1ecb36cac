"""Element formulas of gates that sum up products of elements: yᵢ = Σⱼ Wᵢⱼ xⱼ."""

from __future__ import annotations

from collections.abc import Sequence

from chainrule.autodiff.jacobian.formulas.subject import ElementFormula, Subject, nothing
from chainrule.autodiff.jacobian.formulas.sums import (
    Factor,
    Index,
    SumFormula,
    Term,
    fresh_letters,
)
from chainrule.autodiff.jacobian.formulas.text import (
    Formula,
    Places,
    derivative_sign,
    equation,
    product,
    summed,
    total,
    where,
)


def formula_of_sums(subject: Subject, sums: SumFormula) -> ElementFormula | None:
    """Return the formulas in letters; None by a port that stands in no term."""
    out = subject.out(_shown(sums.out, subject.origin))
    body = total([_term(subject, sums, term, sums.summed(term)) for term in sums.terms])
    term = sums.term_of(subject.port)
    own = None if term is None else term.at(subject.port)
    if term is None or own is None:
        return None
    renamed, conditions = _freed(sums, own)
    by = subject.into(subject.port, _shown(renamed, subject.origin))
    others = _others(subject, sums, term, own)
    return ElementFormula(
        equation(out, body), equation(derivative_sign(out, by), where(others, conditions))
    )


def _shown(index: Index, origin: int) -> Places:
    return [origin if each is None else each for each in index]


def _term(subject: Subject, sums: SumFormula, term: Term, letters: Sequence[str]) -> Formula:
    factors = [subject.into(each.port, _shown(each.index, subject.origin)) for each in term.factors]
    return _shared(summed(product(factors), letters, sums.sizes, subject.origin), sums)


def _shared(body: Formula, sums: SumFormula) -> Formula:
    if sums.share == 1:
        return body
    share = Formula(rf"\frac{{1}}{{{sums.share}}}", f"1/{sums.share}")
    return share if body.plain == "1" else product([share, body])


def _freed(sums: SumFormula, own: Factor) -> tuple[Index, list[tuple[str, str]]]:
    """Give an input's element letters of its own where the output has the same ones.

    Letters of a sum stay: of all terms of the sum only that one has the element.
    """
    fresh = fresh_letters(tuple(sums.sizes))
    renamed: list[str | None] = []
    conditions: list[tuple[str, str]] = []
    for letter in own.index:
        if letter is not None and (letter in sums.letters or letter in renamed):
            other = next(fresh, letter + "'")
            conditions.append((other, letter))
            renamed.append(other)
        else:
            renamed.append(letter)
    return tuple(renamed), conditions


def _others(
    subject: Subject, sums: SumFormula, term: Term, own: Factor, bound: dict[str, int] | None = None
) -> Formula:
    """Write the other factors, summed over the letters that only they have."""
    others = [each for each in term.factors if each is not own]
    alone = [
        each
        for each in sums.summed(term)
        if each not in own.index and any(each in one.index for one in others)
    ]
    values = bound or {}
    factors: list[Formula] = []
    for each in others:
        places = [values.get(str(place), place) for place in _shown(each.index, subject.origin)]
        factors.append(subject.into(each.port, places))
    return _shared(summed(product(factors), alone, sums.sizes, subject.origin), sums)


def sums_at(subject: Subject, sums: SumFormula, i: tuple[int, ...], j: tuple[int, ...]) -> Formula:
    """Write the derivative of element i of the output by element j of the input."""
    term = sums.term_of(subject.port)
    own = None if term is None else term.at(subject.port)
    if term is None or own is None:
        return Formula("0", "0")
    bound = {letter: at for letter, at in zip(sums.out, i, strict=True) if letter is not None}
    for letter, at in zip(own.index, j, strict=True):
        if letter is not None and bound.setdefault(letter, at) != at:
            return nothing(at, bound[letter])
    return _others(subject, sums, term, own, bound)
