"""Opening and closing graphs, with the questions and messages that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chainrule.errors import ChainruleError
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.graph import GateGraph
from chainrule_desktop.actions.saving import Saving
from chainrule_desktop.actions.tabs import Place, Tabs
from chainrule_desktop.dialogs.graph_files import ask_file_to_open
from chainrule_desktop.dialogs.message import ask_revert, tell
from chainrule_desktop.document.document import Prepared, prepare
from chainrule_desktop.document.open_graph import OpenGraph
from chainrule_desktop.document.opening import read_prepared
from chainrule_desktop.document.recovery import RecoveryError, UnsavedWork
from chainrule_desktop.messages import explain_failure
from chainrule_desktop.settings import Settings

Step = Callable[[], object]


@final
class FileCommands(QObject):
    """New, open, revert, close for one tab; `saving` saves.

    A graph that is opened takes a new tab unless this one is still empty, and a file that is open
    already is shown where it is. So nothing is lost but by closing, which asks.

    Signals:
        opened_changed(): a document was opened where none was.
        graph_opened(): another graph is shown; views bring it into sight.
    """

    opened_changed = Signal()
    graph_opened = Signal()

    def __init__(
        self, window: QWidget, graph: OpenGraph, settings: Settings, tabs: Tabs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = graph.document
        self._recovery = graph.recovery
        self._tidying = graph.tidying
        self._opening = graph.opening
        self._settings = settings
        self._tabs = tabs
        self.saving = Saving(window, graph, settings, tabs, self)
        # A further view of a graph begins with it.
        self._is_open = graph.views > 0

    @property
    def is_open(self) -> bool:
        """Whether there is a document to work on; otherwise the start view is shown."""
        return self._is_open

    def new(self) -> None:
        """Start an empty graph."""
        self._place().show(prepare(GateGraph()), None)

    def new_from_formula(self, text: str) -> None:
        """Start a graph from a formula; raise ExpressionError if it is none."""
        graph = graph_from_formula(text)
        self._place().show(prepare(graph), None, modified=True)

    def show_made(self, prepared: Prepared) -> None:
        """Show a graph that was made of another one, as work that no file holds yet."""
        self._place().show(prepared, None, modified=True)

    def choose_and_open(self) -> None:
        """Ask for a file and open it."""
        ask_file_to_open(self._window, self._settings.last_folder(), self.open)

    def open(self, path: Path) -> None:
        """Open a file, or go to the tab where it is open; one that can't be read is told of.

        A large one is read in the background and shown when it is there.
        """
        if not self._tabs.show(path):
            self._opening.read(path, partial(self._show_elsewhere, path), self._tell_of)

    def open_now(self, path: Path) -> bool:
        """Open a file at once; say whether it could be read."""
        try:
            prepared = read_prepared(path)
        except ChainruleError as error:
            self._tell_of(path, error)
            return False
        self._show_elsewhere(path, prepared)
        return True

    def open_example(self, path: Path) -> None:
        """Open an example as a graph without a file, so that saving asks for a place."""
        self._opening.read(path, lambda prepared: self._place().show(prepared, None), self._tell_of)

    def restore(self, work: UnsavedWork) -> None:
        """Open work that was not saved when the program ended."""
        self._place().restore_here(work)

    def restore_here(self, work: UnsavedWork) -> None:
        """Open work that was not saved in this tab."""
        self._opening.cancel()
        try:
            self._recovery.restore(work)
        except (ChainruleError, RecoveryError) as error:
            tell(self._window, f"{work.name} can't be restored: {error}.")
        else:
            self._opened()

    def show(self, prepared: Prepared, path: Path | None, *, modified: bool = False) -> None:
        """Show a graph in this tab, whatever was there."""
        self._opening.cancel()
        self._document.show(prepared, path, modified=modified)
        self._opened()
        if path is not None:
            self._settings.add_recent_file(path)
        if prepared.is_rough:
            self._tidying.tidy_fresh()

    def revert(self) -> None:
        """Go back to the file as it is on the disk, after asking."""
        path = self._document.path
        if path is not None:
            ask_revert(self._window, path.name, lambda: self._read_again(path))

    def close(self) -> None:
        """Close the tab, after asking about unsaved changes that no other tab shows."""
        if self._tabs.is_shared():
            self._tabs.close()
        else:
            self.saving.before_loss(self._tabs.close)

    def _place(self) -> Place:
        """Return the tab in which the next graph is shown."""
        untouched = self._document.path is None and not self._document.history.count()
        empty = untouched and not self._document.is_modified and not len(self._document.graph)
        return self if empty and not self._tabs.is_shared() else self._tabs.another()

    def _show_elsewhere(self, path: Path, prepared: Prepared) -> None:
        # It may have been opened while it was being read.
        if not self._tabs.show(path):
            self._place().show(prepared, path)

    def _read_again(self, path: Path) -> None:
        before = self._document.revision

        def show(prepared: Prepared) -> None:
            if self._document.revision == before:
                self.show(prepared, path)
            else:
                self.saving.before_loss(lambda: self.show(prepared, path))

        self._opening.read(path, show, self._tell_of)

    def _tell_of(self, path: Path, error: Exception) -> None:
        tell(self._window, explain_failure("open", path, error))

    def _opened(self) -> None:
        if not self._is_open:
            self._is_open = True
            self.opened_changed.emit()
        self.graph_opened.emit()
