"""The menus that open where the pointer is: on gates, wires, frames and notes, or on the canvas."""

from __future__ import annotations

from typing import Final

from chainrule_desktop.actions.arrange_menu import TIDY
from chainrule_desktop.actions.comment_menu import (
    ADD_NOTE,
    ADD_TO_FRAME,
    COLOUR_MENU,
    EDIT_COMMENT,
    FRAME_MENU,
    FRAME_SELECTION,
    REMOVE_FRAME,
    SELECT_NODES,
)
from chainrule_desktop.actions.composite_menu import COMPOSITE_MENU
from chainrule_desktop.actions.edit_menu import (
    COPY,
    CUT,
    DELETE,
    DUPLICATE,
    EDIT_VALUE,
    PASTE,
    RENAME,
)
from chainrule_desktop.actions.graph_menu import ADD_GATE, CHOOSE_OUTPUT
from chainrule_desktop.actions.node_menu import MUTE, PIN, REPLACE, SWAP
from chainrule_desktop.actions.playback_menu import BREAKPOINT
from chainrule_desktop.actions.reroute_menu import INSERT_POINT, REMOVE_POINTS
from chainrule_desktop.actions.select_menu import SELECT_ALL
from chainrule_desktop.actions.spec import SEPARATOR, MenuSpec
from chainrule_desktop.actions.view_menu import TENSOR
from chainrule_desktop.actions.wire_menu import (
    CONNECT,
    INSERT,
    TO_NEXT_PORT,
    TO_PREVIOUS_PORT,
)
from chainrule_desktop.actions.zoom_menu import ZOOM_FIT
from chainrule_desktop.document.selection import Selection

ON_NODES: Final = MenuSpec(
    "Nodes",
    (
        EDIT_VALUE,
        TENSOR,
        RENAME,
        CHOOSE_OUTPUT,
        SEPARATOR,
        MUTE,
        PIN,
        BREAKPOINT,
        SWAP,
        REPLACE,
        SEPARATOR,
        CONNECT,
        SEPARATOR,
        FRAME_SELECTION,
        FRAME_MENU,
        COMPOSITE_MENU,
        SEPARATOR,
        CUT,
        COPY,
        DUPLICATE,
        DELETE,
    ),
)
ON_WIRES: Final = MenuSpec(
    "Wires",
    (
        INSERT,
        INSERT_POINT,
        REMOVE_POINTS,
        SEPARATOR,
        SWAP,
        TO_NEXT_PORT,
        TO_PREVIOUS_PORT,
        SEPARATOR,
        TENSOR,
        SEPARATOR,
        DELETE,
    ),
)
ON_COMMENTS: Final = MenuSpec(
    "Frames and Notes",
    (
        EDIT_COMMENT,
        COLOUR_MENU,
        SEPARATOR,
        ADD_TO_FRAME,
        SELECT_NODES,
        SEPARATOR,
        REMOVE_FRAME,
    ),
)
ON_CANVAS: Final = MenuSpec(
    "Canvas",
    (ADD_GATE, ADD_NOTE, PASTE, SEPARATOR, SELECT_ALL, TIDY, ZOOM_FIT),
)


def context_menu_of(selection: Selection) -> MenuSpec:
    """Return the menu for what is selected."""
    if selection.nodes:
        return ON_NODES
    if selection.wires:
        return ON_WIRES
    return ON_COMMENTS if selection.comments else ON_CANVAS
