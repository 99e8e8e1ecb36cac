"""Every gate against recorded values and gradients of PyTorch 2.13 (see record_torch.py)."""

from __future__ import annotations

import pytest

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from tests.engine.gates.agreement import ABSOLUTE, Case, Result, agree, read_recorded, run

RECORDED = read_recorded()


def _named(cases: list[tuple[Case, Result]]) -> list[object]:
    return [pytest.param(*each, id=f"{number} {each[0].says}") for number, each in enumerate(cases)]


@pytest.mark.parametrize(("case", "torch"), _named(RECORDED))
def test_output_agrees_with_pytorch(case: Case, torch: Result) -> None:
    assert agree(run(case).output, torch.output, ABSOLUTE.get(case.gate, 0.0))


@pytest.mark.parametrize(
    ("case", "torch"), _named([each for each in RECORDED if not each[0].deviates])
)
def test_gradients_agree_with_pytorch(case: Case, torch: Result) -> None:
    absolute = ABSOLUTE.get(case.gate, 0.0)
    for ours, theirs in zip(run(case).gradients, torch.gradients, strict=True):
        assert agree(ours, theirs, absolute), f"{ours} {theirs}"


def test_every_gate_of_the_library_is_recorded() -> None:
    ours = {
        kind.name
        for kind in all_kinds()
        if issubclass(kind, Gate) and kind.__module__.startswith("chainrule.")
    }
    assert {case.gate for case, _ in RECORDED} == ours
