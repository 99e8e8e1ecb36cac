"""PDF figures, opened and looked into."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from chainrule.errors import ExportError
from chainrule.export import Background, FigureOptions
from chainrule.export.figure import make_figure
from chainrule_desktop.figures.pdf import PdfExporter
from tests.helpers.lecture_graphs import LECTURE_NAMES, diagram_of, graph_of, lecture_graph

NEURON = "sigmoid-neuron-staged"


def opened(name: str = NEURON, options: FigureOptions | None = None) -> PdfReader:
    data = PdfExporter().render(lecture_graph(name), options or FigureOptions())
    return PdfReader(io.BytesIO(data))


def only_page(reader: PdfReader) -> PageObject:
    (page,) = reader.pages
    return page


def fonts(page: PageObject) -> list[Any]:
    found = page["/Resources"]["/Font"]  # type: ignore[index]  # a dictionary of the page
    return [each.get_object() for each in found.values()]


@pytest.mark.parametrize("scale", [1, 2.5])
def test_the_page_has_the_figures_size(scale: float) -> None:
    figure = make_figure(lecture_graph(NEURON), FigureOptions())
    box = only_page(opened(options=FigureOptions(scale=scale))).mediabox
    assert float(box.width) == pytest.approx(figure.width * scale * 0.75, abs=1)
    assert float(box.height) == pytest.approx(figure.height * scale * 0.75, abs=1)


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_every_number_can_be_found_as_text(name: str) -> None:
    labels = diagram_of(lecture_graph(name)).labels
    text = "".join(only_page(opened(name)).extract_text().split())
    for number in (*labels.values, *labels.gradients, *labels.branches):
        assert "".join(number.split()) in text


def test_every_font_is_embedded() -> None:
    found = fonts(only_page(opened()))
    assert {"DejaVuSans", "DejaVuSans-Oblique"} <= {
        str(font["/BaseFont"]).rpartition("+")[2].lstrip("/") for font in found
    }
    for font in found:
        (descendant,) = font["/DescendantFonts"]
        assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]


def test_nothing_is_drawn_as_pixels() -> None:
    assert list(only_page(opened()).images) == []


def test_a_transparent_page_draws_less_than_a_filled_one() -> None:
    clear = opened(options=FigureOptions(background=Background.TRANSPARENT))
    filled = only_page(opened()).get_contents()
    empty = only_page(clear).get_contents()
    assert filled is not None
    assert empty is not None
    assert len(empty.get_data()) < len(filled.get_data())


def test_the_title_of_the_graph_is_the_documents() -> None:
    graph = graph_of({"id": "x", "gate": "input", "value": 1}, title="One – input")
    reader = PdfReader(io.BytesIO(PdfExporter().render(graph, FigureOptions())))
    assert reader.metadata is not None
    assert reader.metadata.title == "One – input"


def test_a_page_that_is_too_long_is_refused_with_a_scale_that_is_not() -> None:
    with pytest.raises(ExportError, match=r"PDF allows 200; choose a scale of at most [\d.]+"):
        PdfExporter().render(lecture_graph("svm-loss"), FigureOptions(scale=50))
