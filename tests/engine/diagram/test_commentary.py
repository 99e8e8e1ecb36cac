"""Frames are around their nodes and around the frames that they hold; figures show all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.diagram.commentary import comment_problems
from chainrule.diagram.diagram import Diagram, bounds, draw
from chainrule.diagram.elements import elements
from chainrule.diagram.parts import Display
from chainrule.diagram.primitives import Enclosure, Title
from chainrule.diagram.reach import reaches
from chainrule.export.formats.svg import SvgExporter
from chainrule.export.options import FigureOptions
from chainrule.graph.comments import Comments, Frame, Hue, Note
from chainrule.graph.edits import set_comments
from tests.helpers.random_graphs import build

INNER, OUTER = Frame("inner", ("q",), "blue"), Frame("outer", ("x", "y", "q"), "red")


def drawn(*frames: Frame, notes: tuple[Note, ...] = (), scale: float = 1.0) -> Diagram:
    graph = build({"x": 1.0, "y": 2.0}, {"q": ("add", "x", "y"), "f": ("exp", "q")})
    set_comments(graph, Comments(frames, notes)).apply(graph)
    return draw(graph, Passes(graph), replace(Display(), text_scale=scale))


def test_a_frame_holds_its_nodes_with_all_that_is_written_at_them() -> None:
    diagram = drawn(OUTER)
    (left, top, right, bottom) = diagram.comments.frames[0]
    rows = [diagram.parts.index[each] for each in OUTER.nodes]
    centers, reach = diagram.geometry.centers[rows], reaches(diagram.parts)[rows]
    assert left < (centers - reach[:, :2])[:, 0].min()
    assert top < (centers - reach[:, :2])[:, 1].min()
    assert right > (centers + reach[:, 2:])[:, 0].max()
    assert bottom > (centers + reach[:, 2:])[:, 1].max()


def test_a_frame_around_more_nodes_holds_the_frame_around_some_of_them() -> None:
    for frames in ((INNER, OUTER), (OUTER, INNER)):
        placed = drawn(*frames).comments
        inner, outer = placed.frames
        assert [frame.title for frame in placed.of.frames] == ["inner", "outer"]
        assert (outer[:2] < inner[:2]).all()
        assert (outer[2:] > inner[2:]).all()


def test_of_two_frames_around_the_same_nodes_one_holds_the_other() -> None:
    one, two = drawn(INNER, replace(INNER, title="again")).comments.frames
    assert (one[:2] > two[:2]).all() or (two[:2] > one[:2]).all()


def test_frames_of_unknown_nodes_are_not_drawn_and_the_others_keep_their_numbers() -> None:
    placed = drawn(Frame("lost", ("nobody",)), INNER).comments
    assert placed.of.numbers == (1,)


def test_outer_frames_lie_beneath_inner_ones_and_all_beneath_wires() -> None:
    kinds = [each.kind for each in elements(drawn(INNER, OUTER, notes=(Note("n", (0, 0)),)))]
    assert kinds[:3] == ["frame", "frame", "wire"]
    assert kinds[-1] == "note"
    first = elements(drawn(INNER, OUTER))[0].primitives
    assert isinstance(first[0], Enclosure)
    assert first[0].hue is Hue.RED
    assert isinstance(first[1], Title)


def test_a_long_title_is_shortened_to_its_frame() -> None:
    placed = drawn(replace(INNER, title="very long " * 20)).comments
    assert placed.title(0).endswith("…")


def test_the_bounds_hold_frames_and_notes() -> None:
    left, top, width, height = bounds(drawn(OUTER, notes=(Note("far", (-900.0, 700.0)),)))
    assert left == -900.0
    assert top + height > 700.0
    box = drawn(OUTER).comments.frames[0]
    assert left + width >= box[2]


def test_larger_text_makes_a_larger_band_for_the_title() -> None:
    usual, large = drawn(INNER).comments.frames[0], drawn(INNER, scale=1.6).comments.frames[0]
    assert (large[2:] - large[:2] > usual[2:] - usual[:2]).all()


def test_a_broken_formula_is_a_problem_of_the_graph() -> None:
    (problem,) = comment_problems(drawn(notes=(Note(r"$\frac{1}{$", (0, 0)),)).comments)
    assert problem.node is None
    assert r"\frac{1}{" in problem.sentence


def test_a_graph_of_notes_alone_has_bounds() -> None:
    graph = build({}, {})
    set_comments(graph, Comments((), (Note("text", (5.0, 6.0)),))).apply(graph)
    assert bounds(draw(graph, Passes(graph), Display()))[:2] == (5.0, 6.0)
    assert np.isfinite(bounds(draw(graph, Passes(graph), Display()))).all()


def test_svg_shows_frames_titles_and_formulas() -> None:
    graph = build({"x": 1.0}, {"f": ("exp", "x")})
    frame, note = Frame("a & b", ("f",), "purple"), Note("with $e^x$", (0.0, 90.0))
    set_comments(graph, Comments((frame,), (note,))).apply(graph)
    svg = SvgExporter().render(graph, FigureOptions()).decode()
    assert '<rect class="purple"' in svg
    assert '<text class="purple-title"' in svg
    assert "a &amp; b" in svg
    assert "<title>e^x</title>" in svg
