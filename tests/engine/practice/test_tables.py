"""Tables list both passes in order, with the numbers or with room for them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.errors import ExportError
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.exercises import Exercise
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level
from chainrule.practice.tables import WRITERS, Table, pass_tables, safe_cell, tables_bytes
from tests.helpers.practice import exercise_graph, set_exercise, value


def test_the_lectures_example_filled() -> None:
    forward, backward = pass_tables(exercise_graph(), filled=True)
    assert forward == Table(
        "Forward pass",
        ("order", "node", "is", "value"),
        (
            ("1", "x", "given", "−2.00"),
            ("2", "y", "given", "5.00"),
            ("3", "z", "given", "−4.00"),
            ("4", "q", "x + y", "3.00"),
            ("5", "f", "q × z", "−12.00"),
        ),
    )
    assert [row[1:] for row in backward.rows] == [
        ("f", "∂f/∂f", "1.00"),
        ("q", "∂f/∂q", "−4.00"),
        ("x", "∂f/∂x", "−4.00"),
        ("y", "∂f/∂y", "−4.00"),
        ("z", "∂f/∂z", "3.00"),
    ]


def test_only_what_is_asked_for_is_left_open() -> None:
    graph = exercise_graph()
    set_exercise(graph, Exercise((value("q"),)))
    forward, backward = pass_tables(graph, filled=False)
    assert [row[-1] for row in forward.rows] == ["−2.00", "5.00", "−4.00", "", "−12.00"]
    assert "" not in {row[-1] for row in backward.rows}


def test_of_a_graph_without_an_exercise_all_numbers_are_left_open() -> None:
    graph = graph_from_formula("f = x * y", {"x": 2.0, "y": 3.0})
    forward, backward = pass_tables(graph, filled=False)
    assert [row[-1] for row in forward.rows] == ["2.00", "3.00", ""]
    assert [row[-1] for row in backward.rows] == ["1.00", "", ""]


@given(st.sampled_from(Level), st.integers(0, 10**6), st.sampled_from(sorted(WRITERS)))
def test_blank_and_filled_tables_differ_in_blanks_only(
    level: Level, seed: int, suffix: str
) -> None:
    graph = generate(level, seed)
    for blank, filled in zip(
        pass_tables(graph, filled=False), pass_tables(graph, filled=True), strict=True
    ):
        assert (blank.head, blank.title) == (filled.head, filled.title)
        for open_row, row in zip(blank.rows, filled.rows, strict=True):
            assert row[-1]
            assert open_row[:-1] == row[:-1]
            assert open_row[-1] in ("", row[-1])
    assert tables_bytes(pass_tables(graph, filled=True), suffix).endswith(b"\n")


def test_the_order_is_one_in_which_the_graph_can_be_computed() -> None:
    graph = exercise_graph("a = x + y; b = a * x; f = b * a", {"x": 2.0, "y": 3.0})
    forward, backward = pass_tables(graph, filled=True)
    order = [row[1] for row in forward.rows]
    assert all(order.index(wire.source) < order.index(wire.target) for wire in graph.wires())
    back = [row[1] for row in backward.rows]
    assert back[:3] == ["f", "b", "a"]
    assert Passes(graph).output == back[0]


def test_csv_is_read_by_spreadsheets() -> None:
    data = tables_bytes(pass_tables(exercise_graph(), filled=True), ".csv").decode()
    rows = [*csv.reader(io.StringIO(data))]
    assert rows[2] == ["1", "x", "given", "-2.00"]
    assert ["Backward pass"] in rows


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("−2.00", "-2.00"),
        ("+0.1", "+0.1"),
        ("0;=1+1", "0;'=1+1"),
        ("0\t=1+1", "0\t'=1+1"),
        ("0; @x;-2", "0;' @x;-2"),
        ('0;"=1+1"', '0;\'"=1+1"'),
        ("0\n=1+1", "0\n'=1+1"),
        ("a = b; c", "a = b; c"),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@given(st.lists(st.text("=+-@;,\t\r\n\"' 01x", max_size=12), max_size=4), st.sampled_from(",;\t"))
def test_in_no_country_a_file_has_formulas(texts: list[str], divider: str) -> None:
    """Wherever a spreadsheet divides the lines, and whatever quotes it sees, no cell computes."""
    table = Table("T", tuple("abcd"[: len(texts)]), (tuple(texts),))
    written = tables_bytes([table], ".csv").decode()
    rows = [*csv.reader(io.StringIO(written, newline=""), delimiter=divider)]
    cells = [cell for row in rows for cell in row]
    if divider != ",":
        cells += re.split(rf"[{divider}\r\n]", written)
    for cell in cells:
        begins = cell.strip(' "')
        assert begins[:1] not in ("=", "+", "-", "@") or number_begins(begins)


def number_begins(text: str) -> bool:
    """Say whether a text is a number, perhaps with what stood behind the comma in its line."""
    return re.match(r"[+-]\d[\d_]*(\.\d*)?\s*(\"|,|$)", text) is not None


def test_markdown_and_text() -> None:
    table = Table("T", ("a", "b"), (("1|2", ""),))
    assert tables_bytes([table], ".md").decode() == (
        "## T\n\n| a | b |\n| --- | --- |\n| 1&vert;2 |  |\n"
    )
    assert tables_bytes([table], ".txt").decode() == "T\na    b\n1|2  ______\n"


def test_another_suffix_is_refused() -> None:
    with pytest.raises(ExportError, match=r"\.csv, \.md, \.txt"):
        tables_bytes([], ".xlsx")


def test_a_matrix_is_written_out_and_a_large_one_is_not() -> None:
    graph = exercise_graph("f = sum(W @ x)", {"W": [[1, 2], [3, 4]], "x": [1, 1]})
    forward, _ = pass_tables(graph, filled=True)
    assert forward.rows[0][-1] == "[[1.00, 2.00], [3.00, 4.00]]"
    large = graph_from_formula("f = sum(x * randn(6, 6))", {"x": 1.0})
    assert "6 × 6" in {row[-1] for row in pass_tables(large, filled=True)[0].rows}
