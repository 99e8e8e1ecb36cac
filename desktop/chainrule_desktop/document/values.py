"""Numbers and tensors as people type them."""

from __future__ import annotations

import re

import msgspec

from chainrule.arrays import Array
from chainrule.errors import ExpressionError, FileError, ShapeError
from chainrule.expression.tensors import names_maker, parse_tensor
from chainrule.files.tables import looks_like_table, read_table
from chainrule.files.tensors import decode_tensor, encode_tensor

_WORDS = re.compile(r"(?<![\w.\"])(-?)(nan|inf|infinity|∞)(?![\w.\"])", re.IGNORECASE)
_LEADING_ZEROS = re.compile(r"(?<![\w.])0+(?=\d)")
_SHORT_DECIMAL = re.compile(r"(?<![\d.eE])\.(?=\d)|(?<=\d)\.(?![\deE])")


def parse_value(text: str) -> Array:
    """Return the number or tensor that was typed: `-3`, `nan`, `[[1, 2], [3, 4]]`, `randn(3, 4)`.

    Random numbers are those of seed 0 where none is given. Raises ShapeError with a sentence for
    everything else.
    """
    if names_maker(text):
        return _made(text)
    if "\n" in text or "\t" in text:
        table = _table(text)
        if table is not None:
            return table
    plain = text.strip().replace("−", "-").removeprefix("+")
    if not plain:
        raise ShapeError("type a number, or rows of numbers such as [1, 2, 3]")
    complete = _SHORT_DECIMAL.sub(_completed, _LEADING_ZEROS.sub("", plain))
    quoted = _WORDS.sub(_quoted, complete)
    try:
        return decode_tensor(msgspec.json.decode(quoted), "", "the value")
    except FileError as error:
        raise ShapeError(error.problem) from None
    except (msgspec.DecodeError, RecursionError, ValueError):
        shown = plain if len(plain) <= 24 else plain[:21] + "…"
        raise ShapeError(
            f"{shown!r} is not a number; type one such as -3 or 2.5e-3, rows such as [[1, 2], "
            "[3, 4]], or randn(3, 4)"
        ) from None


def _table(text: str) -> Array | None:
    """Return the numbers of a table that was pasted into a field."""
    is_table = not text.lstrip().startswith("[") and looks_like_table(text)
    return read_table(text).value if is_table else None


def _made(text: str) -> Array:
    try:
        return parse_tensor(text)
    except ExpressionError as error:
        raise ShapeError(error.problem) from None


def typed_value(value: Array) -> str:
    """Write a value so that `parse_value` gives it back to the last digit."""
    return encode_tensor(value).replace('"', "")


def _quoted(match: re.Match[str]) -> str:
    word = "nan" if match[2].lower() == "nan" else match[1] + "inf"
    return f'"{word}"'


def _completed(match: re.Match[str]) -> str:
    return "0." if match.start() == 0 or not match.string[match.start() - 1].isdigit() else ".0"
