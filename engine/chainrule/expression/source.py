"""What a user typed, as Python reads it: mathematical signs replaced, every column remembered."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import final

from chainrule.errors import ExpressionError

MAX_LENGTH = 10_000

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_POWERS = str.maketrans(_SUPERSCRIPTS, "0123456789-")
_WORD = rf"[^\W{_SUPERSCRIPTS}]+(?:\.[0-9]+)?"
_BARE_ROOT = re.compile(rf"√\s*(?P<radicand>{_WORD})")
_AMBIGUOUS_ROOT = re.compile(rf"√\s*{_WORD}\s*(?:[{_SUPERSCRIPTS}]|\*\*)")
_AMBIGUOUS_POWER = re.compile(rf"[{_SUPERSCRIPTS}]\s*\*\*")
_PRODUCT_OF_SUBSCRIPTED = re.compile(
    rf"(?P<left>[^\W{_SUBSCRIPTS}]+[{_SUBSCRIPTS}]+)"
    rf"(?P<right>[^\W\d{_SUBSCRIPTS}{_SUPERSCRIPTS}]\w*)"
)

# Signs that people type, paste or read in a book, and what Python calls them. "·" may stand in a
# Python name, so it must go before Python sees it.
_SIGNS = {
    **dict.fromkeys("×·⋅∗•", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("−–", "-"),
    **dict.fromkeys("\t\f\v\u00a0\u2009\u202f\ufeff", " "),
    **dict(zip(_SUBSCRIPTS, "0123456789", strict=True)),
}


@final
@dataclass(frozen=True)
class Source:
    """A formula as it was `typed`, the `python` text made from it, and the way back.

    `origins` holds for each character of `python`, and for its end, the index in `typed` from which
    it came. Columns count characters of `typed` from 1, over all lines.
    """

    typed: str
    python: str
    origins: tuple[int, ...]

    def column(self, index: int) -> int:
        """Return the column of the character of `python` at `index`."""
        return self.origins[max(0, min(index, len(self.python)))] + 1

    def column_of(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        """Return the column at which `node` begins; Python counts bytes, people characters."""
        line = self.python.split("\n")[node.lineno - 1]
        inside = len(line.encode()[: node.col_offset].decode(errors="ignore"))
        return self.column(self._line_start(node.lineno) + inside)

    def column_at(self, line: int | None, offset: int | None) -> int:
        """Return the column of the place that a SyntaxError names; both count from 1."""
        return self.column(self._line_start(line or 1) + max(0, (offset or 1) - 1))

    def slice(self, start: int, end: int) -> str:
        """Return what was typed for the characters of `python` from `start` to `end`."""
        return self.typed[self.origins[start] : self.origins[end - 1] + 1].strip()

    def _line_start(self, line: int) -> int:
        return sum(len(each) + 1 for each in self.python.split("\n")[: line - 1])


def source_of(typed: str) -> Source:
    """Translate what was typed into Python's signs.

    `× · ÷ −` are operators, `x²` is `x**2`, `√x` is `sqrt(x)`, `w₀` is `w0`. Raises
    ExpressionError where such a sign can be read in two ways, and for a text that is too long.
    """
    if len(typed) > MAX_LENGTH:
        raise ExpressionError(
            f"the formula has {len(typed)} characters and may have {MAX_LENGTH}; "
            "build the graph in parts"
        )
    _refuse_ambiguous(typed)
    roots = {match.start(): match.end() for match in _BARE_ROOT.finditer(typed)}
    closing = set(roots.values())
    pieces: list[tuple[str, int]] = []
    for index, character in enumerate(typed):
        if index in closing:
            pieces.append((")", index - 1))
        pieces.append((_translated(typed, index, character, roots), index))
    if len(typed) in closing:
        pieces.append((")", len(typed) - 1))
    return _joined(typed, pieces)


def plain_name(name: str) -> str:
    """Return the name that Python makes of a `name` in a formula: subscripts become digits."""
    return "".join(_SIGNS.get(each, each) for each in name)


def _translated(typed: str, index: int, character: str, roots: dict[int, int]) -> str:
    before, after = typed[index - 1 : index], typed[index + 1 : index + 2]
    if character == "√":
        return " sqrt(" if index in roots else " sqrt"
    if character == "\r":
        return "" if after == "\n" else "\n"
    if character in _SUPERSCRIPTS:
        opening = "" if before and before in _SUPERSCRIPTS else "**("
        ending = "" if after and after in _SUPERSCRIPTS else ")"
        return opening + character.translate(_POWERS) + ending
    return _SIGNS.get(character, character)


def _joined(typed: str, pieces: list[tuple[str, int]]) -> Source:
    """Join the pieces without the spaces before each line, which to Python mean a block."""
    characters: list[str] = []
    origins: list[int] = []
    for text, origin in pieces:
        for character in text:
            at_line_start = not characters or characters[-1] == "\n"
            if not (character == " " and at_line_start):
                characters.append(character)
                origins.append(origin)
    return Source(typed, "".join(characters), (*origins, len(typed)))


def _refuse_ambiguous(typed: str) -> None:
    if match := _AMBIGUOUS_ROOT.search(typed):
        raise ExpressionError(
            "the root and the power can be read in two ways; write √(…) with parentheses",
            match.start() + 1,
        )
    if match := _AMBIGUOUS_POWER.search(typed):
        raise ExpressionError(
            "two powers can be read in two ways; write parentheses around the first",
            match.start() + 1,
        )
    if match := _PRODUCT_OF_SUBSCRIPTED.search(typed):
        raise ExpressionError(
            f"a product needs its sign; write {match['left']}*{match['right']}",
            match.start("right") + 1,
        )
