"""Nothing in the repository depends on one machine or on one package registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, expect_none, tracked_files

# Written in pieces, so that this file passes its own check.
MACHINE_PATHS = re.compile(
    r"(?<![\w.~$}-])/" + r"(?:work|root|home/\w+|Users/\w+|opt/\w+|mnt)/" + r"|[A-Z]:\\Users\\"
)
REGISTRY_HOSTS = re.compile(
    r"(?:py" + r"pi|python" + r"hosted|registry\.n" + r"pmjs|conda" + r"\.anaconda)\.(?:org|com)"
)


def faults(path: Path, text: str, pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.as_posix()}:{number}: {found.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        for found in pattern.finditer(line)
    ]


def tracked_texts() -> list[tuple[Path, str]]:
    """Return the tracked files that are text; pictures and fonts are not."""
    contents = ((path, (ROOT / path).read_bytes()) for path in tracked_files())
    return [
        (path, content.decode("utf-8", errors="replace"))
        for path, content in contents
        if b"\0" not in content
    ]


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRY_HOSTS], ids=["paths", "registries"])
def test_no_tracked_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    texts = tracked_texts()
    assert texts
    expect_none(fault for path, text in texts for fault in faults(path, text, pattern))


@pytest.mark.parametrize("word", ["/wo" + "rk/main", "cd /ro" + "ot/x", "(/ho" + "me/ada/x)"])
def test_a_machine_path_is_found(word: str) -> None:
    assert faults(Path("x"), word, MACHINE_PATHS) != []


@pytest.mark.parametrize("word", ["frame/work/x", "./work/x", "~/work/x", "$HOME/work/y", "a/b"])
def test_a_relative_path_is_no_machine_path(word: str) -> None:
    assert faults(Path("x"), word, MACHINE_PATHS) == []
