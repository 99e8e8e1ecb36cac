"""Gradient graphs: their values are the gradients, and their gradients second derivatives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Array, as_array
from chainrule.autodiff.gradient_graph import RULES, GradientGraph, gradient_graph
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.second_order import hessian
from chainrule.errors import RunError
from chainrule.expression import graph_from_formula
from chainrule.files import read_graph, write_graph
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate
from chainrule.graph.composites import Composite
from chainrule.graph.edits import AddNodes, SetDefinitions, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, Wire
from chainrule.graph.queries import output_of
from chainrule.graph.switches import SetMuted
from tests.helpers.grown_graphs import MIX, SEEDS
from tests.helpers.lecture_graphs import LECTURE_NAMES, lecture_graph
from tests.helpers.random_graphs import build, kind_of, runnable_graphs
from tests.helpers.tensor_graphs import tensor_graph

EXAMPLES = Path(__file__).parents[3] / "assets" / "examples"

# What a wire carries is the same number; what a sum rounds is not.
RELATIVE, ABSOLUTE = 1e-8, 1e-10


def close(one: Array | None, other: Array | None, size: float = 1.0) -> bool:
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and np.allclose(
        one, other, rtol=RELATIVE, atol=ABSOLUTE * size, equal_nan=True
    )


def check_gradients_of(graph: GateGraph) -> GradientGraph | None:
    """Check all gradients of nodes and wires; None where there is nothing finite to check."""
    before = Passes(graph)
    if before.output is None or before.value(before.output) is None or not before.all_finite:
        return None
    made = gradient_graph(graph)
    after = Passes(made.graph)
    gradients = [g for each in graph.ids() if (g := before.gradient(each)) is not None]
    largest = max((float(np.max(np.abs(each), initial=0.0)) for each in gradients), default=1.0)
    size = max(1.0, largest)
    for each, name in made.gradients.items():
        assert close(after.value(name), before.gradient(each), size), each
    for wire, name in made.wires.items():
        assert close(after.value(name), before.wire_gradient(wire), size), wire
    return made


def check_second_derivatives(graph: GateGraph, made: GradientGraph, seed: int) -> None:
    """Check what comes back from one leaf's gradient, weighted, against Hessian times vector."""
    passes = Passes(graph)
    leaves = [node.id for node in graph if node.is_leaf and node.id in made.gradients]
    second = hessian(graph, passes, leaves)
    of = leaves[seed % len(leaves)]
    rng = np.random.default_rng(seed)
    weights = {
        each: rng.normal(size=shape)[()] if each == of else np.zeros(shape)[()]
        for each, shape in zip(second.names, second.shapes, strict=True)
    }
    expected = second.times(weights)
    header = Header(output=made.gradients[of], seed=as_array(weights[of]))
    SetHeader(header).apply(made.graph)
    again = Passes(made.graph)
    size = max(float(np.max(np.abs(each), initial=1.0)) for each in expected.values())
    if not all(np.isfinite(each).all() for each in expected.values()) or size > 1e6:
        return
    for each in leaves:
        assert close(again.gradient(each), expected[each], size), (of, each)


def summed_up(graph: GateGraph) -> GateGraph:
    """Let the output be one number, the mean of a bounded function of what it was."""
    output = output_of(graph)
    assert output is not None
    nodes = (Node("bounded", kind_of("tanh"), 1), Node("single", kind_of("mean"), 1))
    wires = (Wire(output, "bounded", 0), Wire("bounded", "single", 0))
    AddNodes(nodes, wires).apply(graph)
    SetHeader(Header(output="single")).apply(graph)
    return graph


@given(graph=runnable_graphs(open_ports=False))
def test_gradients_of_random_graphs_are_those_of_the_backward_pass(graph: GateGraph) -> None:
    with np.errstate(all="ignore"):
        check_gradients_of(graph)


@given(seed=SEEDS)
def test_gradients_of_tensors_are_those_of_the_backward_pass(seed: int) -> None:
    with np.errstate(all="ignore"):
        check_gradients_of(tensor_graph(seed, 12))


@given(seed=SEEDS)
def test_their_own_gradients_are_second_derivatives(seed: int) -> None:
    with np.errstate(all="ignore"):
        graph = summed_up(tensor_graph(seed, 10))
        made = check_gradients_of(graph)
        if made is not None:
            check_second_derivatives(graph, made, seed)


