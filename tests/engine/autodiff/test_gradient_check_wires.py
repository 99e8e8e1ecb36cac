"""The gradient check of wires, with other steps, and the error against the step."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Array
from chainrule.autodiff.gradient_check import (
    Band,
    Check,
    CheckSettings,
    Verdict,
    band_of,
    check_gradients,
    error_curve,
    gravity,
)
from chainrule.autodiff.gradient_check.curves import STEPS
from chainrule.autodiff.gradient_check.wires import with_deltas
from chainrule.autodiff.passes import Passes
from chainrule.errors import RunError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from tests.helpers import own_gates
from tests.helpers.grown_graphs import SEEDS
from tests.helpers.lecture_graphs import LECTURE_NAMES, lecture_graph
from tests.helpers.random_graphs import build, runnable_graphs
from tests.helpers.tensor_graphs import tensor_graph

WIRES = CheckSettings(wires=True)


def wire_checks(graph: GateGraph, settings: CheckSettings = WIRES) -> list[Check]:
    """Return the checks of the wires alone."""
    return [each for each in check_gradients(graph, settings=settings) if each.wire is not None]


def test_wires_follow_the_leaves_which_are_checked_as_ever() -> None:
    graph = lecture_graph("sigmoid-neuron-staged")
    alone, all_ = check_gradients(graph), check_gradients(graph, settings=WIRES)
    assert all_[: len(alone)] == alone
    assert [each.wire for each in all_[len(alone) :]] == [*graph.wires()]


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_all_wires_of_the_worked_cases_agree(name: str) -> None:
    graph = lecture_graph(name)
    passes = Passes(graph)
    found = wire_checks(graph)
    assert {each.verdict for each in found} == {Verdict.AGREES}
    sizes = Counter(each.wire for each in found)
    for wire in graph.wires():
        value = passes.value(wire.source)
        assert value is not None
        assert sizes[wire] == value.size


@given(graph=runnable_graphs())
def test_no_wire_of_a_random_graph_is_called_wrong(graph: GateGraph) -> None:
    if Passes(graph).output is None:
        return
    with np.errstate(all="ignore"):
        assert Verdict.DIFFERS not in {each.verdict for each in wire_checks(graph)}


def agree(one: Array | None, other: Array | None) -> bool:
    """Say whether two gradients are the same, apart from the order of sums."""
    if one is None or other is None:
        return one is other
    return np.allclose(one, other, rtol=1e-12, atol=1e-14, equal_nan=True)


@given(seed=SEEDS)
def test_wires_with_deltas_of_zero_change_no_number(seed: int) -> None:
    graph = tensor_graph(seed, 10)
    with np.errstate(all="ignore"):
        passes = Passes(graph)
        carried = {
            wire: value
            for wire in graph.wires()
            if (value := passes.value(wire.source)) is not None and np.isfinite(value).all()
        }
        varied, deltas = with_deltas(graph, carried)
        again = Passes(varied)
        for each in graph.ids():
            assert agree(again.value(each), passes.value(each))
        for wire, leaf in deltas.items():
            assert agree(again.gradient(leaf), passes.wire_gradient(wire))


def test_a_wrong_gate_is_found_at_its_own_wire() -> None:
    graph = build(
        {"x": 3.0, "y": 2.0},
        {"s": ("exp", "y"), "w": (own_gates.WrongSlope(), "x"), "f": ("mul", "w", "s")},
    )
    wrong = [each.wire for each in wire_checks(graph) if each.verdict is Verdict.DIFFERS]
    assert wrong == [Wire("x", "w", 0)]


def test_each_branch_of_a_node_is_checked_by_itself() -> None:
    graph = build({"x": 3.0}, {"f": ("mul", "x", "x")})
    assert [each.analytic for each in wire_checks(graph)] == [3.0, 3.0]
    assert [each.numerical for each in wire_checks(graph)] == pytest.approx([3.0, 3.0])


def test_a_wire_at_a_tie_is_a_kink() -> None:
    graph = build({"x": 1.0, "y": 1.0}, {"f": ("max", "x", "y")})
    found = wire_checks(graph)
    assert {each.verdict for each in found} == {Verdict.KINK}
    assert found[0].says == "f is just at a kink or tie, where the slope jumps"


def test_wires_behind_an_open_port_are_not_computed() -> None:
    graph = build({"x": 1.0}, {"q": ("exp", "x"), "f": ("add", "q", None)})
    assert {each.verdict for each in wire_checks(graph)} == {Verdict.NOT_COMPUTED}


def test_the_step_changes_what_is_shown_and_never_the_verdict() -> None:
    graph = build({"x": 1.3}, {"f": ("exp", "x")})
    usual, *_ = check_gradients(graph)
    long, *_ = check_gradients(graph, settings=CheckSettings(0.1, two_sided=False))
    short, *_ = check_gradients(graph, settings=CheckSettings(1e-15))
    assert usual.verdict is long.verdict is short.verdict is Verdict.AGREES
    assert long.numerical == pytest.approx(np.exp(1.3) * (np.exp(0.13) - 1.0) / 0.13)
    assert usual.band is Band.HAPPY
    assert long.band is Band.WRONG
    assert short.band in (Band.UNEASY, Band.WRONG)


@pytest.mark.parametrize(
    ("error", "band"),
    [
        *((0.0, Band.HAPPY), (1e-7, Band.HAPPY), (1.1e-7, Band.FINE), (1e-4, Band.FINE)),
        *((1.1e-4, Band.UNEASY), (1e-2, Band.UNEASY), (1.1e-2, Band.WRONG), (1.0, Band.WRONG)),
    ],
)
def test_bands_are_those_of_courses(error: float, band: Band) -> None:
    assert band_of(error) is band


def test_the_gravest_verdict_comes_before_the_largest_error() -> None:
    agrees = Check("x", (), 1.0, 1.1, 0.1, Verdict.AGREES)
    differs = Check("x", (), 1.0, 1.001, 1e-3, Verdict.DIFFERS)
    assert max(agrees, differs, key=gravity) is differs


def test_the_error_is_rounding_on_the_left_and_truncation_on_the_right() -> None:
    graph = build({"x": 1.3}, {"f": ("exp", "x")})
    for subject in ("x", Wire("x", "f", 0)):
        curve = error_curve(graph, subject, ())
        central = {sample.step: sample.central or 0.0 for sample in curve.samples}
        assert [*central] == [*STEPS]
        best = min(central.values())
        assert best < 1e-9
        assert central[STEPS[0]] > 1e-4
        assert central[STEPS[-1]] > 1e-2
        # The square of the step to both sides, the step itself to one.
        tenth = {round(np.log10(s.step), 2): s for s in curve.samples}
        wide, narrow = tenth[-1.0], tenth[-2.0]
        assert wide.central is not None
        assert wide.one_sided is not None
        assert wide.central / (narrow.central or 1.0) == pytest.approx(100.0, rel=0.05)
        assert wide.one_sided / (narrow.one_sided or 1.0) == pytest.approx(10.0, rel=0.1)


def test_the_error_beside_a_kink_says_over_which_steps_it_reaches() -> None:
    graph = build({"x": 1e-3}, {"f": ("relu", "x")})
    curve = error_curve(graph, "x", ())
    assert [sample.kinked for sample in curve.samples] == [step >= 1e-3 for step in STEPS]


def test_of_a_gradient_of_zero_the_error_is_absolute() -> None:
    graph = build({"x": 0.0}, {"f": ("cos", "x")})
    curve = error_curve(graph, "x", ())
    assert not curve.is_relative
    assert max(sample.central or 0.0 for sample in curve.samples) < 1e-9


@given(st.floats(0.01, 1e3), st.floats(0.01, 1e3), st.floats(-1e3, 1e3))
def test_a_number_on_which_the_output_depends_linearly_is_told(
    x: float, slope: float, beside: float
) -> None:
    product = {"p": ("mul", "x", "w"), "f": ("add", "p", "b")}
    graph = build({"x": x, "w": slope, "b": beside}, product)
    assert all(error_curve(graph, each, ()).is_straight for each in ("x", "w", "b"))


@pytest.mark.parametrize("kind", ["exp", "square", "sin", "sigmoid", "softplus"])
@pytest.mark.parametrize("x", [-1.3, 0.5, 2.0])
def test_a_bend_is_not_taken_for_a_straight_line(kind: str, x: float) -> None:
    assert not error_curve(build({"x": x}, {"f": (kind, "x")}), "x", ()).is_straight


def test_a_kink_is_not_taken_for_a_straight_line() -> None:
    assert not error_curve(build({"x": 1e-3}, {"f": ("relu", "x")}), "x", ()).is_straight


def test_a_curve_can_be_ended_early() -> None:
    graph = build({"x": 1.0}, {"f": ("exp", "x")})
    assert error_curve(graph, "x", (), lambda: True).samples == ()


def test_without_a_gradient_there_is_no_curve() -> None:
    graph = build({"x": 1.0}, {"f": ("add", "x", None)})
    with pytest.raises(RunError, match="no gradient to check"):
        error_curve(graph, "x", ())
