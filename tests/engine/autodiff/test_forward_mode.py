"""Forward mode, tried on all gates of the catalogue: against backward and central differences."""

from __future__ import annotations

import inspect
import zlib
from typing import Any

import numpy as np
import pytest

from chainrule.arrays import Array, as_array, unbroadcast
from chainrule.autodiff.forward_mode import paired, push_forward, tangent_of
from chainrule.gates.catalogue import all_kinds, get_kind
from chainrule.gates.gate import Gate

GATES = [kind for kind in all_kinds() if issubclass(kind, Gate) and not inspect.isabstract(kind)]
MADE = [(gate(), sample) for gate in GATES for sample in gate.samples] + [
    (gate.create(settings), inputs) for gate in GATES for settings, inputs in gate.variants
]
SAMPLES = [
    pytest.param(gate, tuple(map(as_array, inputs)), id=f"{gate.name} {number}")
    for number, (gate, inputs) in enumerate(MADE)
]
# Their backward is not the derivative of their forward, by design.
PRETENDERS = frozenset({"gradient_reversal"})
ZEROS = (0.0, 1.5, 0.0)
AT_TIES_AND_KINKS = [
    ("logsumexp", {}, ((2.0, 2.0, 1.0),)),
    ("log_softmax", {}, ((0.0, 0.0, 0.0),)),
    ("cross_entropy", {}, ((0.0, 0.0, 0.0), 1.0)),
    ("amax", {}, ((2.0, 2.0, 1.0),)),
    ("l1_loss", {}, (ZEROS, (0.0, 1.0, 0.5))),
    ("l1_penalty", {}, (ZEROS,)),
    ("norm", {"ord": 1.0}, (ZEROS,)),
    ("norm", {}, ((0.0, 0.0),)),
    ("normalize", {"p": 1.0}, (ZEROS,)),
    ("cdist", {}, ((ZEROS,), (ZEROS,))),
    ("cdist", {"p": "inf"}, ((ZEROS,), (ZEROS,))),
    ("binary_cross_entropy", {}, ((0.0, 1.0, 0.5), (0.0, 1.0, 1.0))),
    ("gaussian_nll_loss", {}, (ZEROS, ZEROS, (0.0, 1.0, 0.5))),
    ("lp_pool1d", {"kernel_size": 1}, ((ZEROS,),)),
]
STEP = 1e-6


def directions(gate: Gate, inputs: tuple[Array, ...], output: Array) -> tuple[Any, list[Array]]:
    """Return an upstream gradient and a direction of the inputs: random, and always the same."""
    rng = np.random.default_rng(zlib.crc32(f"{gate!r} {inputs!r}".encode()))
    upstream = rng.uniform(0.5, 1.5, output.shape)[()]
    return upstream, [rng.uniform(-1.0, 1.0, each.shape)[()] for each in inputs]


def is_transposed(gate: Gate, inputs: tuple[Array, ...]) -> None:
    """Compare upstream · (J tangent) with (upstream J) · tangent."""
    output = gate.forward(*inputs)
    upstream, tangents = directions(gate, inputs, output)
    gradients = gate.backward(upstream, output, *inputs)
    back = sum(
        float(np.sum(unbroadcast(gradient, each.shape) * tangent))
        for gradient, each, tangent in zip(gradients, inputs, tangents, strict=True)
    )
    there = float(np.sum(upstream * push_forward(gate, inputs, output, tangents)))
    assert there == pytest.approx(back, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_forward_mode_is_the_transpose_of_backward(gate: Gate, inputs: tuple[Array, ...]) -> None:
    is_transposed(gate, inputs)


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_dual_numbers_through_forward_give_what_forward_mode_does(
    gate: Gate, inputs: tuple[Array, ...]
) -> None:
    if gate.name in PRETENDERS:
        return
    output = gate.forward(*inputs)
    _, tangents = directions(gate, inputs, output)
    through = tangent_of(gate.forward(*paired(inputs, tangents)), output)
    pushed = push_forward(gate, inputs, output, tangents)
    np.testing.assert_allclose(through, pushed, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("name", "settings", "given"), AT_TIES_AND_KINKS)
def test_forward_mode_chooses_as_backward_does_at_ties_and_kinks(
    name: str, settings: dict[str, Any], given: tuple[Any, ...]
) -> None:
    gate, inputs = get_kind(name).create(settings), tuple(map(as_array, given))
    assert isinstance(gate, Gate)
    with np.errstate(all="ignore"):
        is_transposed(gate, inputs)


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_dual_numbers_through_backward_agree_with_central_differences(
    gate: Gate, inputs: tuple[Array, ...]
) -> None:
    output = gate.forward(*inputs)
    upstream, tangents = directions(gate, inputs, output)
    turn = np.random.default_rng(1).uniform(-1.0, 1.0, output.shape)[()]
    moving = push_forward(gate, inputs, output, tangents)
    if gate.name in PRETENDERS:
        moving = tangent_of(gate.forward(*paired(inputs, tangents)), output)
    pairs = paired((upstream, output, *inputs), (turn, moving, *tangents))
    found = gate.backward(*pairs)
    sides: list[list[Array]] = []
    for step in (STEP, -STEP):
        moved = [each + step * by for each, by in zip(inputs, tangents, strict=True)]
        sides.append(list(gate.backward(upstream + step * turn, gate.forward(*moved), *moved)))
    for each, above, below, x in zip(found, *sides, inputs, strict=True):
        numeric = unbroadcast((above - below) / (2 * STEP), x.shape)
        exact = unbroadcast(tangent_of(each, above), x.shape)
        np.testing.assert_allclose(exact, numeric, rtol=2e-6, atol=2e-6)
