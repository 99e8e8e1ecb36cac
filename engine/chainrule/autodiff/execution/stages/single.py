"""One gate as a stage of its own: tensors too large to be stacked, and gates without a kernel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import final

from typing_extensions import override

from chainrule.arrays import Array, Shape
from chainrule.autodiff.execution.numbering import kernel_of, parameters_of
from chainrule.autodiff.execution.stages.memory import Memory
from chainrule.autodiff.execution.stages.runners import (
    InPlaceRunner,
    KernelRunner,
    PlainRunner,
    Runner,
)
from chainrule.autodiff.execution.stages.stage import Stage, Step
from chainrule.autodiff.planning.plan import failure_sentence
from chainrule.gates.gate import Gate, InPlace


@final
@dataclass(frozen=True, slots=True)
class Single:
    """What a stage of one gate must know.

    `owner` is the row of its node. Its wires are flat wires, counted from `wire`. `readers` says
    for each input how many wires read it. The gradients of `eager` ports are computed in every
    pass, those of `delayed` ones when they are read; both are empty where none flow. `data` says
    which inputs are leaves whose gradient is summed when it is read.
    """

    slot: int
    owner: int
    gate: Gate
    level: int
    shape: Shape
    input_shapes: tuple[Shape, ...]
    sources: tuple[int, ...]
    wire: int
    readers: tuple[int, ...]
    eager: tuple[int, ...]
    delayed: tuple[int, ...]
    data: tuple[bool, ...]


@final
class SingleStage(Stage):
    """Reads and writes the numbers of one gate; what fails is noted in `failed`, by its owner."""

    def __init__(self, single: Single, memory: Memory, failed: dict[int, str]) -> None:
        self.level = single.level
        self.single = single
        self._memory, self._failed = memory, failed
        self._runner = _runner(single)
        for port, source in enumerate(single.sources):
            if single.data[port] and (single.eager or single.delayed):
                memory.gather(source, single.wire + port)
        for port in single.delayed:
            memory.delay(single.wire + port, partial(self._read_delayed, port))

    @override
    def forward(self) -> Iterator[Step]:
        yield self.run_forward

    @override
    def backward(self, blocking: bool) -> Iterator[Step]:
        if self.single.eager:
            yield self._run_backward

    def inputs(self) -> list[Array] | None:
        """Return the values of the inputs, None if one has none since what computes it failed."""
        found: list[Array] = []
        for source in self.single.sources:
            value = self._memory.value(source)
            if value is None:
                return None
            found.append(value)
        return found

    def run_forward(self) -> None:
        """Compute the output."""
        inputs = self.inputs()
        if inputs is None:
            return
        try:
            self._memory.set_value(self.single.slot, self._runner.forward(inputs))
        except Exception as error:  # noqa: BLE001  a registered gate may raise anything
            self._failed[self.single.owner] = failure_sentence(self.single.gate, error)

    def _run_backward(self) -> None:
        single, memory = self.single, self._memory
        try:
            downstream = self._downstream(single.eager)
        except Exception as error:  # noqa: BLE001  a registered gate may raise anything
            self._failed[single.owner] = failure_sentence(single.gate, error)
            return
        for port, gradient in zip(single.eager, downstream, strict=False):
            memory.set_downstream(single.wire + port, gradient)
            memory.add_gradient(single.sources[port], gradient, single.readers[port])

    def _downstream(self, ports: tuple[int, ...]) -> list[Array]:
        """Return the gradients of `ports`; nothing if no gradient has come here."""
        memory = self._memory
        upstream, output = memory.gradient(self.single.slot), memory.value(self.single.slot)
        inputs = self.inputs()
        if upstream is None or output is None or inputs is None:
            return []
        return self._runner.backward(ports, upstream, output, inputs)

    def _read_delayed(self, port: int) -> Array | None:
        return next(iter(self._downstream((port,))), None)


def _runner(single: Single) -> Runner:
    kernel = kernel_of(single.gate)
    if single.shape and isinstance(single.gate, InPlace):
        return InPlaceRunner(single.gate, single.shape, single.input_shapes)
    if single.shape and kernel is not None:
        parameters = parameters_of(single.gate)
        return KernelRunner(kernel, parameters, single.shape, single.input_shapes)
    return PlainRunner(single.gate, single.shape)
