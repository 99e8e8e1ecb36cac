"""Second derivatives of a gate, from dual numbers, beside PyTorch's differentiated backward pass.

Of the gradient g = Jᵀu the derivative along a random direction v is compared, H v; and of J v,
which forward mode gives, that ⟨u, J v⟩ is ⟨Jᵀu, v⟩.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from chainrule.arrays import Array, as_array, unbroadcast
from chainrule.autodiff.forward_mode import paired, push_forward, tangent_of
from chainrule.gates.gate import Gate
from tests.engine.gates.opinfo.calls import Call
from tests.engine.gates.torch_families.making import torch

RELATIVE = 1e-8
FLOOR = 1e-10


class NotCompared(Exception):  # noqa: N818 — no error
    """Second derivatives that can't be compared here; the message is the reason."""


def compare_second(
    call: Call,
    gate: Gate,
    inputs: tuple[Array, ...],
    gradients: tuple[Array, ...],
    theirs: Any,
    upstream: Array,
    seed: int,
    absolute: float,
) -> str:
    """Say what differs in forward mode or in second derivatives; "" if nothing does.

    `absolute` is how much these may differ.
    """
    if not all(np.all(np.isfinite(each)) for each in (*inputs, *gradients)):
        raise NotCompared("infinities or nan, of which 0 times them makes nan")
    leaves = _leaves(call)
    random = np.random.default_rng(seed + 1_000_000)
    directions = {id(x): as_array(random.normal(size=tuple(x.shape))) for x in leaves}
    along = [directions.get(id(each)) for each in call.inputs]
    with np.errstate(all="ignore"):
        output = gate.forward(*inputs)
        moving = push_forward(gate, inputs, output, along)
        says = _not_adjoint(moving, upstream, gradients, along)
        if says:
            return says
        pairs = paired((upstream, output, *inputs), (None, moving, *along))
        bent = [
            unbroadcast(tangent_of(each, x), x.shape)
            for each, x in zip(gate.backward(*pairs), inputs, strict=True)
        ]
    expected = _bent_by_torch(theirs, leaves, directions, upstream)
    for leaf, wanted in zip(leaves, expected, strict=True):
        ours = sum(one for one, x in zip(bent, call.inputs, strict=True) if x is leaf)
        says = _apart(as_array(ours), wanted, absolute)
        if says:
            return f"second derivatives: {says}"
    return ""


def _leaves(call: Call) -> list[Any]:
    """Return the tensors to differentiate by, each once, if all are inputs of our gate itself."""
    found = [x for x in call.inputs if isinstance(x, torch.Tensor) and x.requires_grad]
    if not found or any(not each.is_leaf for each in found):
        raise NotCompared("inputs that are computed from the sample's")
    return [*{id(each): each for each in found}.values()]


def _not_adjoint(
    moving: Array, upstream: Array, gradients: Sequence[Array], along: Sequence[Array | None]
) -> str:
    products = [
        gradient * each for gradient, each in zip(gradients, along, strict=True) if each is not None
    ]
    back = sum(float(np.sum(each)) for each in products)
    size = sum(float(np.sum(abs(each))) for each in products)
    there = float(np.sum(upstream * moving))
    if not np.isfinite(back) and not np.isfinite(there):
        return ""
    if moving.shape == upstream.shape and abs(there - back) <= 1e-9 * size + 1e-13:
        return ""
    return f"forward mode: ⟨u, J v⟩ is {there!r}, ⟨Jᵀu, v⟩ {back!r}"


def _bent_by_torch(
    theirs: Any, leaves: list[Any], directions: dict[int, Array], upstream: Array
) -> list[Array]:
    if not theirs.requires_grad:
        return [as_array(np.zeros(tuple(each.shape))) for each in leaves]
    try:
        slopes = torch.autograd.grad(
            theirs, leaves, torch.tensor(upstream), create_graph=True, allow_unused=True
        )
        pairs = [
            (slope, torch.tensor(directions[id(leaf)]))
            for slope, leaf in zip(slopes, leaves, strict=True)
            if slope is not None and slope.requires_grad
        ]
        if not pairs:
            return [as_array(np.zeros(tuple(each.shape))) for each in leaves]
        outputs, vectors = zip(*pairs, strict=True)
        bent = torch.autograd.grad(outputs, leaves, vectors, allow_unused=True)
    except (RuntimeError, NotImplementedError) as error:
        raise NotCompared("PyTorch does not know them") from error
    return [
        as_array(np.zeros(tuple(leaf.shape)) if each is None else each.detach().numpy(force=True))
        for leaf, each in zip(leaves, bent, strict=True)
    ]


def _apart(ours: Array, theirs: Array, absolute: float) -> str:
    """Say which numbers differ, of those that are finite in PyTorch; "" if none does."""
    if ours.shape != theirs.shape:
        return f"shape {ours.shape}, theirs {theirs.shape}"
    finite = np.abs(np.where(np.isfinite(theirs), theirs, 0.0))
    floor = max(absolute, FLOOR * float(np.max(finite, initial=0.0)))
    near = np.isclose(ours, theirs, rtol=RELATIVE, atol=floor, equal_nan=True) | ~np.isfinite(
        theirs
    )
    if np.all(near):
        return ""
    place = tuple(int(each) for each in np.argwhere(~np.atleast_1d(near))[0])
    return f"{np.atleast_1d(ours)[place]!r}, theirs {np.atleast_1d(theirs)[place]!r} at {place}"
