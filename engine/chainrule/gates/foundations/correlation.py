"""Convolution of images as products of matrices, and its two derivatives.

What networks call a convolution is a correlation: each output number is the sum over one window,
weighted by the kernel as it stands. `weight` has a kernel for each pair of an output channel and an
input channel of its group: its axes are output channels, input channels of a group, rows, columns.

The windows' numbers are copied out, a column for each window, so that the sums of all windows are
one product of matrices (Chellapilla, Puri and Simard: High performance convolutional neural
networks for document processing, 2006).
"""

from __future__ import annotations

import math

import numpy as np

from chainrule.arrays import Floats
from chainrule.gates.foundations.windows import Windows


def correlate(
    images: Floats, weight: Floats, windows: Windows, groups: int, out: Floats | None = None
) -> Floats:
    """Return the features of the images: batch, output channels, rows and columns of windows.

    `out`, where given, is where they are written.
    """
    kernels, columns = _kernels(weight, groups), _columns(images, windows, groups)
    shape = (images.shape[0], weight.shape[0], windows.rows.count, windows.columns.count)
    if out is None:
        return np.reshape(np.matmul(kernels, columns), shape)
    grouped = (images.shape[0], groups, weight.shape[0] // groups, shape[2] * shape[3])
    np.matmul(kernels, columns, out=np.reshape(out, grouped))
    return out


def correlate_back(features: Floats, weight: Floats, windows: Windows, groups: int) -> Floats:
    """Return images to which each feature has added its kernel, scaled: the adjoint of `correlate`.

    This is the gradient of the images, and also what is called a transposed convolution.
    """
    patches = np.matmul(
        np.swapaxes(_kernels(weight, groups), -1, -2), _grouped(features, windows, groups)
    )
    channels = groups * weight.shape[1]
    shape = (features.shape[0], channels, windows.rows.kernel, windows.columns.kernel)
    counts = (windows.rows.count, windows.columns.count)
    return windows.sum_patches(np.reshape(patches, shape + counts))


def weight_gradient(images: Floats, features: Floats, windows: Windows, groups: int) -> Floats:
    """Return the gradient of the weight that took `images` to `features`.

    The products of single samples are added up, unless they would be larger than the columns
    themselves; then the samples are put side by side first.
    """
    columns, rows = _columns(images, windows, groups), _grouped(features, windows, groups)
    if rows.shape[2] <= rows.shape[3]:
        gradient = np.sum(np.matmul(rows, np.swapaxes(columns, -1, -2)), axis=0)
    else:
        length = rows.shape[0] * rows.shape[3]
        side = np.reshape(np.transpose(rows, (1, 2, 0, 3)), (groups, rows.shape[2], length))
        other = np.transpose(columns, (1, 0, 3, 2))
        gradient = np.matmul(side, np.reshape(other, (groups, length, columns.shape[2])))
    kernel = (windows.rows.kernel, windows.columns.kernel)
    return np.reshape(gradient, (features.shape[1], images.shape[1] // groups, *kernel))


def _kernels(weight: Floats, groups: int) -> Floats:
    """Return the weight as a matrix for each group: its output channels by all that they read."""
    return np.reshape(weight, (groups, weight.shape[0] // groups, math.prod(weight.shape[1:])))


def _columns(images: Floats, windows: Windows, groups: int) -> Floats:
    """Return for each sample and group a matrix that has a column for each window."""
    batch, channels = images.shape[:2]
    height = channels // groups * windows.rows.kernel * windows.columns.kernel
    width = windows.rows.count * windows.columns.count
    return np.reshape(windows.patches(images), (batch, groups, height, width))


def _grouped(features: Floats, windows: Windows, groups: int) -> Floats:
    batch, channels = features.shape[:2]
    width = windows.rows.count * windows.columns.count
    return np.reshape(features, (batch, groups, channels // groups, width))
