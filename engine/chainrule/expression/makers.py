"""The functions that make a tensor out of sizes and numbers, under NumPy's names.

Random numbers come from NumPy's PCG64 with a seed, 0 where none is given: the same text makes the
same numbers on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array, Shape, as_array
from chainrule.errors import ShapeError

MOST_NUMBERS = 10_000_000
MOST_AXES = 32

Given: TypeAlias = "Array | list[Given]"
"""An argument as it was written: a number, a tensor, or a list of them."""

_DEFAULT_SEED: Final = 0


@final
@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands in the brackets of one call, asked for by place and by name."""

    maker: str
    example: str
    placed: Sequence[Given]
    named: Mapping[str, Given]

    def number(self, place: int, name: str, default: float | None = None) -> float:
        """Return one number; raise ShapeError if there is none and no default."""
        given = self._find(place, name)
        if given is None:
            if default is None:
                raise self.fault(f"{name} is missing")
            return float(default)
        if isinstance(given, list) or given.ndim:
            raise self.fault(f"{name} must be one number")
        return float(given)

    def finite(self, place: int, name: str, default: float | None = None) -> float:
        """Return one finite number."""
        number = self.number(place, name, default)
        if not math.isfinite(number):
            raise self.fault(f"{name} must be finite")
        return number

    def whole(self, place: int, name: str, default: float | None = None) -> int:
        """Return one whole number from 0 on."""
        number = self.number(place, name, default)
        if not number.is_integer() or number < 0:
            raise self.fault(f"{name} must be a whole number from 0 on, not {number:g}")
        return int(number)

    def tensor(self, place: int, name: str) -> Array:
        """Return a tensor or a list of numbers."""
        given = self._find(place, name)
        if given is None:
            raise self.fault(f"{name} is missing")
        return as_array(cast("list[float]", given)) if isinstance(given, list) else given

    def sizes(self, start: int = 0, end: int | None = None) -> Shape:
        """Return the shape that the arguments from `start` on give: `3, 4` or `(3, 4)`."""
        return sizes_of(self.maker, self.placed[start:end])

    def random(self) -> np.random.Generator:
        """Return who draws the random numbers: the generator of the seed."""
        return np.random.Generator(np.random.PCG64(self.whole(-1, "seed", _DEFAULT_SEED)))

    def allow(self, most: int | None, *names: str) -> None:
        """Raise ShapeError for more than `most` arguments by place, or for other names."""
        if most is not None and len(self.placed) > most:
            raise self.fault(f"it takes at most {most} arguments, not {len(self.placed)}")
        for name in self.named:
            if name not in names:
                raise self.fault(f"it has no argument {name!r}")

    def fault(self, problem: str) -> ShapeError:
        """Return the error that says what is wrong with the call and how to write it."""
        return ShapeError(f"{self.maker}: {problem}; write it as {self.example}")

    def _find(self, place: int, name: str) -> Given | None:
        if name in self.named:
            return self.named[name]
        return self.placed[place] if 0 <= place < len(self.placed) else None


@final
@dataclass(frozen=True, slots=True)
class Maker:
    """One function: its name, an example of it, and what makes the tensor."""

    name: str
    example: str
    build: Callable[[Arguments], Array]

    def make(self, placed: Sequence[Given], named: Mapping[str, Given]) -> Array:
        """Return the tensor; raise ShapeError for arguments that it can't take."""
        return self.build(Arguments(self.name, self.example, placed, named))


def whole_number(given: Given) -> int | None:
    """Return a whole number as an integer, None for everything else."""
    if isinstance(given, list) or given.ndim or not float(given).is_integer():
        return None
    return int(given)


def sizes_of(maker: str, given: Sequence[Given]) -> Shape:
    """Return the shape that sizes give, `3, 4` or `(3, 4)`; raise ShapeError if they are none."""
    items = given[0] if len(given) == 1 and isinstance(given[0], list) else given
    sizes: list[int] = []
    for each in items:
        size = whole_number(each)
        if size is None or size < 1:
            raise ShapeError(f"{maker}: sizes must be whole numbers from 1 on, as in {maker}(3, 4)")
        sizes.append(size)
    if len(sizes) > MOST_AXES:
        raise ShapeError(f"{maker}: a tensor has at most {MOST_AXES} axes; give fewer sizes")
    _check_count(maker, math.prod(sizes))
    return tuple(sizes)


