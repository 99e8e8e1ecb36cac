"""Tables of spreadsheets: fields, decimal commas, headers, and faults named by row and column."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chainrule.arrays import Floats
from chainrule.errors import ShapeError
from chainrule.files.tables import looks_like_table, read_table

TABLES = {
    "1\t2\n3\t4\n": [[1.0, 2.0], [3.0, 4.0]],
    "1,5\t2\r\n-3\t4,25\r\n": [[1.5, 2.0], [-3.0, 4.25]],
    "1,5;2\n3;4": [[1.5, 2.0], [3.0, 4.0]],
    "1.5,2\n3,4": [[1.5, 2.0], [3.0, 4.0]],
    "1 2\n3 4": [[1.0, 2.0], [3.0, 4.0]],
    "1\n2\n3": [1.0, 2.0, 3.0],
    "1\t2\t3": [1.0, 2.0, 3.0],
    "1, 2, 3": [1.0, 2.0, 3.0],
    '"1","2"\n"3","4"': [[1.0, 2.0], [3.0, 4.0]],
    "−1\t2e-3": [-1.0, 0.002],
    "nan\tinf\n-inf\t0": [[np.nan, np.inf], [-np.inf, 0.0]],
    "\ufeff1,2\n\n3,4\n\n": [[1.0, 2.0], [3.0, 4.0]],
    "7": 7.0,
}
FAULTS = {
    "1\t2\n3": "row 2 of the table has 1 cells where the rows above have 2",
    "1,2\n3,4,5": "row 2 of the table has 3 cells",
    "1\t2\n3\tx": "row 2, column 2 of the table holds 'x'",
    "a,b\n1,2\n3,": "row 3, column 2 of the table is empty",
    "1\t1.234,5": "row 1, column 2 of the table holds '1.234,5'",
    "1;12%": "row 1, column 2 of the table holds '12%'",
    "": "the table is empty",
}


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_the_tensor_of_its_cells(text: str) -> None:
    table = read_table(text)
    np.testing.assert_array_equal(table.value, TABLES[text])
    assert not table.has_header


def test_a_first_row_of_words_is_a_header() -> None:
    table = read_table("height;weight\n1,5;70\n1,6;80")
    assert table.has_header
    assert table.value.tolist() == [[1.5, 70.0], [1.6, 80.0]]


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_no_number_is_named_by_row_and_column(text: str) -> None:
    with pytest.raises(ShapeError) as caught:
        read_table(text)
    assert FAULTS[text] in str(caught.value)


@pytest.mark.parametrize("text", ["1\t2", "1\n2", "1,2,3", "a\tb\n1\t2", "1\t2\n3\tx\n4\t5"])
def test_tables_are_told_from_formulas(text: str) -> None:
    assert looks_like_table(text)


@pytest.mark.parametrize(
    "text", ["3", "x + y", "q = x + y; f = q * z", "max(x, y)", "", "[1, 2]\n", "a, b", "f = 3\n"]
)
def test_formulas_are_no_tables(text: str) -> None:
    assert not looks_like_table(text)


@given(
    arrays(np.float64, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=st.floats()),
    st.sampled_from(["\t", ";", ","]),
)
def test_every_number_survives_a_table(numbers: Floats, delimiter: str) -> None:
    text = "\n".join(delimiter.join(map(repr, row)) for row in numbers.tolist())
    np.testing.assert_array_equal(read_table(text).value, numbers)
