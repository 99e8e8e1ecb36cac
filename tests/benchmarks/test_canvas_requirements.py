"""Which requirements of the canvas are held against which figures."""

from __future__ import annotations

from tests.benchmarks.canvas_requirements import (
    COMPARED,
    DRAG,
    IN_WINDOW,
    LAYERED,
    OURS,
    PAN,
    verdicts,
)
from tests.benchmarks.measure import Figures


def test_every_figure_that_is_bounded_is_judged_and_others_are_not() -> None:
    found = [*verdicts({(10_000, LAYERED): {OURS: {PAN: 2.0, DRAG: 20.0}}})]
    judged = {each.what.split(": ")[1]: each.text for each in found}
    assert (judged[PAN], judged[DRAG]) == ("met", "MISSED")
    assert "not measured" in judged.values()
    assert not [*verdicts({(2_000, LAYERED): {OURS: {PAN: 9.0}}})]


def test_the_window_is_judged_by_what_is_felt() -> None:
    columns = {OURS: {PAN: 1.0}, IN_WINDOW: {PAN: 5.0}}
    (found,) = [
        each
        for each in verdicts({(10_000, LAYERED): columns})
        if "window" in each.what and PAN in each.what
    ]
    assert found.text == "MISSED"


def test_a_peer_must_take_more_times_as_long_the_larger_the_graph_is() -> None:
    ours: Figures = dict.fromkeys(COMPARED, 1.0)
    peer: Figures = dict.fromkeys(COMPARED, 20.0)
    for count, text in ((1_000, "met"), (5_000, "MISSED")):
        found = [*verdicts({(count, LAYERED): {OURS: ours, "NodeGraphQt": peer}})]
        assert {each.text for each in found} == {text}
        assert len(found) == len(COMPARED)
