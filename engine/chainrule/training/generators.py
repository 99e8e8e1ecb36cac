"""Data sets that are made by rule, as lectures and demos use them: the same seed, the same rows.

All have two features x1 and x2 and a class, but for `line`, which has x and y. Their shapes follow
scikit-learn's generators where it has them; the random numbers are those of NumPy's Generator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.errors import TrainingError
from chainrule.training.tables import DataTable

MOST_ROWS: Final = 100_000
_FEATURES: Final = ("x1", "x2", "class")


@final
@dataclass(frozen=True, slots=True)
class Generator:
    """A rule: its name, what people call it, how many classes there are (0 for a quantity)."""

    name: str
    title: str
    classes: int
    noise: float
    """The noise that shows it best."""
    make: Callable[[int, float, np.random.Generator], DataTable]


def generate(name: str, rows: int, noise: float, seed: int) -> DataTable:
    """Return the table that the generator called `name` makes; raise TrainingError.

    `rows` is how many there are in all; `noise` the standard deviation of what is added.
    """
    if name not in GENERATORS:
        raise TrainingError(f"no generator is called {name!r}; take one of {', '.join(GENERATORS)}")
    if not 2 <= rows <= MOST_ROWS:
        raise TrainingError(f"{rows:,} rows can't be made; ask for 2 to {MOST_ROWS:,}")
    if not (np.isfinite(noise) and noise >= 0):
        raise TrainingError(f"the noise is {noise:g}; give it a number from 0 on")
    if seed < 0:
        raise TrainingError(f"the seed is {seed}; give it a whole number from 0 on")
    return GENERATORS[name].make(rows, noise, np.random.default_rng(seed))


def two_moons(rows: int = 100, noise: float = 0.1, seed: int = 0) -> DataTable:
    """Return two half circles that reach into each other."""
    return generate("moons", rows, noise, seed)


def _moons(rows: int, noise: float, dice: np.random.Generator) -> DataTable:
    outer, inner = np.linspace(0, np.pi, rows - rows // 2), np.linspace(0, np.pi, rows // 2)
    upper = np.column_stack((np.cos(outer), np.sin(outer)))
    lower = np.column_stack((1 - np.cos(inner), 0.5 - np.sin(inner)))
    return _of_parts((upper, lower), noise, dice)


def _circles(rows: int, noise: float, dice: np.random.Generator) -> DataTable:
    def ring(count: int, radius: float) -> Floats:
        angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
        return radius * np.column_stack((np.cos(angles), np.sin(angles)))

    return _of_parts((ring(rows - rows // 2, 1.0), ring(rows // 2, 0.5)), noise, dice)


def _spirals(rows: int, noise: float, dice: np.random.Generator) -> DataTable:
    """Three arms that turn by 0.6 of a circle each, as in the notes of CS231n."""
    parts: list[Floats] = []
    for arm in range(3):
        count = (rows + 2 - arm) // 3
        radius = np.linspace(0.05, 1.0, count)
        angles = 2 * np.pi * arm / 3 + np.linspace(0.0, 4.0, count)
        turned = angles + noise * dice.standard_normal(count)
        parts.append(np.column_stack((radius * np.sin(turned), radius * np.cos(turned))))
    return _of_parts(parts, 0.0, dice)


def _xor(rows: int, noise: float, dice: np.random.Generator) -> DataTable:
    """Four quarters of a square; a class has two that lie opposite."""
    points = dice.uniform(-1, 1, (rows, 2))
    classes = (points[:, 0] * points[:, 1] < 0).astype(np.float64)
    return _of(points + noise * dice.standard_normal(points.shape), classes)


def _blobs(rows: int, noise: float, dice: np.random.Generator) -> DataTable:
    """Three clouds around the corners of a triangle."""
    angles = np.pi / 2 + 2 * np.pi * np.arange(3) / 3
    centres = 2 * np.column_stack((np.cos(angles), np.sin(angles)))
    parts = [np.repeat(centres[[at]], (rows + 2 - at) // 3, axis=0) for at in range(3)]
    return _of_parts(parts, noise, dice)


def _line(rows: int, noise: float, dice: np.random.Generator) -> DataTable:
    """The line y = 2 x + 1 with noise, over x from −1 to 1."""
    x = np.linspace(-1, 1, rows)
    y = 2 * x + 1 + noise * dice.standard_normal(rows)
    return DataTable(("x", "y"), np.column_stack((x, y)))


def _of_parts(parts: Sequence[Floats], noise: float, dice: np.random.Generator) -> DataTable:
    points = np.vstack(parts)
    classes = np.repeat(np.arange(len(parts), dtype=np.float64), [len(part) for part in parts])
    return _of(points + noise * dice.standard_normal(points.shape), classes)


def _of(points: Floats, classes: Floats) -> DataTable:
    return DataTable(_FEATURES, np.column_stack((points, classes)))


GENERATORS: Final[Mapping[str, Generator]] = MappingProxyType(
    {
        each.name: each
        for each in (
            Generator("moons", "Two moons", 2, 0.1, _moons),
            Generator("circles", "Circles", 2, 0.08, _circles),
            Generator("spirals", "Spirals", 3, 0.1, _spirals),
            Generator("xor", "XOR", 2, 0.0, _xor),
            Generator("blobs", "Blobs", 3, 0.6, _blobs),
            Generator("line", "Line with noise", 0, 0.2, _line),
        )
    }
)
"""All generators by name."""
