"""The convolutional workload: a network like LeNet-5 on a batch of pictures, with softmax loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from tests.benchmarks.engine.network import Matrix

BATCH, SIDE, CLASSES, KERNEL, PADDING = 32, 28, 10, 5, 2

SHAPES = {
    "K1": (6, 1, KERNEL, KERNEL),
    "c1": (6,),
    "K2": (16, 6, KERNEL, KERNEL),
    "c2": (16,),
    "W1": (120, 400),
    "b1": (120,),
    "W2": (84, 120),
    "b2": (84,),
    "W3": (CLASSES, 84),
    "b3": (CLASSES,),
}


@final
@dataclass(frozen=True)
class Pictures:
    """The data: a batch of pictures of one channel, and which class each shows."""

    pixels: Matrix
    classes: NDArray[np.intp]


def make_lenet() -> tuple[Pictures, list[Matrix]]:
    """Return the data, and the weights in the order of SHAPES."""
    dice = np.random.default_rng(0)
    pixels = dice.standard_normal((BATCH, 1, SIDE, SIDE))
    classes = dice.integers(0, CLASSES, BATCH)
    spread = {name: np.prod(shape[1:]) ** -0.5 for name, shape in SHAPES.items()}
    weights = [spread[name] * dice.standard_normal(shape) for name, shape in SHAPES.items()]
    return Pictures(pixels, classes), weights


def by_hand(pictures: Pictures, weights: list[Matrix]) -> tuple[float, list[Matrix]]:
    """Return loss and gradients as one would write them with NumPy."""
    K1, c1, K2, c2, W1, b1, W2, b2, W3, b3 = weights
    padding = ((0, 0), (0, 0), (PADDING, PADDING), (PADDING, PADDING))
    framed = np.pad(pictures.pixels, padding)
    first = _convolve(framed, K1) + c1[:, None, None]
    pooled_1, winners_1 = _pool(np.maximum(first, 0))
    second = _convolve(pooled_1, K2) + c2[:, None, None]
    pooled_2, winners_2 = _pool(np.maximum(second, 0))
    flat = pooled_2.reshape(BATCH, -1)
    pre_1 = flat @ W1.T + b1
    hidden_1 = np.maximum(pre_1, 0)
    pre_2 = hidden_1 @ W2.T + b2
    hidden_2 = np.maximum(pre_2, 0)
    loss, d_scores = _softmax_loss(hidden_2 @ W3.T + b3, pictures.classes)
    d_pre_2 = (d_scores @ W3) * (pre_2 > 0)
    d_pre_1 = (d_pre_2 @ W2) * (pre_1 > 0)
    d_second = _spread((d_pre_1 @ W1).reshape(pooled_2.shape), winners_2) * (second > 0)
    d_first = _spread(_convolve_back(d_second, K2), winners_1) * (first > 0)
    return loss, [
        _kernel_gradient(framed, d_first),
        d_first.sum(axis=(0, 2, 3)),
        _kernel_gradient(pooled_1, d_second),
        d_second.sum(axis=(0, 2, 3)),
        *(d_pre_1.T @ flat, d_pre_1.sum(axis=0)),
        *(d_pre_2.T @ hidden_1, d_pre_2.sum(axis=0)),
        *(d_scores.T @ hidden_2, d_scores.sum(axis=0)),
    ]


def _convolve(pixels: Matrix, kernel: Matrix) -> Matrix:
    windows = sliding_window_view(pixels, (KERNEL, KERNEL), axis=(2, 3))
    return np.tensordot(windows, kernel, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)


def _convolve_back(upstream: Matrix, kernel: Matrix) -> Matrix:
    """Return the gradient of the pixels: the upstream one convolved with the kernel turned."""
    margin = KERNEL - 1
    framed = np.pad(upstream, ((0, 0), (0, 0), (margin, margin), (margin, margin)))
    return _convolve(framed, kernel[:, :, ::-1, ::-1].transpose(1, 0, 2, 3))


def _kernel_gradient(pixels: Matrix, upstream: Matrix) -> Matrix:
    windows = sliding_window_view(pixels, (KERNEL, KERNEL), axis=(2, 3))
    return np.tensordot(upstream, windows, axes=((0, 2, 3), (0, 2, 3)))


def _pool(pixels: Matrix) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return the largest of each 2 × 2 pixels, and which of them it is."""
    batch, channels, height, width = pixels.shape
    blocks = pixels.reshape(batch, channels, height // 2, 2, width // 2, 2)
    blocks = blocks.transpose(0, 1, 2, 4, 3, 5).reshape(batch, channels, -1, 4)
    winners = np.arange(4) == blocks.argmax(axis=3)[..., None]
    largest = blocks.max(axis=3)
    return largest.reshape(batch, channels, height // 2, width // 2), winners


def _spread(upstream: Matrix, winners: NDArray[np.bool_]) -> Matrix:
    """Return the gradient of the pixels before `_pool`."""
    batch, channels, height, width = upstream.shape
    blocks = winners * upstream.reshape(batch, channels, -1, 1)
    blocks = blocks.reshape(batch, channels, height, width, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    return blocks.reshape(batch, channels, 2 * height, 2 * width)


def _softmax_loss(scores: Matrix, classes: NDArray[np.intp]) -> tuple[float, Matrix]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances = powers / powers.sum(axis=1, keepdims=True)
    rows = np.arange(BATCH)
    loss = -np.log(chances[rows, classes]).mean()
    chances[rows, classes] -= 1
    return float(loss), chances / BATCH
