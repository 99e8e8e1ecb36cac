"""The composite gates that ship: PyTorch's numbers, out of gates that can be looked into."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chainrule.autodiff.gradient_check import Verdict, check_gradients
from chainrule.autodiff.passes import Passes
from chainrule.files import dumps, loads
from chainrule.files.library import LibraryItem, read_shelf
from chainrule.graph.composites import Composite
from chainrule.graph.edits import AddNodes, SetHeader
from chainrule.graph.expanding import expand
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule.graph.selection import merge
from tests.engine.files.shipped_cases import CASES, RECORDED, Case
from tests.helpers.random_graphs import leaf

FOLDER = Path(__file__).parents[3] / "assets" / "composites"
SHELF = read_shelf(FOLDER)
ITEMS = {item.name: item for item in SHELF.items}
EXPECTED = json.loads(RECORDED.read_text())
SHIPPED = [
    *("attention", "linear_layer", "logistic_sigmoid", "lstm_cell"),
    *("neuron", "residual_block", "softmax_loss"),
]


def graph_of(case: Case, item: LibraryItem) -> GateGraph:
    """Return a graph in which the inputs of a case feed a use of the composite."""
    graph, inputs = GateGraph(), case.inputs()
    edit, (use,) = merge(graph, item.part("use"))
    edit.apply(graph)
    leaves = tuple(leaf(f"{name}_", value) for name, value in inputs.items())
    wires = (Wire(f"{name}_", use, port) for port, name in enumerate(inputs))
    AddNodes(leaves, tuple(wires)).apply(graph)
    SetHeader(replace(graph.header, output=use)).apply(graph)
    shape = Passes(graph).shape(use)
    assert shape is not None
    SetHeader(replace(graph.header, seed=case.upstream(shape))).apply(graph)
    return graph


def assert_as_recorded(case: Case, graph: GateGraph) -> None:
    passes, expected = Passes(graph), EXPECTED[case.name]
    assert not passes.faults
    value = passes.value("use")
    assert value is not None
    np.testing.assert_allclose(value, expected["value"], rtol=1e-12, atol=1e-14)
    for name, wanted in expected["gradients"].items():
        gradient = passes.gradient(f"{name}_")
        assert gradient is not None
        np.testing.assert_allclose(gradient, wanted, rtol=1e-10, atol=1e-14, err_msg=name)


def test_seven_composites_ship_and_each_is_compared() -> None:
    assert [*ITEMS] == SHIPPED
    assert not SHELF.faults
    assert {case.composite for case in CASES} == {*SHIPPED}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_shipped_composite_has_the_values_and_gradients_of_pytorch(case: Case) -> None:
    assert tuple(case.shapes) == ITEMS[case.composite].definition.inputs
    assert_as_recorded(case, graph_of(case, ITEMS[case.composite]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_shipped_composite_has_them_too_when_it_is_expanded(case: Case) -> None:
    graph = graph_of(case, ITEMS[case.composite])
    while uses := [node.id for node in graph if isinstance(node.kind, Composite)]:
        expand(graph, uses[0])[0].apply(graph)
    assert_as_recorded(case, graph)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_is_explained_laid_out_and_written_as_we_write(name: str) -> None:
    data = (FOLDER / f"{name}.chainrule").read_bytes()
    graph = loads(data)
    assert dumps(graph) == data
    for definition in graph.definitions.values():
        assert definition.extras["title"]
        assert definition.extras["description"]
        positions = [node.position for node in definition.nodes]
        assert None not in positions
        assert len({*positions}) == len(positions)
        assert all(node.value is None for node in definition.nodes if node.is_leaf)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_gradients_of_a_shipped_file_agree_with_central_differences(name: str) -> None:
    graph = loads((FOLDER / f"{name}.chainrule").read_bytes())
    found = {check.verdict for check in check_gradients(graph)}
    assert found <= {Verdict.AGREES, Verdict.KINK}
    assert Verdict.AGREES in found
