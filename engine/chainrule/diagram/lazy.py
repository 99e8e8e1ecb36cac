"""Texts and pictures made when they are first read: a canvas shows few of the many a graph has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar, final, overload

from typing_extensions import override

T_co = TypeVar("T_co", covariant=True)


@final
class Lazy(Sequence[T_co]):
    """A fixed number of things, each made by `make(row)` when it is first asked for, and kept."""

    def __init__(self, count: int, make: Callable[[int], T_co]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, T_co] = {}

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> T_co: ...

    @overload
    def __getitem__(self, index: slice) -> list[T_co]: ...

    @override
    def __getitem__(self, index: int | slice) -> T_co | list[T_co]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(self._count))]
        made = self._made
        if index not in made:
            if not -self._count <= index < self._count:
                raise IndexError(index)
            made[index] = self._make(index % self._count)
        return made[index]

    @override
    def __iter__(self) -> Iterator[T_co]:
        return (self[row] for row in range(self._count))


Texts: TypeAlias = Lazy[str]


def no_texts(count: int) -> Texts:
    """Return so many empty texts."""
    return Lazy(count, lambda _: "")
