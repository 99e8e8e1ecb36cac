"""Every icon is there, takes the palette's colours and is sharp at every scale."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from chainrule_desktop.resources import asset_bytes, asset_path
from chainrule_desktop.theme import IconName, Scheme, application_icon, palette_for
from chainrule_desktop.theme.icons import themed_icon, tinted_icon

NAMES: tuple[IconName, ...] = get_args(IconName)
PALETTE = palette_for(Scheme.LIGHT)


def inks(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """Return the colours of all opaque pixels."""
    image = icon.pixmap(QSize(32, 32), 1.0, mode).toImage()
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}


def test_names_and_files_agree() -> None:
    files = {path.stem for path in asset_path("icons").glob("*.svg")} - {"chainrule"}
    assert files == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_a_drawing_in_one_colour_of_ours(name: IconName) -> None:
    content = asset_bytes("icons", f"{name}.svg")
    assert QSvgRenderer(QByteArray(content)).isValid()
    assert b"currentColor" in content
    assert b"#" not in content


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("name", NAMES)
def test_an_icon_takes_the_colour_of_the_text(qtbot: QtBot, name: IconName, scheme: Scheme) -> None:
    palette = palette_for(scheme)
    # Antialiasing may round a channel by one.
    seen = inks(themed_icon(name, palette))
    assert palette.text in seen
    assert len(seen) <= 2


def test_a_disabled_icon_is_greyed(qtbot: QtBot) -> None:
    icon = themed_icon("save", PALETTE)
    assert inks(icon, QIcon.Mode.Disabled) == {PALETTE.disabled_text}


def test_a_tinted_icon_has_its_own_colour(qtbot: QtBot) -> None:
    icon = tinted_icon("problem", PALETTE.problem, PALETTE)
    assert inks(icon) == {QColor(PALETTE.problem).name().upper()}


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0])
def test_an_icon_has_a_picture_of_every_size_needed(qtbot: QtBot, scale: float) -> None:
    icon = themed_icon("save", PALETTE)
    assert QSize(round(16 * scale), round(16 * scale)) in icon.availableSizes()


def test_the_program_has_an_icon_of_its_own(qtbot: QtBot) -> None:
    assert not application_icon().pixmap(64, 64).isNull()
