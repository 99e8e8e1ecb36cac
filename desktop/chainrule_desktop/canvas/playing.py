"""What stands out at a step of playback: the gate, its wires, and the numbers in use."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject

from chainrule.autodiff.playback import Phase, Step
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Highlight
from chainrule_desktop.document.player import Player


def highlight_of(graph: GateGraph, step: Step | None) -> Highlight | None:
    """Return what stands out at a step; None for none, and for a gate that is gone."""
    if step is None or step.node not in graph:
        return None
    wires = frozenset(graph.wires_into(step.node))
    sources = frozenset(wire.source for wire in wires)
    nobody: frozenset[NodeId] = frozenset()
    here = frozenset((step.node,))
    if step.phase is Phase.FORWARD:
        return Highlight(step.node, wires, sources | here, nobody, frozenset())
    if step.phase is Phase.SEED:
        return Highlight(step.node, frozenset(), nobody, here, frozenset())
    return Highlight(step.node, wires, sources, sources | here, wires)


@final
class PlayingMark(QObject):
    """Keeps the marks of the step that was played last, and of where playing stops."""

    def __init__(self, marking: Marking, player: Player) -> None:
        super().__init__(marking)
        self._marking = marking
        self._player = player
        player.moved.connect(self._show)
        self._show()

    def _show(self) -> None:
        graph = self._player.timeline.graph if not self._player.at_end else None
        step = None if graph is None else highlight_of(graph, self._player.step)
        self._marking.change(step=step, breakpoints=self._player.script.breakpoints)
