"""Homework as tables: in which order a graph is computed, node by node, with the numbers or blanks.

A table has a title, a head and rows of texts; it is written as plain text, CSV or Markdown, and
stands on printed sheets.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, final

from chainrule.arrays import Array
from chainrule.autodiff.covering import Covered
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.playback import play_order
from chainrule.diagram.numbers import UNKNOWN, format_number, format_value, is_short_vector
from chainrule.errors import ExportError
from chainrule.expression.notation import Piece
from chainrule.expression.spelled import spelled
from chainrule.graph.exercises import USUAL_DECIMALS, exercise_of
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import output_of, topological_order, upstream_of
from chainrule.graph.scripts import script_of
from chainrule.practice.blanks import derivative_name, possible_blanks, shown_name

BLANK: Final = ""
_LINE: Final = "______"
_LONGEST_TENSOR: Final = 24
_DIVIDERS: Final = re.compile(r"([;\t\r\n])")


@final
@dataclass(frozen=True, slots=True)
class Table:
    """A title, the words above the columns, and the rows; "" is a cell to be filled in."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def pass_tables(graph: GateGraph, *, filled: bool) -> tuple[Table, Table]:
    """Return the tables of the forward and of the backward pass.

    Where they aren't `filled`, the numbers that the graph's exercise asks for are left open; of a
    graph without an exercise, all that can be asked for.
    """
    writer = _Writer(graph, filled=filled)
    return writer.forward(), writer.backward()


def tables_bytes(tables: Sequence[Table], suffix: str) -> bytes:
    """Return tables as a file of that suffix: `.csv`, `.md` or `.txt`.

    Raises ExportError for another one, with those that there are.
    """
    write = WRITERS.get(suffix.lower())
    if write is None:
        known = ", ".join(WRITERS)
        raise ExportError(f"can't write tables to {suffix or 'a file without extension'}; "
                          f"choose a name that ends in one of {known}")  # fmt: skip
    return write(tables).encode("utf-8")


def cell(number: Array | None, decimals: int) -> str:
    """Return a number as it stands in a table: all numbers of a tensor that isn't large."""
    if number is None:
        return UNKNOWN
    large = number.size > _LONGEST_TENSOR
    if large or not number.ndim or is_short_vector(number.shape):
        return format_value(number, decimals)
    return _nested(number.tolist(), decimals)


def _nested(number: Any, decimals: int) -> str:
    if isinstance(number, list):
        inner = (_nested(each, decimals) for each in cast("list[Any]", number))
        return f"[{', '.join(inner)}]"
    return format_number(number, decimals)


@final
class _Writer:
    """Writes the rows of both passes."""

    def __init__(self, graph: GateGraph, *, filled: bool) -> None:
        self._graph = graph
        self._passes = passes = Passes(graph)
        exercise = exercise_of(graph.header)
        self._decimals = USUAL_DECIMALS if exercise is None else exercise.decimals
        asked = possible_blanks(graph, passes) if exercise is None else exercise.blanks
        self._covered = Covered(graph, passes, frozenset(() if filled else asked))
        gates = play_order(graph, script_of(graph.header).order)
        self._leaves = [each for each in topological_order(graph) if graph.node(each).is_leaf]
        self._order = [*self._leaves, *gates]

    def forward(self) -> Table:
        rows = (
            (str(place), shown_name(self._graph, each), self._formula(each), self._value(each))
            for place, each in enumerate(self._order, 1)
        )
        return Table("Forward pass", ("order", "node", "is", "value"), tuple(rows))

    def backward(self) -> Table:
        output = output_of(self._graph)
        way = set[NodeId]() if output is None else upstream_of(self._graph, (output,))
        # Leaves last: their gradients come in when all gates have sent theirs.
        back = [*reversed(self._order[len(self._leaves) :]), *self._leaves]
        rows = (
            (str(place), shown_name(self._graph, each), derivative_name(self._graph, each), number)
            for place, (each, number) in enumerate(
                ((each, self._gradient(each)) for each in back if each in way), 1
            )
        )
        return Table("Backward pass", ("order", "node", "is", "gradient"), tuple(rows))

    def _value(self, node_id: NodeId) -> str:
        if self._covered.hides_value(node_id):
            return BLANK
        return cell(self._passes.value(node_id), self._decimals)

    def _gradient(self, node_id: NodeId) -> str:
        if self._covered.hides_gradient(node_id):
            return BLANK
        return cell(self._passes.gradient(node_id), self._decimals)

    def _formula(self, node_id: NodeId) -> str:
        node = self._graph.node(node_id)
        if node.is_leaf:
            return "given"
        inputs = [Piece(shown_name(self._graph, each)) for each in self._graph.inputs(node_id)]
        return inputs[0].text if node.passes_on else spelled(node.kind, inputs)


def _plain(tables: Sequence[Table]) -> str:
    """Write tables for a mail or a notebook: columns that line up, lines to write on."""
    return "\n".join(_plain_table(each) for each in tables)


def _plain_table(table: Table) -> str:
    rows = [table.head, *([each or _LINE for each in row] for row in table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.head))]
    lines = (
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join((table.title, *lines, ""))


def _markdown(tables: Sequence[Table]) -> str:
    return "\n".join(_markdown_table(each) for each in tables)


def _markdown_table(table: Table) -> str:
    rule = ["---"] * len(table.head)
    rows = (table.head, rule, *table.rows)
    lines = (f"| {' | '.join(text.replace('|', '&vert;') for text in row)} |" for row in rows)
    return "\n".join((f"## {table.title}", "", *lines, ""))


def _csv(tables: Sequence[Table]) -> str:
    """Write tables for a spreadsheet, which reads a minus only where it is the keyboard's."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow(())
        writer.writerow((table.title,))
        writer.writerow(table.head)
        writer.writerows([safe_cell(each) for each in row] for row in table.rows)
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Return a text for a cell of CSV that no spreadsheet takes for a formula, nor a part of it.

    Those of some countries divide cells at `;` and others at tabs; they don't see that a cell is in
    quotes if these don't begin the line. So the parts are made harmless one by one.
    """
    plain = text.replace("−", "-")
    harmless = "".join(_harmless(each) for each in _DIVIDERS.split(plain))
    return f"'{harmless}" if plain[:1] in ("\t", "\r") else harmless


def _harmless(part: str) -> str:
    begins_a_formula = part.lstrip(' "')[:1] in ("=", "+", "-", "@")
    return f"'{part}" if begins_a_formula and not _is_number(part) else part


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


WRITERS: Final[dict[str, Callable[[Sequence[Table]], str]]] = {
    ".csv": _csv,
    ".md": _markdown,
    ".txt": _plain,
}
"""What writes tables, by the suffix of the file."""
