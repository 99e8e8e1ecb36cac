"""The actions of playback: stepping through both passes, breakpoints, captions and the order."""

from __future__ import annotations

from chainrule.autodiff.playback import Phase
from chainrule_desktop.actions.attempt import hinted
from chainrule_desktop.actions.conditions import IS_OPEN, NODES_SELECTED, NOT_EMPTY, ONE_SELECTED
from chainrule_desktop.actions.practice_menu import PRACTICE_MENU
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.text_question import TextQuestion, Wording
from chainrule_desktop.document.player import SPEEDS
from chainrule_desktop.document.scripting import (
    caption_key,
    clear_breakpoints,
    play_next,
    set_caption,
    set_threshold,
    toggle_breakpoints,
    usual_order,
)
from chainrule_desktop.document.stopping import first_not_finite

_PLAYABLE = (IS_OPEN, NOT_EMPTY)
_PLAYED = Condition(lambda bench: not bench.player.at_end, "Step into the passes first.")
_NOT_AT_START = Condition(
    lambda bench: bench.player.at_end or bench.player.position > 0,
    "Nothing has been played yet.",
)
_HAS_STOPS = Condition(
    lambda bench: bool(
        bench.player.script.breakpoints or bench.player.script.threshold is not None
    ),
    "There are no breakpoints.",
)
_REORDERED = Condition(
    lambda bench: bool(bench.player.script.order), "Gates are played in their usual order."
)


def _play_text(bench: Workbench) -> str:
    return "&Pause" if bench.player.is_playing else "&Play"


def _play(bench: Workbench) -> None:
    if bench.player.is_playing:
        bench.player.pause()
    else:
        bench.player.play()


def _ask_threshold(bench: Workbench) -> None:
    threshold = bench.player.script.threshold
    wording = Wording(
        title="Stop at Large Gradients",
        label="Stop where a |&gradient| is over:",
        button="Set",
        text="" if threshold is None else f"{threshold:g}",
        hint="10",
        note="Playing stops at the gate that sends such a gradient back; nothing for nowhere.",
        blank=True,
    )
    TextQuestion(bench.window, wording, lambda text: set_threshold(bench.document, text)).open()


def _ask_caption(bench: Workbench) -> None:
    key = caption_key(bench.player)
    wording = Wording(
        title="Caption",
        label="&Caption of this step:",
        button="Write",
        text=bench.player.script.captions.get(key, ""),
        note="Presenter mode shows it, and the file keeps it. Leave it empty to remove it.",
        blank=True,
    )
    TextQuestion(bench.window, wording, lambda text: set_caption(bench.document, key, text)).open()


def _go_to_fault(bench: Workbench) -> None:
    step = first_not_finite(bench.document, bench.player.timeline)
    if step is None:
        bench.canvas.hint.emit("All values and gradients are finite.")
        return
    position = bench.player.timeline.position_of(step.node, step.phase)
    if position is not None:
        bench.player.go(position)
    bench.selection.set((step.node,))
    bench.canvas.navigator.reveal(step.node)
    made = "its value" if step.phase is Phase.FORWARD else "a gradient that it sends back"
    bench.canvas.hint.emit(f"{step.node} is the first gate where {made} is not finite.")


def _present(bench: Workbench) -> None:
    from chainrule_desktop.panels.presenter.window import PresenterWindow

    if bench.player.at_end:
        bench.player.go(0)
    window = PresenterWindow(
        bench.window, bench.document, bench.player, bench.theme, bench.drawing.display
    )
    window.present()


def _play_next(bench: Workbench) -> None:
    node = bench.selection.single
    if node is not None:
        player = bench.player
        played = min(player.position, player.timeline.forward_count)
        play_next(bench.document, 0 if player.at_end else played, node)


def _speeding(speed: float) -> ActionSpec:
    def choose(bench: Workbench) -> None:
        bench.settings.change(playback_speed=speed)

    return ActionSpec(
        f"play.speed.{speed:g}",
        f"&{speed:g} Steps a Second" if speed != 1 else "&1 Step a Second",
        choose,
        f"Play {speed:g} steps in a second.",
        checked=lambda bench: bench.settings.values.playback_speed == speed,
        choice="playback_speed",
    )


