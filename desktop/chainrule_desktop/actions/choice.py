"""Actions that give a setting one of its values; the one that it has is checked."""

from __future__ import annotations

from chainrule_desktop.actions.spec import ActionSpec
from chainrule_desktop.actions.workbench import Workbench


def choice(group: str, setting: str, value: object, text: str, tip: str) -> ActionSpec:
    """Return the action `GROUP.SETTING.VALUE` that gives a setting that value."""

    def is_chosen(bench: Workbench) -> bool:
        return getattr(bench.settings.values, setting) == value

    def choose(bench: Workbench) -> None:
        bench.settings.change(**{setting: value})

    name = f"{group}.{setting}.{value}"
    return ActionSpec(name, text, choose, tip, checked=is_chosen, choice=setting)
