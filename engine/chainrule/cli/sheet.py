"""`chainrule sheet`: an exercise on paper, as PDF, or its tables alone; with blanks or answers."""

from __future__ import annotations

import argparse
from pathlib import Path

from chainrule.cli.complaints import complain
from chainrule.errors import ExportError, FileError, RunError
from chainrule.export import get_exporter
from chainrule.export.pages import Paper
from chainrule.files import read_graph, write_bytes
from chainrule.graph.graph import GateGraph
from chainrule.practice.nudges import nudge_table
from chainrule.practice.sheets import SheetOptions, render_sheet
from chainrule.practice.tables import WRITERS, pass_tables, tables_bytes


def run(arguments: argparse.Namespace) -> int:
    """Write OUT; return 2 if the file, the format or the place is no good, 0 otherwise."""
    try:
        data = _made(read_graph(arguments.file), arguments)
    except FileError as error:
        complain(arguments.file, error.where, error.problem)
        return 2
    except ExportError as error:
        complain(arguments.out, "format", str(error))
        return 2
    except RunError as error:
        complain(arguments.file, "--nudge" if arguments.nudge is not None else "graph", str(error))
        return 2
    try:
        write_bytes(data, arguments.out)
    except FileError as error:
        complain(arguments.out, error.where, error.problem)
        return 2
    return 0


def _made(graph: GateGraph, arguments: argparse.Namespace) -> bytes:
    suffix = Path(arguments.out).suffix.lower()
    filled: bool = arguments.answers
    nudge: float | None = arguments.nudge
    if suffix not in WRITERS:
        paper = Paper.LETTER if arguments.letter else Paper.A4
        options = SheetOptions(filled, not arguments.no_tables, nudge, paper)
        return render_sheet(get_exporter(suffix), graph, options)
    tables = [] if arguments.no_tables else [*pass_tables(graph, filled=filled)]
    if nudge is not None:
        tables.append(nudge_table(graph, nudge, filled=filled))
    return tables_bytes(tables, suffix)
