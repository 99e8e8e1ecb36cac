"""The library: what ships, what is the user's own, and what is wrong with some of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chainrule.arrays import as_array
from chainrule.errors import FileError, UnknownGateError
from chainrule.graph.edits import SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.library import Library, Shelves, default_library_folder
from chainrule_desktop.document.offered import offered
from chainrule_desktop.resources import asset_path
from tests.helpers.random_graphs import build, definition_of


def with_square(name: str = "my_square") -> GateGraph:
    graph = build({}, {})
    square = definition_of(name, ("a",), build({"a": 1.0}, {"s": ("square", "a")}))
    SetDefinitions({name: square}).apply(graph)
    return graph


@pytest.fixture
def library(qtbot: QtBot, tmp_path: Path) -> Library:
    return Library(tmp_path / "own" / "composites", asset_path("composites"))


def names(shelves: Shelves) -> list[str]:
    return [item.name for item in shelves.items]


def test_what_ships_is_there_from_the_start(library: Library) -> None:
    assert "lstm_cell" in names(library.shelves)
    assert not library.shelves.own.items
    assert library.shelves.faults == []


def test_what_is_saved_is_there_at_once_and_again_the_next_time(
    library: Library, tmp_path: Path
) -> None:
    path = library.save(with_square(), "my_square", {"a": as_array(3.0)})
    assert names(library.shelves)[0] == "my_square"
    again = Library(path.parent, asset_path("composites"))
    assert names(again.shelves) == names(library.shelves)
    library.remove("my_square")
    assert not path.exists()
    assert "my_square" not in names(library.shelves)
    library.remove("my_square")


def test_an_own_one_takes_the_place_of_one_that_ships(library: Library) -> None:
    library.save(with_square("neuron"), "neuron", {})
    assert names(library.shelves).count("neuron") == 1
    found = library.shelves.find("neuron")
    assert found is not None
    assert found.definition.inputs == ("a",)


def test_a_file_of_another_name_is_replaced_where_it_is(library: Library) -> None:
    path = library.save(with_square(), "my_square", {})
    moved = path.rename(path.with_name("squares.chainrule"))
    library.reload()
    assert library.save(with_square(), "my_square", {}) == moved


def test_a_broken_file_is_told_of_and_stops_nothing(library: Library) -> None:
    path = library.save(with_square(), "my_square", {})
    path.with_name("broken.chainrule").write_text("{")
    library.reload()
    assert "my_square" in names(library.shelves)
    (fault,) = library.shelves.faults
    assert fault.startswith("broken.chainrule: ")


def test_a_folder_that_can_not_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="can't be made"):
        Library(tmp_path / "file" / "composites").save(with_square(), "my_square", {})


def test_without_a_folder_nothing_is_kept() -> None:
    with pytest.raises(FileError, match="library: has no folder in this program"):
        Library().save(with_square(), "my_square", {})


def test_a_user_has_a_folder() -> None:
    assert default_library_folder().name == "composites"


def test_gates_and_composites_are_found_by_their_names(library: Library) -> None:
    graph = with_square()
    assert offered(graph, library.shelves, "add").kind.name == "add"
    own = offered(graph, library.shelves, "my_square")
    assert (own.kind.port_names, own.brings) == (("a",), ())
    shipped = offered(graph, library.shelves, "neuron")
    assert shipped.kind.port_names == ("w0", "x0", "w1", "x1", "w2")
    assert len(shipped.brings) == 1
    with pytest.raises(UnknownGateError, match="unknown gate 'nobody'"):
        offered(graph, library.shelves, "nobody")
