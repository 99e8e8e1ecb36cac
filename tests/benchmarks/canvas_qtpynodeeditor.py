"""A peer: qtpynodeeditor, with a node for each gate that shows its name and ports, no numbers."""

from __future__ import annotations

import importlib
import os
from typing import Any, ClassVar

from tests.benchmarks import canvas

canvas.prepare_qt()
os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QPointF  # noqa: E402  Qt's platform is chosen first
from PySide6.QtWidgets import QApplication  # noqa: E402

from tests.benchmarks.canvas_view import Opened, measure_view  # noqa: E402
from tests.benchmarks.measure import hand_in  # noqa: E402
from tests.benchmarks.workload import Gate  # noqa: E402

_library: Any = importlib.import_module("qtpynodeeditor")
_INPUT, _OUTPUT = _library.PortType.input, _library.PortType.output


class _Number(_library.NodeData):
    """What flows along the wires."""

    data_type = _library.NodeDataType("number", "Number")


class _Model(_library.NodeDataModel):
    """A gate with as many inputs as the workload's gates have at most."""

    name = "Gate"
    caption = "Gate"
    num_ports: ClassVar = {_INPUT: canvas.MOST_PORTS, _OUTPUT: 1}
    data_type = _Number.data_type

    def out_data(self, port: int) -> None:
        return None

    def set_in_data(self, node_data: object, port: object) -> None:
        pass

    def embedded_widget(self) -> None:
        return None


def open_graph(gates: list[Gate]) -> Opened:
    """Make the nodes and their wires, without its search for cycles."""
    registry = _library.DataModelRegistry()
    registry.register_model(_Model, category="gates")
    scene = _library.FlowScene(registry=registry)
    nodes: list[Any] = []
    for gate in gates:
        node = scene.create_node(_Model)
        node.position = QPointF(*gate.place)
        nodes.append(node)
    for node, gate in zip(nodes, gates, strict=True):
        for port, row in enumerate(gate.inputs):
            source, target = nodes[row][_OUTPUT][0], node[_INPUT][port]
            scene.create_connection(source, target, check_cycles=False)
    view = _library.FlowView(scene)
    middle = nodes[len(nodes) // 2].graphics_object
    handle = middle.scenePos() + QPointF(30, 8)
    return Opened(view, scene.itemsBoundingRect(), handle)


if __name__ == "__main__":
    application = QApplication([])
    workload = canvas.asked_gates()
    hand_in(measure_view(application, lambda: open_graph(workload)))
