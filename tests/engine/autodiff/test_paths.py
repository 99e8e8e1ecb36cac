"""The gradient as a sum over paths: laws on random graphs, and the lecture's examples."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.autodiff.paths import MOST_WALKED, Paths
from chainrule.errors import RunError
from chainrule.expression import graph_from_formula
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.switches import SetMuted
from tests.helpers.grown_graphs import SEEDS
from tests.helpers.random_graphs import build, runnable_graphs
from tests.helpers.tensor_graphs import tensor_graph

FEW = 400


def paths_of(graph: GateGraph, source: NodeId) -> Paths:
    return Paths(graph, Passes(graph), source)


def all_paths(graph: GateGraph, source: NodeId, output: NodeId) -> list[tuple[Wire, ...]]:
    """Return all paths, by going along each."""
    if source == output:
        return [()]
    return [
        (wire, *rest)
        for wire in graph.wires_from(source)
        for rest in all_paths(graph, wire.target, output)
    ]


def check_sums(graph: GateGraph) -> None:
    """Check that for each node the paths sum up to its gradient, if all is finite."""
    passes = Passes(graph)
    if passes.output is None or passes.value(passes.output) is None or not passes.all_finite:
        return
    for source in graph.ids():
        gradient = passes.gradient(source)
        if gradient is None:
            continue
        paths = Paths(graph, passes, source)
        if paths.count > FEW:
            continue
        found = list(paths.walked())
        assert len(found) == paths.count
        assert len({path.wires for path in found}) == paths.count
        assert sum(len(path.wires) for path in found) == paths.work.by_paths
        total = sum((path.contribution for path in found), np.zeros(gradient.shape)[()])
        size = sum((float(np.max(np.abs(path.contribution))) for path in found), 1.0)
        np.testing.assert_allclose(total, gradient, rtol=1e-9, atol=1e-12 * size)


@given(graph=runnable_graphs(open_ports=False))
def test_paths_sum_up_to_the_gradient(graph: GateGraph) -> None:
    with np.errstate(all="ignore"):
        check_sums(graph)


@given(seed=SEEDS)
def test_paths_of_tensors_sum_up_to_the_gradient(seed: int) -> None:
    with np.errstate(all="ignore"):
        check_sums(tensor_graph(seed, 9))


@given(graph=runnable_graphs(open_ports=False))
def test_paths_of_numbers_come_largest_first_and_all_of_them(graph: GateGraph) -> None:
    passes = Passes(graph)
    if passes.output is None or not passes.all_finite:
        return
    for source in graph.ids():
        paths = Paths(graph, passes, source)
        if not paths.are_numbers or paths.count > FEW:
            continue
        found = list(paths.by_size())
        expected = all_paths(graph, source, passes.output)
        assert sorted(path.wires for path in found) == sorted(expected)
        for one, other in pairwise(found):
            assert one.size >= other.size * (1.0 - 1e-12)
        total = math.fsum(float(path.contribution) for path in found)
        size = sum(path.size for path in found)
        assert total == pytest.approx(
            float(passes.gradient(source) or 0.0), rel=1e-9, abs=1e-12 * (1.0 + size)
        )


def test_a_path_has_its_factors() -> None:
    graph = graph_from_formula("f = (x + y) * z", {"x": -2.0, "y": 5.0, "z": -4.0})
    (path,) = paths_of(graph, "x").largest(5)
    assert next(wire.source for wire in path.wires) == "x"
    assert path.factors == (1.0, -4.0)
    assert path.contribution == -4.0


def test_a_branch_makes_two_paths() -> None:
    graph = build({"x": 3.0}, {"f": ("mul", "x", "x")})
    paths = paths_of(graph, "x")
    assert (paths.count, paths.work.by_paths, paths.work.by_pass) == (2, 2, 2)
    assert [float(path.contribution) for path in paths.largest(5)] == [3.0, 3.0]


def ladder(rungs: int) -> GateGraph:
    """Return x doubled again and again, by adding it to itself."""
    gates = {f"g{n}": ("add", *[f"g{n - 1}" if n else "x"] * 2) for n in range(rungs)}
    return build({"x": 0.5}, gates)


def test_paths_are_counted_without_going_along_them() -> None:
    paths = paths_of(ladder(200), "x")
    assert paths.count == 2**200
    assert paths.work.by_paths == 200 * 2**200
    assert paths.work.by_pass == paths.work.by_whole_pass == 400
    assert [path.contribution for path in paths.largest(3)] == [1.0] * 3


def test_many_paths_that_all_add_nothing_do_not_pile_up() -> None:
    gates = {f"g{n}": ("mul", *[f"g{n - 1}" if n else "x"] * 2) for n in range(60)}
    paths = paths_of(build({"x": 0.0}, gates), "x")
    assert [path.contribution for path in paths.largest(3)] == [0.0] * 3


def test_of_many_paths_of_tensors_some_are_walked() -> None:
    gates = {f"g{n}": ("add", *[f"g{n - 1}" if n else "x"] * 2) for n in range(30)}
    paths = paths_of(build({"x": [0.5, 1.0]}, gates), "x")
    assert paths.count > MOST_WALKED
    assert [path.contribution.tolist() for path in paths.largest(2)] == [[1.0, 1.0]] * 2


def test_the_output_has_one_path_that_is_the_seed() -> None:
    graph = build({"x": 3.0}, {"f": ("exp", "x")}, seed=np.float64(2.5))
    (path,) = paths_of(graph, "f").largest(3)
    assert path.wires == ()
    assert path.contribution == 2.5


def test_what_does_not_reach_the_output_has_no_path() -> None:
    graph = build({"x": 3.0}, {"f": ("exp", "x"), "g": ("sin", "x")}, output="f")
    paths = paths_of(graph, "g")
    assert paths.count == 0
    assert paths.largest(3) == ()
    assert list(paths.walked()) == []


def test_a_muted_gate_leads_through_its_first_input_only() -> None:
    graph = build({"x": 3.0, "y": 2.0}, {"f": ("mul", "x", "y")})
    SetMuted({"f": True}).apply(graph)
    assert paths_of(graph, "x").largest(3)[0].factors == (1.0,)
    assert paths_of(graph, "y").count == 0


def test_without_a_gradient_there_is_a_sentence() -> None:
    graph = build({"x": 3.0}, {"f": ("mul", "x", None)})
    with pytest.raises(RunError, match="'x' has no gradient"):
        paths_of(graph, "x")


@given(width=st.integers(1, 4), depth=st.integers(1, 4))
def test_layers_multiply_the_number_of_paths(width: int, depth: int) -> None:
    gates: dict[str, tuple[str, ...]] = {}
    before = ["x"]
    for layer in range(depth):
        here = [f"h{layer}_{n}" for n in range(width)]
        gates |= dict.fromkeys(here, ("add", *before, *before[:1]))
        before = here
    gates["f"] = ("add", *before, *before[:1])
    first, *_ = [paths_of(build({"x": 1.0}, gates), "x").count]
    # Each gate reads its first source twice, so a layer's gates have width + 1 ways in.
    assert first == 2 * (width + 1) ** depth
