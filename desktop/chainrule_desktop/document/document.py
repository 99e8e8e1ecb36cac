"""The open document: a graph with its numbers, its undo history and its file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import move_to, needs_time, positions_of
from chainrule.diagram.parts import Display, build_parts
from chainrule.files import read_graph, write_graph
from chainrule.files.collection import collection_paused
from chainrule.graph.changes import Changes
from chainrule.graph.edits import Edit, MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.cover import Cover
from chainrule_desktop.document.history import (
    EditCommand,
    added_nodes,
    forget_ended_steps,
    renamed_nodes,
)
from chainrule_desktop.messages import UNTITLED


@final
@dataclass(frozen=True, slots=True)
class Prepared:
    """A graph whose nodes all have places, with its numbers: all that a document needs of it."""

    graph: GateGraph
    passes: Passes
    is_rough: bool
    """Whether so many nodes had no place that theirs are for the time being."""


def prepare(graph: GateGraph) -> Prepared:
    """Compute the numbers of a graph and place its nodes; in whichever thread has the time."""
    passes, is_rough = Passes(graph), needs_time(graph)
    if any(node.position is None for node in graph):
        placement(graph, passes).apply(graph)
    return Prepared(graph, passes, is_rough)


def placement(graph: GateGraph, passes: Passes) -> MoveNodes:
    """Return the edit that gives nodes without a place one; the others stay where they are."""
    parts = build_parts(graph, passes, Display())
    return move_to(parts, np.round(positions_of(graph, parts)))


class Home(ABC):
    """What a document is a part of: its edits are steps of the document `root`."""

    @property
    @abstractmethod
    def root(self) -> Document:
        """The document with the file and the history."""

    @property
    @abstractmethod
    def differentiated(self) -> str | None:
        """What the gradients of the part are derivatives of; None for an output of its own."""

    @abstractmethod
    def apply(self, edit: Edit, text: str, merge: Hashable | None, *, joins: bool) -> None:
        """Make an edit of the part a step of the whole; raise GraphError if that can't be."""

    @abstractmethod
    def key(self, merge: Hashable | None) -> Hashable | None:
        """Return the key of a step of the whole for the key of a step of the part."""


