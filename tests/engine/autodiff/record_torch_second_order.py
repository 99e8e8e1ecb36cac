"""Writes recorded/second_order.json: Hessians and their products with vectors as PyTorch has them.

Run it from the checkout, where PyTorch is installed (the optional extra "peers"):

    python -m tests.engine.autodiff.record_torch_second_order
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import numpy as np

from tests.engine.autodiff.second_order_cases import CASES, RECORDED, Case


def recorded(torch: Any, case: Case) -> dict[str, Any]:
    """Return the whole Hessian, the inputs flat and one behind the other, and its product."""
    inputs = {name: torch.tensor(value) for name, value in case.inputs().items()}
    vectors = tuple(torch.tensor(value) for value in case.vectors().values())

    def function(*given: Any) -> Any:
        return case.theirs(torch, *given)

    blocks = torch.autograd.functional.hessian(function, tuple(inputs.values()))
    rows = [
        np.concatenate(
            [
                block.numpy().reshape(one.numel(), other.numel())
                for block, other in zip(row, inputs.values(), strict=True)
            ],
            axis=1,
        )
        for row, one in zip(blocks, inputs.values(), strict=True)
    ]
    _, product = torch.autograd.functional.hvp(function, tuple(inputs.values()), vectors)
    return {
        "value": float(function(*inputs.values())),
        "hessian": np.concatenate(rows).tolist(),
        "product": np.concatenate([each.numpy().ravel() for each in product]).tolist(),
    }


def main() -> None:
    """Record every case."""
    torch = import_module("torch")
    RECORDED.parent.mkdir(exist_ok=True)
    found = {case.name: recorded(torch, case) for case in CASES}
    RECORDED.write_text(json.dumps(found, indent=0).replace(",\n", ", ") + "\n")


if __name__ == "__main__":
    main()
