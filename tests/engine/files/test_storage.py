"""Files on disk: atomic, with the permissions they had, and with plain words when it fails."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chainrule.errors import FileError
from chainrule.files import loads, read_graph, storage, write_bytes, write_graph
from tests.helpers.faulty_files import file
from tests.helpers.graph_strategies import described


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_graph_that_is_written_to_disk_reads_back_equal(tmp_path: Path) -> None:
    graph = loads(file())
    write_graph(graph, tmp_path / "g.chainrule")
    assert described(read_graph(tmp_path / "g.chainrule")) == described(graph)
    assert names_in(tmp_path) == ["g.chainrule"]


def test_a_new_file_gets_the_permissions_that_the_user_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_bytes(b"new", tmp_path / "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(0o604)
    write_bytes(b"new", path)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_symbolic_link_stays_and_leads_to_the_new_data(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "target"
    target.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(target)
    write_bytes(b"new", link)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_litter(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "g.chainrule"
    path.write_bytes(b"old")
    if step == "fsync":
        monkeypatch.setattr(storage.os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(FileError, match="no space left on device"):
        write_bytes(b"new", path)
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["g.chainrule"]


def test_an_interruption_leaves_no_litter_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(storage.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(b"new", tmp_path / "new")
    assert names_in(tmp_path) == []


def test_a_file_that_may_not_be_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    # The superuser may write everything, so the question is answered for it.
    monkeypatch.setattr(storage.os, "access", lambda *_: False)
    with pytest.raises(FileError, match="may not be written"):
        write_bytes(b"new", path)
    assert path.read_bytes() == b"old"


def test_a_device_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_bytes(b"data", pipe)
        assert os.read(reader, 100) == b"data"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_writing_to_a_directory_or_into_no_directory_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is a directory"):
        write_bytes(b"", tmp_path)
    with pytest.raises(FileError, match="does not exist; make it first"):
        write_bytes(b"", tmp_path / "none" / "new")


@pytest.mark.parametrize(
    ("name", "says"),
    [("none", "does not exist"), (".", "is a directory"), ("a\0b", "can't be read")],
)
def test_what_is_no_file_is_refused_by_name(name: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=says) as caught:
        read_graph(tmp_path / name)
    assert caught.value.where == "file"


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FileError, match="may not be read"):
        read_graph(tmp_path / "secret")
