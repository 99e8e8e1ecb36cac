"""What a learner typed, read as numbers: `-0.2`, `1/3`, `0,5`, `[1, 2]`; nothing is ever run."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.errors import ExpressionError
from chainrule.expression.tensors import parse_tensor
from chainrule.graph.exercises import LONGEST_ANSWER

# As half of the world writes decimals; in a list a comma divides numbers.
_NUMBER: Final = r"[+-]?\s*(?:\d+(?:\.\d*)?|\.\d+|\d*,\d+)(?:[eE][+-]?\d+)?"
_ONE_NUMBER: Final = re.compile(rf"{_NUMBER}(?:\s*(?:\*\*|[-+*/])\s*{_NUMBER})*")


def read_answer(text: str, shape: Shape) -> Array:
    """Return the number or tensor that was typed for a number of `shape`.

    One that differs from it in axes of size 1 alone is taken for it. Where one number is asked for,
    a comma may begin the decimals, as in `0,5`, `,5`, `1,2e-5` and `1/2,5`. Raises ExpressionError
    with a sentence for what can't be read.
    """
    if len(text) > LONGEST_ANSWER:
        raise ExpressionError(f"an answer may have {LONGEST_ANSWER:,} letters; type a shorter one")
    typed = text.strip().replace("−", "-")
    if not _sizes(shape) and _ONE_NUMBER.fullmatch(typed):
        typed = typed.replace(",", ".")
    answer = parse_tensor(typed)
    return np.reshape(answer, shape)[()] if _sizes(answer.shape) == _sizes(shape) else answer


def _sizes(shape: Shape) -> Shape:
    return tuple(size for size in shape if size != 1)
