"""The actions on what is shown and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chainrule.diagram.gradient_names import Notation
from chainrule_desktop.actions.choice import choice
from chainrule_desktop.actions.conditions import HAS_TENSOR, IS_OPEN
from chainrule_desktop.actions.places_menu import PLACES_MENU
from chainrule_desktop.actions.reroute_menu import WIRE_STYLES
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec, Shortcut
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.actions.zoom_menu import (
    ZOOM_ACTUAL,
    ZOOM_FIT,
    ZOOM_IN,
    ZOOM_LEVELS,
    ZOOM_OUT,
    ZOOM_SELECTION,
)
from chainrule_desktop.messages import count
from chainrule_desktop.theme import MotionMode, NumberColours, ThemeMode

_MOST_DECIMALS = 6
_NO_EXERCISE = Condition(
    lambda bench: bench.document.cover.exercise is None,
    "An exercise speaks of its gates by their names, so these are always shown.",
)


def _toggle(
    name: str,
    text: str,
    tip: str,
    shortcuts: tuple[Shortcut, ...] = (),
    legend: Callable[[Workbench], str] | None = None,
) -> ActionSpec:
    """Return the action that switches a setting called `show_NAME` on and off."""
    setting = f"show_{name}"

    def is_shown(bench: Workbench) -> bool:
        return bool(getattr(bench.settings.values, setting))

    def switch(bench: Workbench) -> None:
        bench.settings.change(**{setting: not is_shown(bench)})

    return ActionSpec(
        f"view.{name}",
        text,
        switch,
        tip,
        None,
        shortcuts,
        (IS_OPEN,),
        checked=is_shown,
        legend_now=legend,
    )


def _values_legend(bench: Workbench) -> str:
    return f", in {bench.settings.values.number_colours.words[0]} above each wire"


def _gradients_legend(bench: Workbench) -> str:
    return f", in {bench.settings.values.number_colours.words[1]} below each wire"


def _names_are_shown(bench: Workbench) -> bool:
    return bench.settings.values.show_names or not _NO_EXERCISE.holds(bench)


def _toggle_problems(bench: Workbench) -> None:
    bench.problems.setVisible(bench.problems.isHidden())


VALUES = _toggle(
    "values",
    "&Values",
    "Show the values of the forward pass.",
    ("Ctrl+Alt+V",),
    _values_legend,
)
GRADIENTS = _toggle(
    "gradients",
    "&Gradients",
    "Show the gradients of the backward pass.",
    ("Ctrl+Alt+G",),
    _gradients_legend,
)
SHAPES = _toggle(
    "shapes", "S&hapes", "Write the shapes of tensors beside their pictures.", ("Ctrl+Alt+S",)
)
NAMES = replace(
    _toggle("names", "&Names", "Show the name of every gate.", ("Ctrl+Alt+N",)),
    enabled=(IS_OPEN, _NO_EXERCISE),
    checked=_names_are_shown,
)
GRID = _toggle("grid", "G&rid", "Show the grid.", ("Ctrl+'",))
MINIMAP = _toggle(
    "minimap",
    "&Minimap",
    "Show a small map in a corner of the canvas when not all of the graph is seen.",
    ("Ctrl+Alt+M",),
)
PALETTE = _toggle("palette", "Pa&lette", "Show the palette of gates.", ("Ctrl+Alt+P",))
PROJECTOR = ActionSpec(
    "view.projector",
    "Pro&jector Mode",
    lambda bench: bench.settings.change(projector=not bench.settings.values.projector),
    "Show numbers, names and menus larger and lines stronger, for a lecture hall.",
    None,
    ("Ctrl+Alt+B",),
    checked=lambda bench: bench.settings.values.projector,
)
INSPECTOR = _toggle("inspector", "In&spector", "Show what is selected and why.", ("Ctrl+Alt+I",))
TENSOR = ActionSpec(
    "view.tensor",
    "Sho&w Tensor",
    lambda bench: bench.views.show_selected(),
    "Show the numbers of the selected node or wire: table, heat map and histogram.",
    None,
    ("Ctrl+T",),
    (IS_OPEN, HAS_TENSOR),
)
PROBLEMS = ActionSpec(
    "view.problems",
    "&Problems",
    _toggle_problems,
    "Show the list of what is amiss in the graph.",
    None,
    ("Ctrl+Shift+M",),
    (IS_OPEN,),
    checked=lambda bench: not bench.problems.isHidden(),
)
DECIMALS = tuple(
    choice(
        "view", "decimals", number, f"&{number}", f"Show numbers with {count(number, 'decimal')}."
    )
    for number in range(1, _MOST_DECIMALS + 1)
)
THEMES = (
    choice(
        "view",
        "theme_mode",
        ThemeMode.SYSTEM,
        "As the &System",
        "Be light or dark, and of high contrast, as the system is.",
    ),
    choice("view", "theme_mode", ThemeMode.LIGHT, "&Light", "Always be light."),
    choice("view", "theme_mode", ThemeMode.DARK, "&Dark", "Always be dark."),
    choice(
        "view",
        "theme_mode",
        ThemeMode.HIGH_LIGHT,
        "&High Contrast, Light",
        "Black on white, with stronger lines.",
    ),
    choice(
        "view",
        "theme_mode",
        ThemeMode.HIGH_DARK,
        "High &Contrast, Dark",
        "White on black, with stronger lines.",
    ),
)
NUMBER_COLOURS = (
    choice(
        "view",
        "number_colours",
        NumberColours.GREEN_RED,
        "&Green and Red",
        "Values green, gradients red, as in the lecture.",
    ),
    choice(
        "view",
        "number_colours",
        NumberColours.BLUE_ORANGE,
        "&Blue and Orange (Colour-Blind Safe)",
        "A pair of colours that everybody can tell apart.",
    ),
)
NOTATIONS = (
    choice(
        "view",
        "notation",
        Notation.LEIBNIZ,
        "&Derivative ∂L/∂x",
        "Call the gradient of x ∂L/∂x, the derivative of the output by x.",
    ),
    choice("view", "notation", Notation.SHORT, "&Short dx", "Call it dx, as in course notes."),
    choice(
        "view", "notation", Notation.ADJOINT, "&Adjoint x̄", "Call it x̄, as where x has an adjoint."
    ),
    choice("view", "notation", Notation.NABLA, "&Nabla ∇x L", "Call it ∇x L, a gradient by x."),
)
MOTION = (
    choice(
        "view",
        "motion",
        MotionMode.SYSTEM,
        "As the &System",
        "Let nodes glide to their new places unless the system asks for less motion.",
    ),
    choice("view", "motion", MotionMode.ALWAYS, "&Always", "Always let nodes glide."),
    choice("view", "motion", MotionMode.NEVER, "&Never", "Put nodes to their new places at once."),
)

VIEW_MENU = MenuSpec(
    "&View",
    (
        ZOOM_IN,
        ZOOM_OUT,
        ZOOM_ACTUAL,
        ZOOM_FIT,
        ZOOM_SELECTION,
        ZOOM_LEVELS,
        PLACES_MENU,
        SEPARATOR,
        VALUES,
        GRADIENTS,
        SHAPES,
        NAMES,
        GRID,
        MINIMAP,
        SEPARATOR,
        PALETTE,
        INSPECTOR,
        PROBLEMS,
        TENSOR,
        SEPARATOR,
        MenuSpec("&Decimals", DECIMALS),
        MenuSpec("Notation ∂L/∂&x", NOTATIONS),
        WIRE_STYLES,
        MenuSpec("&Theme", THEMES),
        MenuSpec("Num&ber Colours", NUMBER_COLOURS),
        PROJECTOR,
        MenuSpec("M&otion", MOTION),
    ),
)
