"""`chainrule eval`: both passes over each file, as a table or as one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from chainrule.autodiff.passes import Passes
from chainrule.cli.assignments import parse_assignments
from chainrule.cli.complaints import complain, one_line
from chainrule.cli.running import read_to_run
from chainrule.cli.table import shown, table
from chainrule.errors import FileError
from chainrule.files.tensors import plain_tensor
from chainrule.graph.composites import kind_name
from chainrule.graph.graph import GateGraph


def run(arguments: argparse.Namespace) -> int:
    """Print the numbers of every file that is sound; return 2 if any was refused, 0 otherwise."""
    try:
        values = parse_assignments(arguments.assignments)
    except FileError as error:
        complain("eval", error.where, error.problem)
        return 2
    status, report = 0, _json_line if arguments.json else _page
    for file in arguments.files:
        try:
            graph, passes = read_to_run(file, values, arguments.output)
        except FileError as error:
            complain(file, error.where, error.problem)
            status = 2
        else:
            sys.stdout.write(report(file, graph, passes))
    return status


def _json_line(file: str, graph: GateGraph, passes: Passes) -> str:
    nodes = {
        node.id: {
            "value": plain_tensor(passes.value(node.id)),
            "grad": plain_tensor(passes.gradient(node.id)),
        }
        for node in graph
    }
    edges: list[dict[str, Any]] = [
        {
            **wire._asdict(),
            "value": nodes[wire.source]["value"],
            "grad": plain_tensor(passes.wire_gradient(wire)),
        }
        for wire in graph.wires()
    ]
    result = {"file": file, "output": passes.output, "nodes": nodes, "edges": edges}
    return f"{json.dumps(result, ensure_ascii=False, allow_nan=False)}\n"


def _page(file: str, graph: GateGraph, passes: Passes) -> str:
    rows = [
        (
            node.id,
            one_line(kind_name(node.kind)),
            shown(passes.value(node.id)),
            shown(passes.gradient(node.id)),
        )
        for node in graph
    ]
    numbers = table(("node", "gate", "value", "gradient"), rows, right=(2, 3))
    return f"{one_line(file)}, gradients of {passes.output}\n{numbers}\n"
