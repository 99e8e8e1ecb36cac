"""The examples that ship: the worked cases and others, each with a title and a layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chainrule.autodiff.passes import Passes
from chainrule.files import dumps, loads

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
def test_an_example_is_explained_and_laid_out(path: Path) -> None:
    data = path.read_bytes()
    graph = loads(data)
    assert graph.header.title
    assert graph.header.description
    positions = [node.position for node in graph]
    assert None not in positions
    assert len(set(positions)) == len(positions)
    assert dumps(graph) == data
