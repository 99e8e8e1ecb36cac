"""Where something stands in a graph file, in the words of error messages."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from chainrule.errors import FileError

Path: TypeAlias = tuple[str | int, ...]


def short(value: object) -> str:
    """Return a value of a file as people write it, cut where it is long."""
    words = {None: "null", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, list):
        return "an array"
    if isinstance(value, dict):
        return "an object"
    text = repr(value[:60] if isinstance(value, str) else value)
    return text if len(text) <= 40 else text[:37] + "..."


def node_place(node_id: object, index: int, outer: str = "") -> str:
    """Return the words for a node of `outer` (a definition, or nothing for the graph itself)."""
    name = f"node {short(node_id)}" if isinstance(node_id, str) else f"nodes[{index}]"
    return f"{name} of {outer}" if outer else name


def definition_place(name: str) -> str:
    """Return the words for a definition."""
    return f"definition {short(name)}"


def key_fault(where: str, key: str, problem: str) -> FileError:
    """Return the error for the value of `key` at `where`, which is empty for the whole file."""
    return FileError(where, f"{key} {problem}") if where else FileError(key, problem)


def place(document: object, path: Path) -> tuple[str, str]:
    """Return the words for the node, definition or key on `path`, and the rest of the path."""
    outer, rest, here = "", path, document
    if len(path) > 1 and path[0] == "definitions":
        here = _item(_item(document, "definitions"), path[1])
        outer, rest = definition_place(str(path[1])), path[2:]
    if len(rest) > 1 and rest[0] == "nodes" and isinstance(rest[1], int):
        node = _item(_item(here, "nodes"), rest[1])
        return node_place(_item(node, "id"), rest[1], outer), _dotted(rest[2:])
    if outer:
        return outer, _dotted(rest)
    return (str(rest[0]), _dotted(rest[1:])) if rest else ("file", "")


def _item(value: object, key: str | int) -> object:
    if isinstance(value, dict):
        return cast("dict[Any, object]", value).get(key)
    if isinstance(value, list) and isinstance(key, int):
        return cast("list[object]", value)[key]
    return None


def _dotted(path: Path) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
