"""The loop in C beside this file, compiled by the machine's own compiler: the limit for scalars."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from pathlib import Path
from typing import Any, final

import numpy as np
from typing_extensions import override

from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import ScalarGraph, Vector, by_level

COMPILER = "cc"
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")


@final
class CLoop(Contender):
    """The workload's graph, sorted by level and kind, so that branches are foreseen."""

    def __init__(self, graph: ScalarGraph) -> None:
        ordered, self._place = by_level(graph)
        self._inputs = np.column_stack((graph.first, graph.second)) >= 0
        self._leaves = self._place[graph.leaves]
        self._root = ordered.root
        self._values = ordered.start.copy()
        self._gradients = np.zeros(graph.count)
        self._wires = np.zeros((graph.count, 2))
        self._run = _compile().run
        self._kept = ordered.kinds, ordered.first, ordered.second
        buffers = self._values, self._gradients, self._wires
        self._arguments = (
            ctypes.c_int64(graph.count),
            ctypes.c_int64(ordered.root),
            *(ctypes.c_void_p(each.ctypes.data) for each in (*self._kept, *buffers)),
        )

    @override
    def run(self, point: Vector) -> float:
        self._values[self._leaves] = point
        self._run(*self._arguments)
        return self._values[self._root]

    @override
    def numbers(self, loss: float) -> Numbers:
        wires = self._wires[self._place][self._inputs]
        return Numbers(float(loss), self._gradients[self._leaves], wires)


def _compile() -> Any:
    library = Path(tempfile.mkdtemp(prefix="chainrule-benchmark-")) / "c_loop.so"
    source = Path(__file__).with_suffix(".c")
    command = [COMPILER, *FLAGS, str(source), "-o", str(library), "-lm"]
    subprocess.run(command, check=True, capture_output=True)
    return ctypes.CDLL(str(library))


if __name__ == "__main__":
    compete({"graph": CLoop})
