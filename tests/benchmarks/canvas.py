"""How large graphs are opened, painted, panned and edited in the editor's canvas."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.canvas_requirements import (
    IN_WINDOW,
    LAYERED,
    OURS,
    TANGLED,
    WITH_NODE_EDITORS,
    Columns,
    Workload,
    verdicts,
)
from tests.benchmarks.measure import Contender, print_table, run
from tests.benchmarks.verdicts import verdict_table
from tests.benchmarks.workload import Gate, file_of, make_gates

WIDTH, HEIGHT = 1280, 800
MOST_PORTS = 3
"""The most inputs that a gate of the workload has."""

LARGE, HUGE = 10_000, 100_000

_ONE_THREAD = (("OPENBLAS_NUM_THREADS", "1"),)  # as the program does when it starts
_EDITOR = "tests.benchmarks.canvas_editor"
_WINDOW = "tests.benchmarks.canvas_window"
_ITEMS = ("an item a part", "tests.benchmarks.canvas_items")

NODE_EDITORS = {
    "NodeGraphQt": "tests.benchmarks.canvas_nodegraphqt",
    "qtpynodeeditor": "tests.benchmarks.canvas_qtpynodeeditor",
}
"""Peers that are measured where they are installed; they show no numbers."""


def compare(count: int | None = None, *, tangled: bool = False) -> None:
    """Measure the canvas beside its peers, and print what is required of it and what is met.

    With `count` or `tangled` one graph is measured, otherwise all of which something is required.
    """
    if count is None and not tangled:
        workloads = [(LARGE, LAYERED), (LARGE, TANGLED), (HUGE, LAYERED)]
        workloads += [(fewer, LAYERED) for fewer in WITH_NODE_EDITORS]
    else:
        workloads = [(count or LARGE, TANGLED if tangled else LAYERED)]
    measured: dict[Workload, Columns] = {}
    for workload in workloads:
        measured[workload] = _measure(workload)
        _print_columns(workload, measured[workload])
    print("\n" + verdict_table([*verdicts(measured)]), flush=True)
    missing = [name for name in NODE_EDITORS if not find_spec(name)]
    if missing:
        print(f'\nLeft out: {", ".join(missing)}; pip install -e ".[peers]" brings peers along.')


def _measure(workload: Workload) -> Columns:
    count, kind = workload
    path = write_file(file_of(make_gates(count, tangled=kind == TANGLED)))
    arguments = (str(count), kind, str(path))
    return {each.name: run(each) for each in _contenders(workload, arguments)}


def _contenders(workload: Workload, arguments: tuple[str, ...]) -> Iterator[Contender]:
    count, _ = workload
    # As it is installed without extras; `fast` brings a compiler along, and its memory.
    yield Contender(OURS, _EDITOR, arguments, (*_ONE_THREAD, ("CHAINRULE_FAST", "0")))
    if workload == (LARGE, LAYERED):
        settings = (*_ONE_THREAD, ("CHAINRULE_FAST", "0"))
        yield Contender(IN_WINDOW, _WINDOW, arguments, settings)
    if workload == (LARGE, LAYERED) and find_spec("numba"):
        settings = (*_ONE_THREAD, ("CHAINRULE_FAST", "1"))
        yield Contender(f"{OURS} [fast]", _EDITOR, arguments, settings)
    if count in WITH_NODE_EDITORS:
        for name, module in NODE_EDITORS.items():
            if find_spec(name):
                yield Contender(name, module, arguments)
    elif count <= LARGE:
        yield Contender(*_ITEMS, arguments)


def _print_columns(workload: Workload, columns: Columns) -> None:
    count, kind = workload
    title = (
        f"{count:,} gates, about {2 * count:,} {kind} wires; "
        f"{WIDTH} × {HEIGHT} pixels offscreen;\n"
        "milliseconds of processor time in the median"
    )
    print_table(title, columns)
    sys.stdout.flush()


def prepare_qt() -> None:
    """Choose the platform without a screen, before Qt is imported."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="chainrule-benchmark-")


def asked_gates() -> list[Gate]:
    """Return the workload that the contender's process was asked for."""
    return make_gates(int(sys.argv[1]), tangled=sys.argv[2] == TANGLED)


def asked_file() -> Path:
    """Return the file of the workload that the contender's process was asked for."""
    return Path(sys.argv[3])


def write_file(data: bytes) -> Path:
    """Write a workload to a temporary file and return its path."""
    path = Path(tempfile.mkdtemp(prefix="chainrule-benchmark-")) / "large.chainrule"
    path.write_bytes(data)
    return path
