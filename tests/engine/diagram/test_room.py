"""Labels have places of their own: in all examples, and in random graphs laid out by the layout."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product
from pathlib import Path
from random import Random

import pytest

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.diagram.diagram import draw
from chainrule.diagram.parts import Display, build_parts
from chainrule.diagram.room import parts_in_place
from chainrule.files import read_graph
from chainrule.graph.graph import GateGraph
from tests.helpers.grown_graphs import ALL, FORMS, grown
from tests.helpers.lecture_graphs import graph_of
from tests.helpers.overlaps import Overlaps, count_overlaps

FOLDER = Path(__file__).parents[3] / "assets" / "examples"
# That network has 713 nodes, each joined with 16 others: it is seen from afar.
EXAMPLES = sorted({*FOLDER.glob("*.chainrule")} - {FOLDER / "moons-network.chainrule"})
DISPLAYS = [
    Display(decimals, names=names, text_scale=scale)
    for decimals, names, scale in product(range(1, 7), (False, True), (1.0, 1.3))
]
FEWEST, MOST = 5, 200
BATCHES = range(10)
GRAPHS_OF_A_BATCH = 21


def drawn(graph: GateGraph, display: Display, *, arranged: bool) -> Overlaps:
    """Count the overlaps in a graph, perhaps after a layout with room for what is shown."""
    passes = Passes(graph)
    if arranged:
        arrange(graph, passes, display).apply(graph)
    return count_overlaps(draw(graph, passes, display))


def sums(counts: Iterable[Overlaps]) -> Overlaps:
    return Overlaps(*map(sum, zip(*counts, strict=True)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_label_of_an_example_laid_out_is_covered(path: Path) -> None:
    found = sums(drawn(read_graph(path), display, arranged=True) for display in DISPLAYS)
    assert (found.labels, found.bodies) == (0, 0)
    assert found.struck <= STRUCK_LAID_OUT.get(path.stem, 0)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_label_of_an_example_is_covered_where_it_stands(path: Path) -> None:
    found = sums(drawn(read_graph(path), display, arranged=False) for display in DISPLAYS)
    assert (found.labels, found.bodies) == (0, 0)
    assert found.struck <= 0.03 * found.texts


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_wire_runs_over_a_label_of_an_example_at_first_sight(path: Path) -> None:
    assert drawn(read_graph(path), Display(), arranged=False)[1:] == (0, 0, 0)


STRUCK_LAID_OUT = {"batch-normalisation": 16}
"""A picture stands there where a long wire must pass, with three decimals or more."""


def random_case(seed: int) -> tuple[GateGraph, Display]:
    """Return a graph of 5 to 200 gates, small ones more often, and what is shown of it."""
    random = Random(seed)
    gates = round(FEWEST * (MOST / FEWEST) ** random.random())
    display = Display(random.randint(1, 6), names=random.random() < 0.5)
    return grown(seed, FORMS[seed % len(FORMS)], gates, ALL), display


@pytest.mark.parametrize("batch", BATCHES)
def test_no_label_of_a_random_graph_is_covered(batch: int) -> None:
    seeds = range(GRAPHS_OF_A_BATCH * batch, GRAPHS_OF_A_BATCH * (batch + 1))
    found = sums(drawn(*random_case(seed), arranged=True) for seed in seeds)
    assert (found.labels, found.bodies) == (0, 0)
    assert found.struck <= 0.12 * found.texts


def crowded() -> GateGraph:
    """Return a chain of gates so close that there is room for usual numbers only."""
    x = {"id": "x", "gate": "input", "value": -1.23456789, "position": [0, 0]}
    names = ["x", *(f"g{index}" for index in range(4))]
    gates = [
        {"id": name, "gate": "neg", "inputs": [source], "position": [120 + 130 * row, 0]}
        for row, (source, name) in enumerate(pairwise(names))
    ]
    return graph_of(x, *gates)


def test_longer_numbers_make_a_straight_piece_longer_only_up_to_the_next_gate() -> None:
    graph, display = crowded(), Display(decimals=6)
    parts, centers = parts_in_place(graph, Passes(graph), display)
    free = centers[2, 0] - centers[1, 0] - parts.half[1, 0] - parts.half[2, 0]
    assert build_parts(graph, Passes(graph), display).stubs[1] > parts.stubs[1]
    assert parts.stubs[1] <= free
    assert drawn(graph, display, arranged=False)[1:] == (0, 0, 0)


def test_a_number_without_room_is_written_with_fewer_decimals() -> None:
    graph = crowded()
    texts = draw(graph, Passes(graph), Display(decimals=6)).labels.values
    assert texts[0].startswith("−1.23")
    assert len(texts[0]) < len("−1.234568")


def test_the_usual_display_leaves_all_as_it_is() -> None:
    graph = crowded()
    parts, _ = parts_in_place(graph, Passes(graph), Display())
    assert (parts.stubs == build_parts(graph, Passes(graph), Display()).stubs).all()
