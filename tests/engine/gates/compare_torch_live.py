"""Compares all gates with the installed PyTorch on fresh random numbers.

Run it from the checkout, where PyTorch is installed (the optional extra "peers"):

    python -m tests.engine.gates.compare_torch_live [ROUNDS]

Exit status 1 says that something disagrees.
"""

from __future__ import annotations

import sys
from itertools import product

from tests.engine.gates.agreement import ABSOLUTE, Case, agree, run
from tests.engine.gates.torch_families.catalogue import FAMILIES
from tests.engine.gates.torch_families.making import Functions, Maker, evaluate


def disagrees(case: Case, functions: Functions) -> bool:
    """Say whether the output or, where conventions are the same, a gradient differs."""
    ours, theirs = run(case), evaluate(case, functions)
    absolute = ABSOLUTE.get(case.gate, 0.0)
    if not agree(ours.output, theirs.output, absolute):
        return True
    pairs = zip(ours.gradients, theirs.gradients, strict=True)
    return not case.deviates and not all(agree(*pair, absolute) for pair in pairs)


def main(rounds: int) -> int:
    """Compare as many rounds of cases, name those that disagree, and return the exit status."""
    compared = 0
    faults: list[str] = []
    for seed, family in product(range(rounds), FAMILIES.values()):
        for case in family.cases(Maker(seed, family.FUNCTIONS)):
            compared += 1
            if disagrees(case, family.FUNCTIONS):
                faults.append(f"seed {seed}: {case.says}")
    sys.stdout.write("\n".join([*faults, f"{compared} cases, {len(faults)} disagree"]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
