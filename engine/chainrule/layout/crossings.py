"""How good an order of the columns is: crossings first, then inputs that stand in port order."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

from chainrule.layout.strata import Order, Strata


def ranks(order: Order) -> dict[int, int]:
    """Return the place of every item in its column."""
    return {item: place for column in order for place, item in enumerate(column)}


def count_crossings(strata: Strata, order: Order) -> int:
    """Return how many pairs of links cross, links drawn straight between neighbouring columns."""
    place = ranks(order)
    total = 0
    for column in order:
        ends: list[int] = []
        for item in column:
            targets = sorted(place[reader] for reader in strata.readers[item])
            total += sum(len(ends) - bisect_right(ends, target) for target in targets)
            for target in targets:
                insort(ends, target)
    return total


def count_disorder(strata: Strata, order: Order) -> int:
    """Return how many pairs of inputs of one gate stand the other way round than its ports."""
    place = ranks(order)
    return sum(inversions([place[source] for source in each]) for each in strata.sources)


def inversions(places: Sequence[int]) -> int:
    """Return how many pairs of `places` descend."""
    seen: list[int] = []
    total = 0
    for place in places:
        total += len(seen) - bisect_right(seen, place)
        insort(seen, place)
    return total


def crossings_between(upper: Sequence[int], lower: Sequence[int]) -> int:
    """Return the crossings of two items' links on one side, given where these links end."""
    return sum(1 for high in upper for low in lower if high > low)


def improve(strata: Strata, order: Order) -> Order:
    """Return `order` after swaps of neighbours, each of which removed a crossing or a disorder.

    A swap is made only if the pair (crossings, disorder) falls, so crossings never grow and the
    loop ends.
    """
    order = [list(column) for column in order]
    place = ranks(order)
    changed = True
    while changed:
        changed = False
        for column in order:
            for at in range(len(column) - 1):
                if _swap_gain(strata, place, column[at], column[at + 1]) > (0, 0):
                    column[at], column[at + 1] = column[at + 1], column[at]
                    place[column[at]], place[column[at + 1]] = at, at + 1
                    changed = True
    return order


def _swap_gain(strata: Strata, place: dict[int, int], upper: int, lower: int) -> tuple[int, int]:
    """Return by how much crossings and disorder fall when two neighbours swap."""
    fewer = 0
    for side in (strata.sources, strata.readers):
        above = [place[item] for item in side[upper]]
        below = [place[item] for item in side[lower]]
        fewer += crossings_between(above, below) - crossings_between(below, above)
    tidier = 0
    for gate in set(strata.readers[upper]) & set(strata.readers[lower]):
        ports = strata.sources[gate]
        tidier += 1 if ports.index(upper) > ports.index(lower) else -1
    return fewer, tidier
