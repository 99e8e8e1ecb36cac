"""From the executor that ran first to a compiled one, as soon as there can be one."""

from __future__ import annotations

from typing import final

from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.machine.compiled import CompiledExecutor, gates_to_compile
from chainrule.autodiff.execution.machine.fast import loader
from chainrule.autodiff.planning.plan import UNKNOWN, Plan


@final
class Exchange:
    """Watches for a plan that `executor` runs whether the compiled loops could run it by now."""

    def __init__(self, plan: Plan, executor: Executor) -> None:
        self._plan = plan
        is_compiled = isinstance(executor, CompiledExecutor)
        self._gates = 0 if is_compiled else gates_to_compile(plan)

    def take(self, executor: Executor) -> Executor | None:
        """Return what shall run in place of `executor` from now on, with the same values of leaves.

        None while nothing better is at hand. Cheap, to be asked before each run; that large graphs
        run is what makes the compiled loops come.
        """
        if not self._gates:
            return None
        loops = loader.loops
        if loops is None:
            loader.note_run(self._gates)
            return None
        self._gates = 0
        plan = self._plan
        leaves = plan.flat.leaves[plan.shapes.codes[plan.flat.leaves] != UNKNOWN]
        compiled = executor_of(plan, loops=loops)
        compiled.feeder(leaves)(executor.numbers(leaves))
        return compiled
