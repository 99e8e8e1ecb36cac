"""What all windows of the program share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

from PySide6.QtGui import QClipboard

from chainrule_desktop.document.library import Library
from chainrule_desktop.document.open_graph import OpenGraphs
from chainrule_desktop.panels.local_gradients import LocalGradients
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme


@final
@dataclass(frozen=True, slots=True)
class Places:
    """Where the program keeps what is the user's: settings, unsaved work and composite gates."""

    settings: Path | None
    recovery: Path
    library: Path | None = None


@final
@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """The settings and looks, the graphs that are open, and who works in the background."""

    settings: Settings
    theme: Theme
    tasks: Tasks
    graphs: OpenGraphs
    clipboard: QClipboard
    library: Library
    algebra: LocalGradients
