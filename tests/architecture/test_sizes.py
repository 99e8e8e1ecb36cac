"""Modules, functions and classes stay small enough to be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import (
    CODE_FOLDERS,
    Function,
    Module,
    classes,
    decorators,
    expect_none,
    functions,
    modules,
    parse_module,
)

MODULE_LINES = 400
FUNCTION_LINES = 40
CLASS_METHODS = 19

# What a base class or a protocol of Python asks for is not the class's own doing.
UNCOUNTED_DECORATORS = {"override", "overload"}


def long_modules(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > MODULE_LINES:
        yield f"{module.place(1)} has {lines} lines"


def long_functions(module: Module) -> Iterator[str]:
    for function in functions(module):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{module.place(function.lineno)} {function.name} has {lines} lines"


def large_classes(module: Module) -> Iterator[str]:
    for class_ in classes(module):
        methods = sum(map(_counts, class_.body))
        if methods > CLASS_METHODS:
            yield f"{module.place(class_.lineno)} {class_.name} has {methods} methods"


def _counts(member: ast.stmt) -> bool:
    """Whether a member of a class is a method of its own making."""
    if not isinstance(member, Function) or decorators(member) & UNCOUNTED_DECORATORS:
        return False
    return not (member.name.startswith("__") and member.name.endswith("__"))


def test_no_module_is_longer_than_400_lines() -> None:
    expect_none(fault for module in modules(*CODE_FOLDERS) for fault in long_modules(module))


def test_no_function_is_longer_than_40_lines() -> None:
    expect_none(fault for module in modules(*CODE_FOLDERS) for fault in long_functions(module))


def test_no_class_has_20_methods_or_more() -> None:
    expect_none(fault for module in modules(*CODE_FOLDERS) for fault in large_classes(module))


def test_a_long_module_is_found() -> None:
    assert list(long_modules(_sample("x = 1\n" * 400))) == []
    assert list(long_modules(_sample("x = 1\n" * 401))) == ["engine/sample.py:1 has 401 lines"]


def test_a_long_function_is_found_also_inside_a_class() -> None:
    body = "        x = 1\n"
    assert list(long_functions(_sample("class A:\n    def f(self):\n" + body * 39))) == []
    assert list(long_functions(_sample("class A:\n    def f(self):\n" + body * 40))) == [
        "engine/sample.py:2 f has 41 lines"
    ]


def test_overridden_and_special_methods_do_not_count() -> None:
    own = "".join(f"    def m{i}(self): ...\n" for i in range(19))
    given = "    @override\n    def paintEvent(self): ...\n    def __len__(self): ...\n"
    assert list(large_classes(_sample("class A:\n" + own + given))) == []
    assert list(large_classes(_sample("class A:\n" + own + "    def more(self): ...\n"))) == [
        "engine/sample.py:1 A has 20 methods"
    ]


def _sample(text: str) -> Module:
    return parse_module(Path("engine/sample.py"), text)
