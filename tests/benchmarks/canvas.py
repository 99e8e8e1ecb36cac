"""How large graphs are opened, painted, panned and edited in the editor's canvas."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Contender, Figures, print_table, run
from tests.benchmarks.workload import Gate, make_gates

WIDTH, HEIGHT = 1280, 800

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
    """Measure the canvas and its peers with `count` gates, and print a table."""
    arguments = (str(count), "tangled" if tangled else "layered")
    contenders = [
        Contender("Chainrule", "tests.benchmarks.canvas_editor", arguments),
        Contender("an item a part", "tests.benchmarks.canvas_items", arguments),
    ]
    columns: dict[str, Figures] = {each.name: run(each) for each in contenders}
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
