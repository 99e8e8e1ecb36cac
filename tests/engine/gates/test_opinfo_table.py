"""The table of PyTorch's operator tests names every gate that ships; PyTorch isn't needed here."""

from __future__ import annotations

from collections import Counter

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from tests.engine.gates.opinfo.table import ROWS, WITHOUT


def test_every_gate_that_ships_has_a_row_or_a_reason_why_not() -> None:
    shipped = {
        kind.name
        for kind in all_kinds()
        if issubclass(kind, Gate) and kind.__module__.startswith("chainrule.")
    }
    assert Counter([*(row.gate for row in ROWS), *WITHOUT]) == Counter(shipped)


def test_a_row_has_sources_and_says_why_it_allows_more_than_usual() -> None:
    for row in ROWS:
        assert row.sources
        names = [source.name for source in row.sources]
        assert len({*names}) == len(names), row.gate
        is_usual = (row.relative, row.absolute, row.second_absolute) == (1e-9, 0.0, 1e-14)
        assert is_usual is (row.because == ""), row.gate
