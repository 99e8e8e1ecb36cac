"""Torch's names: each leads to its gates, or to an example of what is made of gates."""

from __future__ import annotations

import pytest

from chainrule.gates.documentation.torch_names import MADE_OF_GATES, TORCH_NAMES, gates_for
from tests.golden.gates_reference import REFERENCE

EXAMPLES = REFERENCE.parent / "examples"


@pytest.mark.parametrize("name", TORCH_NAMES)
def test_every_name_of_the_lecture_has_a_gate_or_an_example(name: str) -> None:
    assert bool(gates_for(name)) != (name in MADE_OF_GATES)


@pytest.mark.parametrize("name", MADE_OF_GATES)
def test_what_is_made_of_gates_has_an_example(name: str) -> None:
    assert (EXAMPLES / f"{MADE_OF_GATES[name]}.chainrule").is_file()


def test_the_lecture_lists_103_modules_each_once() -> None:
    assert len(TORCH_NAMES) == len(set(TORCH_NAMES)) == 103


def test_a_name_that_torch_has_not_leads_nowhere() -> None:
    assert gates_for("NoSuchModule") == ()


@pytest.mark.parametrize(
    ("name", "gates"),
    [
        ("CrossEntropyCriterion", ["cross_entropy"]),
        ("LookupTable", ["embedding"]),
        ("SparseLinear", ["linear"]),
        ("SplitTable", ["split", "select"]),
        ("CAddTable", ["add"]),
        ("BatchNormalization", ["batch_norm", "batch_norm_inference"]),
    ],
)
def test_a_name_leads_to_its_gates(name: str, gates: list[str]) -> None:
    assert [kind.name for kind in gates_for(name)] == gates
