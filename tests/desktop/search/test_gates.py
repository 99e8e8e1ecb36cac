"""Gates are found by name, alias, symbol, words of their summary, and near misses."""

from __future__ import annotations

import pytest

from chainrule.gates.catalogue import all_kinds
from chainrule_desktop.search.gates import matching_kinds


def names(query: str) -> list[str]:
    return [kind.name for kind in matching_kinds(all_kinds(), query)]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("exp", "exp"),
        ("TIMES", "mul"),
        ("×", "mul"),
        ("softm", "softmax"),
        ("lsm", "log_softmax"),
        ("sigmiod", "sigmoid"),
        ("weight", "parameter"),
        ("probabilities", "softmax"),
        ("largest", "max"),
        ("arithmetic", "add"),
        ("log softmax", "log_softmax"),
        ("natural logarithm", "log"),
    ],
)
def test_the_likeliest_gate_comes_first(query: str, best: str) -> None:
    assert names(query)[0] == best


def test_nothing_wanted_finds_all() -> None:
    assert matching_kinds(all_kinds(), "  ") == list(all_kinds())


def test_nonsense_finds_nothing() -> None:
    assert names("qqqq") == []
