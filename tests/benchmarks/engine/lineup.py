"""Who takes part in which workload, and who can't because something isn't installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from importlib.util import find_spec

from tests.benchmarks.engine.race import Entry

PLAIN = (("CHAINRULE_FAST", "0"),)
COMPILED = (("CHAINRULE_FAST", "1"),)

CHAINRULE = Entry("Chainrule", "chainrule_program", "graph", settings=PLAIN)
FAST = Entry("Chainrule [fast]", "chainrule_program", "graph", "numba", COMPILED)
HANDING_OUT = Entry("Chainrule + gradients()", "chainrule_program", "handing out", settings=PLAIN)
UNKEPT = Entry("Chainrule, no wires", "chainrule_program", "without wires", settings=PLAIN)
CHAINRULE_NETWORK = Entry("Chainrule", "chainrule_program", "network", settings=PLAIN)

MICROGRAD = Entry("micrograd", "micrograd", "graph", "micrograd")
MICROGRAD_DEMO = Entry("micrograd, its own nn", "micrograd", "demo", "micrograd")
AUTOGRAD = Entry("autograd", "autograd", "graph", "autograd")
AUTOGRAD_NETWORK = Entry("autograd", "autograd", "network", "autograd")
PYTORCH = Entry("PyTorch", "pytorch", "leaves", "torch")
PYTORCH_RETAINED = Entry("PyTorch, all gradients", "pytorch", "retained", "torch")
PYTORCH_NETWORK = Entry("PyTorch", "pytorch", "network", "torch")
CHAINRULE_LENET = Entry("Chainrule", "chainrule_program", "lenet", settings=PLAIN)
PYTORCH_LENET = Entry("PyTorch", "pytorch", "lenet", "torch")
JAX = Entry("JAX jit", "jax", "graph", "jax")
JAX_NETWORK = Entry("JAX jit", "jax", "network", "jax")
NETWORKX = Entry("networkx objects", "networkx_objects", "graph")
C_LOOP = Entry("C loop", "c_loop", "graph", "cc")
NUMPY = Entry("NumPy by hand", "numpy_by_hand", "plain")
NUMPY_LENET = Entry("NumPy by hand", "numpy_by_hand", "lenet")
NUMPY_BUFFERS = Entry("NumPy into buffers", "numpy_by_hand", "buffers")

_OURS = [CHAINRULE, FAST]
_PEERS = [C_LOOP, MICROGRAD, PYTORCH, PYTORCH_RETAINED, NETWORKX]

# Whoever takes seconds for a run is left out where the others have shown enough already.
LINEUP = {
    "W0": [*_OURS, HANDING_OUT, *_PEERS, AUTOGRAD, JAX],
    "W1": [*_OURS, HANDING_OUT, UNKEPT, *_PEERS, MICROGRAD_DEMO, AUTOGRAD],
    "W2": [*_OURS, *_PEERS, AUTOGRAD],
    "W3-1000": [*_OURS, HANDING_OUT, *_PEERS, AUTOGRAD, JAX],
    "W3-10000": [*_OURS, C_LOOP, MICROGRAD],
    "W3-100000": [*_OURS, UNKEPT, *_PEERS],
    "W3-1000000": [CHAINRULE, C_LOOP],
    "W3L": [*_OURS, C_LOOP, MICROGRAD, PYTORCH],
    "W4": [
        CHAINRULE_NETWORK,
        NUMPY,
        NUMPY_BUFFERS,
        PYTORCH_NETWORK,
        JAX_NETWORK,
        AUTOGRAD_NETWORK,
    ],
    "W6": [CHAINRULE_LENET, NUMPY_LENET, PYTORCH_LENET],
}


def is_there(needed: str) -> bool:
    """Say whether a package, or for the C loop a compiler, is installed."""
    return not needed or find_spec(needed) is not None or shutil.which(needed) is not None


def missing(entries: Iterable[Entry]) -> list[str]:
    """Return what some of the entries need and isn't there."""
    return sorted({entry.needs for entry in entries if not is_there(entry.needs)})
