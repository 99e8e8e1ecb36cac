"""What these tests share: the light theme, and windows that are closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chainrule.files import read_graph
from chainrule.graph.graph import GateGraph
from chainrule_desktop.theme import Theme
from tests.desktop.easel import theme
from tests.desktop.panels.training.bench import EXAMPLES, Bench

__all__ = ["make", "theme"]


@pytest.fixture
def make(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator:
    made: list[Bench] = []

    def open_(example: str | GateGraph) -> Bench:
        graph = example
        if isinstance(graph, str):
            graph = read_graph(EXAMPLES / f"{graph}.chainrule")
        bench = Bench(theme, tmp_path, graph)
        qtbot.addWidget(bench.window, before_close_func=lambda _: bench.end())
        bench.show(qtbot)
        made.append(bench)
        return bench

    yield open_
    for each in made:
        each.end()
