"""Names that vulture finds unused though something outside the code uses them.

Each stands under the reason; a name that is used by nothing at all belongs deleted, not here.
"""

from __future__ import annotations

import builtins

from PySide6.QtGui import QAccessible

from chainrule_desktop.theme import Palette

# The style sheet names the roles of the palette in its text.
Palette.accent_hover
Palette.ok

# Screen readers read the state of an accessible object from C++.
QAccessible.State.invalid
QAccessible.State.multiSelectable
QAccessible.State.extSelectable

# Python looks the function up that an import calls.
builtins.__import__
