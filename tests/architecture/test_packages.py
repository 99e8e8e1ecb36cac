"""Every folder of code is a package, whose `__init__` hands names on and does nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import (
    ROOT,
    SOURCE_ROOTS,
    Module,
    expect_none,
    modules,
    parse_module,
)

MIRRORED = {
    "engine": Path("engine/chainrule"),
    "desktop": Path("desktop/chainrule_desktop"),
    "packaging": Path("packaging"),
}


def mirrors(folder: Path) -> bool:
    """Whether a folder of tests stands for one of code; others, as e2e, stand for themselves."""
    return len(folder.parts) > 1 and folder.parts[1] in MIRRORED


def statements_that_do_something(module: Module) -> Iterator[str]:
    for number, statement in enumerate(module.tree.body):
        if not (_hands_on(statement) or (number == 0 and _is_docstring(statement))):
            yield module.place(statement.lineno)


def _hands_on(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        return [ast.unparse(target) for target in statement.targets] == ["__all__"]
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def test_packages_only_hand_names_on() -> None:
    packages = (m for m in modules(*SOURCE_ROOTS) if m.path.name == "__init__.py")
    expect_none(place for each in packages for place in statements_that_do_something(each))


def test_every_folder_of_code_is_a_package() -> None:
    folders = {m.path.parent for m in modules(*SOURCE_ROOTS)}
    expect_none(str(f) for f in sorted(folders) if not (ROOT / f / "__init__.py").is_file())


def test_every_module_opens_with_a_docstring() -> None:
    sources = modules(*SOURCE_ROOTS, "tests", "packaging")
    expect_none(m.place(1) for m in sources if m.text.strip() and not ast.get_docstring(m.tree))


def test_folders_of_tests_mirror_folders_of_code() -> None:
    tests = {m.path.parent for m in modules("tests") if m.path.name.startswith("test_")}
    mirrored = ((f, MIRRORED[f.parts[1]] / Path(*f.parts[2:])) for f in tests if mirrors(f))
    expect_none(f"{test} has no {code}" for test, code in mirrored if not (ROOT / code).is_dir())


def test_a_statement_in_a_package_is_found() -> None:
    text = '"""A package."""\nfrom a import b\n__all__ = ["b"]\nb.register()\n'
    module = parse_module(Path("engine/sample/__init__.py"), text)
    assert list(statements_that_do_something(module)) == ["engine/sample/__init__.py:4"]
