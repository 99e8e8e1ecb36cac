"""The first look at a formula: cut into tokens, each fault is told in plain words at its column.

Python's parser would refuse the same texts, but its messages speak of Python; here they speak of
formulas. What passes is nearly always sound Python made of numbers, names and operators.
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field
from typing import final

from chainrule.errors import ExpressionError
from chainrule.expression.calls import is_function
from chainrule.expression.source import Source

MAX_BRACKETS = 100

_TOKEN = re.compile(
    r"""
    (?P<space>[ ]+|\\\n|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)
    |(?P<text>"[^"'\\\n]*"|'[^"'\\\n]*')
    |(?P<name>[^\W\d]\w*)
    |(?P<attribute>\.[ ]*[^\W\d]\w*)
    |(?P<refused>//|==|!=|<=|>=|<<|>>|:=|->|\*\*=|[-+*/@]=|[\^%&|~<>!:{}$?"'`])
    |(?P<operator>\*\*|[-+*/@])
    |(?P<opening>[(\[])
    |(?P<closing>[)\]])
    |(?P<mark>[,;=])
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONSTANTS = {"True", "False", "None"}
_COMPARISON = "a comparison has no gate; for a choice use max, min or relu"
_TEXT = (
    "text in quotes stands only behind the = of a gate's setting; write its name and = before it"
)
_REFUSED = {
    "^": "for powers use **, as in x**2",
    "//": "there is no gate that rounds; divide with /",
    "%": "there is no gate for remainders; leave the % out",
    "!": "there is no gate for factorials; leave the ! out",
    "&": "use a product or min instead of &",
    "|": "for absolute values write abs(x), and max for 'or'",
    "~": "for the negative write -x",
    "?": "a value is missing here; put a name or a number in place of ?",
    "{": "use ( and ) as brackets",
    "}": "use ( and ) as brackets",
    **dict.fromkeys(("==", "!=", "<", ">", "<=", ">="), _COMPARISON),
    **dict.fromkeys(("'", '"', "`"), _TEXT),
}
_PARTNER = {"(": ")", "[": "]"}


def check_tokens(source: Source) -> None:
    """Raise ExpressionError at the first place where `source` can't be a formula."""
    reader = _Reader(source)
    for match in _TOKEN.finditer(source.python):
        if match.lastgroup != "space":
            reader.read(_Token(str(match.lastgroup), match[0], match.start(), match.end()))
    reader.finish()


@final
@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@final
@dataclass
class _Reader:
    """Reads token after token and knows whether a value or an operator must come next."""

    source: Source
    before: _Token | None = None
    wants_value: bool = True
    empty: bool = True
    brackets: list[_Token] = field(default_factory=list[_Token])

    def read(self, token: _Token) -> None:
        """Take the next token or raise ExpressionError."""
        checks = {
            "newline": self._newline,
            "number": self._number,
            "text": self._text,
            "name": self._name,
            "attribute": self._attribute,
            "refused": self._refused,
            "operator": self._operator,
            "opening": self._opening,
            "closing": self._closing,
            "mark": self._mark,
            "other": self._other,
        }
        checks[token.kind](token)
        if token.kind != "newline":
            self.empty = False
            self.before = token

    def finish(self) -> None:
        """Raise ExpressionError if a formula can't end here."""
        if self.empty:
            raise ExpressionError("the formula is empty; type one such as (x + y) * z")
        if self.brackets:
            opening = self.brackets[-1]
            closing = _PARTNER[opening.text]
            raise self._fault(opening, f"this {opening.text} is never closed; add {closing}")
        self._end_line()

    def _fault(self, token: _Token, problem: str) -> ExpressionError:
        return ExpressionError(problem, self.source.column(token.start))

    def _shown(self, token: _Token) -> str:
        return self.source.slice(token.start, token.end)

    def _end_line(self) -> None:
        if self.wants_value and self.before is not None and self.before.text != ";":
            raise ExpressionError(
                f"a value is missing after {self._shown(self.before)}; add a name or a number",
                self.source.column(self.before.end),
            )

    def _newline(self, _: _Token) -> None:
        if not self.brackets:
            self._end_line()
            self.before, self.wants_value = None, True

    def _need_value(self, token: _Token) -> None:
        if not self.wants_value and self.before is not None:
            left, right = self._shown(self.before), self._shown(token)
            if self.before.kind == "name" and is_function(self.before.text):
                raise self._fault(token, f"what {left} is of stands in brackets; write {left}(…)")
            shown = f"{left}*{right}" if left.isalnum() and right.isalnum() else "*"
            raise self._fault(token, f"an operator is missing; for a product write {shown}")

    def _need_operator(self, token: _Token) -> None:
        if self.wants_value:
            raise self._fault(
                token, f"a value is missing before {self._shown(token)}; add a name or a number"
            )

    def _number(self, token: _Token) -> None:
        self._need_value(token)
        if re.fullmatch(r"0[0-9_]*[1-9][0-9_]*", token.text):
            raise self._fault(token, f"write {token.text} without the zeros in front")
        self.wants_value = False

    def _name(self, token: _Token) -> None:
        if keyword.iskeyword(token.text) and token.text not in _CONSTANTS:
            raise self._fault(
                token,
                f"{token.text!r} is a word of Python and can't be a name; "
                f"use another, such as {token.text}_",
            )
        if not token.text.isidentifier():
            raise self._fault(token, f"{token.text!r} is not a name; use letters, digits and _")
        after_number = self.before is not None and self.before.kind == "number"
        if after_number and not self.wants_value and token.text in ("j", "J"):
            raise self._fault(token, "complex numbers have no gate; use real numbers")
        self._need_value(token)
        self.wants_value = False

    def _text(self, token: _Token) -> None:
        sets = self.before is not None and self.before.text == "="
        if not (sets and self.brackets):
            raise self._fault(token, _TEXT)
        self.wants_value = False

    def _attribute(self, token: _Token) -> None:
        self._need_operator(token)
        if token.text.lstrip(". ") != "T":
            raise self._fault(
                token, f"{token.text} has no gate; of all attributes only .T, the transpose, has"
            )

    def _operator(self, token: _Token) -> None:
        if token.text not in ("+", "-"):
            self._need_operator(token)
        self.wants_value = True

    def _refused(self, token: _Token) -> None:
        hint = _REFUSED.get(token.text, f"{token.text} has no gate; write it out with = + - * /")
        raise self._fault(token, hint)

    def _opening(self, token: _Token) -> None:
        if not self.wants_value:
            if token.text == "[":
                raise self._fault(token, "there is no gate for an index; name the parts instead")
            if self.before is None or self.before.kind != "name":
                self._need_value(token)
        if len(self.brackets) == MAX_BRACKETS:
            raise self._fault(token, "the brackets are nested too deeply; split it: q = …; f = …")
        self.brackets.append(token)
        self.wants_value = True

    def _closing(self, token: _Token) -> None:
        if not self.brackets:
            raise self._fault(token, f"this {token.text} was never opened; remove it")
        opening = self.brackets.pop()
        if _PARTNER[opening.text] != token.text:
            raise self._fault(token, f"{token.text} can't close {opening.text}; make them a pair")
        if self.wants_value and self.before is not None and self.before.text not in ("(", ","):
            self._need_operator(token)
        self.wants_value = False

    def _mark(self, token: _Token) -> None:
        if token.text != ";":
            self._need_operator(token)
        elif self.brackets:
            raise self._fault(self.brackets[-1], "this bracket is not closed before the ;")
        else:
            self._end_line()
        if token.text == "," and not self.brackets:
            raise self._fault(
                token, "a comma separates a function's inputs; for decimals use a point, as in 0.5"
            )
        self.wants_value = True

    def _other(self, token: _Token) -> None:
        raise self._fault(token, f"the character {token.text!r} has no meaning here; remove it")
