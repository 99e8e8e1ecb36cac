"""How large graphs are opened, painted, panned and edited in the editor's canvas."""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.measure import Contender, Figures, print_table, run
from tests.benchmarks.workload import Gate, make_gates

WIDTH, HEIGHT = 1280, 800
MOST_PORTS = 3
"""The most inputs that a gate of the workload has."""

NODE_EDITORS = {
    "NodeGraphQt": "tests.benchmarks.canvas_nodegraphqt",
    "qtpynodeeditor": "tests.benchmarks.canvas_qtpynodeeditor",
}
"""Peers that are measured where they are installed; they show no numbers."""

WITH_NODE_EDITORS = (1_000, 5_000)
"""How many gates they are given: with more, a step takes them minutes."""

OPEN = "open, file to first paint"
FIT = "repaint at fit"
HALF = "repaint at 50 %"
ACTUAL = "repaint at 1:1"
PAN = "pan by 16 pixels at 1:1"
DRAG = "drag a gate by a pixel at 1:1"
HOVER = "move the pointer at 1:1"
RELABEL = "new value, all numbers, paint"
MEMORY = "memory at the peak (MB)"


def compare(count: int, *, tangled: bool) -> None:
    """Measure the canvas with `count` gates, then beside other editors with fewer."""
    _compare(count, tangled, {"an item a part": "tests.benchmarks.canvas_items"})
    installed = {name: module for name, module in NODE_EDITORS.items() if find_spec(name)}
    for fewer in WITH_NODE_EDITORS if installed else ():
        _compare(fewer, tangled, installed)
    if not installed:
        print(f'\n{" and ".join(NODE_EDITORS)} are not installed: pip install -e ".[peers]"')


def _compare(count: int, tangled: bool, peers: dict[str, str]) -> None:
    arguments = (str(count), "tangled" if tangled else "layered")
    ours = {"Chainrule": "tests.benchmarks.canvas_editor"}
    columns: dict[str, Figures] = {
        name: run(Contender(name, module, arguments)) for name, module in (ours | peers).items()
    }
    title = (
        f"{count:,} gates, {arguments[1]}, about {2 * count:,} wires; "
        f"{WIDTH} × {HEIGHT} pixels offscreen;\n"
        "milliseconds of processor time in the median"
    )
    print_table(title, columns)


def prepare_qt() -> None:
    """Choose the platform without a screen, before Qt is imported."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="chainrule-benchmark-")


def asked_gates() -> list[Gate]:
    """Return the workload that the contender's process was asked for."""
    return make_gates(int(sys.argv[1]), tangled=sys.argv[2:] == ["tangled"])


def write_file(data: bytes) -> Path:
    """Write a workload to a temporary file and return its path."""
    path = Path(tempfile.mkdtemp(prefix="chainrule-benchmark-")) / "large.chainrule"
    path.write_bytes(data)
    return path