def _check_count(maker: str, count: float) -> None:
    if count > MOST_NUMBERS:
        shown = f"{count:,}" if count < 1e15 else f"{float(count):.0e}"
        raise ShapeError(
            f"{maker}: that would be {shown} numbers, and at most {MOST_NUMBERS:,} can be made; "
            "use smaller sizes"
        )


def _filled(number: float) -> Callable[[Arguments], Array]:
    def build(given: Arguments) -> Array:
        given.allow(None)
        return np.full(given.sizes(), number)[()]

    return build


def _full(given: Arguments) -> Array:
    given.allow(None, "value", "fill_value")
    for name in ("value", "fill_value"):
        if name in given.named:
            return np.full(given.sizes(), given.number(-1, name))[()]
    last = len(given.placed) - 1
    if last < 1:
        raise given.fault("sizes and a value are needed")
    return np.full(given.sizes(0, last), given.number(last, "value"))[()]


def _eye(given: Arguments) -> Array:
    given.allow(2)
    shape = given.sizes()
    if not shape:
        raise given.fault("a size is missing")
    _check_count(given.maker, shape[0] * shape[-1])
    return np.eye(shape[0], shape[-1])


def _diag(given: Arguments) -> Array:
    given.allow(1)
    vector = given.tensor(0, "the list of numbers")
    if vector.ndim != 1:
        raise given.fault("it puts a list of numbers on a diagonal")
    _check_count(given.maker, vector.size**2)
    return np.diag(np.asarray(vector))


def _arange(given: Arguments) -> Array:
    given.allow(3, "step")
    starts = len(given.placed) > 1
    start = given.finite(0, "start") if starts else 0.0
    stop = given.finite(1 if starts else 0, "stop")
    step = given.finite(2, "step", 1.0)
    count = (stop - start) / step if step else math.inf
    if not count > 0:
        raise given.fault("it would have no number; stop must lie beyond start")
    _check_count(given.maker, math.ceil(count) if math.isfinite(count) else math.inf)
    return start + step * np.arange(math.ceil(count), dtype=np.float64)


def _linspace(given: Arguments) -> Array:
    given.allow(3, "num")
    count = given.whole(2, "num", 50)
    if count < 1:
        raise given.fault("num must be 1 or more")
    _check_count(given.maker, count)
    return np.linspace(given.finite(0, "start"), given.finite(1, "stop"), count)


def _one_hot(given: Arguments) -> Array:
    given.allow(2, "classes")
    labels = np.asarray(given.tensor(0, "the list of classes"))
    if not (np.isfinite(labels).all() and (labels == np.rint(labels)).all()):
        raise given.fault("classes must be whole numbers")
    low, high = int(labels.min()), int(labels.max())
    classes = given.whole(1, "classes", high + 1)
    if low < 0 or high >= classes:
        wrong = low if low < 0 else high
        raise given.fault(f"class {wrong} is not one of the {classes}, which count from 0")
    _check_count(given.maker, labels.size * classes)
    return (labels[..., None] == np.arange(classes)).astype(np.float64)


def _rand(given: Arguments) -> Array:
    given.allow(None, "seed")
    return as_array(given.random().random(given.sizes()))


def _randn(given: Arguments) -> Array:
    given.allow(None, "seed")
    return as_array(given.random().standard_normal(given.sizes()))


def _randint(given: Arguments) -> Array:
    given.allow(None, "seed")
    low, high = given.finite(0, "low"), given.finite(1, "high")
    if not (low.is_integer() and high.is_integer() and low < high and max(-low, high) < 2**53):
        raise given.fault("low and high must be whole numbers, the first one less")
    drawn = given.random().integers(int(low), int(high), given.sizes(2))
    return as_array(np.asarray(drawn, np.float64))


MAKERS: Final[Mapping[str, Maker]] = {
    maker.name: maker
    for maker in (
        Maker("zeros", "zeros(2, 3)", _filled(0.0)),
        Maker("ones", "ones(2, 3)", _filled(1.0)),
        Maker("full", "full((2, 3), 0.5)", _full),
        Maker("eye", "eye(3)", _eye),
        Maker("diag", "diag([1, 2, 3])", _diag),
        Maker("arange", "arange(0, 10, 2)", _arange),
        Maker("linspace", "linspace(0, 1, 5)", _linspace),
        Maker("one_hot", "one_hot([0, 2, 1], 3)", _one_hot),
        Maker("rand", "rand(3, 4, seed=1)", _rand),
        Maker("randn", "randn(3, 4, seed=1)", _randn),
        Maker("randint", "randint(0, 10, (3, 4), seed=1)", _randint),
    )
}
