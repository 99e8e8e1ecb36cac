"""Files of data from anywhere: a sentence for what is none, and nothing is read without end."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from chainrule.errors import FileError
from chainrule.files import data_files
from chainrule.files.data_files import table_text
from chainrule.files.npy import read_npy

_START = "{'descr': '<f8', 'fortran_order': False, 'shape': "
_HEADERS = {
    "a negative size": f"{_START}(-1,)}}",
    "more than fits into memory": f"{_START}(4611686018427387904, 8)}}",
    "a size beyond 64 bits": f"{_START}({10**22},)}}",
    "a size that is a truth": f"{_START}(True,)}}",
    "a deep expression": f"{_START}({'-' * 8000}1,)}}",
    "open brackets": "(" * 8000,
    "an unknown type": "{'descr': 'zz', 'fortran_order': False, 'shape': (1,)}",
    "a type that is a number": "{'descr': 5, 'fortran_order': False, 'shape': (1,)}",
    "a type in itself": "{'descr': [('a',)], 'fortran_order': False, 'shape': (1,)}",
    "no end": f"{_START}(1,",
    "too many axes": f"{_START}({'1, ' * 70})}}",
    "another indentation": "  {\n 'descr': 1}\n   1",
    "nothing": "",
}


def with_header(path: Path, header: str) -> Path:
    data = header.encode("latin1") + b"\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(data).to_bytes(2, "little") + data + b"\0" * 64)
    return path


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("header", _HEADERS.values(), ids=_HEADERS)
def test_an_array_with_a_header_that_is_none_is_damaged(tmp_path: Path, header: str) -> None:
    with pytest.raises(FileError, match=r"^a\.npy: is no array of numbers, since it is damaged"):
        read_npy(with_header(tmp_path / "a.npy", header), 1000)


def test_the_header_of_these_tests_is_read_where_it_is_sound(tmp_path: Path) -> None:
    found = read_npy(with_header(tmp_path / "a.npy", f"{_START}(2,)}}"), 1000)
    np.testing.assert_array_equal(found, [0, 0])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@pytest.mark.timeout(20)
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(FileError, match="a: is no regular file"):
        table_text(tmp_path / "a")
    with pytest.raises(FileError, match="a: is no regular file"):
        read_npy(tmp_path / "a", 10)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no such device")
@pytest.mark.timeout(20)
def test_a_device_without_an_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("/dev/zero")
    with pytest.raises(FileError, match=r"a\.csv: is no regular file"):
        table_text(tmp_path / "a.csv")


def test_a_folder_and_a_name_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is no regular file"):
        table_text(tmp_path)
    with pytest.raises(FileError, match="can't be the name of a file"):
        table_text(tmp_path / "a\0b")
    with pytest.raises(FileNotFoundError):
        table_text(tmp_path / "none.csv")


def test_a_table_is_read_without_its_mark_and_with_plain_ends_of_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf1,2\r\n3,4\r5,6\n")
    assert table_text(tmp_path / "a.csv") == "1,2\n3,4\n5,6\n"
    (tmp_path / "b.csv").write_bytes(b"\xff")
    with pytest.raises(FileError, match=r"b\.csv: is not UTF-8 text"):
        table_text(tmp_path / "b.csv")


def test_a_table_that_is_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_files, "LONGEST_TABLE", 3)
    (tmp_path / "a.csv").write_text("1,2")
    assert table_text(tmp_path / "a.csv") == "1,2"
    (tmp_path / "a.csv").write_text("1,23")
    with pytest.raises(FileError, match=r"a\.csv: is too large for a table of text"):
        table_text(tmp_path / "a.csv")
