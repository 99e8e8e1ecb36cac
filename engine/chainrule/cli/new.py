"""`chainrule new`: a graph file from a formula, laid out for the editor."""

from __future__ import annotations

import argparse

from chainrule.autodiff.passes import Passes
from chainrule.cli.assignments import parse_assignments
from chainrule.cli.complaints import complain
from chainrule.diagram.arrange import arrange
from chainrule.errors import ExpressionError, FileError
from chainrule.expression.formula import graph_from_formula
from chainrule.files import write_graph


def run(arguments: argparse.Namespace) -> int:
    """Write the graph of the formula; return 2 if it has none or can't be written, 0 otherwise."""
    try:
        values = parse_assignments(arguments.assignments)
        graph = graph_from_formula(arguments.expression.strip(), values)
        arrange(graph, Passes(graph)).apply(graph)
        write_graph(graph, arguments.out)
    except ExpressionError as error:
        where = "formula" if error.column is None else f"formula column {error.column}"
        complain(arguments.out, where, error.problem)
        return 2
    except FileError as error:
        complain(arguments.out, error.where, error.problem)
        return 2
    return 0
