"""Closing a window: nothing unsaved is lost unasked, and nothing closes before all is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import final

from chainrule_desktop.app.desk import Desk
from chainrule_desktop.dialogs.message import ForAll
from chainrule_desktop.document.open_graph import OpenGraph


@final
class Leaving:
    """Asks about the tabs of a window one after the other, then closes it with `close`.

    Where several are unsaved, one answer can go for all of them.

    `desks` are its tabs, `show` brings one to the front.
    """

    def __init__(
        self, desks: list[Desk], show: Callable[[Desk], None], close: Callable[[], object]
    ) -> None:
        self._desks = desks
        self._show = show
        self._close = close
        self._given_up: list[OpenGraph] = []
        self._going_on = False

    def is_free(self) -> bool:
        """Say whether nothing would be lost; otherwise ask, and go on after the answer."""
        if not self._going_on:
            self._given_up.clear()
        unsaved = self._unsaved()
        if unsaved:
            self._ask(unsaved[0], len({desk.graph for desk in unsaved}) - 1)
        return not unsaved

    def _ask(self, desk: Desk, others: int) -> None:
        self._show(desk)
        for_all = ForAll(others, self._save_all, self._give_up_all) if others else None
        give_up = partial(self._give_up, desk.graph)
        desk.files.saving.ask_first(self._go_on, give_up, for_all)

    def _unsaved(self) -> list[Desk]:
        return [each for each in self._desks if self._would_lose(each)]

    def _would_lose(self, desk: Desk) -> bool:
        graph = desk.graph
        shown_here = sum(each.graph is graph for each in self._desks)
        unsaved = desk.document.is_modified and graph not in self._given_up
        return unsaved and graph.views == shown_here

    def _give_up(self, graph: OpenGraph) -> None:
        self._given_up.append(graph)
        self._go_on()

    def _give_up_all(self) -> None:
        self._given_up += [desk.graph for desk in self._unsaved()]
        self._go_on()

    def _save_all(self) -> None:
        """Save one after the other; who gives no file to one of them keeps the window."""
        unsaved = self._unsaved()
        if not unsaved:
            self._go_on()
            return
        self._show(unsaved[0])
        unsaved[0].files.saving.save(self._save_all)

    def _go_on(self) -> None:
        self._going_on = True
        self._close()
        self._going_on = False
