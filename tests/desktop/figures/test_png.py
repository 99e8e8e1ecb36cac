"""PNG figures, opened and looked into."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage

from chainrule.diagram.ink import DARK, LIGHT
from chainrule.errors import ExportError
from chainrule.export import Background, FigureOptions
from chainrule.export.figure import make_figure
from chainrule.graph.graph import GateGraph
from chainrule_desktop.figures.png import PngExporter
from tests.helpers.lecture_graphs import LECTURE_NAMES, lecture_graph

NEURON = "sigmoid-neuron-staged"


def picture(name: str = NEURON, options: FigureOptions | None = None) -> QImage:
    data = PngExporter().render(lecture_graph(name), options or FigureOptions())
    assert data.startswith(b"\x89PNG")
    return QImage.fromData(data)


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


@pytest.mark.parametrize("scale", [0.5, 1, 2, 3.3])
def test_a_picture_has_the_figures_size_times_the_scale(scale: float) -> None:
    figure = make_figure(lecture_graph(NEURON), FigureOptions())
    image = picture(options=FigureOptions(scale=scale))
    assert image.width() == pytest.approx(figure.width * scale, abs=1)
    assert image.height() == pytest.approx(figure.height * scale, abs=1)


@pytest.mark.parametrize("scale", [1, 2])
def test_a_picture_knows_its_resolution(scale: float) -> None:
    image = picture(options=FigureOptions(scale=scale))
    assert image.dotsPerMeterX() * 0.0254 == pytest.approx(96 * scale, abs=0.1)


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_no_picture_is_blank_or_cut_off(name: str) -> None:
    image = picture(name)
    assert {LIGHT.outline, LIGHT.gate_fill} <= colours(image)
    white = QColor("white")
    edges = [(x, y) for x in range(image.width()) for y in (0, image.height() - 1)]
    edges += [(x, y) for x in (0, image.width() - 1) for y in range(image.height())]
    assert all(image.pixelColor(*edge) == white for edge in edges)


def test_a_filled_picture_is_opaque_in_the_inks_background() -> None:
    image = picture(options=FigureOptions(ink=DARK))
    assert image.pixelColor(0, 0) == QColor(DARK.background)
    assert image.pixelColor(0, 0).alpha() == 255


def test_a_transparent_picture_shows_what_is_behind_it() -> None:
    image = picture(options=FigureOptions(background=Background.TRANSPARENT))
    assert image.pixelColor(0, 0).alpha() == 0
    alphas = {image.pixelColor(x, image.height() // 2).alpha() for x in range(image.width())}
    assert 255 in alphas


def test_values_and_gradients_have_their_colours() -> None:
    found = colours(picture("two-paths", FigureOptions(scale=4)))
    assert {LIGHT.value, LIGHT.gradient, LIGHT.wire} <= found


def test_a_picture_that_is_too_large_is_refused_with_a_scale_that_is_not() -> None:
    graph = lecture_graph(NEURON)
    with pytest.raises(ExportError, match=r"choose a scale of at most [\d.]+, or SVG or PDF"):
        PngExporter().render(graph, FigureOptions(scale=80))


def test_an_empty_graph_is_refused() -> None:
    with pytest.raises(ExportError, match="the graph is empty"):
        PngExporter().render(GateGraph(), FigureOptions())


def test_text_is_as_wide_at_every_scale() -> None:
    small = picture("local-rules", FigureOptions(scale=1))
    large = picture("local-rules", FigureOptions(scale=4)).scaled(small.size())
    differing = sum(
        abs(small.pixelColor(x, y).lightness() - large.pixelColor(x, y).lightness()) > 160
        for x in range(small.width())
        for y in range(small.height())
    )
    assert differing < 0.01 * small.width() * small.height()
