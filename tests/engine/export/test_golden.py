"""Figures stay as they were when someone last looked at them (see `tests/golden/update.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.update import FIGURES, figure_of, golden_graphs

GRAPHS = golden_graphs()


@pytest.mark.parametrize("path", GRAPHS, ids=[path.stem for path in GRAPHS])
def test_a_figure_is_drawn_as_before(path: Path) -> None:
    golden = path.with_suffix(".svg").read_text("utf-8")
    assert figure_of(path).decode() == golden, "run `python -m tests.golden.update`, look, commit"


def test_every_golden_figure_has_its_graph() -> None:
    assert {path.stem for path in FIGURES.glob("*.svg")} == {path.stem for path in GRAPHS}
