"""The order of the items in each column of a small graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from chainrule.layout.crossings import count_crossings, count_disorder, improve
from chainrule.layout.engine import ordered_columns
from chainrule.layout.strata import Order, Strata


def candidate_orders(strata: Strata) -> list[Order]:
    """Return orders worth trying, the one with the fewest crossings first.

    The reading order follows the ports and the file; it comes first among equals, because a figure
    that is as simple and in the order of the formula is easier to follow.
    """
    reading = reading_order(strata)
    candidates = [improve(strata, reading), improve(strata, library_order(strata)), reading]
    return sorted(candidates, key=lambda order: crossings_and_disorder(strata, order))


def crossings_and_disorder(strata: Strata, order: Order) -> tuple[int, int]:
    """Return by what orders are compared."""
    return count_crossings(strata, order), count_disorder(strata, order)


def reading_order(strata: Strata) -> Order:
    """Return the columns in the order in which a depth-first walk in port order meets the items.

    The walk starts at the nodes that nothing reads, in the order of the file.
    """
    order: Order = [[] for _ in range(strata.width)]
    met: set[int] = set()
    waiting = [item for item in reversed(range(len(strata.column))) if not strata.readers[item]]
    while waiting:
        item = waiting.pop()
        if item not in met:
            met.add(item)
            order[strata.column[item]].append(item)
            waiting.extend(reversed(strata.sources[item]))
    return order


def library_order(strata: Strata) -> Order:
    """Return the columns in the order of the layout library."""
    places = ordered_columns(strata.column, strata.readers)
    order: Order = [[] for _ in range(strata.width)]
    for item in sorted(range(len(strata.column)), key=lambda item: (places[item], item)):
        order[strata.column[item]].append(item)
    return order


def order_by_height(strata: Strata, heights: Sequence[float]) -> Order:
    """Return the columns in the order of the nodes' heights; bends stand on their wires' way."""
    level = [*heights, *[0.0] * (len(strata.column) - strata.nodes)]
    ends: dict[int, tuple[float, int]] = {}
    # A bend comes after those before it on its trunk.
    for bend in reversed(range(strata.nodes, len(strata.column))):
        further = [each for each in strata.readers[bend] if each >= strata.nodes]
        readers = [level[each] for each in strata.readers[bend] if each < strata.nodes]
        mean = sum(readers) / max(1, len(readers))
        ends[bend] = ends[further[0]] if further else (mean, strata.column[bend] + 1)
    for bend in range(strata.nodes, len(strata.column)):
        before = strata.sources[bend][0]
        height, column = ends[bend]
        steps = column - strata.column[before]
        level[bend] = level[before] + (height - level[before]) / steps
    order: Order = [[] for _ in range(strata.width)]
    for item in sorted(range(len(level)), key=lambda item: (level[item], item)):
        order[strata.column[item]].append(item)
    return order


def nearby_orders(order: Order) -> Iterator[Order]:
    """Yield the orders that differ from this one by one item at another place in its column."""
    for at, column in enumerate(order):
        for item, place in permutations(range(len(column)), 2):
            moved = list(column)
            moved.insert(place, moved.pop(item))
            yield [*order[:at], moved, *order[at + 1 :]]
