"""The actions on composite gates: collapse, expand, step inside and out, name, keep, insert."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from chainrule.files.library import LibraryItem
from chainrule.gates.catalogue import has_kind
from chainrule.graph.collapsing import outline
from chainrule.graph.composites import Definition
from chainrule.graph.defining import count_uses, free_definition_name
from chainrule.graph.inside import header_of
from chainrule_desktop.actions.attempt import attempt, hinted
from chainrule_desktop.actions.conditions import IS_OPEN, NODES_SELECTED
from chainrule_desktop.actions.spec import (
    SEPARATOR,
    ActionSpec,
    Condition,
    FilledMenu,
    MenuItem,
    MenuSpec,
)
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.composite_question import CompositeQuestion, Description
from chainrule_desktop.dialogs.message import ask_first, tell
from chainrule_desktop.document.composing import (
    collapse_selected,
    composite_at,
    detach_node,
    expand_node,
    rename_composite,
    save_to_library,
)

_WORD = re.compile(r"\W+")


def _name(bench: Workbench) -> str | None:
    """Return the name of the composite gate that is selected."""
    return composite_at(bench.document.graph, bench.selection.single)


def _definition(bench: Workbench) -> Definition | None:
    name = _name(bench)
    return None if name is None else bench.document.graph.definitions.get(name)


def _is_used_elsewhere(bench: Workbench) -> bool:
    name = _name(bench)
    return name is not None and count_uses(bench.document.root.graph, name) > 1


def _may_look_inside(bench: Workbench) -> bool:
    """Say whether no exercise hides numbers that the inside would show."""
    return bench.document.root.cover.covered is None


HAS_COMPOSITE = Condition(
    lambda bench: _definition(bench) is not None, "Select one composite gate first."
)
IS_SHARED = Condition(_is_used_elsewhere, "It is the only use of this composite gate.")
IS_INSIDE = Condition(
    lambda bench: bench.document.root is not bench.document,
    "This is the graph itself; step inside a composite gate first.",
)
MAY_LOOK = Condition(_may_look_inside, "The exercise hides numbers that are seen inside.")
HAS_LIBRARY = Condition(
    lambda bench: bool(bench.editor.library.shelves.items or bench.editor.library.shelves.faults),
    "There are no composite gates in the library yet.",
)
HAS_OWN = Condition(
    lambda bench: bool(bench.editor.library.shelves.own.items),
    "There are no composite gates of your own in the library yet.",
)


def _collapse(bench: Workbench) -> None:
    ports = outline(bench.document.graph, bench.selection.nodes).ports

    def take(given: Description) -> None:
        made = collapse_selected(bench.editor, given.name, given.ports)
        if given.says:
            document = bench.document
            rename_composite(document, given.name, given.name, given.ports, "", given.says)
        bench.canvas.navigator.reveal(made)
        bench.canvas.setFocus()

    known = Description(_suggested_name(bench), tuple(port.name for port in ports))
    CompositeQuestion(bench.window, "Collapse", "Collapse", known, take).open()


def _suggested_name(bench: Workbench) -> str:
    """Return a free name: what the frame around the selection is called, if there is one."""
    commenter = bench.editor.commenter
    around = commenter.frames_around(bench.selection.nodes)
    title = commenter.comments.frames[around[0]].title if around else ""
    words = _WORD.sub("_", title.strip().lower()).strip("_")
    stem = words if words.isidentifier() else "composite"
    graph = bench.document.graph
    return free_definition_name(graph, f"my_{stem}" if has_kind(stem) else stem)


def _expand(bench: Workbench) -> None:
    if (node_id := bench.selection.single) is not None:
        expand_node(bench.editor, bench.drawing, node_id)


def _step_inside(bench: Workbench) -> None:
    if (node_id := bench.selection.single) is not None:
        bench.tabs.step_inside(node_id)


def _detach(bench: Workbench) -> None:
    if (node_id := bench.selection.single) is not None:
        name = detach_node(bench.editor, node_id)
        bench.canvas.hint.emit(f"{node_id} is of its own kind now: {name}.")


def _rename(bench: Workbench) -> None:
    definition, name = _definition(bench), _name(bench)
    if definition is None or name is None:
        return
    header, document = header_of(definition), bench.document

    def take(given: Description) -> None:
        title = header.title or ""
        rename_composite(document, name, given.name, given.ports, title, given.says)

    known = Description(name, definition.inputs, header.description or "")
    CompositeQuestion(bench.window, f"Rename {name}", "Rename", known, take).open()


def _save(bench: Workbench) -> None:
    node_id, name = bench.selection.single, _name(bench)
    if node_id is None or name is None:
        return
    save = attempt(lambda bench: _save_now(bench, node_id))
    own = {item.name for item in bench.editor.library.shelves.own.items}
    if name not in own:
        save(bench)
        return
    question = f"Replace {name} in your library?"
    detail = "Graphs that use it keep what they have; the one in the library changes."
    ask_first(bench.window, question, detail, "&Replace", lambda: save(bench))


def _save_now(bench: Workbench, node_id: str) -> None:
    path = save_to_library(bench.editor, node_id)
    bench.canvas.hint.emit(f"Saved {path.name} in your library, {path.parent}.")


def _library(bench: Workbench) -> Iterator[MenuItem]:
    shelves = bench.editor.library.shelves
    yield from map(_insert, shelves.own.items)
    if shelves.own.items:
        yield SEPARATOR
    own = {item.name for item in shelves.own.items}
    yield from (_insert(item) for item in shelves.shipped.items if item.name not in own)
    if shelves.faults:
        yield SEPARATOR
        yield ActionSpec(
            "composite.faults",
            "What Can't Be Read…",
            lambda bench: tell(
                bench.window,
                "Some files of the library can't be used.",
                "\n".join(bench.editor.library.shelves.faults),
            ),
            "Say which files of the library can't be used, and why.",
            "problem",
        )


def _insert(item: LibraryItem) -> ActionSpec:
    says = item.description or f"A composite gate with {len(item.definition.inputs)} inputs."
    return ActionSpec(f"composite.insert.{item.name}", item.name, _placer(item), says)


def _placer(item: LibraryItem) -> Callable[[Workbench], None]:
    """Return what puts one on the canvas; on an empty one with inputs, as its file has it."""

    def place(bench: Workbench) -> None:
        if len(bench.document.graph):
            bench.canvas.place_gate(item.name)
        else:
            bench.files.open_example(item.path)

    return place


def _own(bench: Workbench) -> Iterator[MenuItem]:
    for item in bench.editor.library.shelves.own.items:
        tip = f"Delete {item.path.name}; graphs that use it keep it."
        yield ActionSpec(f"composite.remove.{item.name}", item.name, _remover(item.name), tip)


def _remover(name: str) -> Callable[[Workbench], None]:
    def remove(bench: Workbench) -> None:
        question = f"Delete {name} from your library?"
        detail = "Graphs that use it keep it. This can't be undone."
        delete = attempt(lambda bench: bench.editor.library.remove(name))
        ask_first(bench.window, question, detail, "&Delete", lambda: delete(bench))

    return remove


COLLAPSE = ActionSpec(
    "composite.collapse",
    "&Collapse…",
    attempt(_collapse),
    "Make one gate of the selected gates; the numbers outside stay as they are.",
    "collapse",
    ("Ctrl+G",),
    (NODES_SELECTED,),
)
EXPAND = ActionSpec(
    "composite.expand",
    "&Expand",
    hinted(_expand),
    "Put the gates of the selected composite gate in its place.",
    "expand",
    ("Ctrl+Shift+G",),
    (HAS_COMPOSITE,),
)
STEP_INSIDE = ActionSpec(
    "composite.inside",
    "Step &Inside",
    hinted(_step_inside),
    "Show what the selected composite gate consists of, with its numbers; Enter does so, too.",
    "step-inside",
    ("Ctrl+Shift+I",),
    (HAS_COMPOSITE, MAY_LOOK),
)
STEP_OUT = ActionSpec(
    "composite.out",
    "Step &Out",
    lambda bench: bench.tabs.step_out(1),
    "Go back to the graph around this composite gate.",
    "step-out",
    ("Ctrl+Shift+O",),
    (IS_INSIDE,),
)
DETACH = ActionSpec(
    "composite.detach",
    "De&tach",
    hinted(_detach),
    "Give the selected composite gate a definition of its own, which the others don't follow.",
    None,
    ("Ctrl+Alt+X",),
    (HAS_COMPOSITE, IS_SHARED),
)
RENAME_COMPOSITE = ActionSpec(
    "composite.rename",
    "Rena&me…",
    attempt(_rename),
    "Give the composite gate another name, its inputs others, or say what it computes.",
    "rename",
    ("Ctrl+F2",),
    (HAS_COMPOSITE,),
)
SAVE = ActionSpec(
    "composite.save",
    "&Save to Library…",
    _save,
    "Keep the composite gate in a file of your library, for use in any graph.",
    None,
    ("Ctrl+Alt+Y",),
    (HAS_COMPOSITE,),
)
INSERT = FilledMenu("Insert from &Library", _library, "plus", (IS_OPEN, HAS_LIBRARY))
REMOVE = FilledMenu("&Delete from Library", _own, None, (HAS_OWN,))

COMPOSITE_MENU = MenuSpec(
    "&Composite",
    (
        COLLAPSE,
        EXPAND,
        SEPARATOR,
        STEP_INSIDE,
        STEP_OUT,
        SEPARATOR,
        DETACH,
        RENAME_COMPOSITE,
        SEPARATOR,
        INSERT,
        SAVE,
        REMOVE,
    ),
)
