"""Convolutions and pooling: windows that slide, and what flows back into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from chainrule.autodiff.gradient_graph.terms import Rule, Term, rule
from chainrule.gates.foundations.images import Sizes
from chainrule.gates.foundations.windows import Windows


def _per_axis(sizes: Sizes, axes: int) -> tuple[int, ...]:
    return sizes if isinstance(sizes, tuple) else (sizes,) * axes


def _batch_of(term: Term, axes: int) -> Term:
    """Return it with the axis of a batch, which may be missing."""
    return term if len(term.shape) == axes + 2 else term.reshaped((1, *term.shape))


def _swapped(term: Term) -> Term:
    """Return it with batch and channels exchanged, so that a convolution sums over the batch."""
    return term.gate("transpose", axes=[1, 0, *range(2, len(term.shape))])


def _cut(term: Term, sizes: Sequence[int]) -> Term:
    """Return the first numbers along the last axes."""
    first = len(term.shape) - len(sizes)
    for axis, size in enumerate(sizes, first):
        if term.shape[axis] != size:
            term = term.gate("slice", axis=axis, start=0, stop=size)
    return term


def _spread(gate: Any, up: Term, weight: Term, sizes: Sequence[int], groups: int) -> Term:
    """Return each window times the kernel, added up to images of these `sizes`."""
    axes = len(sizes)
    strides, paddings, dilations = (
        _per_axis(each, axes) for each in (gate.stride, gate.padding, gate.dilation)
    )
    missing: list[int] = []
    for axis, size in enumerate(sizes):
        steps = (up.shape[2 + axis] - 1) * strides[axis]
        covered = steps + dilations[axis] * (weight.shape[2 + axis] - 1) + 1
        missing.append(size - (covered - 2 * paddings[axis]))
    spread = up.gate(
        f"conv_transpose{axes}d",
        weight,
        stride=[*strides],
        padding=[*paddings],
        dilation=[*dilations],
        groups=groups,
        output_padding=[max(each, 0) for each in missing],
    )
    return _cut(spread, sizes)


def _for_kernel(gate: Any, images: Term, features: Term, sizes: Sequence[int]) -> Term:
    """Return kernels of these `sizes`: images slid over by features, summed over the batch.

    Its axes are the channels of the features, those of the images, and the sizes.
    """
    axes = len(sizes)
    slid = _swapped(images).gate(
        f"conv{axes}d",
        _swapped(features),
        stride=[*_per_axis(gate.dilation, axes)],
        padding=[*_per_axis(gate.padding, axes)],
        dilation=[*_per_axis(gate.stride, axes)],
    )
    return _swapped(_cut(slid, sizes))


def _channels(term: Term, group: int, groups: int) -> Term:
    size = term.shape[1] // groups
    if groups == 1:
        return term
    return term.gate("slice", axis=1, start=group * size, stop=(group + 1) * size)


def _by_groups(gate: Any, images: Term, features: Term, sizes: Sequence[int]) -> Term:
    kernels = [
        _for_kernel(
            gate,
            _channels(images, group, gate.groups),
            _channels(features, group, gate.groups),
            sizes,
        )
        for group in range(gate.groups)
    ]
    return kernels[0] if len(kernels) == 1 else kernels[0].gate("concat", *kernels[1:], axis=0)


def _for_bias(up: Term) -> Term:
    return up.summed([0, *range(2, len(up.shape))])


def _convolution(
    gate: Any, up: Term, out: Term, x: Term, weight: Term, *bias: Term
) -> tuple[Term, ...]:
    images, features = _batch_of(x, gate.axes), _batch_of(up, gate.axes)
    for_x = _spread(gate, features, weight, images.shape[2:], gate.groups).reshaped(x.shape)
    for_weight = _by_groups(gate, images, features, weight.shape[2:])
    return for_x, for_weight, *(_for_bias(features) for _ in bias)


def _transposed(
    gate: Any, up: Term, out: Term, x: Term, weight: Term, *bias: Term
) -> tuple[Term, ...]:
    images, features = _batch_of(x, gate.axes), _batch_of(up, gate.axes)
    slid = features.gate(
        f"conv{gate.axes}d",
        weight,
        stride=gate.stride,
        padding=gate.padding,
        dilation=gate.dilation,
        groups=gate.groups,
    )
    for_x = _cut(slid, images.shape[2:]).reshaped(x.shape)
    for_weight = _by_groups(gate, features, images, weight.shape[2:])
    return for_x, for_weight, *(_for_bias(features) for _ in bias)


def _largest(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    settings = {
        name: getattr(gate, name)
        for name in ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
    }
    return (up.gate(gate.name.replace("max_pool", "max_unpool"), x, **settings),)


def _mean(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    """Give each number of a window an equal share."""
    windows: Windows = gate.windows(x.shape)
    counted = windows.populations(with_padding=gate.count_include_pad)
    shares = up.draft.constant(np.reshape(1.0 / counted, counted.shape[-gate.axes :]))
    sliding = gate.sliding()
    images, features = _batch_of(x, gate.axes), _batch_of(up * shares, gate.axes)
    kernel = np.ones((images.shape[1], 1, *_per_axis(gate.kernel_size, gate.axes)))
    spread = _spread(
        sliding, features, up.draft.constant(kernel), images.shape[2:], images.shape[1]
    )
    return (spread.reshaped(x.shape),)


def _nearest(up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    """Sum up the blocks of which each is a copy of one number."""
    rows, columns = x.shape[-2:]
    blocks = (rows, out.shape[-2] // rows, columns, out.shape[-1] // columns)
    lead = len(x.shape) - 2
    wide = up.reshaped((*x.shape[:-2], *blocks))
    return (wide.summed([lead + 1, lead + 3]),)


RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("conv1d", "conv2d"), _convolution),
    **dict.fromkeys(("conv_transpose1d", "conv_transpose2d"), _transposed),
    **dict.fromkeys(("max_pool1d", "max_pool2d"), _largest),
    **dict.fromkeys(("avg_pool1d", "avg_pool2d"), _mean),
    "upsample_nearest": rule(_nearest),
}
