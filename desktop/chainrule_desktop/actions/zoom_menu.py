"""The actions of zooming."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence

from chainrule.errors import ChainruleError
from chainrule_desktop.actions.conditions import IS_OPEN, NOT_EMPTY, SOMETHING_SELECTED
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec, Shortcut
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.canvas.viewport import LARGEST, SMALLEST
from chainrule_desktop.dialogs.text_question import TextQuestion, Wording

_Key = QKeySequence.StandardKey


def _zoom(
    name: str,
    text: str,
    tip: str,
    run: Callable[[Workbench], None],
    *shortcuts: Shortcut,
    when: Condition = NOT_EMPTY,
) -> ActionSpec:
    return ActionSpec(f"view.{name}", text, run, tip, None, shortcuts, (IS_OPEN, when))


def _level(percent: int, text: str) -> ActionSpec:
    def zoom(bench: Workbench) -> None:
        bench.canvas.navigator.zoom_to(percent / 100)

    return _zoom(f"zoom_{percent}", text, f"Show everything at {percent} %.", zoom)


def _zoom_to_selection(bench: Workbench) -> None:
    bench.canvas.navigator.zoom_to_things(bench.selection.nodes, bench.selection.wires)


def _ask_for_zoom(bench: Workbench) -> None:
    navigator = bench.canvas.navigator
    wording = Wording(
        title="Zoom",
        label="&Percent of the actual size:",
        button="Zoom",
        text=f"{navigator.scale * 100:.0f}",
        note=f"From {SMALLEST:.0%} to {LARGEST:.0%}.".replace("%", " %"),
    )
    TextQuestion(bench.window, wording, lambda text: navigator.zoom_to(scale_in(text))).open()


def scale_in(text: str) -> float:
    """Return the scale in a percentage that was typed; ChainruleError if it is none."""
    digits = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        scale = float(digits) / 100
    except ValueError:
        raise ChainruleError(f"{text.strip()!r} is no percentage; type 150, say") from None
    if not SMALLEST <= scale <= LARGEST:
        raise ChainruleError(
            f"{digits} % is out of range; type {SMALLEST * 100:.0f} to {LARGEST * 100:.0f}"
        )
    return scale


ZOOM_IN = _zoom(
    "zoom_in",
    "Zoom &In",
    "Show everything larger.",
    lambda bench: bench.canvas.navigator.zoom_in(),
    _Key.ZoomIn,
    "Ctrl+=",
)
ZOOM_OUT = _zoom(
    "zoom_out",
    "Zoom O&ut",
    "Show everything smaller.",
    lambda bench: bench.canvas.navigator.zoom_out(),
    _Key.ZoomOut,
)
ZOOM_ACTUAL = _zoom(
    "zoom_actual",
    "&Actual Size",
    "Show everything at 100 %.",
    lambda bench: bench.canvas.navigator.zoom_to(1.0),
    "Ctrl+0",
)
ZOOM_FIT = _zoom(
    "zoom_fit",
    "&Fit Graph",
    "Show the whole graph. On the canvas the Home key does, too.",
    lambda bench: bench.canvas.navigator.zoom_to_fit(),
    "Ctrl+9",
)
ZOOM_SELECTION = _zoom(
    "zoom_selection",
    "Fit S&election",
    "Show what is selected, as large as fits. On the canvas the F key does, too.",
    _zoom_to_selection,
    "Ctrl+8",
    when=SOMETHING_SELECTED,
)
ZOOM_OTHER = _zoom("zoom_other", "&Other…", "Type a percentage.", _ask_for_zoom)

_LEVELS = (_level(25, "&25 %"), _level(50, "&50 %"))
_LARGE_LEVELS = (_level(200, "20&0 %"), _level(400, "&400 %"), _level(800, "&800 %"))

ZOOM_LEVELS = MenuSpec("&Zoom To", (*_LEVELS, *_LARGE_LEVELS, SEPARATOR, ZOOM_OTHER))
ZOOM_FIELD_MENU = MenuSpec(
    "&Zoom",
    (
        *_LEVELS,
        ZOOM_ACTUAL,
        *_LARGE_LEVELS,
        SEPARATOR,
        ZOOM_FIT,
        ZOOM_SELECTION,
        SEPARATOR,
        ZOOM_OTHER,
    ),
)
"""What the zoom in the status bar opens."""
