"""Gates that move numbers to other places and leave them as they are."""

from __future__ import annotations

import itertools
import math
from typing import Any

from tests.engine.gates.opinfo.calls import Call, LeftOut, Row, as_axes, op, with_axes


def _permute(x: Any, dims: Any) -> Call:
    return Call((x,), {"axes": list(dims)})


def _swap(x: Any, dim0: int, dim1: int) -> Call:
    axes = list(range(x.ndim))
    if axes:
        axes[dim0], axes[dim1] = axes[dim1], axes[dim0]
    return Call((x,), {"axes": axes})


def _reverse(x: Any) -> Call:
    return Call((x,))


def _reshape(x: Any, shape: Any) -> Call:
    return Call((x,), {"shape": list(shape)})


def _reshape_as(x: Any, other: Any) -> Call:
    return _reshape(x, other.shape)


def _unflatten(x: Any, dim: int, sizes: Any) -> Call:
    with_axes(x, dim)
    axis = dim % x.ndim
    return _reshape(x, (*x.shape[:axis], *sizes, *x.shape[axis + 1 :]))


def _flatten(x: Any, start_dim: int = 0, end_dim: int = -1) -> Call:
    return Call((x,), {"start_axis": start_dim, "end_axis": end_dim})


def _squeeze(x: Any, dim: Any = None) -> Call:
    axes = list(range(x.ndim)) if dim is None else dim
    named = [axes] if isinstance(axes, int) else list(axes)
    if x.ndim and dim is not None and any(x.shape[axis] != 1 for axis in named):
        raise LeftOut("an axis of another size than 1, which PyTorch leaves as it is")
    if dim is not None and not named:
        raise LeftOut("no axis at all, which is all axes here")
    return Call((x,), {"axis": as_axes(x, dim)})


def _unsqueeze(x: Any, dim: int) -> Call:
    return Call((x,), {"axis": dim})


def _expand(x: Any, *shape: Any) -> Call:
    sizes = list(shape[0]) if len(shape) == 1 and not isinstance(shape[0], int) else list(shape)
    new = len(sizes) - x.ndim
    known = [x.shape[axis - new] if size == -1 else size for axis, size in enumerate(sizes)]
    return Call((x,), {"shape": known})


def _expand_as(x: Any, other: Any) -> Call:
    return _expand(x, other.shape)


def _cat(parts: Any, dim: int = 0) -> Call:
    if any(tuple(each.shape) == (0,) for each in parts) and any(each.ndim > 1 for each in parts):
        raise LeftOut("an empty vector beside matrices, which PyTorch passes over")
    return Call(tuple(parts), {"axis": dim})


def _stack(parts: Any, dim: int = 0) -> Call:
    return Call(tuple(parts), {"axis": dim})


def _pieces(x: Any, sizes: Any, dim: int = 0) -> Call:
    """Read a function that returns all pieces; the last is the one to compare."""
    last = len(sizes) - 1 if isinstance(sizes, list) else sizes - 1
    settings = {"sections": sizes, "axis": dim, "index": last}
    return Call((x,), settings, pick=lambda result: result[last])


def _split(x: Any, size: Any, dim: int = 0) -> Call:
    if isinstance(size, int):
        whole, rest = divmod(x.shape[dim], size)
        size = [size] * whole + [rest] * bool(rest)
    return _pieces(x, list(size), dim)


def _chunk(x: Any, chunks: int, dim: int = 0) -> Call:
    with_axes(x, dim)
    return _split(x, math.ceil(x.shape[dim] / chunks), dim)


def _tensor_split(x: Any, places: Any, dim: int = 0) -> Call:
    if hasattr(places, "tolist"):
        places = places.tolist()
    if isinstance(places, int):
        size, longer = divmod(x.shape[dim], places)
        if longer:
            sizes = [size + 1] * longer + [size] * (places - longer)
            return _pieces(x, sizes, dim)
        return _pieces(x, places, dim)
    bounds = [0, *places, x.shape[dim]]
    sizes = [after - before for before, after in itertools.pairwise(bounds)]
    if min(sizes) < 0:
        raise LeftOut("places that are not in order")
    return _pieces(x, sizes, dim)


