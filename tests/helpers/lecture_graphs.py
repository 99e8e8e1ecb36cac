"""The graphs of the lecture's worked cases, and the figures of graphs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from chainrule.autodiff.passes import Passes
from chainrule.diagram.diagram import Diagram, draw
from chainrule.diagram.parts import Display
from chainrule.files import loads
from chainrule.graph.graph import GateGraph

_CASES = Path(__file__).parents[1] / "cases" / "lecture.json"


@cache
def _cases() -> dict[str, Any]:
    return {case["name"]: case["graph"] for case in json.loads(_CASES.read_text("utf-8"))}


LECTURE_NAMES = tuple(_cases())


def lecture_graph(name: str) -> GateGraph:
    """Return the graph of the case called `name`, without positions."""
    return loads(json.dumps(_cases()[name]).encode())


def graph_of(*nodes: dict[str, Any], **others: Any) -> GateGraph:
    """Return the graph of a file with these nodes."""
    file = {"format": "chainrule", "version": 1, "nodes": list(nodes), **others}
    return loads(json.dumps(file).encode())


def diagram_of(graph: GateGraph, display: Display | None = None) -> Diagram:
    """Return the diagram of a graph."""
    return draw(graph, Passes(graph), display or Display())
