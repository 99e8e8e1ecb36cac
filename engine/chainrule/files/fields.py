"""Taking the fields of a JSON object one by one, each with its type checked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from chainrule.files.json_text import check_depth
from chainrule.files.places import key_fault, short
from chainrule.graph.node import NO_EXTRAS, Extras

Fields = Mapping[str, object]


def as_object(value: object, where: str, key: str) -> Fields:
    """Return `value` if it is an object; raise FileError otherwise."""
    if not isinstance(value, dict):
        raise key_fault(where, key, f"must be an object in braces, not {short(value)}")
    return cast("dict[str, object]", value)


def array_field(fields: Fields, key: str, where: str) -> list[object]:
    """Return the array under `key`, which must be there."""
    if key not in fields:
        raise key_fault(where, key, "is missing; add it, an array in brackets")
    value = fields[key]
    if not isinstance(value, list):
        raise key_fault(where, key, f"must be an array in brackets, not {short(value)}")
    return cast("list[object]", value)


def text_field(fields: Fields, key: str, where: str) -> str:
    """Return the text under `key`, which must be there."""
    if key not in fields:
        raise key_fault(where, key, "is missing; add it, a text in quotes")
    value = fields[key]
    if not isinstance(value, str):
        raise key_fault(where, key, f"must be text in quotes, not {short(value)}")
    return value


def optional_text(fields: Fields, key: str, where: str) -> str | None:
    """Return the text under `key`, None where the key is not there."""
    return text_field(fields, key, where) if key in fields else None


def optional_plain(fields: Fields, key: str, where: str) -> Any:
    """Return whatever JSON stands under `key`, None where the key is not there."""
    if key not in fields:
        return None
    if fields[key] is None:
        raise key_fault(where, key, "must not be null; leave the key out instead")
    check_depth(fields[key], where or key, key)
    return fields[key]


def extras_beside(fields: Fields, known: frozenset[str], where: str) -> Extras:
    """Return the fields that this version doesn't know, so that writing can keep them."""
    if known.issuperset(fields):
        return NO_EXTRAS
    extras = {key: value for key, value in fields.items() if key not in known}
    for key, value in extras.items():
        check_depth(value, where or "file", short(key))
    return MappingProxyType(extras)