def _slice(x: Any, dim: int = 0, start: Any = None, end: Any = None, step: int = 1) -> Call:
    return Call((x,), {"axis": dim, "start": start, "stop": end, "step": step})


def _narrow(x: Any, dim: int, start: Any, length: int) -> Call:
    begin = start.item() if hasattr(start, "item") else start
    with_axes(x, dim)
    begin %= x.shape[dim] + (begin >= 0)
    return Call((x,), {"axis": dim, "start": begin, "stop": begin + length})


def _select(x: Any, dim: int, index: int) -> Call:
    return Call((x,), {"axis": dim, "index": index})


def _indexed(x: Any, key: Any) -> tuple[Any, int, Any]:
    """Return x indexed by all but the last of several numbers and slices, the axis and the last."""
    keys = key if isinstance(key, tuple) else (key,)
    if not keys or not all(type(each) in (int, slice) for each in keys):
        raise LeftOut("an index other than numbers and slices")
    before = keys[:-1]
    return x[before], sum(isinstance(each, slice) for each in before), keys[-1]


def _sliced(x: Any, key: Any) -> Call:
    rest, axis, last = _indexed(x, key)
    if not isinstance(last, slice):
        raise LeftOut("an index whose last part is a number")
    return _slice(rest, axis, last.start, last.stop, last.step or 1)


def _item(x: Any, key: Any) -> Call:
    rest, axis, last = _indexed(x, key)
    if isinstance(last, slice):
        raise LeftOut("an index whose last part is a slice")
    return _select(rest, axis, last)


def _items(x: Any, key: Any) -> Call:
    """Read x[key] where the key is a list or tensor of positions along the first axis."""
    if isinstance(key, list):
        if key and all(isinstance(each, int) for each in key):
            return Call((x, x.detach().new_tensor(key)), {"axis": 0})
    elif hasattr(key, "ndim") and not key.is_floating_point() and key.element_size() > 1:
        return Call((x, key % x.shape[0]), {"axis": 0})
    raise LeftOut("an index that is no list of positions along the first axis")


def _gather(x: Any, dim: int, index: Any, sparse_grad: bool = False) -> Call:
    if x.ndim == 0 or index.ndim == 0:
        raise LeftOut("a number, which PyTorch takes for a vector")
    if x.ndim != index.ndim:
        raise LeftOut("no positions at all, with other axes")
    return Call((x, index), {"axis": dim})


def _along(x: Any, index: Any, dim: int | None = None) -> Call:
    if dim is None:
        return Call((x.reshape(-1), index.reshape(-1)), {"axis": 0})
    axis = dim % x.ndim
    shape = [max(sizes) for sizes in zip(x.shape, index.shape, strict=True)]
    wide = [index.shape[axis] if each == axis else size for each, size in enumerate(shape)]
    long = [x.shape[axis] if each == axis else size for each, size in enumerate(shape)]
    return _gather(x.expand(long), dim, index.expand(wide) % x.shape[axis])


def _index_select(x: Any, dim: int, index: Any) -> Call:
    if x.ndim == 0 or index.ndim == 0:
        raise LeftOut("a number, which PyTorch takes for a vector")
    return Call((x, index), {"axis": dim})


def _take(x: Any, index: Any) -> Call:
    count = x.numel()
    return Call((x.reshape(-1), index % count if count else index), {"axis": 0})


def _one_hot(x: Any, num_classes: int = -1) -> Call:
    classes = int(x.max()) + 1 if num_classes == -1 else num_classes
    return Call((x,), {"classes": classes})


def _triangle(x: Any, diagonal: int = 0) -> Call:
    return Call((x,), {"diagonal": diagonal})


def _where(x: Any, mask: Any, y: Any) -> Call:
    return Call((mask, x, y))


def _filled(x: Any, mask: Any, value: Any) -> Call:
    return Call((mask, value, x))


def _masked_select(x: Any, mask: Any) -> Call:
    flags = mask.expand((x.detach() * mask).shape)
    return Call((x.expand(flags.shape),), {"mask": [int(each) for each in flags.reshape(-1)]})


