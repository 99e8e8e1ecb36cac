"""One sample, computed by PyTorch and by our gate: alone and as a node of a graph."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainrule.arrays import Array, as_array
from chainrule.autodiff.execution.stages.steps import run_backward, run_forward
from chainrule.autodiff.passes import Passes
from chainrule.errors import ChainruleError
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate
from chainrule.gates.leaf import Input
from chainrule.graph.edits import AddNodes, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, Wire
from tests.engine.gates.opinfo.calls import Call, Kink, LeftOut, Row, Source
from tests.engine.gates.opinfo.samples import Sample
from tests.engine.gates.opinfo.second import NotCompared, compare_second
from tests.engine.gates.torch_families.making import torch

# Of the largest number of an array: terms that cancel leave the rounding of the largest behind.
FLOOR = 1e-13


class Disagreement(Exception):  # noqa: N818 — a finding
    """What is not as in PyTorch."""


@dataclass(frozen=True)
class Numbers:
    """The output of a gate and the gradients of its inputs."""

    output: Array
    gradients: tuple[Array, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a sample that was tried.

    `deviation` is our convention where gradients differ as documented, else ""; `second` says what
    differs in second derivatives, None if they were not compared.
    """

    deviation: str = ""
    second: str | None = None


def compare(row: Row, source: Source, sample: Sample, seed: int, *, twice: bool = True) -> Outcome:
    """Compare one sample, second derivatives too if it is to be differentiated `twice`.

    Raises LeftOut for a sample that our gate does not claim to take, and Disagreement.
    """
    call = _read(source, sample)
    with _findings():
        inputs = tuple(_array(each) for each in call.inputs)
    gate = _gate_for(row, call, len(inputs))
    theirs = _theirs(call, sample)
    upstream = _upstream(tuple(theirs.shape), seed)
    with _findings():
        ours = _alone(gate, inputs, upstream)
        in_graph = _in_graph(gate, _ports(call), inputs, upstream)
    _hold("output", ours.output, _array(theirs), row)
    _hold("output in a graph", in_graph.output, ours.output, row)
    for port, pair in enumerate(zip(in_graph.gradients, ours.gradients, strict=True)):
        _hold(f"gradient {port} in a graph", *pair, row)
    fixed = {id(each) for each in call.fixed}
    leaves = [each for each in sample.leaves() if id(each) not in fixed]
    point = _Point(row, call, leaves, gate, inputs, theirs)
    differs = point.disagreement(upstream, ours.gradients)
    deviation = point.deviation(upstream, row.kink) if differs and row.kink else ""
    if differs and not deviation:
        raise Disagreement(differs)
    if deviation or source.at_kinks or not twice:
        return Outcome(deviation)
    return Outcome(second=point.second(upstream, ours.gradients, seed))


def _theirs(call: Call, sample: Sample) -> Any:
    result = call.instead() if call.instead else sample.function(*sample.args, **sample.kwargs)
    if result is NotImplemented:
        raise LeftOut("PyTorch's operator does not take it")
    theirs = call.pick(result)
    if theirs.dtype not in (torch.float64, torch.bool, torch.int64):
        raise LeftOut(f"an output of {theirs.dtype}")
    return theirs


@contextmanager
def _findings() -> Iterator[None]:
    """Turn what our side raises into a finding."""
    try:
        yield
    except ChainruleError as error:
        raise Disagreement(f"refused: {error}") from error
    except (ValueError, IndexError, TypeError, ArithmeticError) as error:
        raise Disagreement(f"{type(error).__name__}: {error}") from error


def _read(source: Source, sample: Sample) -> Call:
    try:
        return source.read(*sample.told, **sample.kwargs)
    except (TypeError, AttributeError) as error:
        raise Disagreement(f"its reader can't take it: {error}") from error


@dataclass(frozen=True)
class _Point:
    """What both have computed at one sample, before gradients are asked for."""

    row: Row
    call: Call
    leaves: list[Any]
    gate: Gate
    inputs: tuple[Array, ...]
    theirs: Any

    def disagreement(self, upstream: Array, ours: tuple[Array, ...], at: Any = False) -> str:
        """Say which gradient differs, at other places than `at`; "" if none does."""
        expected = _derived(self.theirs, self.leaves, torch.tensor(upstream))
        found = _taken_back(self.call, self.leaves, ours)
        try:
            for number, (one, other) in enumerate(zip(found, expected, strict=True)):
                if other is not None:
                    _hold(f"gradient of tensor {number}", _array(one), _array(other), self.row, at)
        except Disagreement as fault:
            return str(fault)
        return ""

    def deviation(self, upstream: Array, kink: Kink) -> str:
        """Return our convention if nothing differs when no gradient flows where it counts."""
        at = kink.at(self.inputs, self.call.params)
        blocked = as_array(np.where(at, 0.0, upstream))
        ours = _alone(self.gate, self.inputs, blocked)
        differs = not np.any(at) or self.disagreement(blocked, ours.gradients, at)
        return "" if differs else kink.says

    def second(self, upstream: Array, gradients: tuple[Array, ...], seed: int) -> str | None:
        """Say what differs in second derivatives; None if they are not compared."""
        try:
            with _findings():
                return compare_second(
                    *(self.call, self.gate, self.inputs, gradients, self.theirs),
                    *(upstream, seed, self.row.second_absolute),
                )
        except NotCompared:
            return None
        except Disagreement as fault:
            return f"second derivatives: {fault}"


