"""An order for what wires lead to, when many come at once."""

from __future__ import annotations

from collections.abc import Iterable


def sources_first(wires: Iterable[tuple[int, int]]) -> list[int]:
    """Return the ends of `wires`, each (source, target), so that sources stand before targets.

    What is on a cycle, or behind one, stands last.
    """
    readers: dict[int, list[int]] = {}
    waits_for: dict[int, int] = {}
    for source, target in wires:
        readers.setdefault(source, []).append(target)
        waits_for.setdefault(source, 0)
        waits_for[target] = waits_for.get(target, 0) + 1
    ready = [end for end, count in waits_for.items() if count == 0]
    for end in ready:  # grows while it is walked
        for target in readers.get(end, ()):
            waits_for[target] -= 1
            if waits_for[target] == 0:
                ready.append(target)
    return [*ready, *(end for end, count in waits_for.items() if count)]
