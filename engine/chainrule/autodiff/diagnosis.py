"""All that is amiss in a graph that has been run: what can't be computed, and what isn't finite."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from chainrule.arrays import Array, all_finite
from chainrule.autodiff.misfits import misfits_of
from chainrule.autodiff.passes import Passes
from chainrule.gates.kind import Kind
from chainrule.gates.library.elementary import Power
from chainrule.graph.checks import Problem, Severity, problems
from chainrule.graph.composites import Composite, kind_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId
from chainrule.graph.queries import topological_order

_Inputs: TypeAlias = tuple[Array, ...]


def diagnose(graph: GateGraph, passes: Passes) -> list[Problem]:
    """Return what is amiss: `graph.checks.problems`, then numbers that are not finite.

    An infinity or not-a-number is reported where it arises and not where it merely arrives, in
    topological order for values, in reverse for gradients. `passes` must be up to date.
    """
    return standing_problems(graph, passes) + number_problems(graph, passes)


def standing_problems(graph: GateGraph, passes: Passes) -> list[Problem]:
    """Return what stays amiss while only numbers change: ports, shapes, an unclear output."""
    return problems(graph, {**passes.faults, **passes.unfinished}, misfits_of(graph, passes))


def number_problems(graph: GateGraph, passes: Passes) -> list[Problem]:
    """Return where values and gradients stop being finite."""
    if passes.all_finite:
        return []
    nodes = [graph.node(each) for each in passes.beside_infinities()]
    found = _at_origin(graph, nodes, lambda node: _value_problem(graph, passes, node))
    gradients = _at_origin(graph, nodes, lambda node: _gradient_problem(graph, passes, node))
    return [*found, *reversed(gradients)]


def _at_origin(
    graph: GateGraph, nodes: list[Node], sentence_of: Callable[[Node], str | None]
) -> list[Problem]:
    sentences = {node.id: sentence_of(node) for node in nodes}
    told = {each: sentence for each, sentence in sentences.items() if sentence is not None}
    if not told:
        return []
    order = [each for each in topological_order(graph) if each in told]
    return [Problem(each, told[each], Severity.WARNING) for each in order]


def _value_problem(graph: GateGraph, passes: Passes, node: Node) -> str | None:
    value = passes.value(node.id)
    if value is None or all_finite(value):
        return None
    inputs = _finite_inputs(graph, passes, node.id)
    if inputs is None:
        return None
    if node.is_leaf:
        return f"its value is {_shown(value)}; give it a finite one"
    return f"{_value_reason(node.kind, value, inputs)}; change what comes in"


def _gradient_problem(graph: GateGraph, passes: Passes, node: Node) -> str | None:
    """Say where gradients stop being finite: at the gate that sends such a one back."""
    gradient, inputs = passes.gradient(node.id), _finite_inputs(graph, passes, node.id)
    if gradient is None or inputs is None:
        return None
    if not all_finite(gradient):
        return _own_gradient_problem(graph, passes, node, gradient)
    value = passes.value(node.id)
    if value is None or not all_finite(value) or _sends_finite(graph, passes, node.id):
        return None
    return f"{_gradient_reason(node.kind, gradient, inputs)}; change what comes in"


def _own_gradient_problem(
    graph: GateGraph, passes: Passes, node: Node, gradient: Array
) -> str | None:
    """Say why a node's gradient is not finite though all that its readers send is."""
    if any(not all_finite(passes.wire_gradient(wire)) for wire in graph.wires_from(node.id)):
        return None
    seed = graph.header.seed
    if node.id == passes.output and seed is not None and not all_finite(seed):
        return f"the seed is {_shown(seed)}, and so are gradients; choose a finite seed"
    return f"overflow: its gradients add up to {_shown(gradient)}; make them smaller"


def _sends_finite(graph: GateGraph, passes: Passes, node_id: NodeId) -> bool:
    # A gradient that is not finite stays so in its source's sum, which is quicker to look at.
    return all(
        all_finite(passes.gradient(wire.source)) or all_finite(passes.wire_gradient(wire))
        for wire in graph.wires_into(node_id)
    )


