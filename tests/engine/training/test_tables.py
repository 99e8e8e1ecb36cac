"""Data tables: what is read from text, arrays and files, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chainrule.errors import FileError, TrainingError
from chainrule.training.tables import read_table_file, read_table_text, table_of_array


def test_a_header_names_the_columns_and_words_become_classes() -> None:
    table = read_table_text("x,kind\n1,b\n2,a\n3,b\n")
    assert table.columns == ("x", "kind")
    assert table.classes == {"kind": ("a", "b")}
    np.testing.assert_array_equal(table.numbers, [[1, 1], [2, 0], [3, 1]])


def test_without_a_header_columns_are_counted() -> None:
    assert read_table_text("1\t2\n3\t4").columns == ("c1", "c2")


def test_a_decimal_comma_is_read_where_semicolons_part_the_cells() -> None:
    np.testing.assert_array_equal(read_table_text("1,5;2\n3;4,5").numbers, [[1.5, 2], [3, 4.5]])


@pytest.mark.parametrize("cell", ["", "NA", "nan", "?", "inf"])
def test_a_row_with_a_missing_cell_is_left_out_and_told_of(cell: str) -> None:
    table = read_table_text(f"x,y\n1,2\n{cell},3\n4,5")
    np.testing.assert_array_equal(table.numbers, [[1, 2], [4, 5]])
    assert table.says == "1 row was left out, since a cell is missing"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the table is empty"),
        ("1,2\n3", "row 2 of the table has 1 cells where the rows above have 2"),
        ("x,x\n1,2", "two columns are called 'x'"),
        ("x,y\n1,NA\n", "every row of the table has an empty cell"),
        ("x,k\n" + "\n".join(f"1,w{each}" for each in range(101)), "101 different words"),
    ],
)
def test_a_table_that_is_none_is_refused_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        read_table_text(text)


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(TrainingError, match="no column 'z'; it has x, y"):
        read_table_text("x,y\n1,2").column("z")


def test_an_array_becomes_a_table_without_its_odd_rows() -> None:
    table = table_of_array(np.array([[1.0, 2.0], [np.nan, 0.0]]))
    assert (table.columns, len(table)) == (("c1", "c2"), 1)
    assert len(table_of_array(np.array([1.0, 2.0]))) == 2
    with pytest.raises(TrainingError, match="two axes"):
        table_of_array(np.zeros((2, 2, 2)))


def test_files_of_text_and_of_numpy_are_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([[1.0, 2.0]]))
    (tmp_path / "b.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    for name in ("a.npy", "b.csv"):
        np.testing.assert_array_equal(read_table_file(tmp_path / name).numbers, [[1, 2]])


def test_a_file_with_objects_is_never_loaded(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(FileError, match="it holds Python objects"):
        read_table_file(tmp_path / "a.npy")
    (tmp_path / "b.csv").write_text("1,2\n3", encoding="utf-8")
    with pytest.raises(FileError, match=r"b\.csv: row 2"):
        read_table_file(tmp_path / "b.csv")
