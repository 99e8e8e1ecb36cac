"""Files of every version that there ever was can still be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.files import dumps, loads
from chainrule.files.migrations import CURRENT_VERSION

KEPT = Path(__file__).parents[3] / "files"


@pytest.mark.parametrize("path", sorted(KEPT.glob("v*/*.chainrule")), ids=lambda path: path.name)
def test_files_that_are_kept_for_ever_can_be_read(path: Path) -> None:
    graph = loads(path.read_bytes())
    assert len(graph) > 0
    assert dumps(loads(dumps(graph))) == dumps(graph)


def test_each_version_has_files_that_are_kept() -> None:
    kept = {folder.name for folder in KEPT.iterdir()}
    assert kept == {f"v{version}" for version in range(1, CURRENT_VERSION + 1)}


def test_a_file_of_the_present_version_is_kept_byte_by_byte() -> None:
    data = (KEPT / "v1" / "everything.chainrule").read_bytes()
    assert dumps(loads(data)) == data
