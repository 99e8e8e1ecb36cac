"""The abstract gesture, and what a gesture may do with the canvas."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, final

from PySide6.QtCore import QRectF, Qt

from chainrule.diagram.diagram import Diagram
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.snapping import Snapping
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.loose_end import LooseEnd

STARTS_AFTER = 4.0
"""How many pixels the pointer must have gone before a click becomes a drag."""


class Stage(Protocol):
    """The canvas as gestures see it."""

    @property
    def editor(self) -> Editor:
        """The verbs that change the document."""
        ...

    @property
    def drawing(self) -> Drawing:
        """The diagram of the document, which follows its edits."""
        ...

    @property
    def time(self) -> int:
        """When the pointer moved last, in milliseconds by the clock of its events."""
        ...

    @property
    def snapping(self) -> Snapping:
        """To what a drag of nodes snaps."""
        ...

    def diagram(self) -> Diagram:
        """Return what is drawn now."""
        ...

    def visible_area(self) -> QRectF:
        """Return the part of the canvas that the view shows."""
        ...

    def scale_factor(self) -> float:
        """Return how many pixels a canvas unit has."""
        ...

    def change_marks(self, **changes: Any) -> None:
        """Change fields of the marks that are painted."""
        ...

    def say(self, sentence: str, *, beside_pointer: bool = False) -> None:
        """Tell the user something, in the status bar and, if wanted, beside the pointer."""
        ...

    def ask_for_gate(self, point: Point, end: LooseEnd | None = None) -> None:
        """Search for what to add at `point`; with a loose end, for what can be wired to it."""
        ...


class Tool(ABC):
    """One gesture. It begins when it is made, follows the pointer, and ends or is cancelled.

    However it ends, `clear` is called first. Points are in canvas units; `held` are the keys that
    are down. When only these change, `move` is called again with the same point.
    """

    @abstractmethod
    def move(self, point: Point, held: Held) -> None:
        """The pointer is at `point` now."""

    @abstractmethod
    def clear(self) -> None:
        """Take the gesture's marks off the canvas, whatever the document has become."""

    @abstractmethod
    def release(self, point: Point, held: Held) -> None:
        """The button was released at `point`: the gesture is done."""

    @abstractmethod
    def restore(self) -> None:
        """The gesture was cancelled: put everything back as it was before it."""


ToolFactory: TypeAlias = Callable[[Stage, Point, Held], Tool]


@final
@dataclass(frozen=True, slots=True)
class Armed:
    """A gesture that the next drag is, wherever it begins: chosen by a key or in a menu.

    `cursor` is shown until then; `sentence` says what to do and that Escape puts it away.
    """

    make: ToolFactory
    cursor: Qt.CursorShape
    sentence: str
