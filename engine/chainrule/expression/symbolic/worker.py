"""The process that does the algebra: `python -m chainrule.expression.symbolic.worker`.

A recipe comes in on standard input. Answers go out on standard output, a line each: first the
forms that are found in a moment, then those that more thorough searches find, if they end in time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import msgspec

from chainrule.expression.symbolic.algebra import Derivatives, Effort, Symbols
from chainrule.expression.symbolic.checking import agrees
from chainrule.expression.symbolic.job import Answer
from chainrule.expression.symbolic.printer import template_of
from chainrule.expression.symbolic.recipe import Recipe


def main() -> None:
    """Answer one recipe."""
    recipe = msgspec.json.decode(sys.stdin.buffer.read(), type=Recipe)
    derivatives = Derivatives(recipe)
    for effort in Effort:
        sys.stdout.buffer.write(msgspec.json.encode(answer(recipe, derivatives, effort)) + b"\n")
        sys.stdout.buffer.flush()


def answer(recipe: Recipe, derivatives: Derivatives, effort: Effort) -> Answer:
    """Return all formulas as templates; None where no form is readable and right."""
    found = derivatives.candidates(effort)
    symbols = derivatives.symbols
    slopes = tuple(_first(recipe, port, each, symbols) for port, each in enumerate(found))
    value = (derivatives.value,) if derivatives.is_of_one_piece else ()
    return Answer(slopes, _first(recipe, None, value, symbols))


def _first(
    recipe: Recipe, port: int | None, candidates: Iterable[Any], symbols: Symbols
) -> str | None:
    for each in candidates:
        text = template_of(each, symbols)
        if text is not None and agrees(recipe, port, each, symbols):
            return text
    return None


if __name__ == "__main__":
    main()
