"""Cases in which a gate is compared with PyTorch: their form in JSON, and what counts as equal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from chainrule.arrays import Array, as_array, unbroadcast
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate

RECORDED = Path(__file__).with_name("recorded")
RELATIVE = 1e-9

# PyTorch rounds these to 0 or 1 beside the saturation, where ours keep the digits; so what counts
# there is the absolute error.
ABSOLUTE: dict[str, float] = dict.fromkeys(
    ("sigmoid", "tanh", "log_softmax", "logsumexp", "gelu", "expm1", "tanhshrink"), 4e-15
)


@dataclass(frozen=True)
class Case:
    """One gate at one point. `deviates` says why our gradients may differ from PyTorch's."""

    gate: str
    inputs: tuple[Array, ...]
    upstream: Array
    params: dict[str, Any] = field(default_factory=dict[str, Any])
    deviates: str = ""

    @property
    def says(self) -> str:
        """A name for the case among the tests."""
        shapes = " ".join(str(each.shape) for each in self.inputs)
        return f"{self.gate}{self.params or ''} {shapes} {self.deviates}".strip()


@dataclass(frozen=True)
class Result:
    """What a gate gives: its output and one gradient for each input, in the input's shape."""

    output: Array
    gradients: tuple[Array, ...]


def run(case: Case) -> Result:
    """Run our gate on a case."""
    gate = get_kind(case.gate).create(case.params)
    assert isinstance(gate, Gate)
    with np.errstate(all="ignore"):
        output = gate.forward(*case.inputs)
        gradients = gate.backward(case.upstream, output, *case.inputs)
        summed = [
            unbroadcast(gradient, each.shape)
            for gradient, each in zip(gradients, case.inputs, strict=True)
        ]
    return Result(output, tuple(summed))


def agree(ours: Array, theirs: Array, absolute: float = 0.0) -> bool:
    """Say whether shapes, nan and infinities are the same and all numbers within 1e-9."""
    return ours.shape == theirs.shape and bool(
        np.allclose(ours, theirs, rtol=RELATIVE, atol=absolute, equal_nan=True)
    )


def read_recorded() -> list[tuple[Case, Result]]:
    """Read the recorded cases of all families with PyTorch's results."""
    files = sorted(RECORDED.glob("*.json"))
    rows = [row for file in files for row in json.loads(file.read_text(encoding="utf-8"))]
    return [
        (
            Case(
                row["gate"],
                _arrays(row["inputs"]),
                _array(row["upstream"]),
                row.get("params", {}),
                row.get("deviates", ""),
            ),
            Result(_array(row["output"]), _arrays(row["gradients"])),
        )
        for row in rows
    ]


def write_recorded(family: str, results: Sequence[tuple[Case, Result]]) -> None:
    """Write cases and results of a family, a case to a line."""
    lines = [json.dumps(_row(case, result), allow_nan=False) for case, result in results]
    path = RECORDED / f"{family}.json"
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def _row(case: Case, result: Result) -> dict[str, Any]:
    row: dict[str, Any] = {"gate": case.gate}
    if case.params:
        row["params"] = case.params
    if case.deviates:
        row["deviates"] = case.deviates
    return row | {
        "inputs": [_plain(each.tolist()) for each in case.inputs],
        "upstream": _plain(case.upstream.tolist()),
        "output": _plain(result.output.tolist()),
        "gradients": [_plain(each.tolist()) for each in result.gradients],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if np.isfinite(value) else str(value)


def _array(value: Any) -> Array:
    # NumPy reads the strings "nan", "inf" and "-inf" as the numbers that they name.
    return as_array(np.array(value, np.float64))


def _arrays(values: Any) -> tuple[Array, ...]:
    return tuple(_array(each) for each in values)
