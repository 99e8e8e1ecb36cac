"""`chainrule eval`: the worked cases, values set, outputs chosen, files refused one by one."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chainrule.cli.main import main
from tests.helpers.faulty_files import F, X, Y, composite, file

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "lecture.json").read_text(encoding="utf-8")
)


def refuse_bare_words(word: str) -> None:
    raise AssertionError(f"{word} is no strict JSON")


class Program:
    """Runs `chainrule` in this process on files in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.status = 0
        self.err = ""

    def write(self, name: str, data: bytes) -> str:
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)

    def text(self, *words: str) -> str:
        self.status = main(["eval", *words])
        out, self.err = self.capsys.readouterr()
        return out

    def results(self, *words: str) -> list[dict[str, Any]]:
        out = self.text(*words, "--json")
        return [json.loads(line, parse_constant=refuse_bare_words) for line in out.splitlines()]


@pytest.fixture
def program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(tmp_path, capsys)


def assert_close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=0)
    assert np.shape(found) == np.shape(expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_case_of_the_lecture_gives_its_numbers(case: dict, program: Program) -> None:
    path = program.write("case.chainrule", json.dumps(case["graph"]).encode())
    (found,) = program.results(path)
    expected = case["expected"]
    assert (program.status, program.err) == (0, "")
    assert (found["file"], found["output"]) == (path, expected["output"])
    assert list(found["nodes"]) == list(expected["nodes"])
    for name, numbers in expected["nodes"].items():
        assert_close(found["nodes"][name]["value"], numbers["value"])
        assert_close(found["nodes"][name]["grad"], numbers["grad"])
    ends = ("source", "target", "port")
    assert [[edge[end] for end in ends] for edge in found["edges"]] == [
        [edge[end] for end in ends] for edge in expected["edges"]
    ]
    for one, other in zip(found["edges"], expected["edges"], strict=True):
        assert list(one) == ["source", "target", "port", "value", "grad"]
        assert_close(one["value"], other["value"])
        assert_close(one["grad"], other["grad"])


def test_the_real_command_gives_the_numbers_of_a_case(tmp_path: Path) -> None:
    for index, case in enumerate(CASES[:2]):
        (tmp_path / f"{index}.chainrule").write_text(json.dumps(case["graph"]), encoding="utf-8")
    command = [sys.executable, "-m", "chainrule", "eval", "0.chainrule", "1.chainrule", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["file"] for each in results] == ["0.chainrule", "1.chainrule"]
    assert [each["nodes"]["f"]["value"] for each in results] == [-12.0, pytest.approx(0.7310585786)]


def test_a_file_that_is_refused_does_not_stop_the_others(program: Program) -> None:
    good, bad = program.write("good", file()), program.write("bad", b"[")
    results = program.results(bad, good, bad, good)
    assert [each["file"] for each in results] == [good, good]
    assert program.status == 2
    assert program.err.count("\n") == 2


def test_options_may_stand_among_the_files(program: Program) -> None:
    path = program.write("g", file())
    assert len(program.results(path, "--set", "x=1", path)) == 2


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("x=-1.5", -1.5),
        ("x=.5", 0.5),
        ("x=+2", 2.0),
        ("x=1e-3", 0.001),
        ("x=nan", "nan"),
        ("x=-inf", "-inf"),
        ("x=[[1, 2], [3, 4]]", [[1.0, 2.0], [3.0, 4.0]]),
        ('x=["nan", 1]', ["nan", 1.0]),
        ("x=2*eye(2)", [[2.0, 0.0], [0.0, 2.0]]),
        ("x=linspace(0, 1, num=3)", [0.0, 0.5, 1.0]),
    ],
)
def test_a_leaf_can_be_set(assignment: str, value: object, program: Program) -> None:
    (found,) = program.results(program.write("g", file()), "--set", assignment)
    assert found["nodes"]["x"]["value"] == value


def test_the_last_value_of_a_name_counts(program: Program) -> None:
    (found,) = program.results(program.write("g", file()), "--set", "x=1", "--set", "x=7")
    assert found["nodes"]["f"]["value"] == 21.0


