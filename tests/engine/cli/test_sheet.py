"""`chainrule sheet`: an exercise as PDF, or its tables as CSV, Markdown and text."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from PySide6.QtWidgets import QApplication

from chainrule.cli.main import main
from chainrule.files import write_graph
from chainrule.graph.graph import GateGraph
from tests.helpers.practice import exercise_graph

TELLING = {"x": 111.5, "y": 222.5, "z": 777.5}


def text_of(page: PageObject) -> str:
    return " ".join(page.extract_text().split())


@pytest.fixture
def exercise(tmp_path: Path) -> str:
    path = tmp_path / "exercise.chainrule"
    write_graph(exercise_graph(values=TELLING), path)
    return str(path)


@pytest.mark.parametrize("suffix", [".csv", ".md", ".txt"])
def test_the_tables_alone(suffix: str, exercise: str, tmp_path: Path) -> None:
    out = tmp_path / f"tables{suffix}"
    assert main(["sheet", exercise, str(out)]) == 0
    blank = out.read_text(encoding="utf-8")
    assert main(["sheet", exercise, str(out), "--answers", "--nudge", "0.1"]) == 0
    filled = out.read_text(encoding="utf-8")
    assert "334.00" not in blank
    assert "334.00" in filled
    assert "Forward pass" in blank
    assert "What does f do?" in filled
    assert "What does f do?" not in blank


def test_a_sheet_as_pdf(exercise: str, tmp_path: Path, qapp: QApplication) -> None:
    for words, answered in (([], False), (["--answers"], True)):
        out = tmp_path / "sheet.pdf"
        assert main(["sheet", exercise, str(out), *words]) == 0
        (page,) = PdfReader(out).pages
        text = text_of(page)
        assert ("334.00" in text) == answered
        assert "Forward pass" in text
        assert [round(float(each)) for each in page.mediabox[2:]] == [595, 842]


def test_letter_paper_without_tables(exercise: str, tmp_path: Path, qapp: QApplication) -> None:
    out = tmp_path / "sheet.pdf"
    assert main(["sheet", exercise, str(out), "--letter", "--no-tables"]) == 0
    (page,) = PdfReader(out).pages
    assert [round(float(each)) for each in page.mediabox[2:]] == [612, 792]
    assert "Forward pass" not in text_of(page)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["none", "sheet.pdf"], "chainrule: none: file: does not exist"),
        (["FILE", "sheet.doc"], "chainrule: sheet.doc: format: can't export to .doc"),
        (["FILE", "sheet.svg"], "chainrule: sheet.svg: format: SVG has no pages"),
        (["FILE", "sheet"], "chainrule: sheet: format: the file has no extension"),
        (["FILE", "s.pdf", "--nudge", "0"], "chainrule: FILE: --nudge: a nudge is a number"),
        (["FILE", "none/s.pdf"], "chainrule: none/s.pdf: file: the folder 'none' does not exist"),
        (["EMPTY", "s.pdf"], "chainrule: s.pdf: format: the graph is empty"),
    ],
)
def test_what_can_not_be_written_gives_status_2_and_one_line(
    words: list[str],
    says: str,
    exercise: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert qapp  # the program would make one without widgets
    monkeypatch.chdir(tmp_path)
    write_graph(GateGraph(), tmp_path / "EMPTY")
    (tmp_path / "FILE").write_bytes(Path(exercise).read_bytes())
    assert main(["sheet", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(says)
    assert err.count("\n") == 1
