"""Symbols grow with other texts, as far as their gates have room."""

from __future__ import annotations

import pytest

from chainrule.autodiff.passes import Passes
from chainrule.diagram.bodies import Outline
from chainrule.diagram.parts import Display, Parts, build_parts
from chainrule.diagram.text import text_width
from chainrule.gates.catalogue import all_kinds
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node


@pytest.fixture(scope="module")
def every_gate() -> GateGraph:
    graph = GateGraph()
    kinds = [kind() for kind in all_kinds()]
    nodes = (Node(f"g{at}", kind, len(kind.port_names)) for at, kind in enumerate(kinds))
    AddNodes(tuple(node for node in nodes if not node.is_leaf)).apply(graph)
    return graph


def parts_at(graph: GateGraph, scale: float) -> Parts:
    return build_parts(graph, Passes(graph), Display(text_scale=scale))


@pytest.mark.parametrize("scale", [1.0, 1.3, 2.0])
def test_no_symbol_is_larger_than_its_gate(every_gate: GateGraph, scale: float) -> None:
    parts = parts_at(every_gate, scale)
    for symbol, size, (half_width, half_height) in zip(
        parts.symbols, parts.symbol_sizes.tolist(), parts.half.tolist(), strict=True
    ):
        assert text_width(symbol, size) < 2 * half_width - 4
        assert size < 2 * half_height - 4


def test_with_larger_texts_no_symbol_is_smaller_and_most_are_larger(
    every_gate: GateGraph,
) -> None:
    usual, large = (parts_at(every_gate, scale) for scale in (1.0, 1.3))
    assert set(usual.outlines.tolist()) == {Outline.GATE}
    assert (large.symbol_sizes >= usual.symbol_sizes).all()
    assert (large.symbol_sizes > usual.symbol_sizes).mean() > 0.8
