"""Which nodes lie on each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chainrule.layout.problem import Extent, Positions


def boxes_of(extents: Sequence[Extent], positions: Positions) -> Positions:
    """Return left, top, right and bottom of every node, an array (n, 4)."""
    reach = np.array([(e.left, e.up, e.right, e.down) for e in extents]).reshape(-1, 4)
    return np.concatenate((positions - reach[:, :2], positions + reach[:, 2:]), axis=1)


def collisions(boxes: Positions) -> NDArray[np.intp]:
    """Return the pairs of boxes (n, 4) that overlap, an array (k, 2), the first box first.

    Boxes are swept from left to right, so that each is compared with those only that begin before
    it ends.
    """
    order = np.argsort(boxes[:, 0], kind="stable")
    swept = boxes[order]
    last = np.searchsorted(swept[:, 0], swept[:, 2])
    counts = np.maximum(last - np.arange(len(boxes)) - 1, 0)
    one = np.repeat(np.arange(len(boxes)), counts)
    begins = np.cumsum(counts) - counts
    other = one + 1 + np.arange(len(one)) - np.repeat(begins, counts)
    over = (swept[one, 1] < swept[other, 3]) & (swept[other, 1] < swept[one, 3])
    over &= swept[other, 0] < swept[one, 2]
    pairs = np.stack((order[one[over]], order[other[over]]), axis=1)
    return np.sort(pairs, axis=1).astype(np.intp)
