"""How many read what, and the only one that nothing reads."""

from __future__ import annotations

import numpy as np

from chainrule.graph.readers import Readers


def opened(count: int) -> Readers:
    readers = Readers()
    readers.counts.reserve(count)
    for row in range(count):
        readers.open(row)
    return readers


def test_the_only_unread_row_is_known_after_gains_and_losses() -> None:
    readers = opened(3)
    assert readers.only_unread is None
    readers.gain(0)
    readers.gain(2)
    readers.gain(2)
    assert readers.only_unread == 1
    readers.lose(2)
    assert readers.only_unread == 1
    readers.lose(2)
    assert readers.only_unread is None
    readers.close(1)
    assert readers.only_unread == 2


def test_gains_in_bulk_count_like_single_ones() -> None:
    readers, others = opened(4), opened(4)
    gained = [3, 0, 3, 1]
    for row in gained:
        others.gain(row)
    readers.gain_all(np.array(gained), 4)
    assert readers.counts.view(4).tolist() == others.counts.view(4).tolist() == [1, 1, 0, 2]
    assert readers.only_unread == others.only_unread == 2
