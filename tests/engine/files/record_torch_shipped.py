"""Writes recorded/shipped.json: what PyTorch computes for the counterparts of shipped composites.

Run it from the checkout, where PyTorch is installed (the optional extra "peers"):

    python -m tests.engine.files.record_torch_shipped
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from tests.engine.files.shipped_cases import CASES, RECORDED, Case


def recorded(torch: Any, case: Case) -> dict[str, Any]:
    """Return the value, and the gradient by each port for the case's upstream gradient."""
    inputs = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in case.inputs().items()
    }
    value = case.theirs(torch, *inputs.values())
    value.backward(torch.tensor(case.upstream(tuple(value.shape))))
    return {
        "value": value.tolist(),
        "gradients": {name: each.grad.tolist() for name, each in inputs.items()},
    }


def main() -> None:
    """Record every case."""
    torch = import_module("torch")
    RECORDED.parent.mkdir(exist_ok=True)
    found = {case.name: recorded(torch, case) for case in CASES}
    RECORDED.write_text(json.dumps(found, indent=0).replace(",\n", ", ") + "\n")


if __name__ == "__main__":
    main()
