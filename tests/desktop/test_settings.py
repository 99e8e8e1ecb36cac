"""Settings survive a restart, and damage to their file never keeps the program from starting."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from chainrule_desktop.resources import example_files
from chainrule_desktop.settings import (
    RECENT_FILES,
    Preferences,
    Settings,
    default_path,
    read_preferences,
)
from chainrule_desktop.theme import NumberColours, ThemeMode


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def settings(path: Path) -> Settings:
    return Settings(path)


def graph_file(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("{}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"theme_mode": ThemeMode.DARK},
        {"number_colours": NumberColours.BLUE_ORANGE},
        {"decimals": 5},
        {"show_values": False, "show_gradients": False, "show_names": True, "show_grid": False},
        {"last_folder": "Größe"},
        {"window_geometry": b"\x00\xff\x01", "window_state": b"\xfe"},
    ],
    ids="-".join,
)
def test_a_change_is_there_after_a_restart(
    path: Path, settings: Settings, changes: dict[str, object]
) -> None:
    settings.change(**changes)
    reread = Settings(path).values
    assert {name: getattr(reread, name) for name in changes} == changes


def test_the_first_start_has_the_defaults(settings: Settings) -> None:
    assert settings.values == Preferences()


def test_every_altered_setting_is_announced_once(settings: Settings) -> None:
    heard: list[str] = []
    settings.changed.connect(heard.append)
    settings.change(decimals=4, show_grid=False, show_values=True)
    assert sorted(heard) == ["decimals", "show_grid"]


def test_a_change_to_the_same_value_writes_nothing(path: Path, settings: Settings) -> None:
    settings.change(decimals=2)
    assert not path.exists()


def test_an_unknown_name_is_refused(settings: Settings) -> None:
    with pytest.raises(TypeError, match="no setting decimal;"):
        settings.change(decimal=3)


@pytest.mark.parametrize("decimals", [-1, 13, "3", 2.5, None])
def test_a_value_that_the_setting_can_not_have_is_refused(
    settings: Settings, decimals: object
) -> None:
    with pytest.raises(msgspec.ValidationError):
        settings.change(decimals=decimals)
    assert settings.values.decimals == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"3", b"null", b"\xff\xfe", b'{"decimals": 1e999}', b"[" * 100_000],
    ids=["empty", "cut", "array", "number", "null", "not-utf-8", "huge", "deep"],
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert read_preferences(path) == Preferences()


def test_a_folder_in_place_of_the_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_preferences(tmp_path) == Preferences()


def test_a_damaged_field_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"decimals": "many", "show_grid": false, "window_state": "%", "new": 1}')
    assert read_preferences(path) == Preferences(show_grid=False)


def test_a_file_that_can_not_be_written_is_reported_and_the_change_holds(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file" / "settings.json")
    heard: list[str] = []
    settings.save_failed.connect(heard.append)
    settings.change(decimals=4)
    assert settings.values.decimals == 4
    assert [sentence.startswith("The settings could not be saved: ") for sentence in heard] == [
        True
    ]


def test_a_folder_in_the_way_of_the_file_is_reported(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    heard: list[str] = []
    settings.save_failed.connect(heard.append)
    settings.change(decimals=4)
    assert len(heard) == 1


def test_the_latest_file_stands_first_and_once(tmp_path: Path, settings: Settings) -> None:
    first, second = graph_file(tmp_path, "a.chainrule"), graph_file(tmp_path, "b.chainrule")
    for path in (first, second, first):
        settings.add_recent_file(path)
    assert settings.recent_files() == [first, second]


def test_only_so_many_files_are_remembered(tmp_path: Path, settings: Settings) -> None:
    paths = [graph_file(tmp_path, f"{number}.chainrule") for number in range(RECENT_FILES + 3)]
    for path in paths:
        settings.add_recent_file(path)
    assert settings.recent_files() == paths[: -RECENT_FILES - 1 : -1]


def test_a_file_can_be_taken_off_the_list(tmp_path: Path, settings: Settings) -> None:
    one, other = graph_file(tmp_path, "one.chainrule"), graph_file(tmp_path, "other.chainrule")
    settings.add_recent_file(one)
    settings.add_recent_file(other)
    settings.forget_recent_file(one)
    assert settings.remembered_files() == [other]


def test_a_file_that_is_gone_is_kept_but_not_offered(tmp_path: Path, settings: Settings) -> None:
    gone, there = graph_file(tmp_path, "gone.chainrule"), graph_file(tmp_path, "there.chainrule")
    settings.add_recent_file(gone)
    settings.add_recent_file(there)
    gone.unlink()
    assert settings.recent_files() == [there]
    assert settings.remembered_files() == [there, gone]


def test_a_name_that_no_file_can_have_is_dropped(settings: Settings) -> None:
    settings.change(recent_files=("a\0b",))
    assert settings.recent_files() == []


def test_recent_files_can_be_forgotten(tmp_path: Path, settings: Settings) -> None:
    settings.add_recent_file(graph_file(tmp_path, "a.chainrule"))
    settings.clear_recent_files()
    assert settings.recent_files() == []


def test_the_folder_of_the_latest_file_is_remembered(tmp_path: Path, settings: Settings) -> None:
    settings.add_recent_file(graph_file(tmp_path, "a.chainrule"))
    assert settings.last_folder() == tmp_path


def test_home_stands_in_for_a_folder_that_is_gone(tmp_path: Path, settings: Settings) -> None:
    settings.change(last_folder=str(tmp_path / "gone"))
    assert settings.last_folder() == Path.home()


def test_nothing_is_saved_among_the_programs_own_examples(settings: Settings) -> None:
    settings.add_recent_file(example_files()[0])
    assert settings.last_folder() == Path.home()


def test_the_file_is_in_the_user_s_own_folder() -> None:
    assert default_path().parts[-2:] == ("chainrule", "settings.json")


def test_the_latest_gates_and_actions_stand_first_and_once(path: Path, settings: Settings) -> None:
    for name in ("add", "mul", "add"):
        settings.remember_gate(name)
        settings.remember_action(f"graph.{name}")
    kept = read_preferences(path)
    assert kept.recent_gates == ("add", "mul")
    assert kept.recent_actions == ("graph.add", "graph.mul")


def test_keys_that_make_no_sense_leave_the_others_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"shortcuts": {"graph.tidy": ["F12"], "edit.undo": 7}}', encoding="utf-8")
    assert read_preferences(path).shortcuts["graph.tidy"] == ["F12"]
