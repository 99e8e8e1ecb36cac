"""The toolbar: undo and redo, the formula, and what is shown on the wires."""

from __future__ import annotations

from typing import Final, final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.table import TOOLBAR_END, TOOLBAR_START
from chainrule_desktop.actions.view_menu import GRADIENTS, VALUES
from chainrule_desktop.theme import Part, set_part

_ICON_SIZE = 16


@final
class ToolBar(QToolBar):
    """One slim row, made from the table of actions, with the formula in its middle."""

    def __init__(self, actions: ActionSet, formula: QWidget) -> None:
        super().__init__("Toolbar")
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(self.iconSize().scaled(_ICON_SIZE, _ICON_SIZE, _KEEP))
        for spec in TOOLBAR_START:
            self.addAction(actions.action(spec))
        self.addSeparator()
        formula.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(formula)
        self.addSeparator()
        for spec in TOOLBAR_END:
            self.addWidget(_toggle(actions.action(spec), _PARTS.get(spec.id, "toggle")))


_KEEP = Qt.AspectRatioMode.KeepAspectRatio


_PARTS: Final[dict[str, Part]] = {
    VALUES.id: "toggle values",
    GRADIENTS.id: "toggle gradients",
}


def _toggle(action: QAction, part: Part) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_part(button, part)
    return button