def samples_of(name: str) -> list[tuple[dict[str, Any], tuple[Any, ...]]]:
    """Return settings and inputs on which the gate `name` is tried."""
    kind = get_kind(name)
    assert issubclass(kind, Gate)
    usual = {each.name: each.default for each in kind.parameters() if each.required}
    return [*((usual, each) for each in kind.samples), *kind.variants]


SAMPLES = [
    pytest.param(kind_of(name, **settings), inputs, id=f"{name} {settings} {number}")
    for name in RULES
    for number, (settings, inputs) in enumerate(samples_of(name))
]


def around(gate: Gate, inputs: tuple[Any, ...]) -> GateGraph:
    """Return a gate whose output is weighted and squared before it is summed up."""
    leaves = {f"x{port}": as_array(each) for port, each in enumerate(inputs)}
    shape = gate.infer_shape(*(each.shape for each in leaves.values()))
    weights = np.reshape(np.linspace(0.5, 1.5, int(np.prod(shape))), shape)[()]
    graph = build({**leaves, "w": weights}, {"g": (gate, *leaves)})
    nodes = (
        *(Node("p", kind_of("mul"), 2), Node("r", kind_of("square"), 1)),
        *(Node("s", kind_of("add"), 2), Node("f", kind_of("sum"), 1)),
    )
    wires = (Wire("g", "p", 0), Wire("w", "p", 1), Wire("p", "r", 0))
    AddNodes(nodes, (*wires, Wire("r", "s", 0), Wire("p", "s", 1), Wire("s", "f", 0))).apply(graph)
    return graph


def gate_of(name: str, settings: dict[str, Any]) -> Gate:
    """Return a gate with settings."""
    gate = kind_of(name, **settings)
    assert isinstance(gate, Gate)
    return gate


def refusal(graph: GateGraph) -> str:
    """Return why a graph has no gradient graph; nothing if it has one."""
    try:
        gradient_graph(graph)
    except RunError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_each_rule_agrees_at_the_samples_of_its_gate(gate: Gate, inputs: tuple[Any, ...]) -> None:
    graph = around(gate, inputs)
    said = refusal(graph)
    if said:
        assert "no gradient graph" in said
        return
    made = check_gradients_of(graph)
    assert made is not None
    if gate.differentiates:
        for leaf in range(len(inputs) + 1):
            check_second_derivatives(graph, made, leaf)


def test_few_settings_are_refused() -> None:
    trials = [(name, *each) for name in RULES for each in samples_of(name)]
    refused = {
        name
        for name, settings, inputs in trials
        if refusal(around(gate_of(name, settings), inputs))
    }
    # Over several axes of more, with a step, with a border of the array itself, of images, by other
    # powers than 1 and 2, with a term of the target alone.
    refusing = {"amax", "amin", "cross_entropy", "norm", "pad", "poisson_nll_loss", "slice"}
    assert refused == refusing


@pytest.mark.parametrize("name", ["exp", "tanh", "sigmoid", "softplus", "square", "sin"])
@given(x=st.floats(-30.0, 30.0))
def test_third_derivatives_come_from_doing_it_again(name: str, x: float) -> None:
    once = gradient_graph(build({"x": x}, {"f": (name, "x")})).graph
    twice = Passes(gradient_graph(once).graph)
    output = twice.output
    assert output is not None
    assert close(twice.value(output), Passes(once).gradient("x"))


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_the_worked_cases_have_gradient_graphs(name: str) -> None:
    assert check_gradients_of(lecture_graph(name)) is not None


def test_it_is_a_file_like_any_other(tmp_path: Path) -> None:
    made = gradient_graph(lecture_graph("sigmoid-neuron-staged"))
    path = tmp_path / "g.chainrule"
    write_graph(made.graph, path)
    again = read_graph(path)
    assert json.loads(path.read_text())["output"] == "dw0"
    assert Passes(again).value("dw0") == Passes(made.graph).value("dw0")


def test_quantities_are_named_after_what_they_are_the_gradient_of() -> None:
    graph = graph_from_formula("q = x + y; f = q * z", {"x": -2.0, "y": 5.0, "z": -4.0})
    made = gradient_graph(graph, "z")
    assert made.gradients == {each: f"d{each}" for each in graph.ids()}
    assert made.graph.header.output == "dz"
    passes = Passes(made.graph)
    assert [float(passes.value(f"d{each}") or 0.0) for each in "xyzq"] == [-4.0, -4.0, 3.0, -4.0]


