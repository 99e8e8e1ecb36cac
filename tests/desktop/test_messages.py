"""Every error becomes one clear sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from chainrule.errors import FileError, RunError
from chainrule_desktop import messages

SYSTEM_ERRORS = {
    errno.ENOENT: "no such file",
    errno.EACCES: "permission",
    errno.EISDIR: "folder",
    errno.ENOSPC: "disk is full",
    errno.EROFS: "only be read",
    errno.ENAMETOOLONG: "too long",
    errno.EIO: "check the disk",
}


@pytest.mark.parametrize(("number", "words"), SYSTEM_ERRORS.items(), ids=errno.errorcode.get)
def test_an_error_of_the_system_names_action_file_and_remedy(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number), "folder/neuron.chainrule")
    said = messages.explain_failure("open", Path("folder/neuron.chainrule"), error)
    assert said.startswith("Could not open neuron.chainrule: ")
    assert words in said
    assert said.endswith(".")


def test_an_error_of_the_system_without_an_action_begins_with_the_file() -> None:
    error = FileNotFoundError(errno.ENOENT, "No such file", "folder/neuron.chainrule")
    assert messages.explain(error).startswith("neuron.chainrule: there is no such file")


def test_a_rare_error_of_the_system_is_said_in_its_own_words() -> None:
    assert messages.explain(OSError(errno.EPIPE, "Broken pipe")) == "Broken pipe."


def test_an_error_of_the_system_without_a_number_is_said_in_its_own_words() -> None:
    assert messages.explain(OSError("the drive was removed")) == "The drive was removed."


def test_an_error_of_chainrule_is_said_as_it_is() -> None:
    error = RunError("no output is chosen; choose one of a, b")
    assert messages.explain(error) == "No output is chosen; choose one of a, b."


def test_a_place_in_a_file_keeps_its_spelling() -> None:
    error = FileError("nodes[3].gate", "there is no gate foo")
    assert messages.explain(error) == "nodes[3].gate: there is no gate foo."


def test_the_failure_of_an_action_says_what_chainrule_says() -> None:
    error = FileError("", "it is not JSON; choose a graph file")
    said = messages.explain_failure("open", Path("a.txt"), error)
    assert said == "Could not open a.txt: it is not JSON; choose a graph file."


def test_a_fault_of_the_program_is_said_to_be_one_on_one_line() -> None:
    said = messages.explain(ZeroDivisionError("division\nby zero"))
    assert "a fault of Chainrule (ZeroDivisionError: division by zero)." in said


def test_want_of_memory_has_a_remedy() -> None:
    assert "close other programs" in messages.explain(MemoryError())


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no wires"), (1, "1 wire"), (13, "13 wires"), (20000, "20,000 wires")]
)
def test_a_count_agrees_with_its_noun(number: int, said: str) -> None:
    assert messages.count(number, "wire") == said


def test_the_title_leaves_room_for_the_star_of_unsaved_changes() -> None:
    assert messages.window_title("neuron.chainrule") == "neuron.chainrule[*] – Chainrule"


def test_the_question_names_the_file() -> None:
    assert "neuron.chainrule" in messages.unsaved_changes("neuron.chainrule")


def test_a_file_is_named_once_where_its_error_names_it_too() -> None:
    error = FileError("z.npy", "holds complex128, no real numbers; save it as float64")
    said = messages.explain_failure("read", Path("folder/z.npy"), error)
    assert said == "Could not read z.npy: holds complex128, no real numbers; save it as float64."
