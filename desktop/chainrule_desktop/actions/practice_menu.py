"""The actions of practice: making exercises, filling and checking them, sheets, and grading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chainrule.graph.exercises import SECTION, Blank, Exercise, exercise_json, exercise_of
from chainrule.graph.sections import SetSection
from chainrule.practice.levels import Level
from chainrule_desktop.actions.attempt import attempt, hinted
from chainrule_desktop.actions.conditions import IS_OPEN, NOT_EMPTY
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.document import prepare
from chainrule_desktop.document.exercising import (
    begin_again,
    blanks_at,
    lock_exercise,
    make_exercise,
    possible,
    remove_exercise,
    toggle_blanks,
)

HAS_EXERCISE = Condition(
    lambda bench: bench.document.cover.exercise is not None,
    "There is no exercise; make one of this graph first.",
)
UNLOCKED = Condition(
    lambda bench: not bench.document.cover.is_locked, "The exercise is locked; unlock it first."
)
_PRACTISING = Condition(
    lambda bench: bench.editor.practice.is_on, "The solution is shown; hide it first."
)
_CHOSEN = Condition(lambda bench: bench.editor.practice.chosen is not None, "Choose a blank first.")
_CAN_HIDE = Condition(
    lambda bench: bool(
        bench.editor.practice.chosen or bench.selection.nodes or bench.selection.wires
    ),
    "Select a gate, an input with a gradient or a wire first.",
)
_ANSWERED = Condition(
    lambda bench: bool(bench.editor.practice.answers.texts), "Nothing has been answered yet."
)


def _selected_blanks(bench: Workbench) -> list[Blank]:
    """Return the numbers of what is selected that can be hidden, or the chosen blank."""
    chosen = bench.editor.practice.chosen
    if chosen is not None:
        return [chosen]
    nodes, wires = bench.selection.nodes, bench.selection.wires
    return blanks_at(bench.document, nodes, wires) if nodes or wires else []


def _ask_for_new(bench: Workbench) -> None:
    from chainrule.practice.generator import generate
    from chainrule_desktop.dialogs.practice.new_exercise import NewExerciseDialog, Wanted

    def show(wanted: Wanted) -> None:
        graph = generate(wanted.level, wanted.seed)
        exercise = exercise_of(graph.header)
        if exercise is not None and wanted.locked:
            locked = exercise_json(replace(exercise, locked=True))
            SetSection(SECTION, locked).apply(graph)
        bench.files.show_made(prepare(graph))

    exercise = bench.document.cover.exercise
    begun = exercise is not None and exercise.level in [*Level]
    level = Level(exercise.level) if exercise is not None and begun else Level.ADD_MUL
    seed = exercise.seed + 1 if exercise is not None and exercise.seed is not None else 1
    NewExerciseDialog(bench.window, Wanted(level, seed, False), show).open()


def _ask_to_make(bench: Workbench) -> None:
    from chainrule_desktop.dialogs.practice.make_exercise import MakeExerciseDialog

    document = bench.document
    title = document.graph.header.title
    before = document.cover.exercise or Exercise(title=title, decimals=_decimals(bench))
    nodes, wires = bench.selection.nodes, bench.selection.wires
    selected = blanks_at(document, nodes, wires) if nodes or wires else []

    def take(exercise: Exercise) -> None:
        make_exercise(document, exercise)

    MakeExerciseDialog(bench.window, before, possible(document), selected, take).open()


def _decimals(bench: Workbench) -> int:
    return bench.drawing.display.decimals


def _toggle_text(bench: Workbench) -> str:
    hidden = {*bench.editor.practice.blanks}
    # Which numbers there are takes a walk over the graph.
    blanks = _selected_blanks(bench) if hidden else []
    return "Sho&w Selected Number" if blanks and {*blanks} <= hidden else "&Hide Selected Number"


def _toggle(bench: Workbench) -> None:
    toggle_blanks(bench.document, _selected_blanks(bench))


def _lock(bench: Workbench) -> None:
    lock_exercise(bench.document, locked=not bench.document.cover.is_locked)


def _lock_text(bench: Workbench) -> str:
    return "Un&lock Exercise" if bench.document.cover.is_locked else "&Lock Exercise"


def _lift(bench: Workbench) -> None:
    cover = bench.document.cover
    cover.lift(lifted=not cover.is_lifted)


def _check(bench: Workbench) -> None:
    report = bench.editor.practice.check()
    right = sum(mark.is_full for mark in report.marks)
    answered = sum(bool(mark.text) for mark in report.marks)
    said = f"{right} of {answered} answers are right" if answered else "Nothing is answered yet"
    bench.canvas.hint.emit(f"{said}: {report.score:g} of {report.most:g} points.")


def _hint(bench: Workbench) -> None:
    practice = bench.editor.practice
    if practice.chosen is not None:
        practice.hint(practice.chosen)


def _show_answer(bench: Workbench) -> None:
    practice = bench.editor.practice
    if practice.chosen is not None:
        practice.show_answer(practice.chosen)


def _fill_beside(bench: Workbench, step: int) -> None:
    practice = bench.editor.practice
    chosen = practice.chosen
    blank = practice.first_open() if chosen is None else practice.beside(chosen, step)
    if blank is not None:
        practice.filling_wanted.emit(blank)


def _begin_again(bench: Workbench) -> None:
    begin_again(bench.document)


def _ask_for_sheet(bench: Workbench, *, answers: bool) -> None:
    from chainrule_desktop.dialogs.practice.sheet import SheetDialog

    SheetDialog(
        bench.window,
        bench.document.graph,
        bench.document.name,
        bench.settings,
        bench.canvas.hint.emit,
        answers=answers,
        may_answer=not bench.document.cover.is_locked,
    ).open()


def _ask_for_tables(bench: Workbench, *, nudges: bool) -> None:
    from chainrule_desktop.dialogs.practice.tables import TablesDialog

    TablesDialog(
        bench.window,
        bench.document.graph,
        bench.document.name,
        bench.settings,
        bench.canvas.hint.emit,
        nudges=nudges,
        may_fill=not bench.document.cover.is_locked,
    ).open()


def _ask_to_grade(bench: Workbench) -> None:
    from chainrule_desktop.dialogs.practice.grading import GradeDialog, ask_files_to_grade

    document = bench.document
    is_key = document.cover.exercise is not None and not document.is_modified
    key = document.path if is_key else None

    def grade(files: Sequence[Path]) -> None:
        GradeDialog(
            bench.window, files, key, bench.settings, bench.tasks, bench.canvas.hint.emit
        ).open()

    ask_files_to_grade(bench.window, bench.settings, grade)


NEW = ActionSpec(
    "practice.new",
    "&New Exercise…",
    _ask_for_new,
    "Make an exercise of a level from a seed, in a tab of its own.",
    "new",
    ("Ctrl+Alt+Shift+N",),
)
MAKE = ActionSpec(
    "practice.make",
    "&Make Exercise of This Graph…",
    _ask_to_make,
    "Hide some or all numbers, to be found and typed in.",
    None,
    ("Ctrl+Alt+Shift+X",),
    (IS_OPEN, NOT_EMPTY, UNLOCKED),
)
TOGGLE = ActionSpec(
    "practice.toggle",
    "&Hide Selected Number",
    hinted(_toggle),
    "Hide the value and the gradient of what is selected, or show them again.",
    None,
    ("Ctrl+Alt+H",),
    (IS_OPEN, UNLOCKED, _CAN_HIDE),
    text_now=_toggle_text,
)
LOCK = ActionSpec(
    "practice.lock",
    "&Lock Exercise",
    _lock,
    "Let blanks be filled and nothing else be changed, or everything again; it is no protection.",
    None,
    ("Ctrl+Alt+Shift+L",),
    (IS_OPEN, HAS_EXERCISE),
    text_now=_lock_text,
)
SOLUTION = ActionSpec(
    "practice.solution",
    "Show S&olution",
    _lift,
    "Show all numbers that the exercise hides, until they are hidden again.",
    "eye",
    ("Ctrl+Alt+Shift+S",),
    (IS_OPEN, HAS_EXERCISE, UNLOCKED),
    checked=lambda bench: bench.document.cover.is_lifted,
)
REMOVE = ActionSpec(
    "practice.remove",
    "Remo&ve Exercise",
    attempt(lambda bench: remove_exercise(bench.document)),
    "Ask for nothing any more, and forget the answers.",
    None,
    ("Ctrl+Alt+Shift+R",),
    (IS_OPEN, HAS_EXERCISE, UNLOCKED),
)
CHECK = ActionSpec(
    "practice.check",
    "&Check Answers",
    _check,
    "Mark every answer, and say what was wrong.",
    "check",
    ("F7",),
    (IS_OPEN, HAS_EXERCISE, _PRACTISING),
)
HINT = ActionSpec(
    "practice.hint",
    "H&int",
    _hint,
    "Give the next hint for the chosen blank: the rule, the symbols, the numbers.",
    None,
    ("F8",),
    (IS_OPEN, HAS_EXERCISE, _PRACTISING, _CHOSEN),
)
SHOW_ANSWER = ActionSpec(
    "practice.show",
    "Show &Answer",
    _show_answer,
    "Fill the chosen blank with the right number, which gives no points from then on.",
    None,
    ("Shift+F8",),
    (IS_OPEN, HAS_EXERCISE, _PRACTISING, _CHOSEN),
)
NEXT = ActionSpec(
    "practice.next",
    "Ne&xt Blank",
    lambda bench: _fill_beside(bench, 1),
    "Type the answer for the next blank: of the forward, then of the backward pass.",
    None,
    ("F4",),
    (IS_OPEN, HAS_EXERCISE, _PRACTISING),
)
PREVIOUS = ActionSpec(
    "practice.previous",
    "&Previous Blank",
    lambda bench: _fill_beside(bench, -1),
    "Type the answer for the blank before this one.",
    None,
    ("Shift+F4",),
    (IS_OPEN, HAS_EXERCISE, _PRACTISING),
)
BEGIN_AGAIN = ActionSpec(
    "practice.again",
    "&Begin Again",
    _begin_again,
    "Take all answers away; what was shown still gives no points.",
    None,
    ("Ctrl+Alt+Shift+B",),
    (IS_OPEN, HAS_EXERCISE, _ANSWERED),
)
SHEET = ActionSpec(
    "practice.sheet",
    "Print &Sheet…",
    lambda bench: _ask_for_sheet(bench, answers=False),
    "Print the graph with blanks and tables, or save that as PDF.",
    None,
    ("Ctrl+P",),
    (IS_OPEN, NOT_EMPTY),
)
ANSWER_SHEET = ActionSpec(
    "practice.answer_sheet",
    "Answer Shee&t…",
    lambda bench: _ask_for_sheet(bench, answers=True),
    "Print the graph with the right answers, or save that as PDF.",
    None,
    ("Ctrl+Alt+Shift+A",),
    (IS_OPEN, NOT_EMPTY, UNLOCKED),
)
TABLES = ActionSpec(
    "practice.tables",
    "&Export Tables…",
    lambda bench: _ask_for_tables(bench, nudges=False),
    "Write tables of both passes, blank or filled: CSV, Markdown or text.",
    None,
    ("Ctrl+Alt+Shift+T",),
    (IS_OPEN, NOT_EMPTY),
)
NUDGES = ActionSpec(
    "practice.nudges",
    "N&udge Sheet…",
    lambda bench: _ask_for_tables(bench, nudges=True),
    "Ask what a small change of each input does, by the gradient and in truth.",
    None,
    ("Ctrl+Alt+J",),
    (IS_OPEN, NOT_EMPTY),
)
GRADE = ActionSpec(
    "practice.grade",
    "&Grade Files…",
    _ask_to_grade,
    "Mark any number of answer files, and save the results as CSV or JSON.",
    None,
    ("Ctrl+Alt+Shift+G",),
)

PRACTICE_MENU = MenuSpec(
    "P&ractice",
    (
        NEW,
        MAKE,
        TOGGLE,
        LOCK,
        SOLUTION,
        REMOVE,
        SEPARATOR,
        NEXT,
        PREVIOUS,
        CHECK,
        HINT,
        SHOW_ANSWER,
        BEGIN_AGAIN,
        SEPARATOR,
        SHEET,
        ANSWER_SHEET,
        TABLES,
        NUDGES,
        SEPARATOR,
        GRADE,
    ),
)
