"""The reference of all gates: it is current, and it leaves nothing out."""

from __future__ import annotations

import re

import pytest

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.documentation.reference import reference
from chainrule.gates.documentation.torch_names import TORCH_NAMES
from tests.golden.gates_reference import REFERENCE


def test_the_committed_reference_is_current() -> None:
    remedy = "run `python -m tests.golden.gates_reference` and commit what it writes"
    assert REFERENCE.read_text(encoding="utf-8") == reference(), remedy


def test_every_gate_that_ships_has_an_entry() -> None:
    shipped = {kind.name for kind in all_kinds() if kind.__module__.startswith("chainrule.")}
    assert set(re.findall(r"^### (\w+)$", reference(), re.MULTILINE)) == shipped


@pytest.mark.parametrize("name", TORCH_NAMES)
def test_every_name_of_torch_has_a_row(name: str) -> None:
    assert re.search(rf"^\| {name} \| (\[`\w+`\]\(#|made of gates: ).* \|$", reference(), re.M)


def test_an_entry_says_all_that_a_gate_says_of_itself() -> None:
    entry = reference().split("### cross_entropy\n")[1].split("\n### ")[0]
    for line in (
        "- Symbol: CE",
        "- Inputs: `scores`, `target`",
        '- Parameter `reduction` = `"mean"`, "mean", "sum" or "none": What is made of the single',
        "- Derivative by `target`: $`-\\log \\mathrm{softmax}(\\mathrm{scores})`$",
        "- Also found as: softmax loss, log loss, multinomial logistic loss, CrossEntropyCriterion",
    ):
        assert f"\n{line}" in entry
    assert "The classes stand along axis 1, or along the only axis of a vector" in entry


def test_optional_inputs_and_those_that_may_be_more_are_told() -> None:
    text = reference()
    assert "- Inputs: `x`, `weight`, `bias` (may be left out)\n" in text
    assert "- Inputs: `x`, `y`, and more\n" in text
    assert "- Parameter `shape`, which must be given, an array of integers: " in text
