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
from tests.benchmarks.engine.scalar_graph import ScalarGraph, Vector

COMPILER = "cc"
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")


@final
class CLoop(Contender):
    """The workload's graph."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._graph = graph
        self._values = graph.start.copy()
        self._wires = np.zeros(2 * graph.count)
        self._gradients = np.zeros(graph.count)
        self._run = _compile().run
        arrays = graph.kinds, graph.first, graph.second
        buffers = self._values, self._gradients, self._wires
        self._arguments = (
            ctypes.c_int64(graph.count),
            ctypes.c_int64(graph.root),
            *(ctypes.c_void_p(each.ctypes.data) for each in (*arrays, *buffers)),
        )

    @override
    def run(self, point: Vector) -> float:
        self._values[self._graph.leaves] = point
        self._run(*self._arguments)
        return self._values[self._graph.root]

    @override
    def numbers(self, loss: float) -> Numbers:
        sources = np.column_stack((self._graph.first, self._graph.second)).ravel()
        leaves = self._gradients[self._graph.leaves]
        return Numbers(float(loss), leaves, self._wires[sources >= 0])


def _compile() -> Any:
    library = Path(tempfile.mkdtemp(prefix="chainrule-benchmark-")) / "c_loop.so"
    source = Path(__file__).with_suffix(".c")
    command = [COMPILER, *FLAGS, str(source), "-o", str(library), "-lm"]
    subprocess.run(command, check=True, capture_output=True)
    return ctypes.CDLL(str(library))


if __name__ == "__main__":
    compete({"graph": CLoop})
