"""Borders: which can be made of the numbers that there are."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ShapeError
from chainrule.gates.library.repeating import Pad

MODES = ("constant", "reflect", "replicate", "circular")


@pytest.mark.parametrize("mode", MODES)
def test_an_empty_batch_gets_a_border_along_its_other_axes(mode: str) -> None:
    gate, x = Pad(widths=(1, 2), mode=mode), np.ones((0, 3))
    assert gate.infer_shape(x.shape) == gate.forward(x).shape == (0, 6)
    upstream = np.ones((0, 6))
    assert gate.backward(upstream, upstream, x)[0].shape == (0, 3)


@pytest.mark.parametrize("mode", MODES[1:])
def test_an_axis_without_numbers_has_none_for_a_border(mode: str) -> None:
    with pytest.raises(ShapeError, match="a border of 2 can't be made of the 0 numbers"):
        Pad(widths=(1, 2), mode=mode).infer_shape((3, 0))
