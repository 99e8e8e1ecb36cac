"""Imports that the layers of import-linter can't express: parts of external packages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_tree import (
    Module,
    expect_none,
    imported_names,
    modules,
    parse_module,
)

# (modules that start with this, may not import what starts with this)
FORBIDDEN = (
    ("chainrule", "PySide6"),
    ("chainrule", "shiboken6"),
    ("chainrule", "chainrule_desktop"),
    ("chainrule_desktop.document", "PySide6.QtWidgets"),
    ("chainrule_desktop.document", "PySide6.QtSvgWidgets"),
)
# What is imported in one folder only.
PRIVATE = (("networkx", "chainrule.graph"), ("graphlay", "chainrule.layout"))


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def imports_of(module: Module, package: str) -> Iterator[str]:
    """Yield where a module imports the package or something in it."""
    lines = {line for name, line in imported_names(module) if is_within(name, package)}
    yield from (f"{module.place(line)} imports {package}" for line in sorted(lines))


@pytest.mark.parametrize(("importer", "imported"), FORBIDDEN)
def test_forbidden_imports_are_absent(importer: str, imported: str) -> None:
    sources = (m for m in modules("engine", "desktop") if is_within(m.name, importer))
    expect_none(fault for module in sources for fault in imports_of(module, imported))


@pytest.mark.parametrize(("library", "owner"), PRIVATE)
def test_a_wrapped_library_is_imported_by_its_owner_only(library: str, owner: str) -> None:
    others = (m for m in modules("engine", "desktop") if not is_within(m.name, owner))
    expect_none(fault for module in others for fault in imports_of(module, library))


@pytest.mark.parametrize(
    "statement",
    [
        "import PySide6.QtWidgets",
        "from PySide6 import QtCore, QtWidgets",
        "from PySide6.QtWidgets import QLabel",
        "def late():\n    from PySide6.QtWidgets import QLabel",
    ],
)
def test_every_way_to_import_is_found(statement: str) -> None:
    module = parse_module(Path("desktop/chainrule_desktop/document/sample.py"), statement)
    assert module.name == "chainrule_desktop.document.sample"
    assert len(list(imports_of(module, "PySide6.QtWidgets"))) == 1


def test_a_name_that_only_begins_alike_is_no_import_of_the_package() -> None:
    module = parse_module(Path("engine/chainrule/sample.py"), "import networkx_extra")
    assert list(imports_of(module, "networkx")) == []