def _flip(x: Any, dims: Any) -> Call:
    if not dims:
        raise LeftOut("no axis at all, which is all axes here")
    return Call((x,), {"axis": as_axes(x, dims)})


def _flip_columns(x: Any) -> Call:
    return Call((x,), {"axis": 1})


def _flip_rows(x: Any) -> Call:
    return Call((x,), {"axis": 0})


def _roll(x: Any, shifts: Any, dims: Any = ()) -> Call:
    moves = list(shifts) if isinstance(shifts, tuple | list) else [shifts]
    axes = list(dims) if isinstance(dims, tuple | list) else [dims]
    if x.ndim == 0 or len(moves) != 1 or len(axes) > 1:
        raise LeftOut("several axes at once, or a number")
    if axes:
        return Call((x,), {"shift": moves[0], "axis": axes[0]})
    if x.ndim > 1:
        raise LeftOut("all numbers as one row")
    return Call((x,), {"shift": moves[0]})


def _tile(x: Any, *counts: Any) -> Call:
    given = list(counts[0]) if len(counts) == 1 and not isinstance(counts[0], int) else list(counts)
    return Call((x,), {"repeats": given})


def _repeat(x: Any, repeats: Any, dim: int | None = None, output_size: Any = None) -> Call:
    if hasattr(repeats, "ndim"):
        if repeats.numel() != 1:
            raise LeftOut("a count of its own for each slice")
        repeats = int(repeats)
    if dim is None:
        return Call((x.reshape(-1),), {"repeats": repeats, "axis": 0})
    with_axes(x, dim)
    return Call((x,), {"repeats": repeats, "axis": dim})


SPLITS = ("split", "split/list_args", "split_with_sizes")

ROWS = (
    Row(
        "transpose",
        (op("permute", _permute), op("transpose", _swap), op("T", _reverse), op("t", _reverse)),
    ),
    Row(
        "reshape",
        (
            *(op("reshape", _reshape), op("view", _reshape), op("reshape_as", _reshape_as)),
            op("unflatten", _unflatten),
        ),
    ),
    Row("flatten", (op("flatten", _flatten), op("ravel", _flatten))),
    Row("squeeze", (op("squeeze", _squeeze), op("squeeze/multiple", _squeeze))),
    Row("unsqueeze", (op("unsqueeze", _unsqueeze),)),
    Row(
        "broadcast_to",
        (op("broadcast_to", _expand), op("expand", _expand), op("expand_as", _expand_as)),
    ),
    Row("concat", (op("cat", _cat),)),
    Row("stack", (op("stack", _stack),)),
    Row(
        "split",
        (
            *(op(name, _split) for name in SPLITS),
            *(op("chunk", _chunk), op("tensor_split", _tensor_split)),
        ),
    ),
    Row("slice", (op("slice", _slice), op("narrow", _narrow), op("__getitem__", _sliced))),
    Row("select", (op("select", _select), op("__getitem__", _item))),
    Row("gather", (op("gather", _gather), op("take_along_dim", _along))),
    Row("take", (op("index_select", _index_select), op("take", _take), op("__getitem__", _items))),
    Row("one_hot", (op("nn.functional.one_hot", _one_hot),)),
    Row("triu", (op("triu", _triangle),)),
    Row("tril", (op("tril", _triangle),)),
    Row("where", (op("where", _where), op("masked_fill", _filled))),
    Row("masked_select", (op("masked_select", _masked_select),)),
    Row("flip", (op("flip", _flip), op("fliplr", _flip_columns), op("flipud", _flip_rows))),
    Row("roll", (op("roll", _roll),)),
    Row("tile", (op("tile", _tile), op("repeat", _tile))),
    Row("repeat", (op("repeat_interleave", _repeat),)),
)

WITHOUT = {
    "mixture_table": "PyTorch has no mixture of tensors; Torch had one as a module",
    **dict.fromkeys(
        ("greater", "greater_equal", "equal"), "PyTorch's comparisons are truths, not numbers"
    ),
    "sign": "its gradient is 0 everywhere, which the recorded values say too",
}
