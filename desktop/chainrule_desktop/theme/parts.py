"""The parts that a label, frame, button or view can play, which the style sheet gives a look to."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QFrame, QLineEdit, QScrollArea, QWidget

Part = Literal[
    "title",
    "heading",
    "muted",
    "note",
    "value",
    "gradient",
    "problem",
    "ok",
    "card",
    "panel",
    "bar",
    "transport",
    "toggle",
    "toggle values",
    "toggle gradients",
    "fold",
    "flat",
    "popup",
    "sign",
    "rows",
]


def set_part(widget: QWidget, part: Part) -> None:
    """Let a widget look like that part; may be changed later, and follows every theme.

    - QLabel: `title` (the name of what is shown), `heading` (of a section), `muted`, `note` (muted
      and italic), `value`, `gradient`, `problem`, `ok`;
    - QLabel: `sign` (a sentence beside the pointer);
    - QFrame or QLabel: `card` (a field with a border around a formula);
    - QWidget, QFrame: `panel`, `bar` (a strip with a line below it), `transport` (a line above it);
    - QToolButton: `toggle` (text in a border, filled while checked), `fold` (a heading to open);
      `toggle values` and `toggle gradients` have the colour of these numbers at the side of a wire
      where they stand;
    - views and scroll areas: `flat` (no border, on the panel's own ground);
    - QFrame: `popup` (floats above everything), and `rows`, a view inside of one.
    """
    widget.setProperty("part", part)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def scrolled(content: QWidget) -> QScrollArea:
    """Return a view that scrolls over `content` where a small screen can't show it whole."""
    view = QScrollArea()
    view.setWidgetResizable(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    set_part(view, "flat")
    view.setWidget(content)
    return view


def inset_text(box: QAbstractSpinBox) -> None:
    """Keep a spin box's number off its left border, as in every other field."""
    # WORKAROUND(Qt style sheets): the text of a spin box begins at its very edge whatever padding
    # the style sheet gives, and the line edit inside it takes no rule of its own.
    editor = box.findChild(QLineEdit)
    if editor is not None:
        editor.setTextMargins(7, 0, 0, 0)
