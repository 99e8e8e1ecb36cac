"""Pooling of windows, and borders of images."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import Call, LeftOut, Reader, Row, module, of_layer, op
from tests.engine.gates.opinfo.rows.convolution import sizes

LOWEST = -1e300


def _max_pool(
    x: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Call:
    settings = {
        "kernel_size": sizes(kernel_size),
        "stride": sizes(stride) or None,
        "padding": sizes(padding),
        "dilation": sizes(dilation),
        "ceil_mode": ceil_mode,
    }
    return Call((x,), settings)


def _unpool(axes: int) -> Reader:
    """Read unpooling: where PyTorch is told places, ours is shown numbers that are largest there.

    The samples come from pooling, so x itself, put at its places, has its windows' largest.
    """

    def read(
        x: Any,
        indices: Any,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        output_size: Any = None,
    ) -> Call:
        if output_size is None:
            raise LeftOut("an output size that is not given")
        places = indices.flatten(-axes)
        ordered = places.sort(-1).values
        if bool((ordered[..., 1:] == ordered[..., :-1]).any()):
            raise LeftOut("windows with one largest number; PyTorch keeps one of their gradients")
        shape = (*x.shape[:-axes], *output_size[-axes:])
        lowest = x.detach().new_full(shape, LOWEST).flatten(-axes)
        source = lowest.scatter(-1, places, x.detach().flatten(-axes)).reshape(shape)
        settings = {
            "kernel_size": sizes(kernel_size),
            "stride": sizes(stride) or None,
            "padding": sizes(padding),
        }
        kernel, step, border = (
            _each(axes, given) for given in (kernel_size, stride or kernel_size, padding)
        )
        floors = [
            (size + 2 * b - k) // s + 1
            for size, k, s, b in zip(shape[-axes:], kernel, step, border, strict=True)
        ]
        return Call((x, source), {**settings, "ceil_mode": floors != list(x.shape[-axes:])})

    return read


def _each(axes: int, given: Any) -> Any:
    return (given,) * axes if isinstance(given, int) else given


def _adaptive(x: Any, output_size: Any, return_indices: bool = False) -> Call:
    if isinstance(output_size, tuple | list):
        known = zip(output_size, x.shape[-len(output_size) :], strict=True)
        output_size = [size if wanted is None else wanted for wanted, size in known]
    return Call((x,), {"output_size": output_size})


def _pad(x: Any, pad: Any, mode: str = "constant", value: float | None = None) -> Call:
    if min(pad, default=0) < 0:
        raise LeftOut("a negative width, which cuts off; slice does that here")
    return Call((x,), {"widths": list(pad), "mode": mode, "value": float(value or 0.0)})


def _border(mode: str) -> Reader:
    def read(layer: Any, x: Any) -> Call:
        return _pad(x, layer.padding, mode, getattr(layer, "value", None))

    return read


POOL = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
MODES = ("constant", "reflect", "replicate", "circular")
PADS = {
    "Zero": "constant",
    "Constant": "constant",
    "Reflection": "reflect",
    "Replication": "replicate",
    "Circular": "circular",
}

ROWS = (
    *(
        Row(
            f"max_pool{axes}d",
            (
                op(f"nn.functional.max_pool{axes}d", _max_pool),
                module(f"MaxPool{axes}d", of_layer(_max_pool, *POOL)),
            ),
        )
        for axes in (1, 2)
    ),
    *(
        Row(
            f"max_unpool{axes}d",
            (
                op(f"nn.functional.max_unpool{axes}d", _unpool(axes)),
                op(f"nn.functional.max_unpool{axes}d/grad", _unpool(axes)),
            ),
        )
        for axes in (1, 2)
    ),
    *(
        Row(
            f"adaptive_{what}_pool{axes}d",
            (
                op(f"nn.functional.adaptive_{what}_pool{axes}d", _adaptive),
                module(f"Adaptive{what.title()}Pool{axes}d", of_layer(_adaptive, "output_size")),
            ),
        )
        for what in ("avg", "max")
        for axes in (1, 2)
    ),
    Row(
        "pad",
        (
            *(op(f"nn.functional.pad/{mode}", _pad) for mode in MODES),
            *(
                module(f"{name}Pad{axes}d", _border(mode))
                for name, mode in PADS.items()
                for axes in (1, 2, 3)
            ),
        ),
    ),
)

WITHOUT: dict[str, str] = {}
