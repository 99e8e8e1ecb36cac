"""The actions of walking through the graph with keys."""

from __future__ import annotations

from collections.abc import Callable

from chainrule_desktop.actions.conditions import IS_OPEN, NOT_EMPTY, SOMETHING_SELECTED
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec
from chainrule_desktop.canvas.walking import Walker


def _walk(
    name: str,
    text: str,
    tip: str,
    run: Callable[[Walker], None],
    *shortcuts: str,
    when: Condition = SOMETHING_SELECTED,
) -> ActionSpec:
    return ActionSpec(
        f"edit.walk_{name}",
        text,
        lambda bench: run(bench.canvas.walker),
        tip,
        None,
        shortcuts,
        (IS_OPEN, when),
        on_canvas=True,
    )


# The canvas hears the arrows itself: in the midst of a gesture they mean nothing.
WALK_MENU = MenuSpec(
    "Wal&k",
    (
        _walk(
            "source",
            "To the &Source",
            "Go against the wire of the first input; on the canvas the Left key does.",
            lambda walker: walker.walk((-1, 0)),
        ),
        _walk(
            "reader",
            "To the &Reader",
            "Go along the wire to what reads this; on the canvas the Right key does.",
            lambda walker: walker.walk((1, 0)),
        ),
        _walk(
            "above",
            "To the One &Above",
            "Go to the source or reader beside this one; on the canvas the Up key does.",
            lambda walker: walker.walk((0, -1)),
        ),
        _walk(
            "below",
            "To the One &Below",
            "Go to the source or reader beside this one; on the canvas the Down key does.",
            lambda walker: walker.walk((0, 1)),
        ),
        SEPARATOR,
        _walk(
            "wire_in",
            "Onto the Wire &In",
            "Select the wire into the first input; then Up and Down lead to the other inputs.",
            lambda walker: walker.walk_to_wire(-1),
            "<",
        ),
        _walk(
            "wire_out",
            "Onto the Wire &Out",
            "Select the first wire that leads on; then Up and Down lead to the others.",
            lambda walker: walker.walk_to_wire(1),
            ">",
        ),
        SEPARATOR,
        _walk(
            "first",
            "To the &First Node",
            "Go to the first node in the order in which the graph runs.",
            lambda walker: walker.go_first(),
            "Ctrl+Home",
            when=NOT_EMPTY,
        ),
        _walk(
            "last",
            "To the &Last Node",
            "Go to the last node in the order in which the graph runs.",
            lambda walker: walker.go_last(),
            "Ctrl+End",
            when=NOT_EMPTY,
        ),
    ),
)
