"""How cases are made and given to PyTorch, for all families of gates."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from chainrule.arrays import Array, as_array
from tests.engine.gates.agreement import Case, Result

# PyTorch is large and belongs to the optional extra "peers", so type checkers may lack it.
torch: Any = importlib.import_module("torch")

Functions = Mapping[str, Callable[..., Any]]


class Maker:
    """Makes cases with random inputs, and with the upstream gradient that PyTorch's shape asks.

    `functions` has PyTorch's function for the name of each gate of a family; it takes the inputs
    as tensors and the gate's settings by name.
    """

    def __init__(self, seed: int, functions: Functions) -> None:
        self._random = np.random.default_rng(seed)
        self._functions = functions

    def numbers(self, *shape: int) -> Array:
        """Return random numbers, rounded so that they are short in the records."""
        return as_array(np.round(self._random.normal(size=shape), 6))

    def places(self, count: int, *shape: int) -> Array:
        """Return random whole numbers from 0 to `count` - 1."""
        return as_array(self._random.integers(0, count, size=shape).astype(np.float64))

    def case(self, gate: str, *inputs: Any, deviates: str = "", **params: Any) -> Case:
        """Return a case at `inputs`."""
        arrays = tuple(as_array(each) for each in inputs)
        tensors = [torch.tensor(each, dtype=torch.float64) for each in arrays]
        shape = tuple(self._functions[gate](*tensors, **params).shape)
        return Case(gate, arrays, self.numbers(*shape), params, deviates)


def evaluate(case: Case, functions: Functions) -> Result:
    """Run PyTorch's function on a case, in float64; what is not differentiated has zeros."""
    inputs = [torch.tensor(each, dtype=torch.float64, requires_grad=True) for each in case.inputs]
    output = functions[case.gate](*inputs, **case.params)
    upstream = torch.tensor(case.upstream, dtype=torch.float64)
    found: list[Any] = [None] * len(inputs)
    if output.requires_grad:
        found = torch.autograd.grad(output, inputs, upstream, allow_unused=True)
    return Result(
        as_array(output.detach().numpy()),
        tuple(
            as_array(np.zeros(x.shape) if each is None else each.detach().numpy())
            for x, each in zip(case.inputs, found, strict=True)
        ),
    )
