"""`chainrule export`: the format follows the extension, and nothing is left behind by a failure."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from chainrule.cli.main import main
from tests.helpers.faulty_files import file


@pytest.fixture
def graph_file(tmp_path: Path) -> str:
    path = tmp_path / "g.chainrule"
    path.write_bytes(file(title="x · y"))
    return str(path)


def test_a_graph_becomes_a_figure(graph_file: str, tmp_path: Path) -> None:
    out = tmp_path / "g.svg"
    assert main(["export", graph_file, str(out)]) == 0
    root = ElementTree.fromstring(out.read_bytes())
    assert root.tag.endswith("svg")
    assert "x · y" in out.read_text(encoding="utf-8")


def test_the_scale_of_a_figure_can_be_chosen(graph_file: str, tmp_path: Path) -> None:
    out = tmp_path / "g.SVG"
    widths: list[float] = []
    for scale in ("1", "2"):
        assert main(["export", graph_file, str(out), "--scale", scale, "--transparent"]) == 0
        root = ElementTree.fromstring(out.read_bytes())
        widths.append(float(root.attrib["width"].removesuffix("px")))
    assert widths[1] == 2 * widths[0]


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("g.tiff", [], "g.tiff: format: can't export to .tiff"),
        ("g", [], "g: format: the file has no extension"),
        ("none/g.svg", [], "none/g.svg: file: the folder"),
        ("g.svg", ["--scale", "0"], "g.svg: format: the scale must be above 0"),
    ],
)
def test_what_can_not_be_written_is_one_line(
    name: str,
    options: list[str],
    says: str,
    graph_file: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", graph_file, str(tmp_path / name), *options]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["g.chainrule"]


def test_a_faulty_file_is_refused_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "bad", tmp_path / "bad.svg"
    path.write_bytes(b"[")
    assert main(["export", str(path), str(out)]) == 2
    assert capsys.readouterr().err.startswith(f"chainrule: {path}: line 1 column 2: ")
    assert not out.exists()


def test_an_empty_graph_has_no_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty"
    path.write_bytes(file(nodes=[]))
    assert main(["export", str(path), str(tmp_path / "g.svg")]) == 2
    assert f"chainrule: {path}: graph: " in capsys.readouterr().err
