"""`chainrule grade`: every number computed anew, keys, CSV, JSON, and files refused one by one."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, final

import numpy as np
import pytest

from chainrule.cli.main import main
from chainrule.files import write_graph
from chainrule.graph.edits import MoveNodes, SetLabel, SetValue
from chainrule.graph.exercises import Exercise
from chainrule.graph.graph import GateGraph
from chainrule.graph.sections import SetSection
from tests.helpers.practice import (
    exercise_graph,
    gradient,
    right_answers,
    set_answers,
    set_exercise,
    the_exercise,
    value,
)

DEFAULT_NOTE = "Graded by its own graph and exercise"


@final
class Desk:
    """A folder with answer files, and the program that grades them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.out = self.err = ""

    def answered(self, name: str = "ada", **answers: str) -> str:
        """Write an answer file: all right but for `answers` by the names of values."""
        graph = exercise_graph()
        given = right_answers(graph)
        for node, text in answers.items():
            given = given.with_answer(value(node), text)
        set_answers(graph, given)
        return self.write(name, graph)

    def write(self, name: str, graph: GateGraph) -> str:
        path = self.folder / f"{name}.chainrule"
        write_graph(graph, path)
        return str(path)

    def grade(self, *words: str) -> int:
        status = main(["grade", *words])
        self.out, self.err = self.capsys.readouterr()
        return status

    def json(self, *words: str) -> dict[str, Any]:
        place = self.folder / "results.json"
        self.grade(*words, "--json", str(place))
        return json.loads(place.read_text(encoding="utf-8"))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_right_answers_give_all_points_and_status_0(desk: Desk) -> None:
    assert desk.grade(desk.answered()) == 0
    assert "6 of 6 points" in desk.out
    assert desk.err == ""


def test_a_wrong_answer_gives_status_1_and_says_what_was_wrong(desk: Desk) -> None:
    assert desk.grade(desk.answered(f="-1")) == 1
    assert "5 of 6 points" in desk.out
    assert "You added; × multiplies its inputs." in desk.out


def test_without_a_key_it_is_said_whose_graph_was_used(desk: Desk) -> None:
    desk.grade(desk.answered())
    assert DEFAULT_NOTE in desk.out
    key = desk.write("key", exercise_graph())
    desk.grade("--key", key, desk.answered())
    assert DEFAULT_NOTE not in desk.out


def _other_value(graph: GateGraph) -> None:
    SetValue("x", np.float64(1.0)).apply(graph)


def _claims(graph: GateGraph) -> None:
    set_exercise(graph, Exercise((value("q"),), {value("q"): 1000.0}, decimals=0))
    SetSection("score", 1000).apply(graph)


def test_answers_on_another_graph_are_refused(desk: Desk) -> None:
    key = desk.write("key", exercise_graph())
    graph = exercise_graph()
    _other_value(graph)
    set_answers(graph, right_answers(graph))
    assert desk.grade("--key", key, desk.write("eve", graph), desk.answered()) == 2
    assert ": graph: is not the key's: x has another value than in the key" in desk.err
    assert desk.err.count("\n") == 1
    assert "eve" not in desk.out
    assert "6 of 6 points" in desk.out


def _moved(graph: GateGraph) -> None:
    MoveNodes({"x": (7.0, 7.0)}).apply(graph)
    SetLabel("x", "Ada's").apply(graph)


@pytest.mark.parametrize("change", [_claims, _moved])
def test_with_a_key_only_what_was_typed_counts(
    change: Callable[[GateGraph], None], desk: Desk
) -> None:
    key = desk.write("key", exercise_graph())
    graph = exercise_graph()
    set_answers(graph, right_answers(graph).with_answer(value("f"), "7"))
    change(graph)
    assert desk.grade("--key", key, desk.write("eve", graph)) == 1
    assert "5 of 6 points" in desk.out


def test_the_json_is_that_of_gradescope(desk: Desk) -> None:
    results = desk.json(desk.answered(f="-1"))
    assert (results["score"], results["max_score"]) == (5, 6)
    assert results["output"].startswith(DEFAULT_NOTE)
    tests = results["tests"]
    assert [each["name"] for each in tests][:2] == ["value of q", "value of f"]
    assert tests[0] == {
        "name": "value of q",
        "score": 1,
        "max_score": 1,
        "status": "passed",
        "output": "Answer: 3.0\nRight.",
        "visibility": "visible",
    }
    assert (tests[1]["score"], tests[1]["status"]) == (0, "failed")
    assert tests[1]["output"].endswith("You added; × multiplies its inputs.")
    assert sum(each["score"] for each in tests) == results["score"]


