"""Pictures and marks of broadcasting stand where nothing else does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.diagram.diagram import Diagram
from chainrule.diagram.elements import elements
from chainrule.diagram.ink import Role
from chainrule.diagram.parts import GRADIENT_BELOW, NUMBER_SIZE, VALUE_ABOVE, Display
from chainrule.diagram.primitives import Element, Text, Thumbnail
from chainrule.diagram.shades import NAN
from chainrule.diagram.thumbnails import Kind, branch_thumbnail_at, stretch_texts, thumbnail_at
from chainrule.graph.graph import GateGraph
from tests.helpers.lecture_graphs import diagram_of, graph_of
from tests.helpers.overlaps import overlapping_bodies, overlapping_texts, struck_texts


def leaf(name: str, shape: tuple[int, ...], kind: str = "input") -> dict[str, Any]:
    size = int(np.prod(shape))
    return {"id": name, "gate": kind, "value": np.linspace(-1, 2, size).reshape(shape).tolist()}


def gate(name: str, kind: str, *inputs: str, **others: Any) -> dict[str, Any]:
    return {"id": name, "gate": kind, "inputs": list(inputs), **others}


X, B = leaf("x", (4, 3)), leaf("b", (3,), "parameter")
DEEP = leaf("d", (2, 5, 6, 7))
GRAPHS: dict[str, GateGraph] = {
    "a bias": graph_of(X, B, gate("y", "add", "x", "b"), gate("f", "sum", "y")),
    "a number": graph_of(X, leaf("c", ()), gate("y", "mul", "c", "x"), gate("f", "mean", "y")),
    "both stretched": graph_of(
        leaf("r", (1, 3)), leaf("c", (4, 1)), gate("y", "add", "r", "c"), gate("f", "sum", "y")
    ),
    "branches": graph_of(
        X, gate("s", "square", "x"), gate("t", "mul", "s", "x"), gate("y", "add", "t", "x", "b"), B,
        gate("f", "sum", "y"),
    ),
    "long names": graph_of(
        X, gate("y", "exp", "x", label="a name that is long"),
        gate("z", "tanh", "y", label="another long name"), gate("f", "sum", "z"),
    ),
    "large": graph_of(
        leaf("m", (40, 60)), leaf("v", (60,)), gate("y", "matmul", "m", "v"), gate("f", "sum", "y")
    ),
    "deep": graph_of(
        DEEP, gate("y", "relu", "d"), gate("z", "mul", "y", "d"), gate("f", "sum", "z")
    ),
    "many stretched": graph_of(
        leaf("a", (3,)), leaf("b", (2, 3)), leaf("c", ()), leaf("e", (2, 1)),
        gate("y", "add", "a", "b", "c", "e"), gate("z", "mul", "a", "c", "e"),
        gate("w", "add", "y", "z"), gate("f", "sum", "w"),
    ),
}  # fmt: skip


def node(diagram: Diagram, name: str) -> int:
    return diagram.parts.index[name]


def marks(diagram: Diagram, port: int) -> dict[Role, Text]:
    wires = diagram.parts.wires
    (row,) = [row for row, wire in enumerate(wires) if (wire.target, wire.port) == ("y", port)]
    return {text.role: text for text in stretch_texts(diagram, row)}


@pytest.mark.parametrize("decimals", [0, 2, 5])
@pytest.mark.parametrize("name", GRAPHS)
def test_nothing_covers_a_picture_or_a_mark(name: str, decimals: int) -> None:
    figure = elements(diagram_of(GRAPHS[name], Display(decimals=decimals)))
    assert overlapping_texts(figure) == []
    assert overlapping_bodies(figure) == []
    assert struck_texts(figure) == []


def pictures(element: Element) -> list[Thumbnail]:
    return [each for each in element.primitives if isinstance(each, Thumbnail)]


def test_every_wire_of_a_tensor_has_its_pictures() -> None:
    figure = {each.id: each for each in elements(diagram_of(GRAPHS["branches"]))}
    assert len(pictures(figure["node-x"])) == 2
    assert [len(pictures(figure[f"wire-{ends}"])) for ends in ("x-s-0", "x-t-1", "s-t-0")] == [
        1,
        1,
        0,
    ]
    assert pictures(figure["node-f"]) == pictures(figure["node-b"]) == []


def test_the_value_is_above_its_text_and_the_gradient_below() -> None:
    diagram = diagram_of(GRAPHS["a bias"])
    value = thumbnail_at(diagram, node(diagram, "x"), Kind.VALUE)
    gradient = thumbnail_at(diagram, node(diagram, "x"), Kind.GRADIENT)
    assert value is not None
    assert gradient is not None
    y = diagram.geometry.centers[node(diagram, "x"), 1]
    assert value[1].at[1] < value[0].at[1] < y - 16
    assert gradient[1].at[1] > gradient[0].at[1] > y + 17
    assert (value[1].text, gradient[1].text) == ("±2", "±1")


def test_what_is_not_computed_has_no_picture_but_a_question_mark() -> None:
    graph = graph_of(X, leaf("w", (2, 2)), gate("f", "matmul", "x", "w"))
    diagram = diagram_of(graph)
    row = node(diagram, "x")
    assert thumbnail_at(diagram, row, Kind.VALUE) is not None
    assert thumbnail_at(diagram, row, Kind.GRADIENT) is None
    assert diagram.labels.values[row] == "4 × 3"
    assert diagram.labels.gradients[row] == "?"


def test_what_the_reader_does_not_want_is_left_out() -> None:
    diagram = diagram_of(GRAPHS["branches"], Display(values=False, gradients=False))
    row = node(diagram, "x")
    assert [thumbnail_at(diagram, row, kind) for kind in Kind] == [None, None]
    assert branch_thumbnail_at(diagram, 0) is None
    assert not marks(diagram, 2)


def test_nothing_moves_while_numbers_change() -> None:
    wild = {"id": "x", "gate": "input", "value": [[1e-200, "nan", 3.0]] * 4}
    before, after = diagram_of(GRAPHS["a bias"]), diagram_of(
        graph_of(wild, B, gate("y", "add", "x", "b"), gate("f", "sum", "y"))
    )  # fmt: skip
    assert np.array_equal(before.geometry.ways.curves, after.geometry.ways.curves)
    drawn = thumbnail_at(after, node(after, "x"), Kind.VALUE)
    assert drawn is not None
    assert NAN in drawn[0].picture.grids[0].shades


def test_broadcasting_is_marked_above_and_its_sum_below_the_wire() -> None:
    diagram = diagram_of(GRAPHS["a bias"])
    y = diagram.geometry.centers[node(diagram, "y"), 1] + 11
    found = marks(diagram, 1)
    assert {role: text.text for role, text in found.items()} == {
        Role.VALUE: "→ 4 × 3",
        Role.GRADIENT: "Σ axis 0",
    }
    assert found[Role.VALUE].at[1] < y < found[Role.GRADIENT].at[1]
    assert not marks(diagram, 0)


def test_between_many_ports_both_marks_are_on_one_line() -> None:
    found = marks(diagram_of(GRAPHS["branches"]), 2)
    assert found[Role.VALUE].at[1] == found[Role.GRADIENT].at[1]
    assert found[Role.VALUE].at[0] < found[Role.GRADIENT].at[0]


def test_a_product_of_matrices_stretches_nothing() -> None:
    assert diagram_of(GRAPHS["large"]).parts.stretches == {}


@pytest.mark.parametrize(
    ("left", "right", "stretched"),
    [
        ((5, 3, 4), (4, 2), {1: ("→ 5 × 4 × 2", "Σ axis 0")}),
        ((3, 4), (5, 4, 2), {0: ("→ 5 × 3 × 4", "Σ axis 0")}),
        ((5, 1, 3, 4), (2, 4, 2), {0: ("→ 5 × 2 × 3 × 4", "Σ axis 1"),
                                   1: ("→ 5 × 2 × 4 × 2", "Σ axis 0")}),
        ((5, 6, 3, 4), (4,), {}),
        ((4,), (5, 4, 2), {}),
    ],
)  # fmt: skip
def test_a_product_of_batches_stretches_matrices(
    left: tuple[int, ...], right: tuple[int, ...], stretched: dict[int, tuple[str, str]]
) -> None:
    diagram = diagram_of(graph_of(leaf("l", left), leaf("r", right), gate("y", "matmul", "l", "r")))
    stretches = diagram.parts.stretches.items()
    found = {
        row: (each.broadcasting.stretched, each.broadcasting.summed) for row, each in stretches
    }
    assert {diagram.parts.wires[row].port: texts for row, texts in found.items()} == stretched


def test_pictures_are_as_far_from_the_shape_of_a_value_as_from_that_of_a_gradient() -> None:
    diagram = diagram_of(GRAPHS["a number"])
    row = diagram.parts.index["x"]
    _, y = diagram.geometry.middles[row].tolist()
    value, gradient = (thumbnail_at(diagram, row, kind) for kind in Kind)
    assert value is not None
    assert gradient is not None
    # Digits are 0.73 of their size high and reach no lower than their baseline.
    top_of_value = y - VALUE_ABOVE - 0.73 * NUMBER_SIZE
    grids = value[0].picture.grids
    above = top_of_value - value[0].at[1] - max(each.top + each.size[1] for each in grids)
    below = gradient[0].at[1] - (y + GRADIENT_BELOW)
    assert above == pytest.approx(below, abs=0.5)
