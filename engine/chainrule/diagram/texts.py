"""Texts that are written when they are first read: a canvas shows few of the many a graph has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import final, overload

from typing_extensions import override


@final
class Texts(Sequence[str]):
    """A fixed number of texts, each made by `write(row)` when it is first asked for, and kept."""

    def __init__(self, count: int, write: Callable[[int], str]) -> None:
        self._write = write
        self._texts: list[str | None] = [None] * count

    @override
    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    @override
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        text = self._texts[index]
        if text is None:
            text = self._write(index % len(self))
            self._texts[index] = text
        return text

    @override
    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))


def no_texts(count: int) -> Texts:
    """Return so many empty texts."""
    return Texts(count, lambda _: "")