@pytest.mark.parametrize(
    ("assignment", "says"),
    [
        ("q=1", "no node of this name"),
        ("f=1", "only leaves can be set"),
        ("x", "must be NAME=VALUE"),
        ("=1", "must be NAME=VALUE"),
        ("x=", "a number, nan, inf, or nested arrays"),
        ("x=two", "a number, nan, inf, or nested arrays"),
        ("x=1e999", "beyond float64"),
        ("x=" + "9" * 400, "beyond float64"),
        ("x=[1, [2]]", "ragged"),
        ("x=true", "not true"),
        ("x=randn(0)", "from 1 on"),
        ("x=" + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_value_is_refused(assignment: str, says: str, program: Program) -> None:
    assert program.text(program.write("g", file()), "--set", assignment) == ""
    assert program.status == 2
    assert says in program.err
    assert program.err.count("\n") == 1


def test_several_ends_ask_for_an_output(program: Program) -> None:
    path = program.write("g", file(X, Y))
    assert program.text(path) == ""
    assert ": output: no output is chosen; choose one of x, y (--output ID)" in program.err
    (found,) = program.results(path, "--output", "y")
    assert found["output"] == "y"
    assert [found["nodes"][each]["grad"] for each in "xy"] == [0.0, 1.0]


def test_an_empty_graph_and_an_unknown_output_are_refused(program: Program) -> None:
    program.text(program.write("empty", file(nodes=[])))
    assert program.status == 2
    program.text(program.write("g", file()), "--output", "q")
    assert ": --output: there is no node 'q'" in program.err


def test_the_seed_belongs_to_the_output_of_the_file(program: Program) -> None:
    path = program.write("g", file(output="f", seed=10))
    assert program.results(path)[0]["nodes"]["x"]["grad"] == 30.0
    assert program.results(path, "--output", "f")[0]["nodes"]["x"]["grad"] == 30.0
    assert program.results(path, "--output", "x")[0]["nodes"]["x"]["grad"] == 1.0


@pytest.mark.parametrize(
    ("data", "node"),
    [
        (file({**X, "value": [1, 2]}, {**Y, "value": [1, 2, 3]}, F), "f"),
        (file({**X, "value": [1, 2]}, Y, F, seed=[1, 2, 3]), "f"),
        (file(X, {"id": "s", "gate": "sum", "inputs": ["x"], "params": {"axis": 3}}), "s"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_with_the_node(
    data: bytes, node: str, program: Program
) -> None:
    assert program.text(program.write("g", data)) == ""
    assert program.status == 2
    assert f": node '{node}': " in program.err


def test_unwired_ports_leave_numbers_out(program: Program) -> None:
    unfinished = {"id": "u", "gate": "add", "inputs": ["f", None]}
    path = program.write("g", file(X, Y, F, unfinished))
    (found,) = program.results(path)
    assert found["nodes"]["u"] == {"value": None, "grad": None}
    assert found["nodes"]["x"] == {"value": 2.0, "grad": None}
    assert found["edges"][2] == {
        "source": "f",
        "target": "u",
        "port": 0,
        "value": 6.0,
        "grad": None,
    }
    assert "not computed" in program.text(path)


def test_numbers_that_are_not_finite_are_words(program: Program) -> None:
    path = program.write("g", file({**X, "value": [1, "inf"]}, {**Y, "value": "nan"}, F))
    (found,) = program.results(path)
    assert found["nodes"]["x"]["value"] == [1.0, "inf"]
    assert found["nodes"]["f"]["value"] == ["nan", "nan"]


def test_numbers_are_exact_to_the_last_bit(program: Program) -> None:
    (found,) = program.results(program.write("g", file({**X, "value": 0.1 + 0.2}, Y, F)))
    assert found["nodes"]["x"]["value"] == 0.1 + 0.2
    assert math.copysign(1, found["nodes"]["x"]["value"]) == 1


def test_a_composite_gate_gives_what_its_gates_would(program: Program) -> None:
    (found,) = program.results(program.write("g", composite()))
    assert_close(found["nodes"]["g"]["value"], math.exp(-2))
    assert_close(found["nodes"]["x"]["grad"], -math.exp(-2))


def test_people_get_a_table(program: Program) -> None:
    path = program.write("g", file())
    assert program.text(path) == (
        f"{path}, gradients of f\n"
        "node  gate   value  gradient\n"
        "x     input      2         3\n"
        "y     input      3         2\n"
        "f     mul        6         1\n"
        "\n"
    )
