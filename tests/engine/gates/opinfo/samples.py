"""The sample inputs of PyTorch's operator and module tests, as calls of plain functions."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.engine.gates.opinfo.calls import Source, first_of
from tests.engine.gates.torch_families.making import torch

DEVICE = "cpu"
TESTING = "torch.testing._internal"


@dataclass(frozen=True)
class Sample:
    """A call of `function`; `told` is what the reader is given, for a module with it in front."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    told: tuple[Any, ...]

    def leaves(self) -> list[Any]:
        """Return the tensors that require gradients, in the arguments and the module, each once."""
        trees = importlib.import_module("torch.utils._pytree")
        found = trees.tree_leaves((self.told, self.kwargs))
        found = [*found, *(p for m in found if _is_module(m) for p in m.parameters())]
        each = {id(x): x for x in found if isinstance(x, torch.Tensor) and x.requires_grad}
        return [*each.values()]


def samples_of(source: Source, *, extensive: bool) -> Iterator[Sample]:
    """Yield the samples of a source in float64, with fresh tensors that require gradients.

    Ops have more of them, with extreme numbers, if `extensive` ones are wished.
    """
    torch.manual_seed(20)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from _of_module(source) if source.is_module else _of_op(source, extensive)


@cache
def _ops() -> dict[str, Any]:
    database = importlib.import_module(f"{TESTING}.common_methods_invocations").op_db
    variants = [(each, each.variant_test_name) for each in database]
    return {f"{each.name}/{variant}" if variant else each.name: each for each, variant in variants}


@cache
def _modules() -> dict[str, Any]:
    database = importlib.import_module(f"{TESTING}.common_modules").module_db
    return {each.module_cls.__name__: each for each in database}


def _of_op(source: Source, extensive: bool) -> Iterator[Sample]:
    info = _ops()[source.name]
    for each in _inputs_of(info, extensive):
        args, kwargs = _fresh(info.op, (each.input, *each.args), dict(each.kwargs))
        yield Sample(info.op, args, kwargs, args)


def _inputs_of(info: Any, extensive: bool) -> list[Any]:
    if torch.float64 not in info.dtypes:
        return [*info.sample_inputs(DEVICE, torch.int64, requires_grad=False)]
    make = info.reference_inputs if extensive else info.sample_inputs
    try:
        return [*make(DEVICE, torch.float64, requires_grad=info.supports_autograd)]
    except ValueError:  # some of PyTorch's makers don't know how to require gradients
        return [*make(DEVICE, torch.float64, requires_grad=False)]


def _of_module(source: Source) -> Iterator[Sample]:
    info = _modules()[source.name]
    for training in (False, True):
        for each in info.module_inputs_func(
            info, device=DEVICE, dtype=torch.float64, requires_grad=True, training=training
        ):
            made = each.constructor_input
            layer = info.module_cls(*made.args, **made.kwargs).to(torch.float64).train(training)
            given = each.forward_input
            trial = info.module_cls(*made.args, **made.kwargs).to(torch.float64).train(training)
            args, kwargs = _fresh(trial, given.args, dict(given.kwargs))
            yield Sample(layer, args, kwargs, (layer, *args))


def _fresh(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    """Return arguments whose tensors are leaves; one that was given twice is still one tensor.

    All tensors of floats require gradients, a loss's targets too, unless PyTorch does not know
    their derivatives; then those do that the sample says.
    """
    try:
        trial_args, trial_kwargs = _renewed((args, kwargs), everything=True)
        result = first_of(function(*trial_args, **trial_kwargs))
        if result.requires_grad:
            result.sum().backward()
    except (RuntimeError, NotImplementedError, TypeError):
        return _renewed((args, kwargs), everything=False)
    return _renewed((args, kwargs), everything=True)


def _renewed(arguments: Any, *, everything: bool) -> Any:
    trees = importlib.import_module("torch.utils._pytree")
    known: dict[int, Any] = {}

    def renew(x: Any) -> Any:
        if not isinstance(x, torch.Tensor):
            return x
        if id(x) not in known:
            wanted = x.requires_grad or (everything and x.is_floating_point())
            known[id(x)] = x.detach().clone().requires_grad_(wanted)
        return known[id(x)]

    return trees.tree_map(renew, arguments)


def _is_module(x: Any) -> bool:
    return isinstance(x, torch.nn.Module)