def _gate_for(row: Row, call: Call, count: int) -> Gate:
    with _findings():
        gate = get_kind(row.gate).create(call.params)
    assert isinstance(gate, Gate)
    if not gate.takes_ports(count):
        raise LeftOut(f"{count} inputs; our gate takes {gate.says_ports}")
    return gate


def _derived(output: Any, leaves: list[Any], upstream: Any) -> list[Any]:
    """Return PyTorch's gradients; None where it has none, or doesn't know the derivative."""
    if not output.requires_grad:
        return [torch.zeros_like(each) for each in leaves]
    return list(torch.autograd.grad(output, leaves, upstream, allow_unused=True, retain_graph=True))


def _taken_back(call: Call, leaves: list[Any], gradients: tuple[Array, ...]) -> list[Any]:
    """Return our gradients of the sample's own tensors, which the inputs are or come from."""
    pairs = [
        (each, torch.tensor(np.array(gradient)))
        for each, gradient in zip(call.inputs, gradients, strict=True)
        if isinstance(each, torch.Tensor) and each.requires_grad
    ]
    if not pairs:
        return [torch.zeros_like(each) for each in leaves]
    outputs, upstream = zip(*pairs, strict=True)
    found = torch.autograd.grad(outputs, leaves, upstream, allow_unused=True, retain_graph=True)
    return [
        torch.zeros_like(leaf) if each is None else each
        for leaf, each in zip(leaves, found, strict=True)
    ]


def _alone(gate: Gate, inputs: tuple[Array, ...], upstream: Array) -> Numbers:
    with np.errstate(all="ignore"):
        output = run_forward(gate, inputs, gate.infer_shape(*(each.shape for each in inputs)))
        if output.shape != upstream.shape:
            raise Disagreement(f"output: shape {output.shape}, theirs {upstream.shape}")
        return Numbers(output, tuple(run_backward(gate, upstream, output, inputs)))


def _in_graph(gate: Gate, ports: list[int], inputs: tuple[Array, ...], upstream: Array) -> Numbers:
    """Run a graph of one gate; a tensor given to two ports is one node with two wires."""
    graph = GateGraph()
    nodes = [Node(f"x{port}", Input(), value=inputs[port]) for port in sorted({*ports})]
    wires = [Wire(f"x{source}", "f", port) for port, source in enumerate(ports)]
    AddNodes((*nodes, Node("f", gate, len(ports))), tuple(wires)).apply(graph)
    SetHeader(Header(output="f", seed=upstream)).apply(graph)
    passes = Passes(graph)
    if passes.faults:
        raise Disagreement(f"refused in a graph: {passes.faults['f']}")
    return Numbers(
        _there(passes.value("f")), tuple(_there(passes.wire_gradient(each)) for each in wires)
    )


def _ports(call: Call) -> list[int]:
    """Return for each port the first that is given the same tensor."""
    return [
        next(first for first, other in enumerate(call.inputs) if other is each)
        if isinstance(each, torch.Tensor)
        else port
        for port, each in enumerate(call.inputs)
    ]


def _there(array: Array | None) -> Array:
    if array is None:
        raise Disagreement("not computed in a graph")
    return array


def _array(x: Any) -> Array:
    if isinstance(x, torch.Tensor):
        if x.is_complex():
            raise LeftOut("complex numbers")
        x = x.detach().numpy()
    if isinstance(x, complex):
        raise LeftOut("complex numbers")
    return as_array(x)


def _upstream(shape: tuple[int, ...], seed: int) -> Array:
    return as_array(np.random.default_rng(seed).normal(size=shape))


def _hold(what: str, ours: Array, theirs: Array, row: Row, at: Any = False) -> None:
    """Raise Disagreement unless shapes, nan, infinities and, nearly, all numbers are the same.

    What is at the places `at`, if they have that shape, may differ.
    """
    if ours.shape != theirs.shape:
        raise Disagreement(f"{what}: shape {ours.shape}, theirs {theirs.shape}")
    finite = np.abs(np.where(np.isfinite(theirs), theirs, 0.0))
    floor = max(row.absolute, FLOOR * float(np.max(finite, initial=0.0)))
    near = np.isclose(ours, theirs, rtol=row.relative, atol=floor, equal_nan=True)
    if np.shape(at) == near.shape:
        near = near | at
    if not np.all(near):
        place = tuple(int(each) for each in np.argwhere(~np.atleast_1d(near))[0])
        one, other = np.atleast_1d(ours)[place], np.atleast_1d(theirs)[place]
        count = int(np.sum(~near))
        raise Disagreement(f"{what}: {one!r}, theirs {other!r} at {place}; {count} differ")
