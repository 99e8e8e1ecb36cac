"""Closing a window: nothing unsaved is lost unasked, and nothing closes before all is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from chainrule_desktop.app.desk import Desk
from chainrule_desktop.document.open_graph import OpenGraph


@final
class Leaving:
    """Asks about the tabs of a window one after the other, then closes it with `close`.

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
        desk = next((each for each in self._desks if self._would_lose(each)), None)
        if desk is not None:
            self._show(desk)
            desk.files.saving.ask_first(self._go_on, lambda: self._give_up(desk.graph))
        return desk is None

    def _would_lose(self, desk: Desk) -> bool:
        graph = desk.graph
        shown_here = sum(each.graph is graph for each in self._desks)
        unsaved = desk.document.is_modified and graph not in self._given_up
        return unsaved and graph.views == shown_here

    def _give_up(self, graph: OpenGraph) -> None:
        self._given_up.append(graph)
        self._go_on()

    def _go_on(self) -> None:
        self._going_on = True
        self._close()
        self._going_on = False
