"""`chainrule export`: a figure or a program from a graph file, in the format of the extension."""

from __future__ import annotations

import argparse
from pathlib import Path

from chainrule.cli.complaints import complain
from chainrule.errors import ExportError, FileError
from chainrule.export import Background, FigureOptions, get_exporter
from chainrule.files import read_graph, write_bytes


def run(arguments: argparse.Namespace) -> int:
    """Write OUT; return 2 if the file, the format or the place is no good, 0 otherwise."""
    try:
        exporter = get_exporter(Path(arguments.out).suffix)
        options = _options(arguments)
    except ExportError as error:
        complain(arguments.out, "format", str(error))
        return 2
    try:
        data = exporter.render(read_graph(arguments.file), options)
    except FileError as error:
        complain(arguments.file, error.where, error.problem)
        return 2
    except ExportError as error:
        complain(arguments.file, "graph", str(error))
        return 2
    try:
        write_bytes(data, arguments.out)
    except FileError as error:
        complain(arguments.out, error.where, error.problem)
        return 2
    return 0


def _options(arguments: argparse.Namespace) -> FigureOptions:
    background = Background.TRANSPARENT if arguments.transparent else Background.FILLED
    return FigureOptions(scale=arguments.scale, background=background)
