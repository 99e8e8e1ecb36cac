"""The examples that ship: the worked cases and others, each with a title and a layout."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from chainrule.autodiff.gradient_check import Verdict, check_gradients
from chainrule.autodiff.passes import Passes
from chainrule.files import dumps, loads
from tests.helpers.practice import marked, right_answers

ROOT = Path(__file__).parents[3]
CASES = json.loads((ROOT / "tests" / "cases" / "lecture.json").read_text(encoding="utf-8"))
EXAMPLES = ROOT / "assets" / "examples"
FILES = sorted(EXAMPLES.glob("*.chainrule"))
LOOKS = {"label", "position"}


def test_each_case_is_an_example() -> None:
    assert {case["name"] for case in CASES} <= {path.stem for path in FILES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_example_computes_what_its_case_does(case: dict) -> None:
    example = json.loads((EXAMPLES / f"{case['name']}.chainrule").read_bytes())
    bare = [
        {key: each for key, each in node.items() if key not in LOOKS} for node in example["nodes"]
    ]
    assert bare == case["graph"]["nodes"]
    assert example["output"] == case["graph"]["output"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_runs_without_faults(path: Path) -> None:
    passes = Passes(loads(path.read_bytes()))
    assert passes.output is not None
    assert passes.value(passes.output) is not None
    assert not passes.faults


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_gradients_of_an_example_agree_with_central_differences(path: Path) -> None:
    found = {check.verdict for check in check_gradients(loads(path.read_bytes()))}
    assert found <= {Verdict.AGREES, Verdict.KINK}
    assert Verdict.AGREES in found


@pytest.mark.parametrize(
    ("staged", "gate", "leaves"),
    [
        ("svm-loss", "svm-loss-gate", ("X", "W")),
        ("batch-normalisation", "batch-normalisation-gate", ("X", "gamma", "beta")),
    ],
)
def test_one_gate_gives_the_numbers_of_the_small_ones(
    staged: str, gate: str, leaves: tuple[str, ...]
) -> None:
    one, other = (
        Passes(loads((EXAMPLES / f"{name}.chainrule").read_bytes())) for name in (staged, gate)
    )
    of_one, of_other = one.value("L"), other.value("L")
    assert of_one is not None
    assert of_other is not None
    np.testing.assert_allclose(of_one, of_other, rtol=1e-12)
    for leaf in leaves:
        of_one, of_other = one.gradient(leaf), other.gradient(leaf)
        assert of_one is not None
        assert of_other is not None
        np.testing.assert_allclose(of_one, of_other, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_is_explained_and_laid_out(path: Path) -> None:
    data = path.read_bytes()
    graph = loads(data)
    assert graph.header.title
    assert graph.header.description
    positions = [node.position for node in graph]
    assert None not in positions
    assert len(set(positions)) == len(positions)
    assert dumps(graph) == data


def test_an_exercise_that_ships_is_answered_by_its_own_numbers() -> None:
    names = [path.stem for path in FILES if path.stem.startswith("exercise-")]
    assert names == ["exercise-backward", "exercise-branches"]
    for name in names:
        graph = loads((EXAMPLES / f"{name}.chainrule").read_bytes())
        report = marked(graph, right_answers(graph))
        assert report.score == report.most >= 10
