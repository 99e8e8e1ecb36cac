"""Which of the gates that failed are to blame, and which only got the numbers of such ones."""

from __future__ import annotations

from collections.abc import Mapping

from chainrule.autodiff.planning.flat import as_list
from chainrule.autodiff.planning.plan import Plan


def to_blame(plan: Plan, failed: Mapping[int, str], *, backward: bool = False) -> dict[int, str]:
    """Return what of `failed`, sentences by row, has no other failure before it in the pass.

    A gate behind one that failed may have failed only for the numbers that it found there.
    """
    if len(failed) < 2:
        return dict(failed)
    starts, sources = as_list(plan.flat.starts), as_list(plan.flat.sources)
    owners = as_list(plan.flat.owners)
    tainted = [owner in failed for owner in owners]
    behind: set[int] = set()
    for slot in as_list(plan.order[::-1] if backward else plan.order):
        for source in sources[starts[slot] : starts[slot + 1]]:
            if source < 0:
                continue
            giver, taker = (slot, source) if backward else (source, slot)
            if tainted[giver]:
                tainted[taker] = True
                if owners[giver] != owners[taker]:
                    behind.add(owners[taker])
    return {row: sentence for row, sentence in failed.items() if row not in behind}
