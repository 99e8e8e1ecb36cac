"""What an action and a menu are, as plain data: the entries of the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, final

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.theme import IconName

Shortcut: TypeAlias = QKeySequence.StandardKey | str
"""One of the system's own shortcuts, or keys such as `Ctrl+Shift+L`."""


@final
@dataclass(frozen=True, slots=True)
class Condition:
    """When an action can be used, and what to say while it can't."""

    holds: Callable[[Workbench], bool]
    reason: str


@final
@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: its id, its looks, when it can be used, and what it does.

    `text` has its mnemonic after `&` and ends in … where a dialog follows; `tip` is a sentence for
    the status bar. `enabled` are all the conditions that must hold; the first that doesn't says
    why. `checked` makes an action with a tick; those of one `choice` exclude each other.
    `text_now` gives a text that depends on the moment; `legend_now` goes on where the name ends in
    the tooltip. The keys of one that is `on_canvas` are
    heard only while the canvas has the focus, so they can be single letters.
    """

    id: str
    text: str
    run: Callable[[Workbench], object]
    tip: str
    icon: IconName | None = None
    shortcuts: tuple[Shortcut, ...] = ()
    enabled: tuple[Condition, ...] = ()
    checked: Callable[[Workbench], bool] | None = None
    choice: str | None = None
    text_now: Callable[[Workbench], str] | None = None
    legend_now: Callable[[Workbench], str] | None = None
    on_canvas: bool = False


@final
@dataclass(frozen=True, slots=True)
class Separator:
    """A line between the groups of a menu."""


@final
@dataclass(frozen=True, slots=True)
class MenuSpec:
    """A menu with a fixed content."""

    text: str
    items: tuple[MenuItem, ...]


@final
@dataclass(frozen=True, slots=True)
class FilledMenu:
    """A menu whose content is found when it opens, such as the files used last."""

    text: str
    fill: Callable[[Workbench], Iterable[MenuItem]]
    icon: IconName | None = None
    enabled: tuple[Condition, ...] = ()


MenuItem: TypeAlias = ActionSpec | Separator | MenuSpec | FilledMenu

SEPARATOR = Separator()