TO_START = ActionSpec(
    "play.start",
    "To the &Start",
    lambda bench: bench.player.go(0),
    "Go before the first step, where only inputs have numbers.",
    "to-start",
    ("Alt+PgUp",),
    (*_PLAYABLE, _NOT_AT_START),
)
BACK = ActionSpec(
    "play.back",
    "&Back",
    lambda bench: bench.player.back(),
    "Take back a step.",
    "step-back",
    ("PgUp",),
    (*_PLAYABLE, _NOT_AT_START),
)
PLAY = ActionSpec(
    "play.play",
    "&Play",
    _play,
    "Play forward and backward pass step by step; once more stands still.",
    "play",
    ("Ctrl+Space",),
    _PLAYABLE,
    text_now=_play_text,
)
FORWARD = ActionSpec(
    "play.forward",
    "&Forward",
    lambda bench: bench.player.forward(),
    "Play the next step; from the end, begin anew.",
    "step-forward",
    ("PgDown",),
    _PLAYABLE,
)
TO_END = ActionSpec(
    "play.end",
    "To the &End",
    lambda bench: bench.player.go(bench.player.timeline.end),
    "Show all values and gradients.",
    "to-end",
    ("Alt+PgDown",),
    (*_PLAYABLE, _PLAYED),
)
BREAKPOINT = ActionSpec(
    "play.breakpoint",
    "Brea&kpoint",
    lambda bench: toggle_breakpoints(bench.document, bench.selection.nodes),
    "Let playing stop at the selected gates; once more lets it go on.",
    "breakpoint",
    ("B",),
    (NODES_SELECTED,),
    checked=lambda bench: (
        bool(bench.selection.nodes) and {*bench.selection.nodes} <= bench.player.script.breakpoints
    ),
    on_canvas=True,
)
THRESHOLD = ActionSpec(
    "play.threshold",
    "Stop at &Large Gradients…",
    _ask_threshold,
    "Let playing stop where the size of a gradient is over a number.",
    None,
    ("Ctrl+Alt+L",),
    (IS_OPEN,),
)
CLEAR_BREAKPOINTS = ActionSpec(
    "play.clear_breakpoints",
    "&Clear Breakpoints",
    lambda bench: clear_breakpoints(bench.document),
    "Let playing stop nowhere.",
    None,
    ("Ctrl+Alt+K",),
    (IS_OPEN, _HAS_STOPS),
)
NOT_FINITE = ActionSpec(
    "play.not_finite",
    "First N&ot Finite",
    _go_to_fault,
    "Go to the first gate of the forward pass that makes an infinity or not-a-number.",
    None,
    ("Ctrl+Alt+F",),
    _PLAYABLE,
)
PLAY_NEXT = ActionSpec(
    "play.next",
    "Play Selected &Next",
    hinted(_play_next),
    "Compute the selected gate next, if its inputs are known; the order is kept in the file.",
    None,
    ("Ctrl+Alt+Return",),
    (IS_OPEN, ONE_SELECTED),
)
USUAL_ORDER = ActionSpec(
    "play.usual_order",
    "&Usual Order",
    lambda bench: usual_order(bench.document),
    "Play gates in the order that the graph alone gives.",
    None,
    ("Ctrl+Alt+U",),
    (IS_OPEN, _REORDERED),
)
CAPTION = ActionSpec(
    "play.caption",
    "C&aption…",
    _ask_caption,
    "Write what is said at this step; presenter mode shows it.",
    "note",
    ("Ctrl+Alt+C",),
    (IS_OPEN,),
)
PRESENT = ActionSpec(
    "play.present",
    "Presenter &Mode",
    _present,
    "Show the graph on a whole screen with large labels; Space plays the next step.",
    "present",
    ("F11",),
    _PLAYABLE,
)
SPEED_MENU = MenuSpec("Spee&d", tuple(map(_speeding, SPEEDS)))

TRANSPORT = (TO_START, BACK, PLAY, FORWARD, TO_END)
PLAYBACK = (
    TO_START,
    BACK,
    PLAY,
    FORWARD,
    TO_END,
    SPEED_MENU,
    SEPARATOR,
    BREAKPOINT,
    THRESHOLD,
    CLEAR_BREAKPOINTS,
    NOT_FINITE,
    SEPARATOR,
    PLAY_NEXT,
    USUAL_ORDER,
    CAPTION,
)
TEACH_MENU = MenuSpec("&Teach", (*PLAYBACK, SEPARATOR, PRESENT, SEPARATOR, PRACTICE_MENU))
