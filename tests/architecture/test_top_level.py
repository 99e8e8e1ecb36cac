"""The top level of the repository holds what a newcomer looks for, and nothing else."""

from __future__ import annotations

from tests.architecture.source_tree import tracked_files

ALLOWED = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "assets",
    "desktop",
    "docs",
    "engine",
    "packaging",
    "pyproject.toml",
    "tests",
}


def test_nothing_unexpected_lies_at_the_top_level() -> None:
    assert {path.parts[0] for path in tracked_files()} - ALLOWED == set()
