"""Known Jacobians of single gates, tried on all gates of the catalogue with their samples."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from chainrule.arrays import Array, as_array
from chainrule.autodiff.jacobian.finding import find_gathering, find_selection
from chainrule.autodiff.jacobian.lines import Lines
from chainrule.autodiff.jacobian.path import SOURCE, Path, Step
from chainrule.autodiff.jacobian.recognising import recognise, structure_of
from chainrule.autodiff.jacobian.rules import matrix_of
from chainrule.autodiff.jacobian.structure import Form
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Elementwise, Gate

GATES = [kind for kind in all_kinds() if issubclass(kind, Gate) and not inspect.isabstract(kind)]
MADE = [(gate(), sample) for gate in GATES for sample in gate.samples] + [
    (gate.create(settings), inputs) for gate in GATES for settings, inputs in gate.variants
]
SAMPLES = [
    pytest.param(gate, tuple(map(as_array, inputs)), id=f"{gate.name} {number}")
    for number, (gate, inputs) in enumerate(MADE)
]


def paths_of(gate: Gate, inputs: tuple[Array, ...]) -> list[tuple[Step, Path]]:
    """Return the gate as a step for each of its ports, and the path of that step alone."""
    output = gate.forward(*inputs)
    made: list[tuple[Step, Path]] = []
    for port, source in enumerate(inputs):
        feeds = tuple(SOURCE if each == port else None for each in range(len(inputs)))
        step = Step(gate, inputs, output, feeds)
        made.append((step, Path(source, output, (step,), True)))
    return made


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_what_a_rule_says_is_what_backward_and_forward_mode_give(
    gate: Gate, inputs: tuple[Array, ...]
) -> None:
    for port, (step, path) in enumerate(paths_of(gate, inputs)):
        lines = Lines(path)
        rows = np.stack([lines.row(each) for each in range(path.target.size)])
        columns = np.stack([lines.column(each) for each in range(path.source.size)], axis=1)
        np.testing.assert_allclose(columns, rows, rtol=1e-9, atol=1e-11)
        matrix = matrix_of(step, port)
        if matrix is not None:
            everything = np.arange(rows.shape[0]), np.arange(rows.shape[1])
            np.testing.assert_allclose(matrix.block(*everything), rows, rtol=1e-9, atol=1e-11)
            assert np.count_nonzero(rows) <= matrix.nonzeros <= rows.size
            assert np.count_nonzero(rows) <= structure_of(matrix).nonzeros
        assert recognise(rows).nonzeros == np.count_nonzero(rows)


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_lone_entries_that_are_found_are_all(gate: Gate, inputs: tuple[Array, ...]) -> None:
    for _, path in paths_of(gate, inputs):
        lines = Lines(path)
        rows = np.stack([lines.row(each) for each in range(path.target.size)])
        everything = np.arange(rows.shape[0]), np.arange(rows.shape[1])
        if np.any((rows != 0.0) & (np.abs(rows) < 1e-12)):
            continue  # rounding, where exact arithmetic has 0
        selection = find_selection(path.push, path.source.shape)
        gathering = find_gathering(path.pull, path.target.shape)
        assert (selection is not None) == (np.count_nonzero(rows, axis=1) <= 1).all()
        assert (gathering is not None) == (np.count_nonzero(rows, axis=0) <= 1).all()
        for found in (selection, gathering):
            if found is not None:
                np.testing.assert_allclose(found.block(*everything), rows, rtol=1e-9, atol=1e-11)


def steps_of(gate: Gate, inputs: tuple[Array, ...]) -> list[tuple[Step, int]]:
    return [(step, port) for port, (step, _) in enumerate(paths_of(gate, inputs))]


def test_every_elementwise_gate_on_arrays_is_diagonal() -> None:
    for kind in GATES:
        if issubclass(kind, Elementwise):
            gate = kind()
            inputs = tuple(
                as_array([0.3, 0.4, 0.6]) + 0.01 * port for port in range(len(gate.ports))
            )
            with np.errstate(all="ignore"):
                known = [matrix_of(*pair) for pair in steps_of(gate, inputs)]
            for matrix in known:
                assert matrix is not None
                assert structure_of(matrix).form in (Form.DIAGONAL, Form.ZERO)
