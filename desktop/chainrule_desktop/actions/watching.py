"""What actions depend on, watched for one tab at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from PySide6.QtCore import QMetaObject, QObject

from chainrule_desktop.actions.workbench import Workbench


@final
class Watching:
    """Calls `refresh` whenever something changes on which an action of the tab depends."""

    def __init__(self, refresh: Callable[[], None]) -> None:
        self._refresh = refresh
        self._connections: list[QMetaObject.Connection] = []

    @property
    def goes_on(self) -> bool:
        """Whether there is a tab that is watched."""
        return bool(self._connections)

    def follow(self, bench: Workbench) -> None:
        """Watch this tab from now on, and no other."""
        self.stop()
        for signal in (
            bench.document.history.indexChanged,
            bench.document.changed,
            bench.document.replaced,
            bench.document.file_changed,
            bench.selection.changed,
            bench.settings.changed,
            bench.files.opened_changed,
            bench.clipboard.changed,
            bench.tidying.started,
            bench.tidying.ended,
            bench.player.moved,
            bench.editor.practice.changed,
            bench.player.playing_changed,
        ):
            self._connections.append(signal.connect(self._refresh))
        # A document that goes empties its history on the way.
        for document in {bench.document, bench.document.root}:
            self._connections.append(document.destroyed.connect(self.stop))

    def stop(self) -> None:
        """Watch nothing any more."""
        connections, self._connections = self._connections, []
        for connection in connections:
            QObject.disconnect(connection)
