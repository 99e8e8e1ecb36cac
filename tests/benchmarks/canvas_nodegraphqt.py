"""A peer: NodeGraphQt, with a node for each gate that shows its name and its ports, no numbers."""

from __future__ import annotations

import importlib
from typing import Any

from tests.benchmarks import canvas

canvas.prepare_qt()

from PySide6.QtWidgets import QApplication  # noqa: E402  Qt's platform is chosen first

from tests.benchmarks.canvas_view import Opened, measure_view  # noqa: E402
from tests.benchmarks.measure import hand_in  # noqa: E402
from tests.benchmarks.workload import Gate  # noqa: E402

_library: Any = importlib.import_module("NodeGraphQt")
_graphs: list[Any] = []


class _Node(_library.BaseNode):
    """A gate with as many inputs as the workload's gates have at most."""

    __identifier__ = "benchmark"
    NODE_NAME = "gate"

    def __init__(self) -> None:
        super().__init__()
        for port in range(canvas.MOST_PORTS):
            self.add_input(f"in{port}")
        self.add_output("out")


def open_graph(gates: list[Gate]) -> Opened:
    """Make the nodes and their wires as fast as can be: without undo steps and signals.

    Nor does it search for cycles and for free names, which looks through the whole graph for each
    new wire and node, and would take nearly all of the time.
    """
    graph = _library.NodeGraph()
    graph.set_acyclic(False)
    graph.register_node(_Node)
    graph.get_unique_name = _as_it_is
    nodes = [_made(graph, gate) for gate in gates]
    for node, gate in zip(nodes, gates, strict=True):
        for port, row in enumerate(gate.inputs):
            source = nodes[row].output(0)
            node.input(port).connect_to(source, push_undo=False, emit_signal=False)
    view = graph.viewer()
    middle = nodes[len(nodes) // 2].view
    handle = middle.scenePos() + middle.boundingRect().center()
    _graphs.append(graph)
    return Opened(view, view.scene().itemsBoundingRect(), handle)


def _made(graph: Any, gate: Gate) -> Any:
    return graph.create_node(
        "benchmark._Node",
        name=gate.name,
        pos=[*gate.place],
        selected=False,
        push_undo=False,
    )


def _as_it_is(name: str) -> str:
    return name


if __name__ == "__main__":
    application = QApplication([])
    workload = canvas.asked_gates()
    hand_in(measure_view(application, lambda: open_graph(workload)))
