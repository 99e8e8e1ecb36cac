"""What the File menu does: each command asks first where unsaved changes would be lost."""

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
from chainrule_desktop.dialogs.graph_files import (
    ask_file_to_open,
    ask_file_to_save,
    file_name_for,
)
from chainrule_desktop.dialogs.message import ask_revert, ask_unsaved, tell
from chainrule_desktop.document.document import Document, Prepared, prepare
from chainrule_desktop.document.opening import Opening, read_prepared
from chainrule_desktop.document.recovery import Recovery, RecoveryError, UnsavedWork
from chainrule_desktop.document.tidying import Tidying
from chainrule_desktop.messages import explain_failure
from chainrule_desktop.settings import Settings

Step = Callable[[], object]


@final
class FileCommands(QObject):
    """New, open, save, revert, close, with their questions and messages in dialogs.

    Signals:
        opened_changed(): a document was opened where none was, or closed.
        graph_opened(): another graph is shown; views bring it into sight.
        said(str): a sentence for the status bar.
    """

    opened_changed = Signal()
    graph_opened = Signal()
    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        document: Document,
        recovery: Recovery,
        tidying: Tidying,
        settings: Settings,
        opening: Opening,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._recovery = recovery
        self._tidying = tidying
        self._settings = settings
        self._opening = opening
        self._is_open = False

    @property
    def is_open(self) -> bool:
        """Whether there is a document to work on; otherwise the start view is shown."""
        return self._is_open

    def new(self) -> None:
        """Start an empty graph."""
        self.before_loss(lambda: self._show(prepare(GateGraph()), None))

    def new_from_formula(self, text: str) -> None:
        """Start a graph from a formula; raise ExpressionError, and ask nothing, if it is none."""
        graph = graph_from_formula(text)
        self.before_loss(lambda: self._show(prepare(graph), None, modified=True))

    def choose_and_open(self) -> None:
        """Ask for a file and open it."""
        ask_file_to_open(self._window, self._settings.last_folder(), self.open)

    def open(self, path: Path) -> None:
        """Open a file after asking about unsaved changes; one that can't be read is told of.

        A large one is read in the background and shown when it is there.
        """
        self.before_loss(lambda: self._read_and_show(path, path))

    def open_now(self, path: Path) -> bool:
        """Open a file at once, without asking; say whether it could be read."""
        try:
            prepared = read_prepared(path)
        except ChainruleError as error:
            self._tell_of(path, error)
            return False
        self._show(prepared, path)
        return True

    def open_example(self, path: Path) -> None:
        """Open an example as a graph without a file, so that saving asks for a place."""
        self.before_loss(lambda: self._read_and_show(path, None))

    def restore(self, work: UnsavedWork) -> None:
        """Open work that was not saved when the program ended, after asking as ever."""

        def restore_now() -> None:
            self._opening.cancel()
            try:
                self._recovery.restore(work)
            except (ChainruleError, RecoveryError) as error:
                tell(self._window, f"{work.name} can't be restored: {error}.")
            else:
                self._opened()

        self.before_loss(restore_now)

    def save(self, then: Step | None = None) -> None:
        """Save the document to its file, or ask for one; go on with `then` once it is saved."""
        path = self._document.path
        if path is None:
            self.save_as(then)
        else:
            self._save_to(then, path)

    def save_as(self, then: Step | None = None) -> None:
        """Ask for a file and save the document there."""
        path, folder = self._document.path, self._settings.last_folder()
        name = path.name if path is not None else file_name_for(self._document.name)
        ask_file_to_save(self._window, folder, name, partial(self._save_to, then))

    def revert(self) -> None:
        """Go back to the file as it is on the disk, after asking."""
        path = self._document.path
        if path is not None:
            ask_revert(self._window, path.name, lambda: self._read_and_show(path, path))

    def close(self) -> None:
        """Close the document and show the start view, after asking about unsaved changes."""
        self.before_loss(self._close_now)

    def before_loss(self, then: Step) -> None:
        """Go on with `then` at once, or after the user has saved or given up unsaved changes."""
        if not self._document.is_modified:
            then()
            return

        def discard() -> None:
            self._recovery.forget()
            then()

        ask_unsaved(self._window, self._document.name, lambda: self.save(then), discard)

    def _read_and_show(self, path: Path, own: Path | None) -> None:
        """Read a file and show it with its `own` path; ask again if edits were made meanwhile."""
        before = self._document.revision

        def show(prepared: Prepared) -> None:
            if self._document.revision == before:
                self._show(prepared, own)
            else:
                self.before_loss(lambda: self._show(prepared, own))

        self._opening.read(path, show, self._tell_of)

    def _tell_of(self, path: Path, error: Exception) -> None:
        tell(self._window, explain_failure("open", path, error))

    def _show(self, prepared: Prepared, path: Path | None, *, modified: bool = False) -> None:
        self._opening.cancel()
        self._document.show(prepared, path, modified=modified)
        self._opened()
        if path is not None:
            self._settings.add_recent_file(path)
        if prepared.is_rough:
            self._tidying.tidy_fresh()

    def _opened(self) -> None:
        if not self._is_open:
            self._is_open = True
            self.opened_changed.emit()
        self.graph_opened.emit()

    def _close_now(self) -> None:
        self._opening.cancel()
        self._document.load(GateGraph(), None)
        self._is_open = False
        self.opened_changed.emit()

    def _save_to(self, then: Step | None, path: Path) -> None:
        try:
            self._document.save(path)
        except (ChainruleError, OSError) as error:
            tell(self._window, explain_failure("save", path, error))
            return
        self._recovery.write()
        self._settings.add_recent_file(path)
        self.said.emit(f"Saved {path.name}")
        if then is not None:
            then()
