"""The tabs and windows of the program, as the commands of one tab see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, final

from chainrule.graph.node import NodeId
from chainrule_desktop.document.document import Prepared
from chainrule_desktop.document.recovery import UnsavedWork


@final
@dataclass(frozen=True, slots=True)
class TabEntry:
    """A tab as a menu lists it; `go` brings it to the front."""

    title: str
    is_current: bool
    go: Callable[[], None]


class Place(Protocol):
    """A tab in which a graph can be shown."""

    def show(self, prepared: Prepared, path: Path | None, *, modified: bool = False) -> None:
        """Show a graph in this tab, whatever was there."""
        ...

    def restore_here(self, work: UnsavedWork) -> None:
        """Open work that was not saved in this tab."""
        ...


class Tabs(Protocol):
    """What a tab may ask of the window that it is in, and of the others."""

    def another(self) -> Place:
        """Return a new tab in the same window, which comes to the front."""
        ...

    def show(self, path: Path) -> bool:
        """Bring the tab with the file at `path` to the front; say whether there is one."""
        ...

    def holds(self, path: Path) -> bool:
        """Say whether another graph than this tab's belongs to the file at `path`."""
        ...

    def is_shared(self) -> bool:
        """Say whether another tab shows the same graph."""
        ...

    def close(self) -> None:
        """Close the tab; whoever asks has seen to unsaved changes."""
        ...

    def close_window(self) -> None:
        """Close the window after asking about unsaved changes."""
        ...

    def quit(self) -> None:
        """Close all windows after asking about unsaved changes."""
        ...

    def new_window(self) -> None:
        """Open a window with the start view."""
        ...

    def new_view(self) -> None:
        """Show the same graph in one more tab."""
        ...

    def detach(self) -> None:
        """Move the tab to a window of its own."""
        ...

    def step(self, by: int) -> None:
        """Go to the next tab, or to another, in a circle."""
        ...

    def entries(self) -> list[TabEntry]:
        """Return all tabs of all windows."""
        ...

    def step_inside(self, use: NodeId) -> None:
        """Show the inside of a composite gate in this tab."""
        ...

    def step_out(self, levels: int) -> None:
        """Show the graph so many levels around what this tab shows."""
        ...

    def go_to_step(self, place: str | None) -> None:
        """Step out to where the next step of the history was made, if that is around here.

        `place` is the definition inside which it was made, None for the graph itself.
        """
        ...

    def next_pane(self, by: int) -> None:
        """Give the keyboard to the next part of the window, or to another, in a circle."""
        ...
