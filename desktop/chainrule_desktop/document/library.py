"""The composite gates that any graph can use: those that ship, and the user's own in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import final

import platformdirs
from PySide6.QtCore import QObject, Signal

from chainrule.arrays import Array
from chainrule.errors import FileError
from chainrule.files import write_graph
from chainrule.files.library import SUFFIX, LibraryItem, Shelf, library_graph, read_shelf
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId

_EMPTY = Shelf((), {})


@final
@dataclass(frozen=True, slots=True)
class Shelves:
    """What both folders hold; an own gate takes the place of one that ships by that name."""

    own: Shelf = field(default_factory=lambda: _EMPTY)
    shipped: Shelf = field(default_factory=lambda: _EMPTY)

    @property
    def items(self) -> tuple[LibraryItem, ...]:
        """All composite gates, the user's own first."""
        names = {item.name for item in self.own.items}
        return (*self.own.items, *(item for item in self.shipped.items if item.name not in names))

    @property
    def faults(self) -> list[str]:
        """A sentence for each file that can't be used."""
        return [
            f"{path.name}: {says}"
            for shelf in (self.own, self.shipped)
            for path, says in shelf.faults.items()
        ]

    def find(self, name: str) -> LibraryItem | None:
        """Return the composite gate of that name."""
        return next((item for item in self.items if item.name == name), None)


@final
class Library(QObject):
    """Reads both folders when it is first asked, and again when something was saved.

    Signals:
        changed(): other composite gates are there.
    """

    changed = Signal()

    def __init__(
        self, own: Path | None = None, shipped: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._own = own
        self._shipped = shipped
        self._shelves: Shelves | None = None

    @property
    def folder(self) -> Path | None:
        """Where the user's own composite gates are kept."""
        return self._own

    @property
    def shelves(self) -> Shelves:
        """What there is."""
        if self._shelves is None:
            own = _EMPTY if self._own is None else read_shelf(self._own)
            self._shelves = Shelves(
                own, _EMPTY if self._shipped is None else read_shelf(self._shipped)
            )
        return self._shelves

    def path_of(self, name: str) -> Path | None:
        """Return the file in which an own composite gate of that name would be kept."""
        own = next((x for x in self.shelves.own.items if x.name == name), None)
        if own is not None:
            return own.path
        return None if self._own is None else self._own / f"{name}{SUFFIX}"

    def save(self, graph: GateGraph, name: str, samples: Mapping[NodeId, Array | None]) -> Path:
        """Keep a definition of a graph, with values for its ports as an example; return its file.

        It takes the place of one of that name. Raises FileError where it can't be written.
        """
        path = self.path_of(name)
        if path is None:
            raise FileError("library", "has no folder in this program; save the graph instead")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(str(path.parent), f"can't be made ({error.strerror})") from None
        write_graph(library_graph(graph, name, samples), path)
        self.reload()
        return path

    def remove(self, name: str) -> None:
        """Delete the file of an own composite gate; raise FileError if it can't be."""
        item = next((each for each in self.shelves.own.items if each.name == name), None)
        if item is None:
            return
        try:
            item.path.unlink(missing_ok=True)
        except OSError as error:
            raise FileError(item.path.name, f"can't be deleted ({error.strerror})") from None
        self.reload()

    def reload(self) -> None:
        """Look into the folders again."""
        self._shelves = None
        self.changed.emit()


def default_library_folder() -> Path:
    """The folder for a user's own composite gates in the user's part of the system."""
    return Path(platformdirs.user_data_dir("chainrule", appauthor=False)) / "composites"
