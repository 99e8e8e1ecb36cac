"""What the commands of one tab may ask of its window and of the other windows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Protocol, final

from chainrule.graph.node import NodeId
from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.actions.tabs import TabEntry
from chainrule_desktop.app.desk import Desk
from chainrule_desktop.app.levels import Levels
from chainrule_desktop.document.open_graph import OpenGraph, OpenGraphs
from chainrule_desktop.main_window import MainWindow


class TabbedWindow(Protocol):
    """A window with tabs."""

    window: MainWindow
    desks: list[Desk]
    desk: Desk

    def add(self, graph: OpenGraph) -> Desk:
        """Show a graph in a new tab and bring it to the front."""
        ...

    def show(self, desk: Desk) -> None:
        """Bring a tab and its window to the front."""
        ...

    def close(self, desk: Desk) -> None:
        """Close a tab."""
        ...

    def step(self, by: int) -> None:
        """Go to another tab, in a circle."""
        ...

    @property
    def levels(self) -> Levels:
        """Who steps inside composite gates."""
        ...


class Windows(Protocol):
    """All windows of the program."""

    graphs: OpenGraphs

    def __iter__(self) -> Iterator[TabbedWindow]: ...

    def open(self, graph: OpenGraph) -> TabbedWindow:
        """Show a graph in a new window."""
        ...

    def quit(self) -> None:
        """Close all windows, after asking about unsaved changes."""
        ...


@final
class DeskTabs:
    """The tabs as `desk`, which is set once it is made, sees them."""

    def __init__(self, window: TabbedWindow, windows: Windows) -> None:
        self._window = window
        self._windows = windows
        self.desk: Desk

    def another(self) -> FileCommands:
        return self._window.add(self._windows.graphs.add()).files

    def show(self, path: Path) -> bool:
        graph = self._windows.graphs.find(path)
        # One in the same window first: nobody expects to be taken to another.
        for window in sorted(self._windows, key=lambda each: each is not self._window):
            for desk in window.desks:
                if desk.graph is graph:
                    window.show(desk)
                    return True
        return False

    def holds(self, path: Path) -> bool:
        graph = self._windows.graphs.find(path)
        return graph is not None and graph is not self.desk.graph

    def is_shared(self) -> bool:
        return self.desk.graph.views > 1

    def close(self) -> None:
        self._window.close(self.desk)

    def close_window(self) -> None:
        self._window.window.close()

    def quit(self) -> None:
        self._windows.quit()

    def new_window(self) -> None:
        self._windows.open(self._windows.graphs.add())

    def new_view(self) -> None:
        self._window.add(self.desk.graph).canvas.navigator.zoom_to_fit()

    def detach(self) -> None:
        self._windows.open(self.desk.graph)
        self._window.close(self.desk)

    def step(self, by: int) -> None:
        self._window.step(by)

    def entries(self) -> list[TabEntry]:
        return [
            TabEntry(
                desk.document.name if desk.files.is_open else "Start",
                self.desk in desk.chain,
                partial(window.show, desk),
            )
            for window in self._windows
            for desk in window.desks
        ]

    def step_inside(self, use: NodeId) -> None:
        self._window.levels.step_inside(self.desk, use)

    def step_out(self, levels: int) -> None:
        self._window.levels.step_out(self.desk, levels)

    def go_to_step(self, place: str | None) -> None:
        self._window.levels.go_to_step(self.desk, place)

    def next_pane(self, by: int) -> None:
        self._window.window.next_pane(by)
