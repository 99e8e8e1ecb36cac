"""Everything that actions work on, in one hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from PySide6.QtWidgets import QWidget

from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.actions.tabs import Tabs
from chainrule_desktop.actions.tensor_commands import TensorCommands
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.clipboard import GraphClipboard
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.open_graph import OpenGraph
from chainrule_desktop.document.player import Player
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.document.tidying import Tidying
from chainrule_desktop.panels.tensors.windows import TensorWindows
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme


@final
@dataclass(frozen=True, slots=True, eq=False)
class Workbench:
    """The document and its views, the settings, and who does what takes more than one step.

    `tensors` brings tensors in from files, `views` are the windows on tensors, `tabs` are the other
    tabs and windows, `opened` has all that belongs to the document however many views it has.
    """

    editor: Editor
    drawing: Drawing
    canvas: CanvasView
    problems: QWidget
    files: FileCommands
    clipboard: GraphClipboard
    tidying: Tidying
    player: Player
    settings: Settings
    theme: Theme
    tasks: Tasks
    tensors: TensorCommands
    views: TensorWindows
    tabs: Tabs
    opened: OpenGraph

    @property
    def document(self) -> Document:
        """The open document."""
        return self.editor.document

    @property
    def selection(self) -> Selection:
        """What is selected in it."""
        return self.editor.selection

    @property
    def window(self) -> QWidget:
        """The window that dialogs belong to."""
        return self.canvas.window()
