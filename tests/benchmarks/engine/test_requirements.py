"""The arithmetic behind the tables: ratios, growth, and what counts as met."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks.engine import lineup, requirements, suite
from tests.benchmarks.engine.race import Standing, cadence, ratio
from tests.benchmarks.engine.requirements import verdicts
from tests.benchmarks.engine.tables import figures_table, standings_table
from tests.benchmarks.tables import format_table
from tests.benchmarks.verdicts import Verdict, verdict_table

REPORT: dict[str, Any] = {
    "fault": None, "compared": "loss", "build_ms": 3.0, "memory_mb": 4.0, "once_ms": 1.0,
}  # fmt: skip


def standing(*off: float | None, on: float = 1.0, fault: str | None = None) -> Standing:
    return Standing(REPORT | {"fault": fault}, list(off), [on for _ in off])


def test_a_ratio_compares_within_rounds() -> None:
    assert ratio([10.0, 40.0, 9.0], [1.0, 4.0, 3.0]) == 10.0


def test_a_ratio_leaves_out_rounds_that_one_sat_out() -> None:
    assert ratio([10.0, None, 30.0], [1.0, 1.0, 1.0]) == 20.0
    assert ratio([None], [1.0]) is None


def test_short_runs_are_measured_more_often() -> None:
    assert [cadence(once_ms) for once_ms in (0.1, 100.0, 5000.0)] == [1, 3, 9]


def test_a_peer_that_takes_long_enough_meets_the_requirement() -> None:
    found = list(verdicts({"W0": {"Chainrule": standing(1.0), "micrograd": standing(3.5)}}, {}))
    assert [(each.measured, each.text) for each in found] == [(3.5, "met"), (None, "not measured")]


def test_a_peer_that_is_too_quick_is_a_miss() -> None:
    found = list(verdicts({"W0": {"Chainrule": standing(1.0), "micrograd": standing(2.9)}}, {}))
    assert found[0].text == "MISSED"


@pytest.mark.parametrize("wrong", ["Chainrule", "micrograd"])
def test_who_computes_something_else_does_not_count(wrong: str) -> None:
    standings = {"Chainrule": standing(1.0), "micrograd": standing(9.0)}
    standings[wrong] = standing(1.0, fault="the loss is 1 instead of 2")
    assert next(verdicts({"W0": standings}, {})).text == "not measured"


def test_growth_is_what_goes_beyond_linear() -> None:
    small, large = standing(0.1), standing(15.0)
    found = list(
        verdicts({"W3-10000": {"Chainrule": small}, "W3-1000000": {"Chainrule": large}}, {})
    )
    assert found[-1].measured == pytest.approx(1.5)
    assert found[-1].text == "met"


def test_a_single_figure_is_held_against_its_bound() -> None:
    found = list(verdicts({}, {requirements.LEAF_CHANGED: 2.5, requirements.ORDER_GAIN: 30_000}))
    assert [each.text for each in found] == ["met", "MISSED"]


def test_all_that_is_required_can_be_measured() -> None:
    for workload, *entries, _ in (*requirements.AT_LEAST, *requirements.AT_MOST):
        assert set(entries) <= set(lineup.LINEUP[workload])


def test_a_table_aligns_numbers_to_the_right() -> None:
    table = format_table([("", "ms", "note"), ("a", "10.5", "x"), ("longer", "7", "")])
    assert table.splitlines() == ["          ms  note", "─" * 18, "a       10.5  x", "longer     7"]


def test_the_quickest_stands_first_and_who_failed_below() -> None:
    table = standings_table(
        {
            "micrograd": standing(8.0),
            "Chainrule": standing(2.0),
            "JAX jit": Standing({"fault": "it failed: no memory"}),
        },
        gates=1000,
    )
    _, _, first, second, last = table.splitlines()
    assert first.split()[:4] == ["Chainrule", "2", "1", "1"]
    assert second.split()[:4] == ["micrograd", "8", "1", "4"]
    assert last == "JAX jit: it failed: no memory"


def test_figures_of_one_thing_stand_in_one_row() -> None:
    table = figures_table(
        "W5", {"edit, GC off, median [ms]": 1.0, "edit, GC on, median [ms]": 2.0, "size [MB]": 3.0}
    )
    assert [line.split() for line in table.splitlines()[2:]] == [
        ["edit", "1", "2"],
        ["size", "[MB]", "3"],
    ]


def test_a_requirement_is_printed_with_its_bound() -> None:
    found = [Verdict("W0", "≥", 20_000, 31_000.0, 2.0)]
    assert verdict_table(found, "GC on").splitlines()[-1].split() == [
        "W0", "≥", "20,000", "31,000", "2", "met",
    ]  # fmt: skip
    assert verdict_table(found).splitlines()[-1].split()[-2:] == ["31,000", "met"]


def test_a_name_stands_for_all_sizes_of_a_workload() -> None:
    assert suite.read_names("W3,W0") == [
        "W3-1000", "W3-10000", "W3-100000", "W3-1000000", "W0",
    ]  # fmt: skip


def test_a_name_of_no_workload_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no workload 'W9'"):
        suite.read_names("W9")
