"""What the program is, its version and its licence."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import final

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from chainrule_desktop.dialogs.labels import text_label
from chainrule_desktop.messages import APPLICATION_NAME
from chainrule_desktop.theme import application_icon, set_part

_SAYS = (
    "Draw a computational graph from gates and watch every value of the forward pass and every "
    "gradient of the backward pass change as you edit."
)
_LICENCE = (
    "Free software under the 3-clause BSD licence. It uses Qt and PySide6 (LGPL), NumPy, networkx "
    "and graphlay, and comes with the DejaVu fonts."
)


@final
class AboutDialog(QDialog):
    """Says what the program is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"About {APPLICATION_NAME}")
        self.setFixedWidth(420)
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        title = QLabel(f"{APPLICATION_NAME} {_version()}")
        set_part(title, "title")
        licence = text_label(_LICENCE, "muted")
        qt = text_label(f"Running on Qt {qVersion()}.", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (picture, title, text_label(_SAYS), licence, qt, buttons):
            column.addWidget(widget)

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        # Only now do labels know their font; Qt has guessed how many lines they need before.
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
        super().showEvent(event)


def _version() -> str:
    try:
        return version("chainrule")
    except PackageNotFoundError:
        return ""
