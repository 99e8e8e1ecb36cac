"""The levels of generated exercises: what each is about, and the graphs that it draws on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar, final

from chainrule.arrays import ArrayLike

T = TypeVar("T")

Values: TypeAlias = Mapping[str, ArrayLike]


@final
class Level(StrEnum):
    """How difficult an exercise is; the values are words of the command line and of files."""

    ADD_MUL = "add-mul"
    BRANCHES = "branches"
    MAX = "max"
    SIGMOID_CHAIN = "sigmoid-chain"
    VECTORS = "vectors"


TITLES: Final[Mapping[Level, str]] = MappingProxyType(
    {
        Level.ADD_MUL: "Sums and products",
        Level.BRANCHES: "Branches",
        Level.MAX: "Max",
        Level.SIGMOID_CHAIN: "A sigmoid in small steps",
        Level.VECTORS: "Vectors",
    }
)


@final
class Dice:
    """Random choices that are the same for a seed on every machine and with every Python.

    Only `Random.random` is promised to stay as it is; everything else is made from it.
    """

    def __init__(self, text: str) -> None:
        self._random = Random()
        self._random.seed(text, version=2)

    def below(self, count: int) -> int:
        """Return a whole number from 0 to `count` − 1."""
        return min(int(self._random.random() * count), count - 1)

    def choose(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return `items` in another order."""
        left = [*items]
        return [left.pop(self.below(len(left))) for _ in items]

    def whole(self, most: int, least: int = 1) -> int:
        """Return a whole number whose size is from `least` to `most`, of either sign."""
        number = least + self.below(most - least + 1)
        return number if self.below(2) else -number


@final
@dataclass(frozen=True, slots=True)
class Draft:
    """A graph that may be used: its formula and the values of its leaves."""

    formula: str
    values: Values


def _add_mul(dice: Dice) -> Draft:
    """Return a tree of sums and products, a product at its end."""
    leaves = [*"xyzw"][: 3 + dice.below(2)]
    first = (("+",),) if len(leaves) == 3 else (("+", "+"), ("+", "*"), ("*", "+"))
    # Behind a sum at the end, all upstream gradients would be 1.
    signs = [*dice.choose(first), "*"]
    names = [*"qr"[: len(leaves) - 2], "f"]
    pool = dice.shuffled(leaves)
    lines: list[str] = []
    for name, sign in zip(names, signs, strict=True):
        one = pool.pop(dice.below(len(pool)))
        other = pool.pop(dice.below(len(pool)))
        lines.append(f"{name} = {one} {sign} {other}")
        pool.append(name)
    return Draft("; ".join(lines), _whole_values(dice, leaves, 5))


_BRANCHES: Final = (
    "q = x + y; r = x * z; f = q * r",
    "q = x * y; r = y + z; f = q * r",
    "q = x * y; r = q + x; f = r * z",
    "q = x + y; r = q * q; f = r + x",
    "q = x * x; r = q + y; f = r * x",
    "q = x + y; r = q * x; s = q * y; f = r + s",
    "q = x * y; r = q + z; s = q * z; f = r * s",
)
_MAX: Final = (
    "q = max(x, y); f = q * z",
    "q = max(x, y); r = max(z, w); f = q * r",
    "q = x * y; r = max(q, z); f = r * w",
    "q = x + y; r = max(q, z); f = r * w",
    "q = max(x, y); r = q * z; s = max(r, w); f = s * x",
    "q = x * y; r = z + w; s = max(q, r); f = s * x",
)


def _from(templates: Sequence[str], most: int) -> Callable[[Dice], Draft]:
    def draw(dice: Dice) -> Draft:
        formula = dice.choose(templates)
        leaves = [name for name in "xyzw" if name in formula.replace("max", "")]
        return Draft(formula, _whole_values(dice, leaves, most))

    return draw


def _sigmoid_chain(dice: Dice) -> Draft:
    """Return the lecture's neuron with one or two inputs, cut into small gates."""
    two = dice.below(2) == 1
    lines = ["p = w0 * x0"]
    if two:
        lines += ["q = w1 * x1", "r = p + q", "s = r + w2"]
    else:
        lines += ["s = p + w1"]
    lines += ["n = -s", "e = exp(n)", "d = 1 + e", "f = 1 / d"]
    names = ("w0", "x0", "w1", "x1", "w2") if two else ("w0", "x0", "w1")
    values = {name: dice.whole(3) for name in names}
    return Draft("; ".join(lines), values)


_VECTORS: Final = (
    ("q = x * w; f = sum(q)", {"x": (3,), "w": (3,)}),
    ("q = x + b; r = q * w; f = sum(r)", {"x": (3,), "b": (), "w": (3,)}),
    ("q = x * w; r = max(q, y); f = sum(r)", {"x": (3,), "w": (3,), "y": (3,)}),
    ("q = W @ x; r = q + b; f = sum(r)", {"W": (2, 3), "x": (3,), "b": (2,)}),
    ("q = W @ x; r = relu(q); f = sum(r)", {"W": (2, 2), "x": (2,)}),
)


def _vectors(dice: Dice) -> Draft:
    formula, shapes = dice.choose(_VECTORS)
    return Draft(formula, {name: _tensor(dice, shape) for name, shape in shapes.items()})


def _tensor(dice: Dice, shape: Sequence[int]) -> ArrayLike:
    if not shape:
        return dice.whole(3)
    size, *inner = shape
    return [_tensor(dice, inner) for _ in range(size)]


def _whole_values(dice: Dice, names: Sequence[str], most: int) -> Values:
    # A factor of 1 would hide which of two factors was forgotten.
    return {name: dice.whole(most, 2) for name in names}


DRAWING: Final[Mapping[Level, Callable[[Dice], Draft]]] = MappingProxyType(
    {
        Level.ADD_MUL: _add_mul,
        Level.BRANCHES: _from(_BRANCHES, 4),
        Level.MAX: _from(_MAX, 5),
        Level.SIGMOID_CHAIN: _sigmoid_chain,
        Level.VECTORS: _vectors,
    }
)
"""What draws a graph of a level, nice or not."""