def _finite_inputs(graph: GateGraph, passes: Passes, node_id: NodeId) -> _Inputs | None:
    """Return the values that a node reads; None if one of them is missing or not finite."""
    inputs: list[Array] = []
    sources = graph.inputs(node_id)
    for source in sources[:1] if graph.node(node_id).passes_on else sources:
        value = None if source is None else passes.value(source)
        if value is None or not all_finite(value):
            return None
        inputs.append(value)
    return tuple(inputs)


def _shown(value: Array) -> str:
    """Name the first number that is not finite, and say so if there are others beside it."""
    numbers = np.asarray(value)
    odd = numbers[~np.isfinite(numbers)]
    word = "not a number" if math.isnan(odd[0]) else "−inf" if odd[0] < 0 else "inf"
    return word if numbers.size == 1 else f"{word} in {odd.size} of {numbers.size} places"


def _value_reason(kind: Kind, value: Array, inputs: _Inputs) -> str:
    if isinstance(kind, Composite):
        return f"inside {kind.definition} a value becomes {_shown(value)}"
    reason = _VALUE_REASONS.get(kind.name, _no_reason)(kind, inputs)
    if reason is not None:
        return reason
    if np.isnan(value).any():
        return f"{kind_name(kind)} of finite numbers is {_shown(value)} here"
    return f"overflow: {kind_name(kind)} goes beyond float64 (1.8e308)"


def _gradient_reason(kind: Kind, gradient: Array, inputs: _Inputs) -> str:
    if isinstance(kind, Composite):
        return f"inside {kind.definition} the gradient stops being finite"
    if kind.name in ("sqrt", "power") and (inputs[0] == 0.0).any():
        return f"the slope of {kind.symbol} at 0 is infinite"
    if not np.any(gradient):
        return f"the slope of {kind.symbol} is infinite here, and 0 times that is not a number"
    return f"overflow: the gradient that {kind.symbol} sends back goes beyond float64 (1.8e308)"


def _no_reason(_: Kind, __: _Inputs) -> str | None:
    return None


def _log(_: Kind, inputs: _Inputs) -> str | None:
    return _first(
        (inputs[0] < 0.0, "log of a negative number is not a number"),
        (inputs[0] == 0.0, "log of 0 is −inf"),
    )


def _sqrt(_: Kind, inputs: _Inputs) -> str | None:
    return _first((inputs[0] < 0.0, "the root of a negative number is not a number"))


def _reciprocal(_: Kind, inputs: _Inputs) -> str | None:
    return _first((inputs[0] == 0.0, "1/0 is infinite"))


def _div(_: Kind, inputs: _Inputs) -> str | None:
    numerator, denominator = inputs
    return _first(
        ((numerator == 0.0) & (denominator == 0.0), "0/0 is not a number"),
        (denominator == 0.0, "a division by 0 is infinite"),
    )


def _power(kind: Kind, inputs: _Inputs) -> str | None:
    exponent = kind.exponent if isinstance(kind, Power) else 0.0
    fractional = not exponent.is_integer()
    return _first(
        (fractional & (inputs[0] < 0.0), f"a negative number to the {exponent:g} is not a number"),
        ((exponent < 0.0) & (inputs[0] == 0.0), f"0 to the {exponent:g} is infinite"),
    )


def _mean(_: Kind, inputs: _Inputs) -> str | None:
    return "the mean of nothing is not a number" if inputs[0].size == 0 else None


_VALUE_REASONS: dict[str, Callable[[Kind, _Inputs], str | None]] = {
    "log": _log,
    "sqrt": _sqrt,
    "reciprocal": _reciprocal,
    "div": _div,
    "power": _power,
    "mean": _mean,
}


def _first(*reasons: tuple[Any, str]) -> str | None:
    """Return the sentence of the first condition that holds anywhere."""
    return next((says for condition, says in reasons if np.any(condition)), None)
