"""Laws of Jacobians on random graphs of tensors, and what they say of themselves."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule import Graph
from chainrule.arrays import Floats
from chainrule.autodiff.jacobian import Certainty, Form, Jacobian, jacobian_between, local_jacobian
from chainrule.autodiff.jacobian.checking import EntryCheck
from chainrule.autodiff.jacobian.lines import Lines
from chainrule.autodiff.passes import Passes
from chainrule.errors import RunError
from chainrule.graph.edits import SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule.graph.queries import downstream_of, upstream_of
from tests.helpers.random_graphs import definition_of
from tests.helpers.tensor_graphs import tensor_graph

SEEDS = st.integers(0, 2**32 - 1)
LARGEST = 1200


def some_jacobian(seed: int) -> Jacobian | None:
    """Return a Jacobian between two nodes of a random graph, if it has finite numbers."""
    graph = tensor_graph(seed, 12)
    passes, random = Passes(graph), Random(seed)
    nodes = [node.id for node in graph]
    source = random.choice(nodes)
    behind = sorted(downstream_of(graph, [source]) - {source})
    target = random.choice(behind or [source])
    values = [passes.value(each) for each in (source, target)]
    if any(each is None or not np.isfinite(each).all() or not each.size for each in values):
        return None
    jacobian = jacobian_between(graph, passes, target, source)
    finite = all(np.isfinite(step.output).all() for step in jacobian.path.steps)
    return jacobian if finite and jacobian.size <= LARGEST else None


def formed(jacobian: Jacobian, *, by_rows: bool) -> Floats:
    """Return all entries by passes in one direction."""
    lines = Lines(jacobian.path)
    if by_rows:
        return np.stack([lines.row(each) for each in range(jacobian.rows)])
    return np.stack([lines.column(each) for each in range(jacobian.columns)], axis=1)


@given(seed=SEEDS)
def test_rows_by_backward_passes_are_columns_by_forward_mode_and_what_is_known(seed: int) -> None:
    jacobian = some_jacobian(seed)
    if jacobian is None:
        return
    by_rows, by_columns = (formed(jacobian, by_rows=each) for each in (True, False))
    if not np.isfinite(by_rows).all():
        return  # a slope is infinite, as that of a root at 0
    size = 1.0 + float(np.abs(by_rows).max(initial=0.0))
    np.testing.assert_allclose(by_columns, by_rows, rtol=1e-9, atol=1e-11 * size)
    whole = jacobian.block(slice(None), slice(None))
    np.testing.assert_allclose(whole, by_rows, rtol=1e-9, atol=1e-11 * size)
    np.testing.assert_array_equal(jacobian.dense(), whole.reshape(jacobian.shape))


@given(seed=SEEDS)
def test_what_can_be_nonzero_is_counted(seed: int) -> None:
    jacobian = some_jacobian(seed)
    if jacobian is None:
        return
    entries = jacobian.block(slice(None), slice(None))
    if np.isfinite(entries).all():
        structure = jacobian.structure
        assert np.count_nonzero(entries) <= structure.nonzeros <= structure.size
        assert (structure.form is Form.ZERO) <= (not entries.any())


@given(seed=SEEDS)
def test_an_upstream_gradient_meets_a_tangent_alike_from_both_sides(seed: int) -> None:
    jacobian = some_jacobian(seed)
    if jacobian is None:
        return
    rng = np.random.default_rng(seed)
    upstream = rng.normal(size=jacobian.out_shape)[()]
    tangent = rng.normal(size=jacobian.in_shape)[()]
    there = float(np.sum(upstream * jacobian.times(tangent)))
    back = float(np.sum(jacobian.after(upstream) * tangent))
    if np.isfinite([there, back]).all():
        terms = np.abs(upstream).sum() * np.abs(jacobian.times(tangent)).max(initial=0.0)
        assert there == pytest.approx(back, rel=1e-9, abs=1e-9 * (1.0 + terms))


def separator_of(graph: GateGraph, target: str, source: str) -> str | None:
    """Return a node that all ways from `source` to `target` lead through, if there is one."""
    between = (upstream_of(graph, [target]) & downstream_of(graph, [source])) - {source, target}
    for node in sorted(between):
        open_ways = {source}
        frontier = [source]
        while frontier:
            for wire in graph.wires_from(frontier.pop()):
                if wire.target != node and wire.target not in open_ways:
                    open_ways.add(wire.target)
                    frontier.append(wire.target)
        if target not in open_ways:
            return node
    return None


@given(seed=SEEDS)
def test_the_chain_rule_multiplies_jacobians(seed: int) -> None:
    jacobian = some_jacobian(seed)
    if jacobian is None:
        return
    graph = tensor_graph(seed, 12)
    passes = Passes(graph)
    middle = separator_of(graph, jacobian.target, jacobian.source)
    if middle is None:
        return
    first = jacobian_between(graph, passes, middle, jacobian.source)
    second = jacobian_between(graph, passes, jacobian.target, middle)
    pieces = [each.block(slice(None), slice(None)) for each in (second, first, jacobian)]
    if all(np.isfinite(each).all() for each in pieces):
        size = 1.0 + float(np.abs(pieces[0]).max() * np.abs(pieces[1]).max())
        product = pieces[0] @ pieces[1]
        np.testing.assert_allclose(product, pieces[2], rtol=1e-8, atol=1e-10 * size)


@given(seed=SEEDS, data=st.data())
def test_entries_agree_with_central_differences(seed: int, data: st.DataObject) -> None:
    jacobian = some_jacobian(seed)
    if jacobian is None:
        return
    row = data.draw(st.integers(0, jacobian.rows - 1))
    column = data.draw(st.integers(0, jacobian.columns - 1))
    check = jacobian.check(row, column)
    smooth = not check.kink and check.error is not None
    if smooth and max(abs(check.analytic), abs(check.numerical)) < 1e3:
        values = [float(np.abs(step.output).max(initial=0.0)) for step in jacobian.path.steps]
        if max(values, default=0.0) < 1e3:
            assert check.analytic == pytest.approx(check.numerical, rel=1e-3, abs=1e-3)


def lecture_relu(size: int = 4096) -> Graph:
    """Return the lecture's example: max(0, x) on thousands of numbers."""
    g = Graph()
    g.relu(g.input("x", np.linspace(-2.0, 2.0, size)), name="y")
    g.forward()
    return g


