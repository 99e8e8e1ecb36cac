"""The abstract gate: one class holds everything about one function and its derivative."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum
from typing import Any, ClassVar, final

from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, broadcast_shape
from chainrule.gates.kernel import Kernel, KernelFamily
from chainrule.gates.kind import Kind


class Pattern(Enum):
    """What a gate does to the gradient that flows back through it."""

    DISTRIBUTOR = "distributes the gradient to all its inputs"
    ROUTER = "routes the gradient to one of its inputs"
    SWITCHER = "switches its inputs and scales by them"
    SCALER = "scales the gradient"
    SQUASHER = "squashes: the gradient fades where the output saturates"
    MIXER = "mixes: every input number gets a weighted sum"
    RESHAPER = "moves the gradient back to where the numbers came from"
    BLOCKER = "blocks the gradient: its output only jumps"


class Gate(Kind):
    """A differentiable function of one or more inputs with one output.

    `forward` and `backward` are pure: no state, no side effect, the same for a number and for an
    array. The passes keep what `backward` needs. `ports` names the inputs, of which the last
    `optional` may be left out; a `variadic` gate takes more. `formula` and `derivatives` (one for
    each of `ports`) are LaTeX in the names of the ports and parameters, with `f` for the output.
    `rule` says in words why the local derivative is what it is. `samples` are inputs on which
    tests try the gate, `variants` settings other than the defaults with inputs for them. Where
    `differentiates` is False, `backward` is, on purpose, not the derivative of `forward`, and no
    difference of values can check it.

    Both passes call NumPy's functions only, so that they also run on dual numbers, from which
    second derivatives come: an array to be filled is made by `np.zeros_like(upstream, shape=…)`.
    """

    ports: ClassVar[tuple[str, ...]]
    pattern: ClassVar[Pattern]
    formula: ClassVar[str]
    derivatives: ClassVar[tuple[str, ...]]
    rule: ClassVar[str]
    samples: ClassVar[tuple[tuple[Any, ...], ...]]
    variants: ClassVar[tuple[tuple[dict[str, Any], tuple[Any, ...]], ...]] = ()
    differentiates: ClassVar[bool] = True

    @property
    @final
    @override
    def port_names(self) -> tuple[str, ...]:
        return self.ports

    @abstractmethod
    def forward(self, *inputs: Any, **_: Any) -> Array:
        """Return the output for `inputs`, one array for each port."""

    @abstractmethod
    def backward(self, upstream: Array, output: Array, *inputs: Any, **_: Any) -> tuple[Array, ...]:
        """Return the downstream gradient for each input: the vector-Jacobian product.

        `upstream` has the shape of `output`. A result may have the broadcast shape of the inputs;
        whoever calls sums it back to the input's own shape (`arrays.unbroadcast`).
        """

    @abstractmethod
    def infer_shape(self, *shapes: Shape) -> Shape:
        """Return the output's shape for inputs of `shapes`; raise ShapeError if they don't fit."""


class Elementwise(Gate):
    """A gate that works number by number: arrays broadcast.

    With a `kernel`, which must agree with `forward` and `backward`, equal gates run as one stack.
    """

    kernel: ClassVar[Kernel | KernelFamily | None] = None

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return broadcast_shape(self.name, shapes)


class Piecewise(ABC):
    """What a gate with kinks adds: the choice that it made at its inputs.

    A numerical gradient is meaningless where the choice differs on the two sides of the point.
    """

    @abstractmethod
    def branch(self, *inputs: Any, **_: Any) -> Array:
        """Return for each output number which piece of the function computed it."""


class InPlace(ABC):
    """What a gate of large tensors adds: results written into arrays that stay from run to run.

    It also computes one downstream gradient without the others. A gate that `can_wait` promises
    that `backward_into` never raises and makes finite numbers of finite ones; then the gradient of
    data, which may cost a third of the pass and interest nobody, is computed when it is read.
    """

    can_wait: ClassVar[bool] = False

    @abstractmethod
    def forward_into(self, out: Floats, *inputs: Any) -> None:
        """Write the output for `inputs` into `out`."""

    @abstractmethod
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Any
    ) -> None:
        """Write the downstream gradient for one port into `out`, which has that input's shape."""
