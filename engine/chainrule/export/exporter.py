"""What an exporter is: a name, its suffixes, and the bytes that it makes of a graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar, final

from chainrule.errors import ExportError, FileError
from chainrule.export.options import FigureOptions
from chainrule.files import write_bytes
from chainrule.graph.graph import GateGraph


class Exporter(ABC):
    """One format of files.

    `name` is short, such as "SVG"; `suffixes` are in small letters with their dot, the usual one
    first; `description` is what a file dialog shows.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    description: ClassVar[str]

    @abstractmethod
    def render(self, graph: GateGraph, options: FigureOptions) -> bytes:
        """Return the content of the file; raise ExportError where there can't be one.

        All of the graph is shown, with the numbers that its passes give.
        """

    @final
    def export(self, graph: GateGraph, path: Path, options: FigureOptions | None = None) -> None:
        """Write the file at `path`, all of it or nothing.

        Raises ExportError if there is nothing to write or the place can't be written to; a file
        that was there before is then untouched.
        """
        data = self.render(graph, options or FigureOptions())
        try:
            write_bytes(data, path)
        except FileError as error:
            raise ExportError(f"{path} {error.problem}") from error
