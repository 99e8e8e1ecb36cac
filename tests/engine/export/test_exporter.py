"""Writing the files of exports: all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.errors import ExportError
from chainrule.export import FigureOptions, get_exporter
from chainrule.graph.graph import GateGraph
from tests.helpers.lecture_graphs import lecture_graph


def test_a_figure_is_written_with_the_usual_options(tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    graph = lecture_graph("two-paths")
    exporter = get_exporter(".svg")
    exporter.export(graph, path)
    assert path.read_bytes() == exporter.render(graph, FigureOptions())


def test_an_empty_graph_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    with pytest.raises(ExportError, match="the graph is empty"):
        get_exporter(".svg").export(GateGraph(), path)
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "figure.svg"
    with pytest.raises(ExportError, match=r"nowhere.* does not exist; make it first"):
        get_exporter(".svg").export(lecture_graph("two-paths"), path)


def test_a_failed_export_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    path.write_text("old")
    with pytest.raises(ExportError):
        get_exporter(".svg").export(GateGraph(), path)
    assert path.read_text() == "old"


@pytest.mark.parametrize("scale", [0.0, -1.0, 101.0, float("nan"), float("inf")])
def test_a_scale_that_makes_no_sense_is_refused(scale: float) -> None:
    with pytest.raises(ExportError, match="the scale must be above 0"):
        FigureOptions(scale=scale)
