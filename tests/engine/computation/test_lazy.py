"""What `import chainrule` offers, and what it does not load before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import chainrule
from chainrule.computation.lazy import PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(chainrule, name).__name__ == name


def test_the_stub_for_type_checkers_offers_the_same_names() -> None:
    stub = Path(str(chainrule.__file__)).with_suffix(".pyi").read_text("utf-8")
    imports = [each for each in ast.walk(ast.parse(stub)) if isinstance(each, ast.ImportFrom)]
    offered = {name.asname: each.module for each in imports for name in each.names}
    assert offered == dict(PUBLIC)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'chainrule' has no attribute 'Grahp'"):
        _ = chainrule.Grahp  # pyright: ignore[reportAttributeAccessIssue]  # that is the point


def test_public_names_complete_at_a_prompt() -> None:
    assert dir(chainrule) == sorted(PUBLIC)


def test_a_star_import_brings_the_public_names() -> None:
    program = "from chainrule import *; print(*sorted(each for each in dir() if each[0] != '_'))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == sorted(PUBLIC)


def test_importing_the_package_loads_neither_numpy_nor_networkx() -> None:
    program = "import chainrule, sys; print(sorted({'numpy', 'networkx'} & {*sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
