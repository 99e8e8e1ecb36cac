"""A graph file made ready to run: read, its leaves set, its output chosen, all shapes fitting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.cli.assignments import assign
from chainrule.errors import FileError, RunError
from chainrule.files import read_graph
from chainrule.graph.edits import SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import require_output


def read_to_run(
    file: str, values: Mapping[str, Array] | None = None, output: NodeId | None = None
) -> tuple[GateGraph, Passes]:
    """Return the graph in `file` and its passes, which have run.

    Raises FileError for a file that is not sound, for shapes that do not fit each other and for an
    output that is not clear.
    """
    graph = read_graph(file)
    assign(graph, values or {})
    if output is not None:
        _choose_output(graph, output)
    passes = Passes(graph)
    for node_id, sentence in passes.faults.items():
        raise FileError(f"node {node_id!r}", sentence)
    try:
        require_output(graph)
    except RunError as error:
        raise FileError("output", f"{error} (--output ID)" if len(graph) else str(error)) from None
    return graph, passes


def _choose_output(graph: GateGraph, output: NodeId) -> None:
    """A seed has the shape of the output that the file names, and goes when another is chosen."""
    if output not in graph:
        raise FileError(
            "--output", f"there is no node {output!r} in this graph; check the spelling"
        )
    header = graph.header
    seed = header.seed if header.output in (None, output) else None
    SetHeader(replace(header, output=output, seed=seed)).apply(graph)
