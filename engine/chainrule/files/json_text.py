"""Bytes to plain data: JSON by the letter, with every fault at its line or at its node.

Python's own reader is lenient where the format is not: it takes NaN, lets a repeated key win over
the first and turns 1e999 into infinity. Its hooks leave a `_Flaw` in such places, and a walk over
the result finds which node holds it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias, cast, final

from chainrule.errors import FileError
from chainrule.files.places import Path, place, short

DEEPEST = 100
_LONGEST_SURE_INTEGER = 300

Plain: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None


@final
@dataclass(frozen=True, slots=True)
class _Flaw:
    """What stands in parsed data where the text held something that the format doesn't allow."""

    problem: str


@final
class _Repeated(dict[str, Any]):
    """An object that had two values for one key."""


@final
class _Hooks:
    """The hooks of one parse; `flawed` says whether any of them met something."""

    def __init__(self) -> None:
        self.flawed = False

    def float(self, text: str) -> object:
        number = float(text)
        return number if math.isfinite(number) else self._flaw(_too_large(text))

    def integer(self, text: str) -> object:
        if text == "-0":
            return -0.0
        if len(text) < _LONGEST_SURE_INTEGER or math.isfinite(float(text)):
            return int(text)
        return self._flaw(_too_large(text))

    def bare(self, text: str) -> object:
        word = {"NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"}[text]
        return self._flaw(f'bare {text} is not JSON; write "{word}" in quotes')

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) == len(pairs):
            return fields
        self.flawed = True
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))
        return _Repeated({"": _Flaw(f"the key {short(repeated)} stands twice; keep one")} | fields)

    def _flaw(self, problem: str) -> _Flaw:
        self.flawed = True
        return _Flaw(problem)


def parse(data: bytes) -> Plain:
    """Return what the JSON text `data` says; raise FileError where it is not strict JSON."""
    text = _decode(data)
    hooks = _Hooks()
    try:
        document = json.loads(
            text,
            object_pairs_hook=hooks.object,
            parse_float=hooks.float,
            parse_int=hooks.integer,
            parse_constant=hooks.bare,
        )
    except json.JSONDecodeError as error:
        _refuse_syntax(error)
    except RecursionError:
        raise FileError(
            "file", f"nested too deeply; brackets may stand {DEEPEST} deep, take some away"
        ) from None
    if hooks.flawed:
        _refuse_flaw(document)
    if "\\ud" in text.lower():
        _refuse_half_characters(document)
    return document


def check_depth(value: object, where: str, name: str) -> None:
    """Raise FileError if arrays and objects in `value` stand more than `DEEPEST` deep."""
    level: list[object] = [value]
    for _ in range(DEEPEST + 1):
        level = [item for each in level for item in _children(each)]
        if not level:
            return
    raise FileError(where, f"{name} is nested more than {DEEPEST} deep; take some levels away")


def _children(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()


def _decode(data: bytes) -> str:
    if not data.strip():
        raise FileError("file", "is empty; a graph file holds one JSON object")
    if data.startswith(b"\xef\xbb\xbf"):
        raise FileError(
            "line 1 column 1", "starts with a byte order mark; save it as plain UTF-8 without one"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"line {line}",
            f"is not UTF-8 text (byte 0x{data[error.start]:02x}); save the file as UTF-8",
        ) from None


def _refuse_syntax(error: json.JSONDecodeError) -> NoReturn:
    where = f"line {error.lineno} column {error.colno}"
    if error.msg == "Extra data":
        raise FileError(where, "there is text after the end of the graph; remove it") from None
    if not error.doc[error.pos :].strip():
        raise FileError(
            where, "the file ends in the middle of the JSON text; restore the rest of it"
        ) from None
    what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
    raise FileError(where, f"is not JSON ({what}); correct the text there") from None


def _refuse_flaw(document: Plain) -> NoReturn:
    for path, value in _walk(document):
        if isinstance(value, _Flaw):
            shown = path[:-1] if path[-1:] == ("",) else path
            where, inside = place(document, shown)
            raise FileError(where, f"{inside}: {value.problem}" if inside else value.problem)
    # What is flawed hides only where a repeated key dropped it; the repetition is found above.
    raise FileError("file", "holds a number that is not JSON; write numbers in digits")


def _refuse_half_characters(document: Plain) -> None:
    for path, value in _walk(document):
        for text in (value, path[-1] if path else None):
            if isinstance(text, str) and not _is_encodable(text):
                where, inside = place(document, path)
                problem = "text holds half of a surrogate pair; write the whole character"
                raise FileError(where, f"{inside}: {problem}" if inside else problem)


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _walk(document: object) -> Iterator[tuple[Path, object]]:
    """Yield every value inside `document` with its path, in the order of the text."""
    stack: list[tuple[Path, object]] = [((), document)]
    while stack:
        path, value = stack.pop()
        yield path, value
        if isinstance(value, dict):
            items = cast("dict[str, object]", value).items()
            stack.extend(((*path, key), item) for key, item in reversed(items))
        elif isinstance(value, list):
            numbered = list(enumerate(cast("list[object]", value)))
            stack.extend(((*path, index), item) for index, item in reversed(numbered))


def _too_large(text: str) -> str:
    shown = text if len(text) <= 40 else text[:37] + "..."
    return f"the number {shown} is beyond float64 (about 1.8e308); write less"
