"""At which port inputs stop fitting."""

from __future__ import annotations

from typing import Any

import pytest

from chainrule.autodiff.diagnosis import standing_problems
from chainrule.autodiff.misfits import misfits_of
from chainrule.autodiff.passes import Passes
from tests.helpers.lecture_graphs import graph_of

Value = Any
TALL, WIDE = [[1.0, 2.0]] * 3, [[1.0, 2.0, 3.0, 4.0]] * 3


def misfits(kind: str, *values: Value, **params: Any) -> dict[str, int]:
    leaves = [{"id": f"x{at}", "gate": "input", "value": each} for at, each in enumerate(values)]
    inputs = [each["id"] for each in leaves]
    graph = graph_of(*leaves, {"id": "f", "gate": kind, "inputs": inputs, "params": params})
    return misfits_of(graph, Passes(graph))


@pytest.mark.parametrize(
    ("kind", "values", "port"),
    [
        ("add", ([1.0, 2.0], [1.0, 2.0, 3.0]), 1),
        ("add", (1.0, [1.0, 2.0], [3.0, 4.0], [1.0, 2.0, 3.0], 1.0), 3),
        ("matmul", (WIDE, [1.0, 2.0, 3.0]), 1),
        ("matmul", (WIDE, TALL), 1),
        ("matmul", (3.0, TALL), 0),
        ("dot", ([1.0, 2.0], [1.0, 2.0, 3.0]), 1),
        ("transpose", (3.0,), 0),
    ],
)
def test_it_is_the_last_port_that_could_be_mended(
    kind: str, values: tuple[Value, ...], port: int
) -> None:
    params = {"axes": [1, 0]} if kind == "transpose" else {}
    assert misfits(kind, *values, **params) == {"f": port}


def test_what_fits_has_none() -> None:
    assert misfits("matmul", WIDE, [[1.0]] * 4) == {}


def test_a_fault_that_is_no_misfit_has_no_port() -> None:
    graph = graph_of({"id": "x", "gate": "input", "value": 1.0}, seed=[1.0, 2.0], output="x")
    passes = Passes(graph)
    assert passes.faults
    assert misfits_of(graph, passes) == {}


def test_the_problem_names_the_port_and_both_shapes() -> None:
    graph = graph_of(
        {"id": "a", "gate": "input", "value": WIDE},
        {"id": "b", "gate": "input", "value": [1.0, 2.0, 3.0]},
        {"id": "f", "gate": "matmul", "inputs": ["a", "b"]},
    )
    (problem,) = standing_problems(graph, Passes(graph))
    assert (problem.node, problem.port) == ("f", 1)
    assert "(3, 4) by (3,)" in problem.sentence
