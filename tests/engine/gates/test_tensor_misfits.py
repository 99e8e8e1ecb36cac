"""Misfits of linear algebra, reductions and shaping: one sentence with both shapes and a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from chainrule.arrays import Shape
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate

Params = dict[str, Any]

MISFITS: list[tuple[str, Params, tuple[Shape, ...], str]] = [
    (
        *("dot", {}, ((3,), (4,))),
        "dot: (3,) by (4,): the sizes 3 and 4 differ; slice the longer or pad the shorter vector",
    ),
    (
        *("dot", {}, ((2, 3), (3,))),
        "dot: (2, 3) by (3,): both must be vectors; use matmul for matrices, vecdot row by row",
    ),
    (
        *("cross", {}, ((3, 2), (3, 2))),
        "cross: (3, 2) by (3, 2): axis 1 has 2 numbers, not 3; choose another axis",
    ),
    (
        *("inverse", {}, ((3, 4),)),
        "inverse: shape (3, 4) has 3 rows and 4 columns; feed a square matrix, such as x xᵀ",
    ),
    (
        *("solve", {}, ((3, 3), (4, 2))),
        "solve: 3 equations of (3, 3) do not fit b of the shape (4, 2); give it 3 rows",
    ),
    (
        *("einsum", {"subscripts": "ij,jk->ik"}, ((3, 4), (3, 2))),
        "einsum: 'j' has the size 4 in one input and 3 in another of (3, 4) and (3, 2); "
        "transpose or reshape one of them, or use another letter",
    ),
    (
        *("einsum", {"subscripts": "ii"}, ((3, 4),)),
        "einsum: 'i' names axes of the sizes 3 and 4 of the shape (3, 4); "
        "a diagonal needs equal sizes",
    ),
    (
        *("einsum", {"subscripts": "ij"}, ((3,),)),
        "einsum: the term 'ij' names 2 axes, but its input has 1; "
        "write one letter for each axis, or ... for the others",
    ),
    (
        *("einsum", {"subscripts": "i,i"}, ((3,),)),
        "einsum: subscripts for 2 inputs are used with 1; "
        "write one term for each input, with commas between them",
    ),
    (
        *("stack", {}, ((2, 3), (3, 2))),
        "stack: (2, 3) and (3, 2) differ; reshape or broadcast one of them, "
        "or use concat to join along an axis that exists",
    ),
    (
        *("split", {"sections": 2}, ((3, 4),)),
        "split: axis 0 of shape (3, 4) can't be cut into 2 equal pieces; "
        "choose a divisor of 3, or give their sizes",
    ),
    (
        *("split", {"sections": [1, 3]}, ((3, 4),)),
        "split: pieces of sizes [1, 3] make 4, but axis 0 of shape (3, 4) has 3; "
        "choose sizes that sum to 3",
    ),
    (
        *("gather", {}, ((3, 4), (3,))),
        "gather: x (3, 4) and positions (3,) do not fit; give positions as many axes, none but "
        "axis 0 longer than that of x, or use take",
    ),
    (
        *("select", {"index": 3}, ((3, 4),)),
        "select: axis 0 of shape (3, 4) has no place 3; choose one from -3 to 2",
    ),
    (
        *("squeeze", {"axis": 1}, ((3, 4),)),
        "squeeze: axis 1 of shape (3, 4) has size 4, and only axes of size 1 can go; "
        "choose another axis or reshape",
    ),
    (
        *("broadcast_to", {"shape": [3, 4]}, ((3,),)),
        "broadcast_to: shape (3,) does not broadcast to (3, 4); "
        "aligned at the right, its sizes must be equal or 1",
    ),
    (
        *("pad", {"widths": [3, 0], "mode": "reflect"}, ((3,),)),
        "pad: a border of 3 can't be made of the 3 numbers along an axis of shape (3,) in mode "
        "reflect; make it narrower or use the mode constant",
    ),
    (
        *("masked_select", {"mask": [1, 0]}, ((3,),)),
        "masked_select: shape (3,) has 3 numbers, but the mask has 2 flags; "
        "give one flag for each number, row by row",
    ),
    (
        *("mixture_table", {}, ((3,), (2,), (2,))),
        "mixture_table: weights of shape (3,) do not fit 2 experts; "
        "the last axis must have size 2, one weight for each",
    ),
    (
        *("cdist", {}, ((2, 3), (2, 4))),
        "cdist: (2, 3) and (2, 4): rows of 3 and 4 numbers can't be compared; "
        "give both rows of one size, from 1 on",
    ),
    (
        *("amax", {"axis": 0}, ((0, 3),)),
        "amax: shape (0, 3) has nothing to choose from along axis [0]; "
        "feed at least one number or choose another axis",
    ),
]


@pytest.mark.parametrize(("name", "params", "shapes", "says"), MISFITS)
def test_a_misfit_is_named_with_its_remedy(
    name: str, params: Params, shapes: tuple[Shape, ...], says: str
) -> None:
    gate = get_kind(name).create(params)
    assert isinstance(gate, Gate)
    with pytest.raises(ShapeError) as caught:
        gate.infer_shape(*shapes)
    assert str(caught.value) == says
