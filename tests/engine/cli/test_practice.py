"""`chainrule practice`: exercises by level and seed, one or one for each of a class."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.cli.main import main
from chainrule.files import dumps, read_graph
from chainrule.graph.exercises import exercise_of
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level
from tests.helpers.practice import the_exercise


@pytest.mark.parametrize("level", Level)
def test_a_level_and_a_seed_give_their_exercise(
    level: Level, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.chainrule"
    assert main(["practice", level.value, "--seed", "7", str(out)]) == 0
    assert capsys.readouterr() == ("", "")
    assert out.read_bytes() == dumps(generate(level, 7))


def test_a_class_gets_a_sheet_each(tmp_path: Path) -> None:
    out = tmp_path / "sheet.chainrule"
    assert main(["practice", "max", "--seed", "3", "--count", "4", str(out), "--locked"]) == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        f"sheet-{seed}.chainrule" for seed in (3, 4, 5, 6)
    ]
    exercise = the_exercise(read_graph(tmp_path / "sheet-5.chainrule"))
    assert (exercise.seed, exercise.locked) == (5, True)


def test_a_sheet_is_not_locked_unless_that_is_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "sheet.chainrule"
    main(["practice", "max", str(out)])
    exercise = exercise_of(read_graph(out).header)
    assert exercise is not None
    assert (exercise.seed, exercise.locked) == (1, False)


def test_the_help_names_all_levels(capsys: pytest.CaptureFixture[str]) -> None:
    main(["practice", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert all(level.value in said.replace("- ", "-") for level in Level)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["hard", "out"], "practice: LEVEL: there is no level 'hard'; choose one of add-mul"),
        (["max", "out", "--seed", "-4"], "practice: --seed: a seed is a whole number from 0"),
        (["max", "out", "--seed", "two"], "practice: arguments: argument --seed: invalid int"),
        (["max", "out", "--count", "0"], "practice: --count: is a number from 1 to 1,000, not 0"),
        (["max"], "practice: arguments: the following arguments are required: OUT"),
        (["max", ".", "--count", "2"], "practice: OUT: '.' names no file; add a name such as"),
        (["max", "none/out"], "none/out: file: the folder 'none' does not exist"),
    ],
)
def test_what_can_not_be_made_gives_status_2_and_one_line(
    words: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["practice", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"chainrule: {says}")
    assert err.count("\n") == 1
    assert not [*tmp_path.iterdir()]
