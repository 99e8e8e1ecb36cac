"""How modules are imported once Qt is there: as Python does, without a look at every source."""

from __future__ import annotations

import builtins
import importlib


def import_as_usual() -> None:
    """Take Qt's own way of importing back; to be called before anything else is imported.

    Qt for Python reads the source of each module that is imported after it, to learn whether that
    speaks of PySide6, and linecache keeps all that was read: 20 MB, and a tenth of the time that
    the editor takes to start. It is for `from __feature__ import snake_case`, which nothing here
    does.
    """
    importlib.import_module("PySide6.QtCore")
    # WORKAROUND(PYSIDE-1019) There is no setting for it; a Qt without it has no such name.
    usual = vars(builtins).get("__orig_import__")
    if usual is not None:
        builtins.__import__ = usual
