"""Chains that stand on one line: items joined into blocks of one common height."""

from __future__ import annotations

from collections.abc import Iterator

from chainrule.layout.crossings import ranks
from chainrule.layout.strata import Order, Strata


def straight_blocks(strata: Strata, order: Order) -> list[int]:
    """Return for each item the block that it belongs to, blocks numbered from 0.

    A link is made straight unless it crosses a straight link of higher precedence; blocks
    so never contradict the order of the columns (Brandes and Köpf, "Fast and simple horizontal
    coordinate assignment", 2001).
    """
    place = ranks(order)
    straight: list[list[tuple[int, int]]] = [[] for _ in order]
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    for source, target in _by_precedence(strata, order):
        link = (place[source], place[target])
        kept = straight[strata.column[source]]
        if source in after or target in before or any(_cross(link, other) for other in kept):
            continue
        kept.append(link)
        after[source], before[target] = target, source
    return _numbered(len(strata.column), after, before)


def _cross(link: tuple[int, int], other: tuple[int, int]) -> bool:
    return (link[0] - other[0]) * (link[1] - other[1]) < 0


def _by_precedence(strata: Strata, order: Order) -> Iterator[tuple[int, int]]:
    """Yield the links that may be straight: inside a trunk, along a chain, at a branch."""
    items = [item for column in order for item in column]
    alone = [(strata.sources[item][0], item) for item in items if len(strata.sources[item]) == 1]
    yield from (link for link in alone if min(link) >= strata.nodes)
    yield from (link for link in alone if len(strata.readers[link[0]]) == 1)
    for item in items:
        branches = [target for source, target in alone if source == item]
        yield from ((item, target) for target in _middle_first(branches, strata.nodes))


def _middle_first(branches: list[int], nodes: int) -> list[int]:
    """Return the branches that end at a node before those that go on, the middle one first."""
    middle = (len(branches) - 1) / 2
    ranked = sorted(enumerate(branches), key=lambda each: (each[1] >= nodes, abs(each[0] - middle)))
    return [target for _, target in ranked]


def _numbered(count: int, after: dict[int, int], before: dict[int, int]) -> list[int]:
    block = [0] * count
    heads = (item for item in range(count) if item not in before)
    for number, head in enumerate(heads):
        item: int | None = head
        while item is not None:
            block[item] = number
            item = after.get(item)
    return block
