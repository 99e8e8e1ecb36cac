"""The project's source files, read and parsed for the checks in this folder."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_ROOTS = ("engine", "desktop")
CODE_FOLDERS = (*SOURCE_ROOTS, "tests", "packaging")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file: where it lies, what it is imported as, and its syntax tree."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    def place(self, line: int) -> str:
        """Return `path:line`, as editors and terminals open it."""
        return f"{self.path.as_posix()}:{line}"


def parse_module(path: Path, text: str) -> Module:
    """Parse the text of a module that lies at `path`, given relative to the checkout."""
    inside = path.with_suffix("").parts
    parts = inside[1:] if inside[0] in SOURCE_ROOTS else inside
    name = ".".join(part for part in parts if part != "__init__")
    return Module(path, name, text, ast.parse(text, filename=str(path)))


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return all modules under the given top-level folders, in the order of their paths."""
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(
        parse_module(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in paths
    )


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return what git keeps, relative to the checkout; in an unpacked archive, what lies there."""
    if not (ROOT / ".git").exists():
        files = (path for path in ROOT.rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(ROOT) for path in files))
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    paths = (Path(name) for name in listing.stdout.split("\0") if name)
    return tuple(path for path in paths if (ROOT / path).is_file())


def expect_none(faults: Iterable[str]) -> None:
    """Fail a test with every fault on a line of its own."""
    found = list(faults)
    assert not found, "\n  ".join(["", *found])


def imported_names(module: Module) -> Iterator[tuple[str, int]]:
    """Yield every name that a module imports, anywhere in it, with its line.

    `from a import b` yields both `a` and `a.b`, since either may be what a rule forbids.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def functions(module: Module) -> Iterator[Function]:
    """Yield every function and method of a module, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield node


def classes(module: Module) -> Iterator[ast.ClassDef]:
    """Yield every class of a module, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            yield node


def last_name(expression: ast.expr) -> str:
    """Return the last name of a dotted expression: `Qt` of `core.Qt`, `final` of `@final`."""
    match expression:
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return last_name(inner)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def decorators(node: Function | ast.ClassDef) -> set[str]:
    """Return the last names of what decorates a function or class."""
    return {last_name(decorator) for decorator in node.decorator_list}