@final
class Document(QObject):
    """What is being edited. All changes go through `apply`, which makes them undoable.

    One with a `home` is a part of another document, such as the inside of a composite gate: it has
    a graph and numbers of its own, while its steps, its file and its history are those of `root`.

    Signals:
        changed(Changes): an edit was applied, undone or redone; all numbers are up to date.
        changing(): an edit is about to be applied, undone or redone.
        returned(int): undoing or redoing has brought the history to this place.
        renamed(str, str): a node has another id, as `changed` will say in a moment.
        came_back(tuple): nodes of these ids are there again, by undoing or redoing.
        replaced(): another graph has taken the place of the old one.
        file_changed(): the path changed, or the document became modified or unmodified.
    """

    changed = Signal(object)
    changing = Signal()
    returned = Signal(int)
    renamed = Signal(str, str)
    came_back = Signal(tuple)
    replaced = Signal()
    file_changed = Signal()

    def __init__(self, parent: QObject | None = None, home: Home | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self.graph = GateGraph()
        self.passes = Passes(self.graph)
        self.path: Path | None = None
        self.unnamed = UNTITLED
        """What people call it while it has neither a file nor a title."""
        self._followed: Edit | None = None
        self._following = ""
        self.cover = Cover(self)
        self.revision = 0
        """Grows with every edit, made, undone or made again."""
        if home is None:
            self.history = QUndoStack(self)
            self._has_swapped = False
            # A history that ends says where it stands, but not to the document it belongs to.
            self.history.cleanChanged.connect(self._emit_file_changed)
            self.history.indexChanged.connect(self._emit_returned)
        else:
            self.history = home.root.history
            self.path = home.root.path
            home.root.file_changed.connect(self._emit_file_changed)

    @property
    def root(self) -> Document:
        """The document with the file and the history; most are their own."""
        return self if self.home is None else self.home.root

    @property
    def is_modified(self) -> bool:
        """Whether there are changes that no file holds."""
        return self.root.is_following or not self.history.isClean()

    @property
    def is_following(self) -> bool:
        """Whether something goes on that is no undo step yet, see `follow`."""
        return self._followed is not None

    @property
    def name(self) -> str:
        """What people call the document: its file's name, its title, or the word for neither."""
        if self.path is not None:
            return self.path.name
        return self.root.graph.header.title or self.root.unnamed

    def apply(
        self,
        edit: Edit,
        text: str,
        merge: Hashable | None = None,
        *,
        joins: bool = False,
        place: str | None = None,
    ) -> None:
        """Apply an edit as an undo step called `text`, made inside the definition `place`.

        Edits in a row with the same `merge` key are one step: the moves of one drag, the values of
        one turn at a spin box. They set the same things; one that sets others, such as the wires of
        a gate that is being moved, `joins` the step. Raises a GraphError and changes nothing if
        the edit can't be; LockedError for all but answers to an exercise that is locked.
        """
        self.cover.check(edit)
        if self.home is not None:
            self.home.apply(edit, text, merge, joins=joins)
            return
        if edit.changes().numbers:
            self.settle()
        inverse = self.make(edit)
        self.history.push(EditCommand(self._swap, inverse, text, merge, joins=joins, place=place))

    def make(self, edit: Edit) -> Edit:
        """Apply an edit, tell of it, and return its inverse, which somebody else must keep."""
        self.changing.emit()
        inverse = edit.apply(self.graph)
        for old, new in renamed_nodes(edit):
            self.cover.rename(old, new)
            self.renamed.emit(old, new)
        self._after(inverse.changes() | edit.changes())
        return inverse

    def follow(self, edit: Edit, text: str) -> None:
        """Apply a moment of something that goes on, such as training, without an undo step.

        Edits that follow each other set the same values. All of them become the one step `text`
        when it settles: at the end, or before another edit of numbers, an undo or a save.
        """
        self.cover.check(edit)
        inverse = edit.apply(self.graph)
        self._following = text
        if self._followed is None:
            self._followed = inverse
        self._after(edit.changes())

    def settle(self) -> None:
        """Make one undo step of what has gone on, if anything has."""
        if self.root is not self:
            self.root.settle()
        inverse, self._followed = self._followed, None
        if inverse is not None:
            self.history.push(EditCommand(self._swap, inverse, self._following, None))
            self.file_changed.emit()

    def undo(self) -> None:
        """Take back the last step; what goes on becomes one first."""
        self.settle()
        self.history.undo()

    def redo(self) -> None:
        """Make the step again that was taken back, if nothing has gone on since."""
        self.settle()
        self.history.redo()

    def take_back(self, merge: Hashable) -> None:
        """Undo the last step and forget it, if it was made with the key `merge`."""
        count = self.history.index()
        command = self.history.command(count - 1) if count else None
        key = merge if self.home is None else self.home.key(merge)
        if isinstance(command, EditCommand) and command.merge_key == key:
            command.to_forget = True
            self.history.undo()

    def load(self, graph: GateGraph, path: Path | None, *, modified: bool = False) -> None:
        """Make `graph` the document's graph, without history; nodes without a place get one."""
        with collection_paused():
            self.show(prepare(graph), path, modified=modified)

    def show(self, prepared: Prepared, path: Path | None, *, modified: bool = False) -> None:
        """Make a graph that was prepared, perhaps in the background, the document's graph."""
        # The history says that it changes at once, when all that listens still knows the old graph.
        self._followed = None
        self.cover.begin_anew()
        self.history.clear()
        forget_ended_steps()
        # Clearing an empty history leaves it as modified as it was.
        if modified:
            self.history.resetClean()
        else:
            self.history.setClean()
        self.graph, self.passes, self.path = prepared.graph, prepared.passes, path
        self.replaced.emit()
        self.file_changed.emit()

    def open(self, path: Path) -> None:
        """Read a file into the document; raise FileError and keep the old graph if it can't be."""
        self.load(read_graph(path), path)

    def save(self, path: Path) -> None:
        """Write the document to `path`, which becomes its file; raise FileError or OSError."""
        self.settle()
        write_graph(self.graph, path)
        self.path = path
        self.history.setClean()
        self.file_changed.emit()

    def _swap(self, edit: Edit) -> Edit:
        """Apply an edit on behalf of the history and return its inverse."""
        inverse = self.make(edit)
        added = added_nodes(edit)
        if added:
            self.came_back.emit(added)
        self._has_swapped = True
        return inverse

    def _after(self, changes: Changes) -> None:
        self.revision += 1
        self.passes.update(changes)
        self.changed.emit(changes)

    def _emit_returned(self, place: int) -> None:
        if self._has_swapped:
            self._has_swapped = False
            self.returned.emit(place)

    def _emit_file_changed(self) -> None:
        self.path = self.root.path
        self.file_changed.emit()


def differentiated_of(document: Document) -> str | None:
    """Return the output whose derivatives the gradients of a document are; None while unclear."""
    around = None if document.home is None else document.home.differentiated
    return document.passes.output if around is None else around
