"""The process that does the algebra: it answers, it may be stopped, and it never lies."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from chainrule.expression.symbolic.job import Formulas, formulas_of
from chainrule.expression.symbolic.recipe import Line, Recipe

SIGMOID = Recipe(
    ("x",),
    (
        Line("x"),
        Line("n", "neg", {}, (0,)),
        Line("e", "exp", {}, (1,)),
        Line("one", value=1.0),
        Line("d", "add", {}, (3, 2)),
        Line("f", "reciprocal", {}, (4,)),
    ),
)


NOTHING = Formulas((None,))


def worker(tmp_path: Path, program: str) -> tuple[str, ...]:
    """Return the command of a process that runs a program in the place of the algebra."""
    path = tmp_path / "worker.py"
    path.write_text(program)
    return sys.executable, str(path)


def test_the_local_gradient_of_the_sigmoid_comes_back_from_the_process() -> None:
    formulas = formulas_of(SIGMOID, limit=50.0)
    (found,) = formulas.slopes
    assert found is not None
    assert found.latex(("x",), r"\sigma") == r"(1 - \sigma) \sigma"
    assert formulas.value is not None
    assert formulas.value.plain(("x",), "σ") == "1/(1 + exp(−x))"


def test_what_was_found_before_the_time_is_up_counts(tmp_path: Path) -> None:
    program = 'import time\nprint(\'{"slopes": ["porta"]}\', flush=True)\ntime.sleep(60)'
    (found,) = formulas_of(SIGMOID, limit=2.0, command=worker(tmp_path, program)).slopes
    assert found is not None
    assert found.text == "porta"


def test_half_an_answer_is_none(tmp_path: Path) -> None:
    program = 'import time\nprint(\'{"slopes": ["po\', end="", flush=True)'
    assert formulas_of(SIGMOID, command=worker(tmp_path, program)) == NOTHING


def test_a_process_that_is_no_longer_wanted_is_ended(tmp_path: Path) -> None:
    start = time.monotonic()
    command = worker(tmp_path, "import time\ntime.sleep(60)")
    assert formulas_of(SIGMOID, cancelled=lambda: True, command=command) == NOTHING
    assert time.monotonic() - start < 30.0


@pytest.mark.parametrize(
    "program",
    ["raise SystemExit(1)", "print('{\"slopes\": []}')"],
    ids=["fails", "answers something else"],
)
def test_a_process_that_fails_says_nothing(tmp_path: Path, program: str) -> None:
    assert formulas_of(SIGMOID, command=worker(tmp_path, program)) == NOTHING


def test_a_gate_that_only_the_program_knows_has_no_formula() -> None:
    own = Recipe(("x",), (Line("x"), Line("f", "gate_of_somebody", {}, (0,))))
    assert formulas_of(own, limit=20.0) == NOTHING
