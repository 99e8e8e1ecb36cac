"""`chainrule check`: status 1 where a gradient is wrong, and kinks that are no errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import pytest
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.cli.main import main
from chainrule.gates.catalogue import register, unregister
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import Group
from tests.helpers.faulty_files import F, X, Y, file

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "lecture.json").read_text(encoding="utf-8")
)


@final
@dataclass(frozen=True)
class WrongSquare(Elementwise):
    """x² with the derivative of somebody in a hurry."""

    name = "wrong_square"
    group = Group.ELEMENTARY
    summary = "A square with a wrong derivative."
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "x^2"
    derivatives = ("x",)
    rule = "It should be 2 x."
    samples = ((1.0,),)

    @property
    @override
    def symbol(self) -> str:
        return "x²?"

    @override
    def forward(self, x: Array) -> Array:
        return x * x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * x,)


@pytest.fixture
def wrong_gate() -> Iterator[dict[str, Any]]:
    register(WrongSquare)
    yield {"id": "s", "gate": "wrong_square", "inputs": ["x"]}
    unregister(WrongSquare)


def write(folder: Path, data: bytes) -> str:
    path = folder / "g.chainrule"
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_case_of_the_lecture_passes(
    case: dict, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", write(tmp_path, json.dumps(case["graph"]).encode())]) == 0
    out, err = capsys.readouterr()
    assert " agrees\n" in out
    assert "differs" not in out
    assert err == ""


def test_a_wrong_gradient_gives_status_1(
    wrong_gate: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, file(X, wrong_gate))
    assert main(["check", path]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{path}, gradients: 1 differs\n")
    assert "5.0e-01  probably wrong  differs\n" in out


def test_bad_input_counts_more_than_a_wrong_gradient(
    wrong_gate: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "none", write(tmp_path, file(X, wrong_gate))]) == 2
    out, err = capsys.readouterr()
    assert "differs" in out
    assert err == "chainrule: none: file: does not exist; check the name\n"


def test_a_kink_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zero = {"id": "r", "gate": "relu", "inputs": ["x"]}
    assert main(["check", write(tmp_path, file({**X, "value": 0}, zero))]) == 0
    assert "kink" in capsys.readouterr().out


def test_of_a_tensor_the_worst_number_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    relu = {"id": "r", "gate": "relu", "inputs": ["x"]}
    main(["check", write(tmp_path, file({**X, "value": [1, 0, -1]}, relu))])
    out = capsys.readouterr().out
    assert "gradients: 2 agrees, 1 kink\n" in out
    assert "\nx[1]     3  " in out


def test_shapes_that_do_not_fit_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = file({**X, "value": [1, 2]}, {**Y, "value": [1, 2, 3]}, F)
    assert main(["check", write(tmp_path, data)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert ": node 'f': " in err


def test_wires_are_checked_where_asked_for(
    wrong_gate: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = {"id": "f", "gate": "mul", "inputs": ["s", "s"]}
    path = write(tmp_path, file(X, wrong_gate, twice))
    assert main(["check", "--wires", path]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("gradients: 2 agrees, 2 differs")
    assert [line.split("  ")[0] for line in lines[2:-1]] == [
        "x",
        "x -> s:0",
        "s -> f:0",
        "s -> f:1",
    ]


def test_a_long_step_to_one_side_shows_a_large_error_and_leaves_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    square = {"id": "s", "gate": "square", "inputs": ["x"]}
    path = write(tmp_path, file({**X, "value": 1}, square))
    assert main(["check", "--step", "0.1", "--one-sided", path]) == 0
    assert "2.1         4.8e-02  probably wrong  agrees\n" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["0", "-1", "nan", "h"])
def test_a_step_must_be_a_small_positive_number(
    word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", f"--step={word}", write(tmp_path, file(X))]) == 2
    assert "--step" in capsys.readouterr().err


def test_what_is_not_wired_is_not_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = file(X, {"id": "a", "gate": "add", "inputs": ["x", None]})
    assert main(["check", write(tmp_path, data)]) == 0
    assert "1 not computed" in capsys.readouterr().out
