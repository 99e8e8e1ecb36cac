"""Convolutions, pooling, and what else works on images."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import Call, LeftOut, Row, module, op


def sizes(given: Any) -> Any:
    """Return a size or sizes as our settings are: a tuple of PyTorch may be any sequence."""
    return list(given) if isinstance(given, tuple | list) else given


def _padding(given: Any, weight: Any, dilation: Any) -> Any:
    if given == "valid":
        return 0
    if given != "same":
        return sizes(given)
    axes = weight.ndim - 2
    dilations = dilation if isinstance(dilation, tuple | list) else (dilation,) * axes
    totals = [d * (k - 1) for d, k in zip(dilations, weight.shape[2:], strict=True)]
    if any(total % 2 for total in totals):
        raise LeftOut("padding of another size at the two ends")
    return [total // 2 for total in totals]


def _convolution(
    x: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Call:
    settings = {
        "stride": sizes(stride),
        "padding": _padding(padding, weight, dilation),
        "dilation": sizes(dilation),
        "groups": groups,
    }
    return Call((x, weight) if bias is None else (x, weight, bias), settings)


def _convolved(layer: Any, x: Any) -> Call:
    if layer.padding_mode != "zeros":
        raise LeftOut(f"padding that is {layer.padding_mode}; a gate of its own does that here")
    return _convolution(
        *(x, layer.weight, layer.bias),
        *(layer.stride, layer.padding, layer.dilation, layer.groups),
    )


def _transposed(
    x: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Call:
    call = _convolution(x, weight, bias, stride, padding, dilation, groups)
    return Call(call.inputs, {**call.params, "output_padding": sizes(output_padding)})


def _laid_down(layer: Any, x: Any) -> Call:
    return _transposed(
        *(x, layer.weight, layer.bias),
        *(layer.stride, layer.padding, layer.output_padding, layer.groups, layer.dilation),
    )


ROWS = (
    *(
        Row(
            f"conv{axes}d",
            (op(f"nn.functional.conv{axes}d", _convolution), module(f"Conv{axes}d", _convolved)),
        )
        for axes in (1, 2)
    ),
    *(
        Row(
            f"conv_transpose{axes}d",
            (
                op(f"nn.functional.conv_transpose{axes}d", _transposed),
                module(f"ConvTranspose{axes}d", _laid_down),
            ),
        )
        for axes in (1, 2)
    ),
)

WITHOUT: dict[str, str] = {}
