"""Writes torch_values.json: what PyTorch computes for all gates.

Run it from the checkout, where PyTorch is installed (the optional extra "peers"):

    python -m tests.engine.gates.record_torch
"""

from __future__ import annotations

from tests.engine.gates.agreement import write_recorded
from tests.engine.gates.torch_reference import cases, evaluate

SEED = 20


def main() -> None:
    """Record every case; the same version of PyTorch gives the same file."""
    write_recorded([(case, evaluate(case)) for case in cases(SEED)])


if __name__ == "__main__":
    main()