def test_a_file_that_is_refused_has_results_too(desk: Desk) -> None:
    key = desk.write("key", exercise_graph())
    (desk.folder / "bad.chainrule").write_bytes(b"[")
    results = desk.json("--key", key, str(desk.folder / "bad.chainrule"))
    assert (results["score"], results["max_score"], results["tests"]) == (0, 6, [])
    assert "line 1" in results["output"]


def test_several_files_have_their_results_in_a_folder(desk: Desk) -> None:
    out = desk.folder / "out"
    out.mkdir()
    files = [desk.answered("ada"), desk.answered("bob", f="-1")]
    assert desk.grade(*files, "--json", str(out)) == 1
    scores = {each.stem: json.loads(each.read_bytes())["score"] for each in out.iterdir()}
    assert scores == {"ada": 6, "bob": 5}
    assert desk.grade(*files, "--json", str(desk.folder / "one.json")) == 2
    assert "is for one file; name a folder for 2 files" in desk.err
    assert desk.grade(files[0], files[0], "--json", str(out)) == 2
    assert "two files would both give ada.json" in desk.err


def test_the_csv_has_a_row_for_each_file(desk: Desk) -> None:
    out = desk.folder / "grades.csv"
    (desk.folder / "bad.chainrule").write_bytes(b"[")
    files = [desk.answered("ada"), str(desk.folder / "bad.chainrule"), desk.answered("bob", f="=1")]
    assert desk.grade(*files, "--csv", str(out)) == 2
    rows = [*csv.DictReader(out.read_text(encoding="utf-8").splitlines())]
    assert [row["file"] for row in rows] == files
    assert [row["score"] for row in rows] == ["6", "0", "5"]
    assert rows[1]["note"].startswith("line 1")
    assert rows[2]["value of f: answer"] == "'=1"
    assert rows[2]["value of f: what was wrong"].startswith("This can't be read as a number")
    assert rows[0]["value of f: what was wrong"] == ""


def test_a_name_that_is_no_utf_8_costs_nobody_the_table(desk: Desk) -> None:
    out = desk.folder / "grades.csv"
    files = [desk.answered("\udcff"), desk.answered("ada")]
    assert desk.grade(*files, "--csv", str(out)) == 0
    rows = [*csv.DictReader(out.read_text(encoding="utf-8").splitlines())]
    assert [row["score"] for row in rows] == ["6", "6"]
    assert rows[0]["file"].endswith("\\udcff.chainrule")


def test_points_are_weighted(desk: Desk) -> None:
    graph = exercise_graph()
    exercise = the_exercise(graph)
    set_exercise(graph, Exercise(exercise.blanks, {gradient("x"): 4.0}))
    set_answers(graph, right_answers(graph).with_answer(gradient("x"), "1"))
    desk.grade(desk.write("ada", graph))
    assert "7 of 9 points" in desk.out


def test_a_file_without_an_exercise_is_refused(desk: Desk) -> None:
    graph = exercise_graph()
    SetSection("exercise", None).apply(graph)
    path = desk.write("plain", graph)
    assert desk.grade(path) == 2
    assert ": exercise: there is none in this file; name the exercise with --key" in desk.err
    assert desk.grade(desk.answered(), "--key", path) == 2
    assert desk.err.count("\n") == 1


def test_an_exercise_that_asks_for_nothing_is_refused(desk: Desk) -> None:
    graph = exercise_graph()
    set_exercise(graph, Exercise((value("nobody"),)))
    assert desk.grade(desk.write("empty", graph)) == 2
    assert ": exercise: it asks for nothing that the graph has" in desk.err


def test_a_place_that_can_not_be_written_to_gives_status_2(desk: Desk) -> None:
    for option in ("--csv", "--json"):
        assert desk.grade(desk.answered(), option, str(desk.folder / "none" / "out")) == 2
        assert "does not exist; make it first" in desk.err


def test_answers_with_other_signs_in_them_stay_on_one_line(desk: Desk) -> None:
    desk.grade(desk.answered(f="1\n2\x1b[31m"))
    assert "1\\n2\\x1b[31m" in desk.out
