"""Texts and pictures are made once, when they are first read."""

from __future__ import annotations

import pytest

from chainrule.diagram.lazy import Lazy, no_texts


def test_a_text_is_written_when_it_is_first_read_and_then_kept() -> None:
    asked: list[int] = []

    def write(row: int) -> str:
        asked.append(row)
        return str(row)

    texts = Lazy(5, write)
    assert (texts[3], texts[3], texts[-1]) == ("3", "3", "4")
    assert asked == [3, 4]


def test_they_are_a_sequence() -> None:
    texts = Lazy(4, str)
    assert list(texts) == ["0", "1", "2", "3"]
    assert texts[1:3] == ["1", "2"]
    assert len(texts) == 4
    assert list(no_texts(2)) == ["", ""]
    with pytest.raises(IndexError):
        texts[4]
