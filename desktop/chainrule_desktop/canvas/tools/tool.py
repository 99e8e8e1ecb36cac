"""The abstract gesture, and what a gesture may do with the canvas."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Protocol

from chainrule.diagram.diagram import Diagram
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.document.editing import Editor

STARTS_AFTER = 4.0
"""How many pixels the pointer must have gone before a click becomes a drag."""


class Stage(Protocol):
    """The canvas as gestures see it."""

    @property
    def editor(self) -> Editor:
        """The verbs that change the document."""
        ...

    def diagram(self) -> Diagram:
        """Return what is drawn now."""
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


class Tool(ABC):
    """One gesture. It begins when it is made, follows the pointer, and ends or is cancelled.

    However it ends, `clear` is called first. Points are in canvas units; `extend` says that the key
    for adding to a selection is held.
    """

    @abstractmethod
    def move(self, point: Point) -> None:
        """The pointer is at `point` now."""

    @abstractmethod
    def clear(self) -> None:
        """Take the gesture's marks off the canvas, whatever the document has become."""

    @abstractmethod
    def release(self, point: Point, *, extend: bool) -> None:
        """The button was released at `point`: the gesture is done."""

    @abstractmethod
    def restore(self) -> None:
        """The gesture was cancelled: put everything back as it was before it."""
