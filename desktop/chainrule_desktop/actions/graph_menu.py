"""The actions on the graph as a whole, and the one that runs a check on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.kind import Group, Kind
from chainrule.threads import ALL_PROCESSORS
from chainrule_desktop.actions.arrange_menu import ARRANGE_MENU
from chainrule_desktop.actions.attempt import attempt
from chainrule_desktop.actions.choice import choice
from chainrule_desktop.actions.comment_menu import ADD_NOTE, FRAME_MENU, FRAME_SELECTION
from chainrule_desktop.actions.composite_menu import COMPOSITE_MENU
from chainrule_desktop.actions.conditions import (
    IS_OPEN,
    NOT_EMPTY,
    ONE_SELECTED,
)
from chainrule_desktop.actions.gradient_check import CHECK
from chainrule_desktop.actions.gradient_graph import GRADIENT_GRAPH
from chainrule_desktop.actions.node_menu import MUTE, PIN, REPLACE, SWAP
from chainrule_desktop.actions.search_menu import ADD_BY_SEARCH
from chainrule_desktop.actions.spec import (
    SEPARATOR,
    ActionSpec,
    FilledMenu,
    MenuItem,
    MenuSpec,
)
from chainrule_desktop.actions.training_menu import TRAIN, WHOLE_LOSS
from chainrule_desktop.actions.wire_menu import WIRE_MENU
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.text_question import TextQuestion, Wording
from chainrule_desktop.search.composites import composite_kinds


def _gates(bench: Workbench) -> Iterator[MenuItem]:
    composites = composite_kinds(bench.document.graph, bench.editor.library.shelves)
    kinds = (*all_kinds(), *composites)
    for group in Group:
        gates = tuple(_add_gate(kind) for kind in kinds if kind.group is group)
        if gates:
            yield MenuSpec(group.value, gates)


def _add_gate(kind: type[Kind]) -> ActionSpec:
    tip = " ".join(kind.summary.splitlines())
    return ActionSpec(f"graph.add.{kind.name}", kind.name, _placer(kind.name), tip)


def _placer(name: str) -> Callable[[Workbench], None]:
    return lambda bench: bench.canvas.place_gate(name)


def _is_output(bench: Workbench) -> bool:
    single = bench.selection.single
    return single is not None and bench.document.graph.header.output == single


def _choose_output(bench: Workbench) -> None:
    bench.editor.choose_output(None if _is_output(bench) else bench.selection.single)


def _from_formula(bench: Workbench) -> None:
    wording = Wording(
        title="Graph from Formula",
        label="&Formula:",
        button="Make Graph",
        hint="f = (x + y) * z",
        note="Numbers, names, + − * / **, parentheses and the gates' names, such as exp(x) or "
        "max(x, y). Several lines are separated by a semicolon: q = x + y; f = q * z",
    )
    TextQuestion(bench.window, wording, bench.files.new_from_formula).open()


def _show_jacobian(bench: Workbench) -> None:
    from chainrule_desktop.panels.context import Context
    from chainrule_desktop.panels.jacobian.window import JacobianWindow

    window = bench.canvas.findChild(JacobianWindow)
    if window is None:
        context = Context(bench.editor, bench.drawing, bench.theme)
        window = JacobianWindow(bench.canvas, context, bench.tasks, bench.settings)
    window.ask()


ADD_GATE = FilledMenu("&Add Gate", _gates, "plus", (IS_OPEN,))
CHOOSE_OUTPUT = ActionSpec(
    "graph.output",
    "Choose as &Output",
    attempt(_choose_output),
    "Differentiate the selected node; once more lets the graph decide.",
    "output",
    ("Ctrl+Return",),
    (ONE_SELECTED,),
    checked=_is_output,
)
FROM_FORMULA = ActionSpec(
    "graph.formula",
    "From &Formula…",
    _from_formula,
    "Start a graph from a typed formula.",
    None,
    ("Ctrl+Shift+N",),
)
INSERT_TENSOR = ActionSpec(
    "graph.tensor",
    "&Insert Tensor…",
    lambda bench: bench.tensors.choose_and_insert(),
    "Read an array, a table or an image into the selected leaf, or into a new input.",
    None,
    ("Ctrl+Shift+T",),
    (IS_OPEN,),
)
JACOBIAN = ActionSpec(
    "run.jacobian",
    "&Jacobian…",
    _show_jacobian,
    "Show the derivative of any node by any other, entry by entry.",
    None,
    ("Ctrl+J",),
    (IS_OPEN, NOT_EMPTY),
)
THREADS = (
    choice("run", "blas_threads", 1, "&1", "One thread, which is fastest for small matrices."),
    choice("run", "blas_threads", 2, "&2", "Compute the products of matrices in two threads."),
    choice("run", "blas_threads", 4, "&4", "Compute the products of matrices in four threads."),
    choice(
        "run",
        "blas_threads",
        ALL_PROCESSORS,
        "&All Processors",
        "As many threads as there are processors, which helps with large matrices.",
    ),
)

GRAPH_MENU = MenuSpec(
    "&Graph",
    (
        ADD_GATE,
        ADD_BY_SEARCH,
        INSERT_TENSOR,
        CHOOSE_OUTPUT,
        SEPARATOR,
        WIRE_MENU,
        MUTE,
        PIN,
        SWAP,
        REPLACE,
        SEPARATOR,
        FRAME_SELECTION,
        ADD_NOTE,
        FRAME_MENU,
        COMPOSITE_MENU,
        SEPARATOR,
        ARRANGE_MENU,
        FROM_FORMULA,
    ),
)
THREADS_MENU = MenuSpec("&Threads for Matrices", THREADS)
RUN_MENU = MenuSpec(
    "&Run",
    (TRAIN, WHOLE_LOSS, SEPARATOR, CHECK, GRADIENT_GRAPH, JACOBIAN, SEPARATOR, THREADS_MENU),
)
