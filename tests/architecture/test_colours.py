"""Colours are written in one module of the editor, and in three of the engine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import SOURCE_ROOTS, Module, expect_none, modules

HOMES = {
    Path("desktop/chainrule_desktop/theme/colours.py"),
    Path("engine/chainrule/diagram/ink.py"),
    Path("engine/chainrule/diagram/shades.py"),
    Path("engine/chainrule/diagram/tints.py"),
}
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
_COLOURLESS = {"transparent", "color0", "color1"}


def colours_in(module: Module) -> Iterator[str]:
    """Yield where a module writes a colour: as hex digits, as numbers, or by Qt's name of it."""
    for node in ast.walk(module.tree):
        if _is_colour(node):
            yield module.place(getattr(node, "lineno", 0))


def _is_colour(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _HEX.search(node.value) is not None
    if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("GlobalColor"):
        return node.attr not in _COLOURLESS
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "QColor":
        return False
    return len(node.args) >= 3


def test_no_other_module_writes_a_colour() -> None:
    others = [module for module in modules(*SOURCE_ROOTS) if module.path not in HOMES]
    expect_none(place for module in others for place in colours_in(module))


def test_the_homes_of_colours_have_some() -> None:
    homes = [module for module in modules(*SOURCE_ROOTS) if module.path in HOMES]
    assert len(homes) == len(HOMES)
    assert all(any(colours_in(module)) for module in homes)
