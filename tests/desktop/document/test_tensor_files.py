"""Files of arrays, tables and images become tensors; everything else is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from chainrule.errors import FileError
from chainrule_desktop.document.tensor_files import (
    MOST_PIXELS,
    is_tensor_file,
    name_for,
    read_tensor,
)


@pytest.mark.parametrize("kind", ["float64", "float32", "int8", "uint16", "bool"])
def test_an_array_is_read_as_float64(tmp_path: Path, kind: str) -> None:
    array = np.arange(6).reshape(2, 3).astype(kind)
    np.save(tmp_path / "weights.npy", array)
    found = read_tensor(tmp_path / "weights.npy")
    assert found.value.dtype == np.float64
    np.testing.assert_array_equal(found.value, array)
    assert (found.name, found.says) == ("weights", "2 × 3")


def test_a_single_number_is_no_array(tmp_path: Path) -> None:
    np.save(tmp_path / "n.npy", np.array(3.0))
    assert read_tensor(tmp_path / "n.npy").value == 3.0


@pytest.mark.parametrize(
    ("array", "says"),
    [
        (np.array([1 + 2j]), "complex128"),
        (np.array(["a"]), "<U1"),
        (np.zeros((0, 3)), "empty"),
        (np.array([None], dtype=object), "Python objects"),
    ],
)
def test_arrays_of_something_else_are_refused(tmp_path: Path, array: np.ndarray, says: str) -> None:
    path = tmp_path / "odd.npy"
    np.save(path, array, allow_pickle=True)
    with pytest.raises(FileError, match=says):
        read_tensor(path)


def test_a_huge_array_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.npy"
    np.lib.format.open_memmap(path, "w+", np.float64, (11_000, 1_000)).flush()
    with pytest.raises(FileError, match="10,000,000"):
        read_tensor(path)


def test_a_damaged_array_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00v\x00{'descr")
    with pytest.raises(FileError, match="damaged"):
        read_tensor(path)


def test_a_table_is_read_without_its_header(tmp_path: Path) -> None:
    path = tmp_path / "my data.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    found = read_tensor(path)
    assert found.value.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert (found.name, found.says) == ("my_data", "2 × 2, without its header")


def test_a_fault_in_a_table_names_file_and_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("1\t2\n3\tx\n")
    with pytest.raises(FileError, match=r"t\.tsv: row 2, column 2"):
        read_tensor(path)


def test_a_grey_image_has_rows_and_columns(tmp_path: Path) -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 0))
    image.setPixelColor(2, 1, QColor(51, 51, 51))
    image.save(str(tmp_path / "digit.png"))
    found = read_tensor(tmp_path / "digit.png")
    assert found.value.tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.2]]
    assert found.says == "2 × 3, grey from 0 to 1"


def test_a_coloured_image_has_three_channels_first(tmp_path: Path) -> None:
    image = QImage(5, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 51))
    image.save(str(tmp_path / "c.png"))
    value = read_tensor(tmp_path / "c.png").value
    assert value.shape == (3, 4, 5)
    assert [float(each.mean()) for each in np.asarray(value)] == pytest.approx([1.0, 0.0, 0.2])


def test_a_large_image_is_scaled_down_and_says_so(tmp_path: Path) -> None:
    image = QImage(3000, 1500, QImage.Format.Format_Grayscale8)
    image.fill(128)
    image.save(str(tmp_path / "photo.png"))
    found = read_tensor(tmp_path / "photo.png")
    assert found.value.size <= MOST_PIXELS
    assert found.value.shape == (707, 1414)
    assert found.says.endswith("scaled down from 1500 × 3000")


def test_what_is_no_image_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"no image")
    with pytest.raises(FileError, match="image"):
        read_tensor(tmp_path / "x.png")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("W.npy", "W"),
        ("my data-2.csv", "my_data_2"),
        ("7.csv", "x_7"),
        ("class.csv", "class_"),
        ("θ.npy", "θ"),
        ("___.npy", "x"),
    ],
)
def test_a_node_is_named_after_its_file(file: str, name: str) -> None:
    assert name_for(Path(file)) == name


def test_tensors_are_known_by_their_suffix() -> None:
    assert is_tensor_file(Path("a/B.NPY"))
    assert not is_tensor_file(Path("graph.chainrule"))
