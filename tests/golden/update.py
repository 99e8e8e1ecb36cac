"""Writes the golden figures anew: `python -m tests.golden.update`; look at them before a commit.

A graph file put into `tests/golden/figures` adds a test. `python -m tests.golden.update --cases`
also lays out the lecture's cases again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.export import FigureOptions
from chainrule.export.formats.svg import SvgExporter
from chainrule.files import read_graph, write_graph
from tests.helpers.lecture_graphs import lecture_graph

FIGURES = Path(__file__).parent / "figures"
CASES = ("sigmoid-neuron-staged", "branches-add", "gate-patterns", "matrix-product", "svm-loss")


def golden_graphs() -> list[Path]:
    """Return the files of the graphs that have a golden figure."""
    return sorted(FIGURES.glob("*.chainrule"))


def figure_of(path: Path) -> bytes:
    """Return the SVG figure of the graph in a file."""
    return SvgExporter().render(read_graph(path), FigureOptions())


def lay_out_cases() -> None:
    """Write the graphs of the lecture's cases; with positions, so that no layout changes them."""
    for name in CASES:
        graph = lecture_graph(name)
        arrange(graph, Passes(graph)).apply(graph)
        write_graph(graph, FIGURES / f"{name}.chainrule")


def update() -> None:
    """Write the figure of every graph."""
    for path in golden_graphs():
        path.with_suffix(".svg").write_bytes(figure_of(path))


if __name__ == "__main__":
    if "--cases" in sys.argv:
        lay_out_cases()
    update()
