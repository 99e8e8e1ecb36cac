"""The action that shows the backward pass as a graph of its own, in another tab."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.selection import subgraph
from chainrule_desktop.actions.conditions import HAS_OUTPUT, IS_OPEN, NOT_EMPTY
from chainrule_desktop.actions.spec import ActionSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.waiting import wait_for
from chainrule_desktop.document.document import Prepared
from chainrule_desktop.tasks import Progress

_DESCRIPTION = (
    "The gates in the red frame compute what the backward pass does: gradients are values here, "
    "in green, and what stands in red are second derivatives."
)


def copy_of(graph: GateGraph) -> GateGraph:
    """Return a copy for work beside the window; nodes are immutable."""
    copy = subgraph(graph, graph.ids())
    copy.header = graph.header
    return copy


def _show(bench: Workbench) -> None:
    graph, selected = copy_of(bench.document.graph), bench.selection.single
    name = graph.header.title or bench.document.name

    def work(progress: Progress) -> object:
        return _prepared(graph, name, selected, progress)

    def show(made: object) -> None:
        bench.tabs.another().show(cast(Prepared, made), None, modified=True)

    wait_for(bench.window, bench.tasks, "Making the gradient graph", work, show)


def _prepared(graph: GateGraph, name: str, selected: NodeId | None, progress: Progress) -> Prepared:
    """Make the gradient graph of a copy; its output is the gradient of what was selected."""
    from chainrule.autodiff.gradient_graph import gradient_graph
    from chainrule.autodiff.passes import Passes
    from chainrule.diagram.beside import place_beside

    wanted = selected if selected is not None and graph.node(selected).is_leaf else None
    made = gradient_graph(graph, wanted, progress.report)
    progress.raise_if_cancelled()
    made.graph.header = replace(
        made.graph.header, title=f"Gradients: {name}", description=_DESCRIPTION
    )
    passes = Passes(made.graph)
    place_beside(made.graph, passes, made.backward).apply(made.graph)
    return Prepared(made.graph, passes, is_rough=False)


GRADIENT_GRAPH = ActionSpec(
    "run.gradient_graph",
    "&Gradient Graph",
    _show,
    "Show the backward pass as a graph of its own gates in another tab, to run and change it.",
    None,
    ("Ctrl+Shift+J",),
    (IS_OPEN, NOT_EMPTY, HAS_OUTPUT),
)
