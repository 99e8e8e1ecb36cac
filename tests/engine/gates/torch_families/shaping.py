"""Gates that move, pick, copy and join numbers, as PyTorch does it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

Axes = int | list[int] | None


def _squeeze(x: Any, axis: Axes = None) -> Any:
    return x.squeeze() if axis is None else x.squeeze(tuple(np.atleast_1d(axis).tolist()))


def _split(x: Any, sections: int | list[int] = 2, axis: int = 0, index: int = 0) -> Any:
    if isinstance(sections, int):
        return torch.tensor_split(x, sections, dim=axis)[index]
    return torch.split(x, sections, dim=axis)[index]


def _slice(
    x: Any, start: int | None = None, stop: int | None = None, step: int = 1, axis: int = 0
) -> Any:
    if step > 0:
        return x[(*(slice(None),) * (axis % x.ndim), slice(start, stop, step))]
    places = range(x.shape[axis])[start:stop:step]
    return x.index_select(axis, torch.tensor(list(places), dtype=torch.int64))


def _pad(x: Any, widths: Any = (1, 1), mode: str = "constant", value: float = 0.0) -> Any:
    if mode == "constant":
        return torch.nn.functional.pad(x, list(widths), value=value)
    # PyTorch's other modes want a batch and channels.
    wide = x.reshape(1, 1, *x.shape)
    return torch.nn.functional.pad(wide, list(widths), mode=mode)[0, 0]


def _mixture(weights: Any, *experts: Any) -> Any:
    rest = (1,) * (experts[0].ndim - weights.ndim + 1)
    parts = weights.unbind(-1)
    return sum(
        part.reshape((*part.shape, *rest)) * expert
        for part, expert in zip(parts, experts, strict=True)
    )


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "flatten": lambda x, start_axis=0, end_axis=-1: torch.flatten(x, start_axis, end_axis),
    "squeeze": _squeeze,
    "unsqueeze": lambda x, axis=0: torch.unsqueeze(x, axis),
    "broadcast_to": lambda x, shape: x.broadcast_to(shape),
    "stack": lambda *xs, axis=0: torch.stack(xs, dim=axis),
    "split": _split,
    "mixture_table": _mixture,
    "slice": _slice,
    "select": lambda x, index=0, axis=0: torch.select(x, axis, index),
    "gather": lambda x, at, axis=0: torch.gather(x, axis, at.round().to(torch.int64)),
    "take": lambda x, at, axis=0: x[(*(slice(None),) * (axis % x.ndim), at.to(torch.int64))],
    "one_hot": lambda x, classes: torch.nn.functional.one_hot(x.to(torch.int64), classes).double(),
    "pad": _pad,
    "flip": lambda x, axis=None: torch.flip(
        x, list(range(x.ndim)) if axis is None else np.atleast_1d(axis).tolist()
    ),
    "roll": lambda x, shift=1, axis=0: torch.roll(x, shift, axis),
    "tile": lambda x, repeats: x.tile(repeats),
    "repeat": lambda x, repeats=2, axis=0: torch.repeat_interleave(x, repeats, dim=axis),
    "where": lambda mask, x, y: torch.where(mask > 0.5, x, y),
    "greater": lambda x, y: (x > y).double(),
    "greater_equal": lambda x, y: (x >= y).double(),
    "equal": lambda x, y: (x == y).double(),
    "sign": torch.sign,
    "masked_select": lambda x, mask: torch.masked_select(
        x, torch.tensor(mask, dtype=torch.bool).reshape(x.shape)
    ),
    "triu": lambda x, diagonal=0: torch.triu(x, diagonal),
    "tril": lambda x, diagonal=0: torch.tril(x, diagonal),
}

SLICES: tuple[dict[str, Any], ...] = (
    *({}, {"start": 1}, {"stop": -1}, {"start": -3, "stop": 4}, {"step": 2}),
    *({"start": 1, "step": 3}, {"start": 9}, {"stop": 99}, {"start": 3, "stop": 1}),
    *({"step": -1}, {"start": -2, "step": -2}, {"start": 4, "stop": 1, "step": -1}),
)
PADS: tuple[dict[str, Any], ...] = (
    *({}, {"widths": [0, 2]}, {"widths": [1, 0, 2, 1], "value": -1.5}, {"widths": []}),
    *({"widths": [2, 1, 1, 1], "mode": "reflect"}, {"widths": [2, 3, 3, 1], "mode": "circular"}),
    *({"widths": [4, 0, 1, 2], "mode": "replicate"}, {"widths": [1, 1, 0, 0], "mode": "reflect"}),
)
MIXTURES: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    *(((3,), ()), ((3,), (2,)), ((3,), (2, 4)), ((2, 3), (2,)), ((2, 3), (2, 4))),
    *(((2, 3), (2, 4, 2)), ((4, 2, 3), (4, 2, 2)), ((1,), (2, 2))),
)


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for family in (_axes, _copies, _joined, _pieces, _picked, _borders, _turned, _masked):
        yield from family(make)


def _axes(make: Maker) -> Iterator[Case]:
    yield make.case("flatten", make.numbers())
    for start, end in ((0, -1), (1, -1), (0, 1), (1, 2), (-2, -1), (2, 2), (0, 0)):
        yield make.case("flatten", make.numbers(2, 3, 2, 2), start_axis=start, end_axis=end)
    for axis in (None, 0, -1, 2, [0, 2], [-1, 0]):
        yield make.case("squeeze", make.numbers(1, 3, 1, 2, 1), axis=axis)
    yield make.case("squeeze", make.numbers(1, 1))
    yield make.case("squeeze", make.numbers())
    for axis in (0, 1, 2, -1, -2, -3):
        yield make.case("unsqueeze", make.numbers(2, 3), axis=axis)
    yield make.case("unsqueeze", make.numbers())


def _copies(make: Maker) -> Iterator[Case]:
    for shape, to in (
        *(((), [2, 3]), ((), []), ((3,), [3]), ((3,), [2, 3]), ((2, 1), [2, 3])),
        *(((1, 1), [4, 3]), ((2, 1, 3), [2, 2, 4, 3]), ((1,), [2, 0])),
    ):
        yield make.case("broadcast_to", make.numbers(*shape), shape=to)
    for shape, repeats in (
        *(((), [3]), ((), []), ((3,), [2]), ((3,), [2, 2]), ((2, 3), [2])),
        *(((2, 3), [2, 1]), ((2, 3), [2, 1, 3]), ((2, 1, 2), [2, 3]), ((2,), [0])),
    ):
        yield make.case("tile", make.numbers(*shape), repeats=repeats)
    for axis in (0, 1, -1):
        for repeats in (1, 2, 3):
            yield make.case("repeat", make.numbers(2, 3), axis=axis, repeats=repeats)


def _joined(make: Maker) -> Iterator[Case]:
    for axis in (0, -1):
        yield make.case("stack", make.numbers(), make.numbers(), make.numbers(), axis=axis)
    for axis in (0, 1, 2, -1, -2, -3):
        yield make.case("stack", make.numbers(2, 3), make.numbers(2, 3), axis=axis)
    for weights, expert in MIXTURES:
        experts = [make.numbers(*expert) for _ in range(weights[-1])]
        yield make.case("mixture_table", make.numbers(*weights), *experts)


def _pieces(make: Maker) -> Iterator[Case]:
    for index in (0, 1, 2, -1, -3):
        yield make.case("split", make.numbers(6, 2), sections=3, index=index)
        yield make.case("split", make.numbers(2, 6), sections=[1, 2, 3], axis=1, index=index)
    yield make.case("split", make.numbers(4), sections=[0, 4], index=1)
    yield make.case("split", make.numbers(3), sections=1)
    for params in SLICES:
        yield make.case("slice", make.numbers(5), **params)
    for params in SLICES[:6]:
        yield make.case("slice", make.numbers(2, 5, 2), axis=-2, **params)
    for axis in (0, 1, -1):
        for index in (0, 1, -1, -2):
            yield make.case("select", make.numbers(2, 3, 2), axis=axis, index=index)
    yield make.case("select", make.numbers(4), index=2)


def _picked(make: Maker) -> Iterator[Case]:
    for axis, shape in ((0, (4, 3)), (0, (2, 2)), (1, (2, 5)), (-1, (1, 3)), (-2, (5, 1))):
        yield make.case("gather", make.numbers(3, 3), make.places(3, *shape), axis=axis)
    yield make.case("gather", make.numbers(4), make.places(4, 6))
    for axis in (0, 1, -1):
        for shape in ((), (4,), (2, 3)):
            yield make.case("take", make.numbers(3, 3, 3), make.places(3, *shape), axis=axis)
    yield make.case("take", make.numbers(3), make.places(3))
    for shape in ((), (3,), (2, 2)):
        yield make.case("one_hot", make.places(4, *shape), classes=4)


def _borders(make: Maker) -> Iterator[Case]:
    for params in PADS:
        yield make.case("pad", make.numbers(3, 4), **params)
    yield make.case("pad", make.numbers(2, 3, 2), widths=[1, 2, 0, 1, 3, 0])
    for mode in ("reflect", "replicate", "circular"):
        yield make.case("pad", make.numbers(3), widths=[2, 1], mode=mode)


def _turned(make: Maker) -> Iterator[Case]:
    yield make.case("flip", make.numbers())
    for axis in (None, 0, -1, [0, 2], [1], []):
        yield make.case("flip", make.numbers(2, 3, 2), axis=axis)
    for shift in (0, 1, -1, 5, -7):
        yield make.case("roll", make.numbers(3, 4), shift=shift)
        yield make.case("roll", make.numbers(3, 4), shift=shift, axis=-1)


def _masked(make: Maker) -> Iterator[Case]:
    for mask, x, y in (
        *(((), (), ()), ((3,), (3,), (3,)), ((2, 1), (3,), ()), ((), (3,), (2, 1))),
        *(((2, 3), (2, 3), (2, 3)), ((3,), (2, 3), ())),
    ):
        yield make.case("where", make.places(2, *mask), make.numbers(*x), make.numbers(*y))
    yield make.case("where", [1.0, 0.0, 0.5, 0.51], [math.inf, math.nan, 1.0, 2.0], [0.0] * 4)
    yield make.case("where", [math.nan, -1.0, 7.0], [1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    points = [0.0, -0.0, 1.0, -2.5, math.inf, -math.inf]
    for gate in ("greater", "greater_equal", "equal"):
        for x, y in (((), ()), ((2, 3), (3,)), ((2, 1), ())):
            yield make.case(gate, make.numbers(*x), make.numbers(*y))
        yield make.case(gate, np.reshape(points, (-1, 1)), [*points, math.nan])
    yield make.case("sign", points)
    yield make.case("sign", make.numbers(2, 3))
    for shape in ((), (4,), (2, 3), (2, 2, 2)):
        flags = make.places(2, *shape).astype(int).ravel().tolist()
        yield make.case("masked_select", make.numbers(*shape), mask=flags)
    for gate in ("triu", "tril"):
        for diagonal in (-2, -1, 0, 1, 2, 5):
            yield make.case(gate, make.numbers(3, 4), diagonal=diagonal)
        yield make.case(gate, make.numbers(2, 3, 2))
