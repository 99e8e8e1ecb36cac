"""Saving a graph, and asking first where unsaved changes would be lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias, final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chainrule.errors import ChainruleError
from chainrule_desktop.actions.tabs import Tabs
from chainrule_desktop.dialogs.graph_files import ask_file_to_save, file_name_for
from chainrule_desktop.dialogs.message import ForAll, ask_unsaved, tell
from chainrule_desktop.document.open_graph import OpenGraph
from chainrule_desktop.messages import explain_failure
from chainrule_desktop.settings import Settings

Step: TypeAlias = Callable[[], object]


@final
class Saving(QObject):
    """Writes the graph of a tab to its file.

    Signals:
        said(str): a sentence for the status bar.
    """

    said = Signal(str)

    def __init__(
        self, window: QWidget, graph: OpenGraph, settings: Settings, tabs: Tabs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = graph.document
        self._recovery = graph.recovery
        self._settings = settings
        self._tabs = tabs

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

    def before_loss(self, then: Step) -> None:
        """Go on with `then` at once, or after the user has saved or given up unsaved changes."""

        def give_up() -> None:
            self._recovery.forget()
            then()

        self.ask_first(then, give_up)

    def ask_first(self, then: Step, give_up: Step, for_all: ForAll | None = None) -> None:
        """Go on with `then` once all is saved, with `give_up` if it shall not be.

        `for_all` are the answers that go for other graphs, too.
        """
        if not self._document.is_modified:
            then()
            return
        name = self._document.name
        ask_unsaved(self._window, name, lambda: self.save(then), give_up, for_all)

    def _ask_again(self, then: Step | None, path: Path) -> None:
        folder = path.parent if path.parent.is_dir() else self._settings.last_folder()
        ask_file_to_save(self._window, folder, str(path), partial(self._save_to, then))

    def _save_to(self, then: Step | None, path: Path) -> None:
        if self._tabs.holds(path):
            tell(self._window, f"{path.name} is open in another tab; close it, or choose a name.")
            return
        try:
            self._document.save(path)
        except (ChainruleError, OSError) as error:
            box = tell(self._window, explain_failure("save", path, error))
            if path != self._document.path:
                # What was typed is there again, to be corrected.
                box.finished.connect(partial(self._ask_again, then, path))
            return
        self._recovery.write()
        self._settings.add_recent_file(path)
        self.said.emit(f"Saved {path.name}")
        if then is not None:
            then()
