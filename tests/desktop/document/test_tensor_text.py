"""Tensors for other programs keep every digit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chainrule.files.tables import read_table
from chainrule_desktop.document.tensor_files import read_tensor
from chainrule_desktop.document.tensor_text import numpy_text, table_text, write_tensor

MATRIX = np.array([[1.0, 0.1 + 0.2], [-1e-300, np.inf]])


def test_numpy_reads_its_own_notation() -> None:
    assert numpy_text(np.array([[1.0, 2.5]])) == "np.array([[1.0, 2.5]])"
    assert numpy_text(np.array([np.nan, -np.inf])) == "np.array([np.nan, -np.inf])"


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_reads_back_to_the_last_digit(delimiter: str) -> None:
    np.testing.assert_array_equal(read_table(table_text(MATRIX, delimiter)).value, MATRIX)


def test_of_more_axes_matrices_stand_below_each_other() -> None:
    assert table_text(np.arange(8.0).reshape(2, 2, 2), ",") == "0,1\n2,3\n4,5\n6,7\n"
    assert table_text(np.float64(0.5), ",") == "0.5\n"


@pytest.mark.parametrize("name", ["m.npy", "m.csv", "m.tsv"])
def test_a_file_reads_back(tmp_path: Path, name: str) -> None:
    write_tensor(MATRIX, tmp_path / name)
    np.testing.assert_array_equal(read_tensor(tmp_path / name).value, MATRIX)
