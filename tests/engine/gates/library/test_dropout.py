"""Dropout: what is drawn, how often, and that both passes and every run agree on it."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.dropout import Dropout, Dropout2d


def test_the_mask_is_that_of_numpy_s_generator() -> None:
    kept = np.random.Generator(np.random.PCG64(3)).random((4, 5)) >= 0.4
    dropped = Dropout(p=0.4, seed=3).forward(np.ones((4, 5)))
    np.testing.assert_array_equal(dropped, np.where(kept, 1.0 / 0.6, 0.0))


def test_both_passes_and_every_run_drop_the_same() -> None:
    gate, x = Dropout(p=0.5, seed=1), np.ones(100)
    output = gate.forward(x)
    np.testing.assert_array_equal(gate.forward(2.0 * x), 2.0 * output)
    np.testing.assert_array_equal(gate.backward(x, output, x)[0], output)


def test_another_seed_drops_others() -> None:
    x = np.ones(100)
    assert np.any(Dropout(seed=1).forward(x) != Dropout(seed=2).forward(x))


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_the_mean_stays_about_the_same(p: float) -> None:
    x = np.ones(100_000)
    dropped = Dropout(p=p).forward(x)
    assert np.mean(dropped) == pytest.approx(1.0, abs=0.05)
    assert np.mean(dropped == 0.0) == pytest.approx(p, abs=0.01)


def test_outside_training_nothing_is_dropped() -> None:
    x = np.array([1.0, -2.0])
    gate = Dropout(p=0.9, training=False)
    np.testing.assert_array_equal(gate.forward(x), x)
    np.testing.assert_array_equal(gate.backward(x, x, x)[0], x)


def test_what_is_dropped_leaves_no_trace_of_infinities() -> None:
    x = np.full(50, np.inf)
    np.testing.assert_array_equal(np.unique(Dropout(p=0.5).forward(x)), [0.0, np.inf])
    np.testing.assert_array_equal(Dropout(p=1.0).forward(np.ones(3)), np.zeros(3))


def test_spatial_dropout_drops_whole_maps() -> None:
    dropped = Dropout2d(p=0.5, seed=2).forward(np.ones((4, 8, 3, 5)))
    per_map = dropped.reshape(32, 15)
    assert np.all(per_map == per_map[:, :1])
    np.testing.assert_array_equal(np.unique(per_map), [0.0, 2.0])


def test_spatial_dropout_needs_maps() -> None:
    with pytest.raises(ShapeError, match=r"\(3,\) has no maps, .*; for single numbers use dropout"):
        Dropout2d().infer_shape((3,))


@pytest.mark.parametrize("kind", [Dropout, Dropout2d])
def test_settings_that_make_no_sense_are_refused(kind: type[Dropout]) -> None:
    with pytest.raises(ParameterError, match=r"p 1.5 is no probability; choose one from 0 to 1"):
        kind(p=1.5)
    with pytest.raises(ParameterError, match="the seed -1 is negative; choose one from 0"):
        kind(seed=-1)
