"""What a row of the table is made of: readers, which take a call of PyTorch for one of a gate.

A reader has the signature of PyTorch's function, so that Python itself binds the arguments of a
sample. It returns the `Call` of our gate that must compute the same, or raises `LeftOut`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from chainrule.arrays import Array


class LeftOut(Exception):  # noqa: N818 — no error: a sample that our gate does not claim to take
    """A sample that can't be said with our gate; the message is the reason that is counted."""


def first_of(result: Any) -> Any:
    """Return the first of what PyTorch's function returns, if it returns several."""
    return result if hasattr(result, "shape") else result[0]


@dataclass(frozen=True)
class Call:
    """A call of a gate: tensors or numbers for its ports, settings, what to compare with.

    An input may be computed from the sample's tensors (a transposed weight); our gradient is then
    taken back through PyTorch to the tensor itself. `pick` takes the one tensor to compare out of
    what PyTorch's function returns. `fixed` are tensors that became settings: our gate has no
    gradient for them. `instead` is called in place of PyTorch's function where that must be told
    more than the sample tells it: which random numbers to use.
    """

    inputs: tuple[Any, ...]
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    pick: Callable[[Any], Any] = first_of
    fixed: tuple[Any, ...] = ()
    instead: Callable[[], Any] | None = None


Reader: TypeAlias = Callable[..., Call]
Settings: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """Where a gate's samples come from: an OpInfo `name` or `name/variant`, or a ModuleInfo.

    `at_kinks` says that its samples are points without second derivatives.
    """

    name: str
    read: Reader
    is_module: bool = False
    at_kinks: bool = False


@dataclass(frozen=True)
class Kink:
    """Where our convention for the gradient is another than PyTorch's, and what it is.

    `at` says of which output numbers, given the inputs and settings. What does not flow through
    them is compared all the same.
    """

    says: str
    at: Callable[[tuple[Array, ...], Settings], Any]


@dataclass(frozen=True)
class Row:
    """One gate and its samples.

    What counts as equal is within `relative` of PyTorch's number or within `absolute`, or, for
    second derivatives, `second_absolute`; `because` says why that is more than usual.
    """

    gate: str
    sources: tuple[Source, ...]
    kink: Kink | None = None
    relative: float = 1e-9
    absolute: float = 0.0
    second_absolute: float = 1e-14
    because: str = ""


def op(name: str, read: Reader, *, at_kinks: bool = False) -> Source:
    """Return an operator of PyTorch's tests as a source."""
    return Source(name, read, at_kinks=at_kinks)


def module(name: str, read: Reader) -> Source:
    """Return a module of PyTorch's tests as a source; its reader is given the module first."""
    return Source(name, read, is_module=True)


def tensors(*inputs: Any) -> Call:
    """Read a function of tensors that has no settings."""
    return Call(inputs)


def only_default(**settings: Any) -> None:
    """Leave a sample out if one of its settings, named here, says anything: None and False don't.

    The reason names the setting, not its value, so that reasons can be counted.
    """
    for name, value in settings.items():
        if value is not None and value is not False:
            raise LeftOut(f"`{name}` is given, which our gate does not have")


def with_axes(x: Any, dim: Any) -> None:
    """Leave out an axis of a number: PyTorch lets it have axis 0, ours are refused."""
    if dim is not None and x.ndim == 0:
        raise LeftOut("axis 0 of a number, which has none here")


def as_order(given: Any) -> Any:
    """Return the order of a norm as our settings are: infinities are words."""
    if isinstance(given, float) and math.isinf(given):
        return "inf" if given > 0 else "-inf"
    return given if isinstance(given, str) else float(given)


def as_axes(x: Any, dim: Any) -> int | list[int] | None:
    """Return PyTorch's `dim` as our `axis`: None and () stand for all axes there."""
    if isinstance(dim, tuple | list):
        return None if not dim or x.ndim == 0 else list(dim)
    with_axes(x, dim)
    return dim


def of_layer(read: Reader, *settings: str) -> Reader:
    """Return a reader of a module's calls: its attributes named `settings` go to `read` by name."""

    def read_layer(layer: Any, *args: Any, **kwargs: Any) -> Call:
        return read(*args, **kwargs, **{name: getattr(layer, name) for name in settings})

    return read_layer


def together(*tensors: Any) -> tuple[Any, ...]:
    """Return tensors broadcast to one shape, for a gate that wants equal ones."""
    total = tensors[0].detach()
    for each in tensors[1:]:
        total = total + each.detach()
    common = total.shape
    return tuple(each.expand(common) for each in tensors)
