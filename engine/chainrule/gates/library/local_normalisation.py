"""Normalisation by what is near: across channels, and by local mean and deviation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape
from chainrule.errors import ParameterError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.images import (
    Sizes,
    Sliding,
    as_images,
    check_sizes,
    images_shape,
    shown,
)
from chainrule.gates.foundations.normalising import check_channels
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.foundations.windows import Slide, Windows
from chainrule.gates.gate import Gate, Pattern, Piecewise
from chainrule.gates.kind import INTEGER, NUMBER, SIZE_OR_SIZES, Group, parameter

_IMAGE = (((1.0, -2.0, 0.5), (3.0, 0.25, 1.5)), ((0.0, 1.5, -1.0), (2.0, -0.5, 0.75)))


@register
@final
@dataclass(frozen=True)
class LocalResponseNorm(Gate):
    """f = x / (k + alpha / size Σ x²)^beta, summed over `size` channels around each one.

    As torch.nn.functional.local_response_norm and Torch's SpatialCrossMapLRN. Of an even number of
    channels one more lies before than behind; at the ends they are fewer, but still divided by
    `size` (Krizhevsky, Sutskever and Hinton: ImageNet classification, 2012, who don't divide).
    """

    size: int = parameter(5, INTEGER, "How many channels are summed over.", required=True)
    alpha: float = parameter(1e-4, NUMBER, "How much the squares count.")
    beta: float = parameter(0.75, NUMBER, "The exponent.")
    k: float = parameter(1.0, NUMBER, "What is added to the sum.")

    name = "local_response_norm"
    group = Group.LAYER
    summary = "Divides each number by what the channels around its own have at the same place."
    aliases = ("LRN", "cross-channel normalization", "SpatialCrossMapLRN")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"\frac{x}{(k + \frac{alpha}{size} \sum_{channels} x^{2})^{beta}}"
    derivatives = (r"s^{-beta} - \frac{2 alpha beta}{size} x \sum_{channels} x s^{-beta - 1}",)
    rule = "The quotient's own share, less what it takes from its neighbours by its square."
    samples = (((_IMAGE,),),)
    variants = (
        (
            {"size": 2, "alpha": 0.5, "beta": 0.5, "k": 2.0},
            (((((1.0, -2.0), (3.0, 0.5), (-1.0, 2.0))),),),
        ),
        ({"size": 3, "alpha": 1.0}, ((_IMAGE,),)),
    )

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ParameterError(f"{self.name}: size must be at least 1, not {self.size}")

    @property
    @override
    def symbol(self) -> str:
        return "LRN"

    @override
    def forward(self, x: Array) -> Array:
        planes, windows = self._planes(x)
        return np.reshape(planes * self._sums(planes, windows) ** -self.beta, x.shape)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        planes, windows = self._planes(x)
        sums = self._sums(planes, windows)
        scaled = np.reshape(upstream, planes.shape) * sums**-self.beta
        shared = windows.spread(scaled * planes / sums)
        factor = 2.0 * self.alpha * self.beta / self.size
        return (np.reshape(scaled - factor * planes * shared, x.shape),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        check_channels(self.name, shapes[0], 3)
        return shapes[0]

    def _planes(self, x: Array) -> tuple[Floats, Windows]:
        """Return a plane for each sample, channels by places, and the windows down its columns."""
        batch, channels = images_shape(self.name, (*x.shape[:2], x.size, 1), 2)[:2]
        places = x.size // max(batch * channels, 1)
        rows = Slide(channels, self.size, before=self.size // 2, count=channels)
        windows = Windows(rows, Slide(places, 1, count=places))
        return np.reshape(x, (batch, 1, channels, places)), windows

    def _sums(self, planes: Floats, windows: Windows) -> Floats:
        return self.k + self.alpha / self.size * windows.sums(planes * planes)


@dataclass(frozen=True)
class LocalNormalisation(Gate):
    """A gate that compares numbers with a window of all channels around them, as Torch's nn does.

    The window's numbers count alike, and at the borders only those inside the image.
    """

    kernel_size: Sizes = parameter(
        9, SIZE_OR_SIZES, "How large the window is; odd, so that it has a middle."
    )

    group = Group.LAYER
    ports = ("x",)
    pattern = Pattern.MIXER

    @final
    def check_kernel(self) -> None:
        """Raise ParameterError for a window without a middle."""
        check_sizes(self.name, 2, 1, kernel_size=self.kernel_size)
        sizes = self.kernel_size if isinstance(self.kernel_size, tuple) else (self.kernel_size,)
        if any(size % 2 == 0 for size in sizes):
            raise ParameterError(
                f"{self.name}: kernel_size {shown(self.kernel_size)} has no middle; use odd sizes"
            )

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        images_shape(self.name, shapes[0], 2)
        self._windows(shapes[0])
        return shapes[0]

    @final
    def surroundings(self, x: Array) -> tuple[Floats, Windows]:
        """Return `x` as images, and a window around each of their numbers."""
        return as_images(self.name, x, 2), self._windows(x.shape)

    def _windows(self, shape: Shape) -> Windows:
        size = self.kernel_size
        padding = tuple(each // 2 for each in size) if isinstance(size, tuple) else size // 2
        return Sliding(size, 1, padding).over(self.name, shape, 2)


@register
@final
@dataclass(frozen=True)
class LocalSubtractiveNorm(LocalNormalisation):
    """f = x - the mean over the window around it and all channels.

    Torch's SpatialSubtractiveNormalization with its kernel of ones.
    """

    name = "local_subtractive_norm"
    summary = "Takes the mean of its surroundings, over all channels, off each number of an image."
    aliases = ("subtractive normalization", "SpatialSubtractiveNormalization")
    formula = r"x - mean_{window}(x)"
    derivatives = (r"1 - \frac{1}{n}",)
    rule = "Each gradient is taken, in equal shares, off all numbers of its window."
    samples = ((_IMAGE,), ((_IMAGE,),))
    variants = (({"kernel_size": 3}, (_IMAGE,)), ({"kernel_size": [1, 3]}, (_IMAGE,)))

    def __post_init__(self) -> None:
        self.check_kernel()

    @property
    @override
    def symbol(self) -> str:
        return "x−mean"

    @override
    def forward(self, x: Array) -> Array:
        return np.reshape(_centred(*self.surroundings(x)), x.shape)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        _, windows = self.surroundings(x)
        images = as_images(self.name, upstream, 2)
        return (np.reshape(_centred_back(images, windows), x.shape),)


@dataclass(frozen=True)
class Divisive(LocalNormalisation, Piecewise):
    """A gate that divides by local deviations, which are at least `threshold`."""

    threshold: float = parameter(1e-4, NUMBER, "The smallest deviation that is divided by.")

    @final
    def __post_init__(self) -> None:
        self.check_kernel()
        if self.threshold < 0:
            raise ParameterError(f"{self.name}: threshold must be at least 0, not {self.threshold}")


@register
@final
@dataclass(frozen=True)
class LocalDivisiveNorm(Divisive):
    """f = x / the root of the mean square over the window around it and all channels.

    Torch's SpatialDivisiveNormalization with its kernel of ones; it presumes a mean of 0. At the
    borders Torch corrects the root by the count inside the image as it does a mean, so that what
    it divides by is somewhat too large there; so do we. Where the root is not above `threshold`,
    it is taken for that, and its gradient is 0.
    """

    name = "local_divisive_norm"
    summary = "Divides each number of an image by the deviation of its surroundings."
    aliases = ("divisive normalization", "SpatialDivisiveNormalization")
    formula = r"\frac{x}{\max(deviation_{window}(x), threshold)}"
    derivatives = (r"\frac{1}{d} - \frac{x^{2}}{n d^{3}}",)
    rule = "The quotient's own share, less what each number adds to the deviations around it."
    samples = ((_IMAGE,), ((_IMAGE,),))
    variants = (
        ({"kernel_size": 3}, (_IMAGE,)),
        ({"kernel_size": [1, 3], "threshold": 1.0}, (_IMAGE,)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "x/std"

    @override
    def forward(self, x: Array) -> Array:
        images, windows = self.surroundings(x)
        return np.reshape(images / _deviations(images, windows, self.threshold), x.shape)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        images, windows = self.surroundings(x)
        above = as_images(self.name, upstream, 2)
        return (np.reshape(_divided_back(above, images, windows, self.threshold), x.shape),)

    @override
    def branch(self, x: Array) -> Array:
        images, windows = self.surroundings(values_of(x))
        return np.reshape(_exceeds(images, windows, self.threshold), x.shape)


@register
@final
@dataclass(frozen=True)
class LocalContrastNorm(Divisive):
    """f = x less its local mean, divided by its local deviation.

    Torch's SpatialContrastiveNormalization: `local_subtractive_norm`, then `local_divisive_norm`
    (Jarrett and others: What is the best multi-stage architecture for object recognition?, 2009).
    """

    name = "local_contrast_norm"
    summary = "Takes the local mean off each number of an image and divides by the deviation."
    aliases = ("contrast normalization", "SpatialContrastiveNormalization")
    formula = r"\frac{y}{\max(deviation_{window}(y), threshold)}, y = x - mean_{window}(x)"
    derivatives = (r"(\frac{1}{d} - \frac{y^{2}}{n d^{3}}) (1 - \frac{1}{n})",)
    rule = "The rule of the division, then that of the subtraction."
    samples = ((_IMAGE,), ((_IMAGE,),))
    variants = (
        ({"kernel_size": 3}, (_IMAGE,)),
        ({"kernel_size": [1, 3], "threshold": 1.0}, (_IMAGE,)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "contrast"

    @override
    def forward(self, x: Array) -> Array:
        images, windows = self.surroundings(x)
        centred = _centred(images, windows)
        return np.reshape(centred / _deviations(centred, windows, self.threshold), x.shape)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        images, windows = self.surroundings(x)
        above = as_images(self.name, upstream, 2)
        centred = _centred(images, windows)
        inner = _divided_back(above, centred, windows, self.threshold)
        return (np.reshape(_centred_back(inner, windows), x.shape),)

    @override
    def branch(self, x: Array) -> Array:
        images, windows = self.surroundings(values_of(x))
        return np.reshape(_exceeds(_centred(images, windows), windows, self.threshold), x.shape)


def _centred(images: Floats, windows: Windows) -> Floats:
    sums = windows.sums(np.sum(images, axis=1, keepdims=True))
    return images - sums / (images.shape[1] * windows.populations())


def _centred_back(upstream: Floats, windows: Windows) -> Floats:
    shares = np.sum(upstream, axis=1, keepdims=True) / windows.populations()
    return upstream - windows.spread(shares) / upstream.shape[1]


def _roots(images: Floats, windows: Windows) -> Floats:
    """Return the root of the mean square over each window, before that of a border is corrected."""
    squares = windows.sums(np.sum(images * images, axis=1, keepdims=True))
    return np.sqrt(squares / (images.shape[1] * windows.rows.kernel * windows.columns.kernel))


def _coverage(windows: Windows) -> Floats:
    """Return which share of each window lies inside the image."""
    return windows.populations() / (windows.rows.kernel * windows.columns.kernel)


def _deviations(images: Floats, windows: Windows, threshold: float) -> Floats:
    deviations = _roots(images, windows) / _coverage(windows)
    return np.where(deviations > threshold, deviations, threshold)


def _exceeds(images: Floats, windows: Windows, threshold: float) -> Floats:
    """Return 1 where the deviation is above the threshold and 0 elsewhere."""
    above = _roots(images, windows) / _coverage(windows) > threshold
    return np.broadcast_to(above, images.shape).astype(np.float64)


def _divided_back(upstream: Floats, images: Floats, windows: Windows, threshold: float) -> Floats:
    """Return the gradient of images that were divided by their deviations."""
    roots, coverage = _roots(images, windows), _coverage(windows)
    deviations = roots / coverage
    above = deviations > threshold
    divisors = np.where(above, deviations, threshold)
    for_roots = -np.sum(upstream * images, axis=1, keepdims=True) / (divisors**2 * coverage)
    for_squares = np.where(above, for_roots / np.where(above, roots, 1.0), 0.0)
    count = images.shape[1] * windows.rows.kernel * windows.columns.kernel
    return upstream / divisors + images * windows.spread(for_squares) / count
