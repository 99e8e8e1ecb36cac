"""Sheets to print: the graph with blanks or with answers, and the tables that go with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from chainrule.autodiff.passes import Passes
from chainrule.diagram.boxes import covering_box
from chainrule.diagram.diagram import draw
from chainrule.diagram.elements import elements
from chainrule.diagram.ink import Role
from chainrule.diagram.parts import Display
from chainrule.diagram.primitives import Anchor, Element, Point, Primitive, Stroke, Text
from chainrule.diagram.text import fitting_size, one_line, shorten, text_width
from chainrule.errors import ExportError
from chainrule.export.exporter import Exporter
from chainrule.export.options import FigureOptions
from chainrule.export.pages import Page, PagedExporter, Pages, Paper, Placement
from chainrule.files import dumps, loads
from chainrule.graph.edits import SetHeader
from chainrule.graph.exercises import (
    ANSWERS,
    SECTION,
    Answers,
    Exercise,
    answers_json,
    exercise_json,
    exercise_of,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.sections import with_section
from chainrule.practice.blanks import in_order, points_of, possible_blanks, truth_of
from chainrule.practice.nudges import nudge_table
from chainrule.practice.tables import Table, cell, pass_tables
from chainrule.practice.tolerance import rule_sentence

UNTITLED: Final = "Exercise"
_MARGIN: Final = 56.0
_TITLE_SIZE: Final = 20.0
_TEXT_SIZE: Final = 12.0
_GAP: Final = 22.0
_ROW: Final = 25.0
_CELL_PADDING: Final = 8.0
_COLUMN_GAP: Final = 28.0
_LARGEST_SCALE: Final = 1.25
_MOST_OF_PAGE: Final = 0.62
_SMALLEST_CELL: Final = 7.0
_ROUNDING: Final = 0.01
_TURN_BELOW: Final = 0.8
"""A figure that would be smaller than that turns the paper, so that its boxes can be filled."""


@final
@dataclass(frozen=True, slots=True)
class SheetOptions:
    """What is on a sheet: the right answers or room for them, tables, nudges by so much."""

    answers: bool = False
    tables: bool = True
    nudge: float | None = None
    paper: Paper = Paper.A4


def make_sheet(graph: GateGraph, options: SheetOptions) -> Pages:
    """Return the pages of a sheet.

    Of a graph without an exercise all that can be asked for is left open. What a learner has
    answered is not on it. Raises ExportError for an empty graph, RunError for a nudge of 0.
    """
    if len(graph) == 0:
        raise ExportError("the graph is empty, so there is nothing to ask; add a gate first")
    # A copy, since what is drawn is what the file says.
    return _sheet(loads(dumps(graph)), options)


def render_sheet(exporter: Exporter, graph: GateGraph, options: SheetOptions) -> bytes:
    """Return the file of a sheet; raise ExportError for a format that has no pages."""
    if not isinstance(exporter, PagedExporter):
        raise ExportError(f"{exporter.name} has no pages; choose a name that ends in .pdf")
    return exporter.render_pages(make_sheet(graph, options), FigureOptions())


def _sheet(graph: GateGraph, options: SheetOptions) -> Pages:
    passes = Passes(graph)
    exercise = exercise_of(graph.header)
    if exercise is None:
        exercise = Exercise(tuple(possible_blanks(graph, passes)))
    answers = _right_answers(graph, passes, exercise) if options.answers else Answers()
    header = with_section(graph.header, SECTION, exercise_json(exercise))
    SetHeader(with_section(header, ANSWERS, answers_json(answers))).apply(graph)
    drawn = elements(draw(graph, passes, Display(exercise.decimals)), passes.faults)
    tables: list[Table] = []
    if options.tables:
        tables += pass_tables(graph, filled=options.answers)
    if options.nudge is not None:
        tables.append(nudge_table(graph, options.nudge, filled=options.answers))
    title = one_line(exercise.title or graph.header.title or "") or UNTITLED
    points = sum(points_of(graph, passes, exercise).values())
    layout = _Layout(drawn, options)
    layout.head(title, points, with_answers=options.answers)
    layout.text(rule_sentence(exercise.decimals))
    layout.figure()
    layout.tables(tables)
    return Pages(title, layout.pages())


def _right_answers(graph: GateGraph, passes: Passes, exercise: Exercise) -> Answers:
    answers = Answers()
    for blank in in_order(graph, passes, exercise.blanks):
        number = truth_of(graph, passes, blank)
        answers = answers.with_answer(blank, cell(number, exercise.decimals))
    return answers


@final
class _Layout:
    """Fills pages from the top to the bottom; what doesn't fit goes to the next one."""

    def __init__(self, drawn: tuple[Element, ...], options: SheetOptions) -> None:
        self._drawn = drawn
        self._box = covering_box(drawn).grown(4.0)
        width, height = options.paper.size
        scale = (width - 2 * _MARGIN) / (self._box.right - self._box.left)
        turned = scale < _TURN_BELOW
        self._width, self._height = (height, width) if turned else (width, height)
        self._room = self._width - 2 * _MARGIN
        self._done: list[Page] = []
        self._placements: list[Placement] = []
        self._primitives: list[Primitive] = []
        self._y = _MARGIN

    def pages(self) -> tuple[Page, ...]:
        """Return all pages."""
        self._turn_page()
        return tuple(self._done)

    def head(self, title: str, points: float, *, with_answers: bool) -> None:
        """Write the title, and room for a name or the word that these are the answers."""
        self._y += _TITLE_SIZE
        right = f"{points:g} points" if points != 1 else "1 point"
        room = self._room - text_width(right, _TEXT_SIZE) - _GAP
        shown = shorten(title, _TITLE_SIZE, room)
        self._write(shown, (_MARGIN, self._y), _TITLE_SIZE)
        self._write(right, (_MARGIN + self._room, self._y), _TEXT_SIZE, Anchor.END)
        self._y += _GAP + 6
        if with_answers:
            self._write("Answers", (_MARGIN, self._y), _TEXT_SIZE, role=Role.MUTED)
        else:
            self._field("Name", _MARGIN, 0.55 * self._room)
            self._field("Date", _MARGIN + 0.6 * self._room, 0.4 * self._room)
        self._y += _GAP

    def text(self, text: str) -> None:
        """Write a paragraph."""
        for line in wrapped(text, _TEXT_SIZE, self._room):
            self._write(line, (_MARGIN, self._y), _TEXT_SIZE, role=Role.MUTED)
            self._y += 1.4 * _TEXT_SIZE
        self._y += 0.4 * _GAP

    def figure(self) -> None:
        """Draw the graph as large as there is room for, in the middle of the page."""
        box = self._box
        width, height = box.right - box.left, box.bottom - box.top
        most = _MOST_OF_PAGE * (self._height - 2 * _MARGIN)
        scale = min(_LARGEST_SCALE, self._room / width, most / height)
        left = _MARGIN + (self._room - scale * width) / 2
        corner: Point = (box.left, box.top)
        self._placements.append(Placement(self._drawn, corner, (left, self._y), scale))
        self._y += scale * height + _GAP

    def tables(self, tables: Sequence[Table]) -> None:
        """Set tables one below the other; two narrow ones of a height side by side."""
        half = (self._room - _COLUMN_GAP) / 2
        waiting = [*tables]
        while waiting:
            if len(waiting) > 1 and all(_width(each) <= half for each in waiting[:2]):
                one, other = waiting.pop(0), waiting.pop(0)
                self._beside(one, other, half)
            else:
                self._below(waiting.pop(0))
            self._y += _GAP

    def _beside(self, one: Table, other: Table, half: float) -> None:
        height = _ROW * (2 + max(len(one.rows), len(other.rows)))
        if height > self._left and height <= self._height - 2 * _MARGIN:
            self._turn_page()
        if height > self._left:
            self._below(one)
            self._y += _GAP
            self._below(other)
            return
        top = self._y
        self._table(one, one.rows, _MARGIN, half)
        self._y = top
        self._table(other, other.rows, _MARGIN + half + _COLUMN_GAP, half)
        self._y = top + height

    def _below(self, table: Table) -> None:
        """Set a table over the whole width, on as many pages as it takes."""
        rows = [*table.rows]
        width = min(self._room, max(_width(table), 0.6 * self._room))
        while rows:
            fits = int(self._left // _ROW) - 2
            if fits < min(3, len(rows)):
                self._turn_page()
                continue
            self._table(table, rows[:fits], _MARGIN, width)
            del rows[:fits]

    @property
    def _left(self) -> float:
        """How much room there is below."""
        return self._height - _MARGIN - self._y

    def _table(
        self, table: Table, rows: Sequence[Sequence[str]], left: float, width: float
    ) -> None:
        self._y += 0.7 * _ROW
        self._write(table.title, (left, self._y), 1.1 * _TEXT_SIZE)
        self._y += 0.3 * _ROW
        widths = _column_widths(table, width)
        top = self._y
        for number, row in enumerate((table.head, *rows)):
            self._row(row, left, widths, role=Role.TEXT if number else Role.MUTED)
            self._rule(left, width, self._y)
            self._y += _ROW
        self._rule(left, width, self._y)
        x = left
        for each in (0.0, *widths):
            x += each
            self._line((x, top), (x, self._y))

    def _row(self, row: Sequence[str], left: float, widths: Sequence[float], role: Role) -> None:
        x = left
        for text, width in zip(row, widths, strict=True):
            room = width - 2 * _CELL_PADDING
            size = fitting_size(text, _TEXT_SIZE, room, _SMALLEST_CELL)
            baseline = self._y + _ROW / 2 + 0.36 * size
            self._write(
                shorten(text, size, room + _ROUNDING),
                (x + _CELL_PADDING, baseline),
                size,
                role=role,
            )
            x += width

    def _field(self, word: str, left: float, width: float) -> None:
        self._write(word, (left, self._y), _TEXT_SIZE, role=Role.MUTED)
        start = left + text_width(word, _TEXT_SIZE) + 8
        self._rule(start, left + width - start, self._y + 2)

    def _rule(self, left: float, width: float, y: float) -> None:
        self._line((left, y), (left + width, y))

    def _line(self, start: Point, end: Point) -> None:
        self._primitives.append(Stroke(start, ((end,),)))

    def _write(
        self,
        text: str,
        at: Point,
        size: float,
        anchor: Anchor = Anchor.START,
        role: Role = Role.TEXT,
    ) -> None:
        if text:
            self._primitives.append(Text(at, text, size, anchor, role))

    def _turn_page(self) -> None:
        element = Element("page", "note", "", tuple(self._primitives))
        placements = (*self._placements, Placement((element,)))
        self._done.append(Page(self._width, self._height, placements))
        self._placements, self._primitives, self._y = [], [], _MARGIN


def wrapped(text: str, size: float, width: float) -> Iterator[str]:
    """Yield the lines of a text, broken at spaces so that each is at most `width` wide."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _width(table: Table) -> float:
    """Return how wide a table is with room to write in."""
    return sum(_wanted(table, column) for column in range(len(table.head)))


def _wanted(table: Table, column: int) -> float:
    texts = [table.head[column], *(row[column] for row in table.rows)]
    widest = max(text_width(each, _TEXT_SIZE) for each in texts)
    # A column with blanks is to be written in by hand.
    least = 90.0 if "" in texts else 0.0
    return max(widest, least) + 2 * _CELL_PADDING


def _column_widths(table: Table, width: float) -> list[float]:
    """Return the widths of the columns, which together are `width`."""
    wanted = [_wanted(table, column) for column in range(len(table.head))]
    spare = width - sum(wanted)
    if spare >= 0:
        return [*wanted[:-1], wanted[-1] + spare]
    return [each * width / sum(wanted) for each in wanted]
