"""The graphs that are open, each with all that belongs to it however many views it has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Signal

from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.opening import Opening
from chainrule_desktop.document.player import Player
from chainrule_desktop.document.recovery import Recovery
from chainrule_desktop.document.tidying import Tidying
from chainrule_desktop.messages import UNTITLED
from chainrule_desktop.tasks import Tasks

if TYPE_CHECKING:
    from chainrule_desktop.document.training.training import Training


@final
class OpenGraph(QObject):
    """A document with its drawing, its side file, and the work that goes on for it.

    `views` counts the tabs that show it.
    """

    def __init__(self, folder: Path, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.views = 0
        self.document = Document(self)
        self.drawing = Drawing(self.document, self)
        self.player = Player(self.document, self.drawing, self)
        self.recovery = Recovery(self.document, folder, tasks, self)
        self.tidying = Tidying(self.document, self, lambda: self.drawing.display)
        self.opening = Opening(tasks, self)
        self._tasks = tasks
        self._training: Training | None = None

    @property
    def training(self) -> Training:
        """What trains the graph; its engine is imported when it is first asked for."""
        if self._training is None:
            from chainrule_desktop.document.training.training import Training

            self._training = Training(self.document, self._tasks, self)
        return self._training

    def end(self) -> None:
        """Stop what goes on for the document; unsaved work stays in its side file."""
        self.opening.cancel()
        if self._training is not None:
            self._training.end()
        self.player.pause()
        self.recovery.flush()
        self.tidying.cancel()


@final
class OpenGraphs(QObject):
    """All open graphs of the program: a file that is open is found here, not read again.

    Signals:
        added(OpenGraph): there is another one, empty yet.
    """

    added = Signal(object)

    def __init__(self, folder: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._tasks = tasks
        self._graphs: list[OpenGraph] = []

    def __iter__(self) -> Iterator[OpenGraph]:
        return iter(self._graphs)

    @property
    def size(self) -> int:
        """The number of nodes of all of them together."""
        return sum(len(each.document.graph) for each in self._graphs)

    def add(self) -> OpenGraph:
        """Return an empty one."""
        made = OpenGraph(self._folder, self._tasks, self)
        made.document.unnamed = self._free_name()
        self._graphs.append(made)
        self.added.emit(made)
        return made

    def _free_name(self) -> str:
        """Return a name for a document without a file that no other without one has."""
        files = (each.document for each in self._graphs)
        taken = {document.unnamed for document in files if document.path is None}
        numbered = (f"{UNTITLED} {number}" for number in count(2))
        return next(name for name in chain([UNTITLED], numbered) if name not in taken)

    def find(self, path: Path) -> OpenGraph | None:
        """Return the one that was read from, or saved to, the file at `path`."""
        wanted = _real(path)
        for each in self._graphs:
            own = each.document.path
            if own is not None and _real(own) == wanted:
                return each
        return None

    def drop(self, graph: OpenGraph) -> None:
        """Let go of one that no tab shows any more."""
        graph.end()
        self._graphs.remove(graph)
        graph.deleteLater()

    def end(self) -> None:
        """Stop what goes on for all of them."""
        for each in self._graphs:
            each.end()


def _real(path: Path) -> Path:
    """Return a path by which two names of one file can be told to be the same."""
    try:
        return path.resolve()
    except OSError:
        return path.absolute()