def test_branches_have_nodes_of_their_own() -> None:
    made = gradient_graph(build({"x": 3.0}, {"f": ("mul", "x", "x")}))
    assert sorted(made.wires.values()) == ["dx_f", "dx_f2"]
    assert made.graph.inputs("dx") == ("dx_f", "dx_f2")


def test_a_name_that_is_taken_gets_a_number() -> None:
    made = gradient_graph(build({"x": 3.0, "dx": 1.0}, {"f": ("mul", "x", "dx")}))
    assert made.gradients == {"x": "dx2", "dx": "ddx", "f": "df"}


def test_composites_are_expanded() -> None:
    graph = build({"x": 2.0, "y": -1.0}, {})
    SetDefinitions({"mix": MIX}).apply(graph)
    node = Node("m", Composite("mix", MIX.inputs), 3)
    wires = (Wire("x", "m", 0), Wire("y", "m", 1), Wire("y", "m", 2))
    AddNodes((node,), wires, "m").apply(graph)
    made = gradient_graph(graph)
    before, after = Passes(graph), Passes(made.graph)
    for leaf in ("x", "y"):
        assert close(after.value(made.gradients[leaf]), before.gradient(leaf))
    assert not made.graph.definitions or all(
        not isinstance(each.kind, Composite) for each in made.graph
    )


def test_a_muted_gate_passes_all_of_it_to_its_first_input() -> None:
    graph = build({"x": 3.0, "y": 2.0}, {"q": ("mul", "x", "y"), "f": ("square", "q")})
    SetMuted({"q": True}).apply(graph)
    check_gradients_of(graph)
    assert Passes(gradient_graph(graph).graph).value("dy") == 0.0


def test_what_a_muted_gate_ignores_may_be_unfinished() -> None:
    graph = build({"x": 3.0}, {"u": ("exp", None), "q": ("mul", "x", "u"), "f": ("square", "q")})
    SetMuted({"q": True}).apply(graph)
    made = gradient_graph(graph)
    assert Passes(made.graph).value("dx") == 6.0
    assert "u" not in made.gradients


def test_a_leaf_that_does_not_reach_the_output_has_the_gradient_0() -> None:
    graph = build({"x": 3.0, "u": [1.0, 2.0]}, {"f": ("exp", "x"), "g": ("exp", "u")}, output="f")
    value = Passes(gradient_graph(graph).graph).value("du")
    assert value is not None
    assert value.tolist() == [0.0, 0.0]


def test_a_gate_without_a_rule_is_named() -> None:
    graph = build({"A": np.eye(2)}, {"f": ("det", "A")})
    with pytest.raises(RunError, match="'f': the gate det has no gradient graph; build it from"):
        gradient_graph(graph)


def test_without_a_value_there_is_a_sentence() -> None:
    with pytest.raises(RunError, match="the output 'f' has no value"):
        gradient_graph(build({"x": 1.0}, {"f": ("add", "x", None)}))


def test_a_gate_that_is_written_as_smaller_ones_may_read_one_node_twice() -> None:
    graph = build(
        {"x": [[1.0, -2.0], [3.0, 0.5]], "w": [0.5, 2.0]},
        {"n": ("layer_norm", "x", "w", "w"), "f": ("sum", "n")},
    )
    assert check_gradients_of(graph) is not None


@pytest.mark.parametrize("name", ["batch-normalisation-gate", "convolutional-network"])
def test_the_examples_of_layers_have_gradient_graphs(name: str) -> None:
    assert check_gradients_of(read_graph(EXAMPLES / f"{name}.chainrule")) is not None


def test_the_seed_becomes_the_first_gradient() -> None:
    graph = build({"x": [1.0, 2.0]}, {"f": ("exp", "x")}, seed=as_array([1.0, -2.0]))
    value = Passes(gradient_graph(graph).graph).value("df")
    assert value is not None
    assert value.tolist() == [1.0, -2.0]


def test_frames_tell_forward_from_backward() -> None:
    made = gradient_graph(build({"x": 1.0}, {"f": ("exp", "x")}))
    frames = made.graph.header.frames
    assert [each["title"] for each in frames] == ["Forward", "Backward"]
    assert frames[1]["nodes"] == [*made.backward]
