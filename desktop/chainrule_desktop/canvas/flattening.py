"""Curves as straight lines, which are painted many times as fast."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import cache

import numpy as np

from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Flags, Floats

_FLATNESS = 0.2
_PIECES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96)
# How much closer together than in its middle the pieces of an eased curve are at its ends.
_EASE = 0.7
_LOOKS = np.array((0.0, 0.05, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.95, 1.0))


def flatten_curves(curves: Floats, pieces: int) -> Floats:
    """Return cubic curves (n, 4, 2) as straight lines, an array (n * pieces, 4)."""
    points = np.einsum("tk,nkd->ntd", _evenly(pieces), curves)
    return np.concatenate((points[:, :-1], points[:, 1:]), axis=2).reshape(-1, 4)


def flatten_finely(curves: Floats, scale: float) -> Floats:
    """Return cubic curves (n, 4, 2) as straight lines (k, 4) that look smooth at `scale`.

    A curve gets as many pieces as keep them within a fifth of a pixel from it. Wires that leave
    and arrive level, as most do, turn at their ends and are nearly straight in between, so their
    pieces are shorter at the ends.
    """
    columns = curves.reshape(-1, 8).T
    eased = _are_level_at_ends(columns)
    if eased.all():
        return _flattened(curves, _eased_pieces(curves, scale), _eased)
    uneven, even = curves[eased], curves[~eased]
    parts = (
        _flattened(uneven, _eased_pieces(uneven, scale), _eased),
        _flattened(even, _even_pieces(columns[:, ~eased], scale), _evenly),
    )
    return np.concatenate(parts)


def _flattened(curves: Floats, needed: Floats, weights: Callable[[int], Floats]) -> Floats:
    """Return curves in at least as many pieces each as `needed`."""
    levels: Indices = np.searchsorted(np.array(_PIECES[:-1]), needed)
    counts: list[int] = np.bincount(levels, minlength=len(_PIECES)).tolist()
    # The control points of all curves side by side, so that one product of matrices makes the
    # points of all that have equally many pieces.
    controls = _side_by_side(curves[np.argsort(levels, kind="stable")])
    lines = np.empty((sum(map(operator.mul, counts, _PIECES)), 4))
    curve = line = 0
    for pieces, count in zip(_PIECES, counts, strict=True):
        if count:
            points = weights(pieces) @ controls[:, 2 * curve : 2 * (curve + count)]
            points = points.reshape(pieces + 1, count, 2)
            part = lines[line : line + pieces * count].reshape(pieces, count, 4)
            part[:, :, :2], part[:, :, 2:] = points[:-1], points[1:]
            curve, line = curve + count, line + pieces * count
    return lines


def _side_by_side(curves: Floats) -> Floats:
    """Return the four control points of curves as rows (4, 2n)."""
    return np.ascontiguousarray(curves.transpose(1, 0, 2)).reshape(4, -1)


def _are_level_at_ends(columns: Floats) -> Flags:
    """Return which curves, given by columns (8, n), leave and arrive level, and never run back."""
    x0, y0, x1, y1, x2, y2, x3, y3 = columns
    level: Flags = (y0 == y1) & (y2 == y3)
    return level & (x0 < x1) & (x1 <= x3) & (x0 <= x2) & (x2 < x3)


def _eased_pieces(curves: Floats, scale: float) -> Floats:
    """Return how many pieces each curve needs that is level at its ends, not yet rounded up.

    A piece is as far from the curve as an eighth of the acceleration across it; looked for at some
    places, between which that hardly changes.
    """
    first, second, speed = _looks()
    controls = _side_by_side(curves)
    x1, y1 = np.moveaxis((first @ controls).reshape(len(_LOOKS), -1, 2), 2, 0)
    x2, y2 = np.moveaxis((second @ controls).reshape(len(_LOOKS), -1, 2), 2, 0)
    across = np.abs(x1 * y2 - y1 * x2) / np.sqrt(np.maximum(x1 * x1 + y1 * y1, 1e-12))
    across *= speed[:, None]
    return np.sqrt(across.max(axis=0, initial=0.0) * (scale / (8 * _FLATNESS)))


def _even_pieces(columns: Floats, scale: float) -> Floats:
    """Return how many pieces each curve needs, not yet rounded up.

    The distance is at most the largest second difference of the control points, times 6/8, over
    the square of the number of pieces. A difference along a flat curve that does not turn back
    does not show.
    """
    # Whole columns are many times quicker than reductions along a short axis.
    x0, y0, x1, y1, x2, y2, x3, y3 = columns
    bend_x = np.maximum(np.abs(x0 - 2 * x1 + x2), np.abs(x1 - 2 * x2 + x3))
    bend_y = np.maximum(np.abs(y0 - 2 * y1 + y2), np.abs(y1 - 2 * y2 + y3))
    width, height = _extent(x0, x1, x2, x3), _extent(y0, y1, y2, y3)
    bent = np.maximum(bend_y, np.minimum(bend_x, height + width - np.abs(x3 - x0)))
    return np.sqrt(0.75 * bent * scale / _FLATNESS)


def _extent(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    high, low = np.maximum(np.maximum(a, b), np.maximum(c, d)), np.minimum(np.minimum(a, b), c)
    return high - np.minimum(low, d)


@cache
def _evenly(pieces: int) -> Floats:
    """Return the weights of the control points at pieces + 1 places, (pieces + 1, 4)."""
    return _bernstein(np.linspace(0.0, 1.0, pieces + 1))


@cache
def _eased(pieces: int) -> Floats:
    """Return the weights at places that are closer together towards the ends."""
    return _bernstein(_ease(np.linspace(0.0, 1.0, pieces + 1)))


@cache
def _looks() -> tuple[Floats, Floats, Floats]:
    """Return weights of the first and second derivative, and the squared speed, where we look."""
    t, speed = _ease(_LOOKS), 1 - _EASE + 6 * _EASE * _LOOKS * (1 - _LOOKS)
    u = 1 - t
    first = 3 * np.stack((-u * u, u * u - 2 * u * t, 2 * u * t - t * t, t * t), axis=1)
    second = 6 * np.stack((u, t - 2 * u, u - 2 * t, t), axis=1)
    return first, second, speed * speed


def _ease(t: Floats) -> Floats:
    return (1 - _EASE) * t + _EASE * t * t * (3 - 2 * t)


def _bernstein(t: Floats) -> Floats:
    u = 1.0 - t
    return np.stack((u**3, 3 * u * u * t, 3 * u * t * t, t**3), axis=1)
