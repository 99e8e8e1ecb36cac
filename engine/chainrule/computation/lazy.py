"""The names that `import chainrule` offers, each imported when it is first asked for.

The command line imports the package at every start, and most calls need little of it. What stands
here stands in `chainrule/__init__.pyi` too, which is what type checkers and editors read.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

PUBLIC: Final = {
    "Adam": "chainrule.training.optimisers",
    "ChainruleError": "chainrule.errors",
    "Check": "chainrule.autodiff.gradient_check",
    "check_gradients": "chainrule.autodiff.gradient_check",
    "Elementwise": "chainrule.gates.gate",
    "Feeding": "chainrule.training.encoding",
    "Gate": "chainrule.gates.gate",
    "Generated": "chainrule.training.sources",
    "Graph": "chainrule.computation.graph",
    "Group": "chainrule.gates.kind",
    "Hessian": "chainrule.autodiff.second_order",
    "Jacobian": "chainrule.autodiff.jacobian",
    "Layer": "chainrule.computation.layer",
    "Momentum": "chainrule.training.optimisers",
    "Nesterov": "chainrule.training.optimisers",
    "parameter": "chainrule.gates.kind",
    "Pattern": "chainrule.gates.gate",
    "Piecewise": "chainrule.gates.gate",
    "Program": "chainrule.computation.program",
    "Quantity": "chainrule.computation.quantity",
    "Recipe": "chainrule.training.recipes",
    "register": "chainrule.gates.catalogue",
    "RMSProp": "chainrule.training.optimisers",
    "SGD": "chainrule.training.optimisers",
    "Trainer": "chainrule.training.trainer",
    "Verdict": "chainrule.autodiff.gradient_check",
}


def __getattr__(name: str) -> object:
    """Return a public name of the package; Python calls this for what is not there yet."""
    if name == "__all__":  # what `from chainrule import *` asks for
        return list(PUBLIC)
    if name not in PUBLIC:
        raise AttributeError(f"module 'chainrule' has no attribute {name!r}")
    return getattr(import_module(PUBLIC[name]), name)


def __dir__() -> list[str]:
    """Return the public names, for completion at a prompt."""
    return sorted(PUBLIC)
