"""Writes recorded/FAMILY.json: what PyTorch computes for the gates of each family.

Run it from the checkout, where PyTorch is installed (the optional extra "peers"):

    python -m tests.engine.gates.record_torch [FAMILY ...]
"""

from __future__ import annotations

import sys

from tests.engine.gates.agreement import write_recorded
from tests.engine.gates.torch_families.catalogue import FAMILIES
from tests.engine.gates.torch_families.making import Maker, evaluate

SEED = 20


def main(names: list[str]) -> None:
    """Record every case of the families; the same version of PyTorch gives the same files."""
    for name in names or FAMILIES:
        functions = FAMILIES[name].FUNCTIONS
        cases = FAMILIES[name].cases(Maker(SEED, functions))
        write_recorded(name, [(case, evaluate(case, functions)) for case in cases])


if __name__ == "__main__":
    main(sys.argv[1:])
