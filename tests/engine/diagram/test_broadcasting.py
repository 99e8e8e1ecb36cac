"""Where broadcasting stretches, and the sum that undoes it."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Shape, unbroadcast
from chainrule.diagram.broadcasting import broadcasting_of

CASES: dict[tuple[Shape, Shape], tuple[int, ...]] = {
    ((), (4, 3)): (0, 1),
    ((3,), (4, 3)): (0,),
    ((4, 1), (4, 3)): (1,),
    ((1, 3), (4, 3)): (0,),
    ((1,), (4, 3)): (0, 1),
    ((5, 1, 3), (2, 5, 4, 3)): (0, 2),
    ((3,), (1, 3)): (0,),
}


@pytest.mark.parametrize("shapes", CASES)
def test_the_axes_are_those_that_are_copied(shapes: tuple[Shape, Shape]) -> None:
    found = broadcasting_of(*shapes)
    assert found is not None
    assert found.axes == CASES[shapes]


@pytest.mark.parametrize("shapes", CASES)
def test_the_sum_over_the_axes_undoes_it(shapes: tuple[Shape, Shape]) -> None:
    shape, output_shape = shapes
    upstream = np.arange(1.0, 1.0 + np.prod(output_shape)).reshape(output_shape)
    found = broadcasting_of(shape, output_shape)
    assert found is not None
    summed = np.reshape(np.sum(upstream, axis=found.axes), shape)
    assert np.array_equal(summed, unbroadcast(upstream, shape))


@pytest.mark.parametrize("shape", [(), (3,), (4, 3), (1, 3)])
def test_what_is_not_copied_is_no_broadcasting(shape: Shape) -> None:
    assert broadcasting_of(shape, shape) is None


@pytest.mark.parametrize(
    ("shape", "output_shape", "stretched", "summed"),
    [
        ((3,), (4, 3), "→ 4 × 3", "Σ axis 0"),
        ((), (4, 3), "→ 4 × 3", "Σ all"),
        ((), (7,), "→ 7 long", "Σ all"),
        ((5, 1, 3), (2, 5, 4, 3), "→ 2 × 5 × 4 × 3", "Σ axes 0, 2"),
    ],
)
def test_it_is_written_short(
    shape: Shape, output_shape: Shape, stretched: str, summed: str
) -> None:
    found = broadcasting_of(shape, output_shape)
    assert found is not None
    assert (found.stretched, found.summed) == (stretched, summed)


def test_it_is_said_in_words() -> None:
    found = broadcasting_of((3,), (4, 3))
    assert found is not None
    assert found.sentence == (
        "(3,) is copied to (4, 3); on the way back its gradient is the sum over axis 0."
    )
