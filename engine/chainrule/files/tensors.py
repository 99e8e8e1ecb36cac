"""Numbers and tensors as nested arrays of JSON, both ways, with nothing lost.

Not-a-number and the infinities are the words "nan", "inf" and "-inf"; a whole number is written
without a point, and the sign of zero is kept. A tensor of more than `MOST_SPACED` numbers has no
blanks, so that files of trained networks stay small.
"""

from __future__ import annotations

import math
import re
from itertools import chain
from typing import Any, cast

import msgspec
import numpy as np

from chainrule.arrays import Array
from chainrule.errors import FileError
from chainrule.files.places import key_fault, short

MOST_AXES = 32
MOST_SPACED = 100
WORDS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
# Above this, floats are not told apart from their neighbours by whole digits alone.
_LARGEST_PLAIN = 1e16
_POINTLESS = re.compile(r"\.0(?=[,\]])")
_NEGATIVE_ZERO = re.compile(r"(?<=[\[,])-0(?=[,\]])")


def decode_tensor(value: object, where: str, key: str) -> Array:
    """Return the tensor that the parsed JSON `value` of `key` stands for.

    Raises FileError for ragged rows, empty arrays and whatever is not a number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | list):
        raise key_fault(where, key, f"must be a number or nested arrays, not {short(value)}")
    shape: list[int] = []
    level: list[object] = [value]
    while isinstance(level[0], list):
        level = _next_level(level, shape, where, key)
    numbers = _numbers(level, shape, where, key)
    return np.float64(numbers[0]) if not shape else np.array(numbers, np.float64).reshape(shape)


def _next_level(level: list[object], shape: list[int], where: str, key: str) -> list[object]:
    """Return what stands in the arrays of `level` and add their common length to `shape`."""
    if len(shape) == MOST_AXES:
        raise key_fault(where, key, f"has more than {MOST_AXES} axes; nest its arrays less deeply")
    rows = cast("list[list[object]]", level)
    length = len(rows[0])
    for index, row in enumerate(level):
        found = len(cast("list[object]", row)) if isinstance(row, list) else None
        if found != length:
            has = "a number" if found is None else f"an array of {found}"
            raise key_fault(
                where,
                key,
                f"is ragged: {key}{_index(index, shape)} is {has} where its neighbours are arrays "
                f"of {length}; make all rows equally long",
            )
    if length == 0:
        raise key_fault(where, key, "holds an empty array; a tensor needs at least one number")
    shape.append(length)
    return list(chain.from_iterable(rows))


def _numbers(level: list[object], shape: list[int], where: str, key: str) -> list[float]:
    plain = {int, float}
    if plain.issuperset(map(type, level)):
        return [float(each) for each in cast("list[float]", level)]
    return [
        float(cast("float", each)) if type(each) in plain else _word(each, index, shape, where, key)
        for index, each in enumerate(level)
    ]


def _word(item: object, index: int, shape: list[int], where: str, key: str) -> float:
    if isinstance(item, str) and item in WORDS:
        return WORDS[item]
    if isinstance(item, list):
        raise key_fault(
            where,
            key,
            f"is ragged: {key}{_index(index, shape)} is an array where its neighbours are numbers; "
            "make all rows equally long",
        )
    name = f"{key}{_index(index, shape)}"
    wanted = 'must be a number, or "nan", "inf" or "-inf"'
    found = f"not {short(item)}"
    if shape:
        raise FileError(where or key, f"{name} {wanted}, {found}")
    raise key_fault(where, key, f"{wanted}, {found}")


def _index(flat: int, shape: list[int]) -> str:
    """Return the index of the item number `flat` in row-major order, as in `[0][2]`."""
    parts: list[int] = []
    for size in reversed(shape):
        flat, last = divmod(flat, size)
        parts.append(last)
    return "".join(f"[{part}]" for part in reversed(parts))


def encode_number(number: float) -> str:
    """Return `number` as the shortest JSON that reads back as the same float64."""
    if not math.isfinite(number):
        return '"nan"' if math.isnan(number) else '"inf"' if number > 0 else '"-inf"'
    if number.is_integer() and abs(number) < _LARGEST_PLAIN:
        return "-0.0" if number == 0 and math.copysign(1.0, number) < 0 else str(int(number))
    return repr(number)


def encode_tensor(value: Array) -> str:
    """Return a number or tensor as JSON; a dimension without numbers is the caller's to refuse."""
    return _encode_nested(value.tolist()) if value.size <= MOST_SPACED else _encode_large(value)


def _encode_large(value: Array) -> str:
    """Return a tensor as JSON without blanks, each number with its fewest digits."""
    text = _POINTLESS.sub("", msgspec.json.encode(value.tolist()).decode())
    if ((value == 0) & np.signbit(value)).any():
        text = _NEGATIVE_ZERO.sub("-0.0", text)  # an integer has no sign at 0
    odd: list[float] = np.asarray(value)[~np.isfinite(value)].tolist()
    if odd:
        words = iter([encode_number(each) for each in odd])
        text = re.sub("null", lambda _: next(words), text)
    return text


def _encode_nested(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_encode_nested(each) for each in cast('list[Any]', value))}]"
    return encode_number(value)


def plain_tensor(value: Array | None) -> Any:
    """Return a number or tensor as data for strict JSON: words stand for what is not finite."""
    if value is None:
        return None
    plain = value.tolist()
    return plain if np.isfinite(value).all() else _with_words(plain)


def _with_words(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_words(each) for each in cast("list[Any]", value)]
    return value if math.isfinite(value) else str(value)
