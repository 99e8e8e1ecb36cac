"""Documents of several pages as PDF: as many pages, each of its size, with real text."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from chainrule.diagram.ink import Role
from chainrule.diagram.primitives import Anchor, Element, Stroke, Text
from chainrule.export import FigureOptions, get_exporter
from chainrule.export.pages import Page, PagedExporter, Pages, Paper, Placement


def page(text: str, width: float, height: float) -> Page:
    written = Text((20.0, 40.0), text, 12.0, Anchor.START, Role.TEXT)
    line = Stroke((20.0, 50.0), (((80.0, 50.0),),))
    element = Element("e", "note", "", (written, line))
    return Page(width, height, (Placement((element,)), Placement((element,), at=(0.0, 90.0))))


def rendered(document: Pages) -> PdfReader:
    exporter = get_exporter(".pdf")
    assert isinstance(exporter, PagedExporter)
    return PdfReader(io.BytesIO(exporter.render_pages(document, FigureOptions())))


def test_pages_upright_and_across() -> None:
    width, height = Paper.A4.size
    found = rendered(Pages("Sheet", (page("One", width, height), page("Two", height, width))))
    assert found.metadata is not None
    assert found.metadata.title == "Sheet"
    one, two = found.pages
    assert one.extract_text().count("One") == 2
    assert two.extract_text().count("Two") == 2
    assert [round(float(each)) for each in one.mediabox[2:]] == [595, 842]
    assert [round(float(each)) for each in two.mediabox[2:]] == [842, 595]


@pytest.mark.parametrize("paper", Paper)
def test_paper_has_its_size_in_units(paper: Paper) -> None:
    assert [each / 96 * 25.4 for each in paper.size] == pytest.approx([*paper.value])