def test_the_jacobian_of_relu_is_diagonal_and_never_formed() -> None:
    jacobian = lecture_relu().jacobian("y", "x")
    assert jacobian.shape == (4096, 4096)
    assert jacobian.bytes == 128 * 2**20
    assert jacobian.structure.form is Form.DIAGONAL
    assert jacobian.structure.words == "diagonal: 4,096 of 16,777,216 entries can be nonzero"
    assert jacobian.instead == (
        "relu: a mask of 4,096 numbers times the upstream gradient; the Jacobian would be 128 MB"
    )
    assert jacobian.entry(4000, 4000) == 1.0
    assert jacobian.entry(0, 0) == 0.0
    np.testing.assert_array_equal(
        jacobian.block(range(2047, 2050), range(2047, 2050)), np.diag([0.0, 1.0, 1.0])
    )


def test_a_jacobian_beyond_128_mb_is_not_formed() -> None:
    jacobian = lecture_relu(4097).jacobian("y", "x")
    with pytest.raises(RunError, match=r"would be 128 MB; ask for a block"):
        jacobian.dense()


def test_a_jacobian_stays_as_it_was_when_the_graph_runs_again() -> None:
    g = Graph()
    x = g.input("x", [1.0, 2.0])
    g.square(x, name="y")
    g.forward()
    jacobian = g.jacobian("y", "x")
    g.forward({"x": [5.0, 6.0]})
    np.testing.assert_array_equal(jacobian.dense(), np.diag([2.0, 4.0]))


def test_indices_name_all_axes_or_count_flat() -> None:
    g = Graph()
    g.matmul(g.parameter("W", [[1.0, 2.0], [3.0, 4.0]]), g.input("x", [5.0, 6.0]), name="y")
    g.forward()
    jacobian = g.jacobian("y", "W")
    assert jacobian.shape == (2, 2, 2)
    assert jacobian.entry((1,), (1, 0)) == jacobian.entry(1, 2) == 5.0
    with pytest.raises(IndexError, match=r"no index \(1, 2\) in the shape \(2, 2\)"):
        jacobian.entry(0, (1, 2))
    with pytest.raises(IndexError, match="no index 4"):
        jacobian.entry(0, 4)


def test_a_port_counts_alone_where_one_value_comes_in_twice() -> None:
    g = Graph()
    x = g.input("x", [3.0, 5.0])
    g.matmul(x, x, name="y")
    g.forward()
    passes = Passes(g.gates)
    np.testing.assert_array_equal(local_jacobian(g.gates, passes, "y", 1).dense(), [3.0, 5.0])
    np.testing.assert_array_equal(g.jacobian("y", "x").dense(), [6.0, 10.0])


