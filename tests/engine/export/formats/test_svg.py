"""SVG figures, parsed and looked into."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given, settings

from chainrule.diagram.ink import DARK, LIGHT, Ink
from chainrule.diagram.shades import NAN, ZERO, colours_of
from chainrule.export import Background, FigureOptions
from chainrule.export.formats.svg import SvgExporter
from chainrule.graph.graph import GateGraph
from tests.helpers.graph_strategies import graphs
from tests.helpers.lecture_graphs import LECTURE_NAMES, diagram_of, graph_of, lecture_graph

SVG = "{http://www.w3.org/2000/svg}"
NEURON = "sigmoid-neuron-staged"
X = {"id": "x", "gate": "input", "value": 2}


def parsed(graph: GateGraph, **options: Any) -> ET.Element:
    return ET.fromstring(SvgExporter().render(graph, FigureOptions(**options)))


def group(root: ET.Element, group_id: str) -> ET.Element:
    return next(each for each in root.iter(f"{SVG}g") if each.get("id") == group_id)


def numbers(root: ET.Element, class_: str) -> list[str]:
    return [
        each.text or ""
        for each in root.iter(f"{SVG}text")
        if class_ in (each.get("class") or "").split()
    ]


def viewbox(root: ET.Element) -> list[float]:
    return [float(number) for number in (root.get("viewBox") or "").split()]


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_every_value_and_gradient_is_there_as_text(name: str) -> None:
    graph = lecture_graph(name)
    diagram = diagram_of(graph)
    labels, root = diagram.labels, parsed(graph)
    own = [text for text in labels.branches if text]
    marks = [each.broadcasting for each in diagram.parts.stretches.values()]
    values = [*labels.values, *(each.stretched for each in marks)]
    gradients = [*labels.gradients, *own, *(each.summed for each in marks)]
    assert sorted(numbers(root, "value")) == sorted(values)
    assert sorted(numbers(root, "gradient")) == sorted(gradients)


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_values_stand_above_their_gradients(name: str) -> None:
    for node in parsed(lecture_graph(name)).iter(f"{SVG}g"):
        heights = {
            (each.get("class") or "").split()[0]: float(each.get("y") or "nan")
            for each in node.iter(f"{SVG}text")
            if each.get("class")
        }
        if "value" in heights:
            assert heights["value"] < heights["gradient"]


def test_every_node_and_wire_has_an_id_a_class_and_a_title() -> None:
    graph = lecture_graph(NEURON)
    groups = [*parsed(graph).iter(f"{SVG}g")]
    assert len(groups) == len(graph) + len([*graph.wires()])
    assert len({each.get("id") for each in groups}) == len(groups)
    assert all(each.findtext(f"{SVG}title") for each in groups)
    assert {each.get("class") for each in groups} == {"wire", "gate", "input", "parameter"}


def test_the_neuron_is_small() -> None:
    assert len(SvgExporter().render(lecture_graph(NEURON), FigureOptions())) < 10_000


def test_wires_are_curves_and_not_many_short_lines() -> None:
    wire = group(parsed(lecture_graph("add-then-multiply")), "wire-x-q-0")
    (path,) = wire.iter(f"{SVG}path")
    assert (path.get("d") or "").count("C") == 1


def test_the_size_follows_the_scale_and_the_viewbox_does_not() -> None:
    once, twice = (parsed(lecture_graph(NEURON), scale=scale) for scale in (1, 2))
    assert viewbox(once) == viewbox(twice)
    assert float(once.get("width") or 0) == viewbox(once)[2]
    assert float(twice.get("width") or 0) == 2 * viewbox(once)[2]
    assert float(twice.get("height") or 0) == 2 * viewbox(once)[3]


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_the_viewbox_leaves_a_margin_around_all_texts(name: str) -> None:
    root = parsed(lecture_graph(name))
    left, top, width, height = viewbox(root)
    for text in root.iter(f"{SVG}text"):
        assert left + 10 < float(text.get("x") or "nan") < left + width - 10
        assert top + 10 < float(text.get("y") or "nan") < top + height - 10


def test_labels_of_any_kind_make_valid_xml() -> None:
    label = "</text><script>\"&'\x00\x0b\ufffe é"
    root = parsed(graph_of({**X, "label": label}, title="<&\x01>"))
    (name,) = [each.text or "" for each in group(root, "node-x").iter(f"{SVG}text")][-1:]
    assert name.startswith("</text><script>\"&'")
    assert root.findtext(f"{SVG}title") == "<& >"


@settings(max_examples=40)
@given(graphs())
def test_any_graph_that_is_not_empty_makes_valid_xml(graph: GateGraph) -> None:
    if len(graph) > 0:
        assert parsed(graph).tag == f"{SVG}svg"


def test_the_background_can_be_left_out() -> None:
    graph = lecture_graph(NEURON)
    assert len([*parsed(graph).iter(f"{SVG}rect")]) == 1
    assert [*parsed(graph, background=Background.TRANSPARENT).iter(f"{SVG}rect")] == []


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_the_colours_are_those_of_the_ink(ink: Ink) -> None:
    root = parsed(lecture_graph(NEURON), ink=ink)
    style = root.findtext(f"{SVG}style") or ""
    assert f".value{{fill:{ink.value}}}" in style
    assert f".gradient{{fill:{ink.gradient}}}" in style
    assert f".background{{fill:{ink.background}}}" in style


def test_a_picture_is_one_path_a_shade_without_smoothed_edges() -> None:
    root = parsed(graph_of({"id": "x", "gate": "input", "value": [[1, -1, 0], [1, 1, "nan"]]}))
    picture, _ = [each for each in root.iter(f"{SVG}g") if each.get("shape-rendering")]
    assert picture.get("shape-rendering") == "crispEdges"
    colours = colours_of(LIGHT.shades)
    fills = [each.get("fill") for each in picture.iter(f"{SVG}path")]
    assert fills == [colours[0], colours[ZERO], colours[2 * ZERO], colours[NAN], "none", "none"]


def test_a_port_that_does_not_fit_is_marked() -> None:
    leaves = [
        {"id": name, "gate": "input", "value": [1] * (at + 5)} for at, name in enumerate("ab")
    ]
    root = parsed(graph_of(*leaves, {"id": "f", "gate": "add", "inputs": ["a", "b"]}))
    assert group(root, "misfit-f-1").findtext(f"{SVG}title") == "input 2 of f does not fit"


def test_the_same_graph_gives_the_same_bytes() -> None:
    first, second = (
        SvgExporter().render(lecture_graph("svm-loss"), FigureOptions()) for _ in range(2)
    )
    assert first == second
