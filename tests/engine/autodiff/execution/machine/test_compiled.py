"""Compiled loops: their numbers are those of the other executors, and they come when they may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.arrays import as_array
from chainrule.autodiff.execution import exchange
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.machine.compiled import FEWEST, CompiledExecutor, gates_to_compile
from chainrule.autodiff.execution.machine.fast import AT_ONCE, LARGE, OFF, Loader
from chainrule.autodiff.execution.machine.opcodes import Loops, opcode_of
from chainrule.autodiff.execution.numbering import kernel_of
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.planning.plan import Plan, compile_plan
from chainrule.autodiff.reading import downstream_at, gradient_at, value_at
from chainrule.computation.program import Program
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Elementwise
from chainrule.gates.kernel import Kernel
from chainrule.gates.kind import Kind
from chainrule.graph.edits import SetValue
from chainrule.graph.graph import GateGraph
from tests.helpers.grown_graphs import EXACT, FORMS, SEEDS, TAME, grown
from tests.helpers.random_graphs import UNARY, build, kind_of

MOST = 10**9
SIZES = st.sampled_from([FEWEST, 40, 150])
ODD = (*TAME, 0.0, -0.0, np.inf, -np.inf, np.nan)
# Their slopes are at most 1: what differs in the last digit does so in the end.
GENTLE = [
    *((name, {}) for name in ("sigmoid", "tanh", "softplus", "sin", "cos", "abs", "relu", "neg")),
    *((name, {}) for name in ("add", "sub", "max", "min")),
    ("mul_constant", {"c": 0.5}),
]
# Where Numba isn't installed the others are held to each other, and to do without.
LOOPS = Loader(AT_ONCE).loops


def executors(plan: Plan) -> Iterator[Executor]:
    """Yield all that can run a plan of numbers; the stages come first."""
    yield executor_of(plan, small=0, narrow=0)
    yield executor_of(plan, small=MOST)
    if LOOPS is not None:
        yield executor_of(plan, loops=LOOPS)


def numbers(graph: GateGraph, plan: Plan, executor: Executor, seed: Any) -> list[Any]:
    """Run both passes and return all values, gradients, and gradients of wires."""
    assert not executor.forward()
    if plan.runs_backward:
        assert not executor.backward(seed)
    slots = [int(plan.flat.slots[graph.row(name)]) for name in graph.ids()]
    wires = [int(plan.flat.wires[graph.wire_number(wire)]) for wire in graph.wires()]
    return [
        [value_at(plan, executor, slot) for slot in slots],
        [gradient_at(plan, executor, slot) for slot in slots],
        [downstream_at(plan, executor, wire) for wire in wires],
    ]


def agree(graph: GateGraph, seed: Any) -> None:
    """Hold all executors to the first: their gradients are added up in another order."""
    plan = compile_plan(graph, {}, {})
    expected, *others = [numbers(graph, plan, each, seed) for each in executors(plan)]
    for ours in others:
        for mine, theirs in zip(ours, expected, strict=True):
            assert [each is None for each in mine] == [each is None for each in theirs]
            near([each for each in mine if each is not None], theirs)


def near(ours: list[Any], expected: list[Any]) -> None:
    known = np.array([each for each in expected if each is not None], np.float64)
    largest = np.abs(known[np.isfinite(known)]).max(initial=1.0)
    np.testing.assert_allclose(np.array(ours), known, rtol=1e-9, atol=1e-9 * largest)


def chain(gates: int, kind: str = "sin") -> GateGraph:
    return build({"x": 0.5}, {f"g{n}": (kind, f"g{n - 1}" if n else "x") for n in range(gates)})


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15)
@given(seed=SEEDS, size=SIZES)
def test_they_agree_where_numbers_are_infinite_or_nan(form: str, seed: int, size: int) -> None:
    graph = grown(seed, form, size, EXACT, ODD)
    agree(graph, Passes(graph).seed)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15)
@given(seed=SEEDS, size=SIZES)
def test_they_agree_on_functions_that_are_rounded(form: str, seed: int, size: int) -> None:
    graph = grown(seed, form, size, GENTLE, ODD)
    agree(graph, Passes(graph).seed)


def with_ports(count: int) -> list[str]:
    """Return the gates of `count` inputs that have kernels and need no parameters."""
    kinds = [each for each in all_kinds() if issubclass(each, Elementwise) and each.kernel]
    needs = {each.name for each in kinds if any(info.required for info in each.parameters())}
    return [each.name for each in kinds if len(each.ports) == count and each.name not in needs]


KERNEL_GATES = [
    *UNARY,
    *((name, {}) for name in with_ports(1) if (name, {}) not in UNARY),
    *(("power", {"exponent": 0.0}), ("power", {"exponent": -1.5})),
    *(("clip", {"min": -1.0, "max": 0.5}), ("threshold", {"threshold": 0.0, "value": 2.0})),
    *(("gelu", {"approximate": "tanh"}), ("leaky_relu", {"negative_slope": 0.0})),
    *(("elu", {"alpha": -0.5}), ("celu", {"alpha": 0.5}), ("hardshrink", {"lambd": 0.0})),
]
PAIR_GATES = with_ports(2)
NUMBERS = [*ODD, 0.3, -0.7, 20.0, -20.0, 800.0, -800.0, 1e308, -1e308, 5e-324]
LEAVES = {f"x{n}": number for n, number in enumerate(NUMBERS)}


@pytest.mark.parametrize("seed", [1.0, np.inf])
@pytest.mark.parametrize(("gate", "settings"), KERNEL_GATES)
def test_a_gate_of_one_input_agrees_at_all_kinds_of_numbers(
    gate: str, settings: dict[str, Any], seed: float
) -> None:
    agree_gate_by_gate(kind_of(gate, **settings), [(name,) for name in LEAVES], seed)


@pytest.mark.parametrize("seed", [1.0, np.inf])
@pytest.mark.parametrize("gate", PAIR_GATES)
def test_a_gate_of_two_inputs_agrees_at_all_kinds_of_numbers(gate: str, seed: float) -> None:
    agree_gate_by_gate(kind_of(gate), [(one, other) for one in LEAVES for other in LEAVES], seed)


def agree_gate_by_gate(kind: Kind, inputs: list[tuple[str, ...]], seed: float) -> None:
    """Compare the value of each gate of many and what it sends back along its wires.

    They are all summed up, so that each receives the seed; the sum itself is nan.
    """
    gates = {f"g{n}": (kind, *names) for n, names in enumerate(inputs)}
    graph = build(LEAVES, {**gates, "sum": ("add", *gates)}, output="sum")
    plan = compile_plan(graph, {}, {})
    expected, *others = [numbers(graph, plan, each, seed) for each in executors(plan)]
    for values, _, wires in others:
        np.testing.assert_allclose(values, expected[0], rtol=1e-14, atol=1e-320)
        np.testing.assert_allclose(wires, expected[2], rtol=1e-14, atol=1e-320)


def test_every_kernel_whose_parameters_are_operands_can_be_compiled() -> None:
    kernels = {kind.kernel for kind in all_kinds() if issubclass(kind, Elementwise)}
    plain = [each for each in kernels if isinstance(each, Kernel)]
    assert [each.name for each in plain if opcode_of(each) is None] == []


def test_kernels_of_a_family_that_ship_as_they_are_can_be_compiled() -> None:
    gelus = [kind_of("gelu", approximate=each) for each in ("none", "tanh")]
    kernels = [kernel_of(each) for each in gelus]
    assert None not in [each and opcode_of(each) for each in kernels]


@pytest.mark.parametrize("kind", ["max", "min"])
def test_an_infinite_gradient_does_not_pass_where_another_input_was_chosen(kind: str) -> None:
    graph = build({"a": 1.0, "b": 2.0}, {"m": (kind, "a", "b"), **_padding("a")}, output="m")
    plan = compile_plan(graph, {}, {})
    blocked = "a" if kind == "max" else "b"
    for executor in executors(plan):
        _, gradients, _ = numbers(graph, plan, executor, np.inf)
        found = dict(zip(graph.ids(), gradients, strict=True))
        assert found[blocked] == 0.0


def test_nothing_flows_through_gates_that_do_not_reach_the_output() -> None:
    graph = build({"x": 2.0}, {"y": ("square", "x"), **_padding("x")}, output="y")
    plan = compile_plan(graph, {}, {})
    for executor in executors(plan):
        values, gradients, wires = numbers(graph, plan, executor, 1.0)
        assert None not in values
        assert dict(zip(graph.ids(), gradients, strict=True))["x"] == 4.0
        assert np.count_nonzero(wires) == 1


def test_what_can_not_be_computed_has_no_numbers() -> None:
    graph = build({"x": 2.0}, {"open": ("add", "x", None), **_padding("x")}, output="p0")
    agree(graph, 1.0)


def test_other_seeds_after_one_forward_pass_give_their_own_gradients() -> None:
    graph = build({"x": 0.5}, {"y": ("tanh", "x"), **_padding("x")}, output="y")
    plan = compile_plan(graph, {}, {})
    slot = int(plan.flat.slots[graph.row("x")])
    for executor in executors(plan):
        executor.forward()
        executor.backward(as_array(1.0))
        once = float(executor.number_gradients(np.array([slot]))[0])
        executor.backward(as_array(-2.0))
        assert executor.number_gradients(np.array([slot]))[0] == pytest.approx(-2.0 * once)


def test_too_few_gates_and_tensors_are_left_to_the_others() -> None:
    assert gates_to_compile(compile_plan(chain(FEWEST), {}, {})) == FEWEST
    assert gates_to_compile(compile_plan(chain(FEWEST - 1), {}, {})) == 0
    graph = build({"v": [1.0, 2.0]}, {**_padding("v"), "y": ("sum", "p0")}, output="y")
    assert gates_to_compile(compile_plan(graph, {}, {})) == 0


def _padding(source: str) -> dict[str, tuple[Any, ...]]:
    return {f"p{n}": ("sin", source) for n in range(FEWEST)}


# --- The exchange ---------------------------------------------------------------------------------


def without_code(*_: Any) -> int:
    """Stand for compiled code that nobody runs."""
    return 0


NO_CODE = Loops(without_code, without_code)


@pytest.fixture
def loading(monkeypatch: pytest.MonkeyPatch) -> Loader:
    """Let passes and programs ask a loader that has nothing yet, and starts at the third run."""
    loader = Loader("")
    for module in ("execution.exchange", "passes", "probe"):
        monkeypatch.setattr(f"chainrule.autodiff.{module}.loader", loader)
    monkeypatch.setattr("chainrule.computation.program.loader", loader)
    return loader


def test_large_graphs_that_run_again_are_compiled_and_keep_their_numbers(loading: Loader) -> None:
    graph = chain(LARGE)
    passes = Passes(graph)
    SetValue("x", as_array(0.75)).apply(graph)
    passes.update(SetValue("x", as_array(0.75)).changes())
    before, compiled = passes.gradient("x"), passes.compiled
    passes.run()
    loading.wait()
    passes.run()
    assert isinstance(passes.executor, CompiledExecutor) == (LOOPS is not None)
    assert passes.compiled == compiled + (LOOPS is not None)
    assert passes.value("x") == 0.75
    assert passes.gradient("x") == pytest.approx(before, rel=1e-9)


def test_programs_are_compiled_too(loading: Loader) -> None:
    graph = chain(LARGE, "tanh")
    program = Program(graph, Passes(graph), ["x"], keep_wires=True)
    first, gradient = program.run([0.25]), program.gradients()[0]
    program.run([0.5])
    loading.wait()
    assert program.run([0.25]) == pytest.approx(first, rel=1e-12)
    assert program.gradients()[0] == pytest.approx(gradient, rel=1e-9)
    assert program.wire_gradients()[0] == pytest.approx(gradient, rel=1e-9)


def test_graphs_that_run_once_or_are_small_load_nothing(
    loading: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("importlib.util.find_spec", asked.append)
    for graph in (chain(LARGE), *[chain(LARGE - 1)] * 5):
        Passes(graph)
    loading.wait()
    assert asked == []


def test_without_numba_everything_runs_as_before(
    loading: Loader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    passes = Passes(chain(LARGE))
    for _ in range(5):
        passes.run()
        loading.wait()
    assert not isinstance(passes.executor, CompiledExecutor)
    assert passes.gradient("x") is not None
    assert caplog.messages == []


def test_a_failure_to_compile_is_logged_in_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> Loops:
        raise RuntimeError("cannot cache function:\nno locator available")

    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr("chainrule.autodiff.execution.machine.fast._compile", fail)
    loader = Loader(AT_ONCE)
    assert loader.loops is None
    assert loader.loops is None
    assert caplog.messages == [
        "graphs run without compiled loops: cannot cache function: no locator available"
    ]


def test_switched_off_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "chainrule.autodiff.execution.machine.fast._compile",
        lambda: NO_CODE,
    )
    loader = Loader(OFF)
    for _ in range(9):
        loader.note_run(LARGE)
    loader.wait()
    assert loader.loops is None


def test_an_exchange_happens_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loader = Loader(AT_ONCE)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr(
        "chainrule.autodiff.execution.machine.fast._compile",
        lambda: NO_CODE,
    )
    monkeypatch.setattr(exchange, "loader", loader)
    plan = compile_plan(chain(FEWEST), {}, {})
    executor = executor_of(plan)
    watching = exchange.Exchange(plan, executor)
    assert isinstance(watching.take(executor), CompiledExecutor)
    assert watching.take(executor) is None
