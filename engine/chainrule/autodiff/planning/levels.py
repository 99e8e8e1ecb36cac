"""The levels of a flat graph: a gate's level is one more than the highest among its inputs."""

from __future__ import annotations

import numpy as np

from chainrule.autodiff.planning.flat import FlatGraph, Numbers, as_list


def levels_of(flat: FlatGraph) -> Numbers:
    """Return the level of each slot; leaves, and gates without wired inputs, are at level 0.

    One walk over the wires, whose readers stand in topological order: all wires into a source come
    before those out of it.
    """
    counts = np.diff(flat.starts)
    readers = np.repeat(np.arange(flat.size), counts)
    sources = flat.sources
    positions = flat.topological[readers]
    if (positions[1:] < positions[:-1]).any():
        walk = np.argsort(positions, kind="stable")
        readers, sources = readers[walk], sources[walk]
    levels = [0] * flat.size
    for source, reader in zip(as_list(sources), as_list(readers), strict=True):
        if source >= 0:
            above = levels[source]
            if above >= levels[reader]:
                levels[reader] = above + 1
    return np.array(levels, np.int64)
