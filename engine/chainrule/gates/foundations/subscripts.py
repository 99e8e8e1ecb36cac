"""Einstein's summation: what subscripts such as `ij,jk->ik` say of operands and output."""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import Final, final

from chainrule.arrays import Shape, format_shape
from chainrule.errors import ParameterError, ShapeError

_TERM: Final = re.compile(r"[A-Za-z]*(\.\.\.)?[A-Za-z]*")
_ELLIPSIS: Final = "..."


@final
@dataclass(frozen=True)
class Subscripts:
    """One term of letters for each operand and one for the output; `...` stands for any axes.

    `output` is None where no arrow stands: then it has the axes of the ellipsis and, in the order
    of the alphabet, each letter that stands once.
    """

    operands: tuple[str, ...]
    output: str | None

    def spelled_out(self, gate: str, dimensions: tuple[int, ...]) -> tuple[tuple[str, ...], str]:
        """Return the terms of operands with so many axes, and the output's, without ellipses.

        Raises ShapeError where a term doesn't fit.
        """
        if len(dimensions) != len(self.operands):
            raise ShapeError(
                f"{gate}: subscripts for {len(self.operands)} inputs are used with "
                f"{len(dimensions)}; write one term for each input, with commas between them"
            )
        stretch = max(map(_hidden, self.operands, dimensions), default=0)
        used = set(chain(*self.operands))
        spare = "".join(each for each in string.ascii_letters if each not in used)[:stretch]
        terms = tuple(
            term.replace(_ELLIPSIS, spare[stretch - max(_hidden(term, count), 0) :])
            for term, count in zip(self.operands, dimensions, strict=True)
        )
        for term, written, count in zip(terms, self.operands, dimensions, strict=True):
            if len(term) != count:
                raise ShapeError(
                    f"{gate}: the term {written!r} names {len(term)} axes, but its input has "
                    f"{count}; write one letter for each axis, or ... for the others"
                )
        return terms, self._output(gate, spare)

    def _output(self, gate: str, spare: str) -> str:
        if self.output is None:
            counts = Counter(chain(*self.operands))
            return spare + "".join(sorted(each for each in counts if _once(each, counts)))
        if spare and _ELLIPSIS not in self.output:
            raise ShapeError(
                f"{gate}: ... stands for {len(spare)} axes, which the output {self.output!r} does "
                "not have; write ... there too"
            )
        return self.output.replace(_ELLIPSIS, spare)


def parse_subscripts(gate: str, text: str) -> Subscripts:
    """Read subscripts; raise ParameterError where they are none or contradict themselves."""
    sides = re.sub(r"\s", "", text).split("->")
    operands = tuple(sides[0].split(","))
    output = sides[1] if len(sides) == 2 else None
    wrong = next((each for each in (*operands, *sides[1:]) if not _TERM.fullmatch(each)), None)
    if len(sides) > 2 or wrong is not None:
        raise ParameterError(
            f"{gate}: {text!r} are no subscripts; write letters for the axes of each input, "
            'commas between inputs and an arrow before the output, such as "ij,jk->ik"'
        )
    for letter, count in Counter((output or "").replace(_ELLIPSIS, "")).items():
        if count > 1:
            raise ParameterError(
                f"{gate}: the output of {text!r} has {letter!r} twice; name each of its axes once"
            )
        if not any(letter in term for term in operands):
            raise ParameterError(
                f"{gate}: the output of {text!r} has {letter!r}, which no input has; "
                "name an axis of an input"
            )
    return Subscripts(operands, output)


def letter_sizes(
    gate: str, terms: tuple[str, ...], shapes: tuple[Shape, ...], letters: str
) -> dict[str, int]:
    """Return the size of each letter; inputs of size 1 broadcast. Raise ShapeError if they differ.

    `letters` are those that the subscripts name, so that the others are said to be in the ellipsis.
    """
    sizes: dict[str, int] = {}
    for term, shape in zip(terms, shapes, strict=True):
        own: dict[str, int] = {}
        for letter, size in zip(term, shape, strict=True):
            if own.setdefault(letter, size) != size:
                raise ShapeError(
                    f"{gate}: {letter!r} names axes of the sizes {own[letter]} and {size} of the "
                    f"shape {format_shape(shape)}; a diagonal needs equal sizes"
                )
        for letter, size in own.items():
            known = sizes.get(letter, 1)
            if 1 not in (known, size) and known != size:
                where = repr(letter) if letter in letters else "..."
                listed = " and ".join(map(format_shape, shapes))
                raise ShapeError(
                    f"{gate}: {where} has the size {known} in one input and {size} in another of "
                    f"{listed}; transpose or reshape one of them, or use another letter"
                )
            sizes[letter] = size if known == 1 else known
    return sizes


def _once(letter: str, counts: Counter[str]) -> bool:
    return letter != "." and counts[letter] == 1


def _hidden(term: str, dimensions: int) -> int:
    """Return for how many axes the ellipsis of a term stands."""
    return dimensions - len(term) + len(_ELLIPSIS) if _ELLIPSIS in term else 0
