"""What is kept with the parts of a drawing is computed once and goes with them."""

from __future__ import annotations

from weakref import ref

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import Display, Floats, Parts, build_parts
from chainrule.expression.formula import graph_from_formula


def parts_of(formula: str) -> Parts:
    graph = graph_from_formula(formula)
    return build_parts(graph, Passes(graph), Display())


def test_it_is_computed_once_for_the_same_parts() -> None:
    calls: list[Parts] = []

    @kept_with_arguments
    def count(parts: Parts) -> int:
        calls.append(parts)
        return len(parts.ids)

    first, second = parts_of("x + y"), parts_of("exp(x)")
    assert [count(first), count(first), count(second)] == [3, 3, 2]
    assert calls == [first, second]


def test_it_is_computed_anew_for_another_companion() -> None:
    @kept_with_arguments
    def both(first: Parts, second: Parts) -> int:
        return len(first.ids) + len(second.ids)

    one, two, last = parts_of("x + y"), parts_of("exp(x)"), parts_of("x * y")
    assert [both(one, last), both(two, last), both(one, last)] == [6, 5, 6]


def test_neither_parts_nor_result_outlive_the_drawing() -> None:
    @kept_with_arguments
    def halves(parts: Parts) -> Floats:
        return np.array(parts.half)

    parts = parts_of("x + y")
    result = ref(halves(parts))
    alive = ref(parts)
    del parts
    assert (alive(), result()) == (None, None)