def test_a_batch_is_found_to_be_block_diagonal() -> None:
    g = Graph()
    rng = np.random.default_rng(0)
    x, W = g.input("x", rng.normal(size=(20, 30))), g.input("W", rng.normal(size=(30, 8)))
    V = g.input("V", rng.normal(size=(8, 16)))
    hidden = g.tanh(g.matmul(x, W))
    g.softmax(g.matmul(hidden, V), axis=1, name="y")
    g.forward()
    structure = g.jacobian("y", "x").structure
    assert (structure.form, structure.certainty) == (Form.BLOCK_DIAGONAL, Certainty.PROBED)
    assert structure.detail == "20 blocks of 16 × 30"
    assert g.jacobian("y", "W").structure.form is not Form.BLOCK_DIAGONAL


def test_a_product_of_thin_matrices_is_found_to_be_of_low_rank() -> None:
    g = Graph()
    rng = np.random.default_rng(0)
    x, u = g.input("x", rng.normal(size=300)), g.input("u", rng.normal(size=(3, 300)))
    v = g.input("v", rng.normal(size=(400, 3)))
    g.matmul(v, g.tanh(g.matmul(u, x)), name="y")
    g.forward()
    structure = g.jacobian("y", "x").structure
    assert (structure.form, structure.detail) == (Form.LOW_RANK, "rank 3")
    assert structure.words.startswith("low rank (rank 3): all 120,000 entries")


def test_gates_one_after_the_other_have_a_diagonal_jacobian() -> None:
    g = Graph.from_formula("1 / (1 + exp(-x))", {"x": [0.0, 1.0]})
    g.forward()
    assert g.output is not None
    jacobian = g.jacobian(g.output, "x")
    assert jacobian.structure.form is Form.DIAGONAL
    assert jacobian.entry(0, 0) == 0.25


def test_a_composite_gate_has_a_local_jacobian() -> None:
    g = sigmoid_neuron()
    jacobian = local_jacobian(g.gates, Passes(g.gates), "s", 0)
    assert len(jacobian.path.steps) > 1
    assert jacobian.structure.form is Form.DIAGONAL
    np.testing.assert_allclose(jacobian.dense(), np.diag([0.25, 0.19661193324148185]))
    assert jacobian.formula() is None


def sigmoid_neuron() -> Graph:
    """Return a graph whose node s is a composite of the gates of a sigmoid."""
    insides = Graph.from_formula("1 / (1 + exp(-z))", {"z": 0.0}).gates
    g = Graph()
    g.apply(SetDefinitions({"sigmoid4": definition_of("sigmoid4", ("z",), insides)}))
    g.gate("sigmoid4", g.input("x", [0.0, 1.0]), name="s")
    g.forward()
    return g


def test_an_open_port_has_no_jacobian() -> None:
    g = Graph()
    x = g.input("x", 1.0)
    g.exp(x, name="y")
    g.forward()
    with pytest.raises(RunError, match="'y' has no wire at port 1"):
        local_jacobian(g.gates, Passes(g.gates), "y", 1)


def test_a_kink_is_named_where_a_difference_reaches_over_it() -> None:
    g = Graph()
    g.relu(g.input("x", [0.0, 1.0]), name="y")
    g.forward()
    jacobian = g.jacobian("y", "x")
    assert jacobian.check(0, 0).kink
    assert jacobian.check(1, 1).agrees
    assert "agrees" in jacobian.check(1, 1).words


@pytest.mark.parametrize(
    ("target", "source", "words"),
    [
        ("y", "x", "rows are the numbers of y (2,), columns those of x (2,)"),
        ("L", "x", "the only row is L, columns are the numbers of x (2,)"),
        ("y", "c", "rows are the numbers of y (2,), the only column is c"),
        ("L", "c", "the only row is L, the only column is c"),
    ],
)
def test_the_layout_names_a_single_number_by_its_name(target: str, source: str, words: str) -> None:
    g = Graph()
    x, c = g.input("x", np.array([1.0, 2.0])), g.input("c", 3.0)
    y = g.mul(x, c, name="y")
    g.sum(y, name="L")
    g.forward()
    assert g.jacobian(target, source).layout == f"numerator layout: {words}"


def test_a_difference_of_nothing_is_said_without_an_exponent() -> None:
    check = EntryCheck(analytic=-4.0, numerical=-4.0, error=0.0, kink=False)
    assert check.words == "the central difference agrees to the last digit"
