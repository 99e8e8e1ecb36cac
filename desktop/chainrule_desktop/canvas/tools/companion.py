"""What may go along with a drag of nodes, such as wires that would take a dropped gate in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from chainrule.graph.node import NodeId, Position
from chainrule_desktop.canvas.held import Held


class Companion(ABC):
    """Is told how a drag of nodes goes on; it is made when the nodes begin to move."""

    @abstractmethod
    def move(self, places: Mapping[NodeId, Position], held: Held) -> str:
        """The nodes have moved to `places`; return a sentence for the status bar, "" for none."""

    @abstractmethod
    def clear(self) -> None:
        """Take its marks off the canvas, whatever the document has become."""

    @abstractmethod
    def release(self, places: Mapping[NodeId, Position], merge: object, held: Held) -> None:
        """The nodes were dropped at `places`.

        The drag is the last undo step, made with the key `merge`: what edits more takes it back and
        applies all as one step.
        """
