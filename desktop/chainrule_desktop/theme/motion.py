"""Whether things may move: as the system asks for, always, or never."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from functools import cache
from typing import Any, final

_WAIT = 300
"""How many milliseconds the desktop may take to answer."""


@final
class MotionMode(StrEnum):
    """When the program shows motion; the values are those of a setting."""

    SYSTEM = "system"
    ALWAYS = "always"
    NEVER = "never"


def moves(mode: MotionMode) -> bool:
    """Say whether motion is shown in this mode."""
    return mode is MotionMode.ALWAYS or (mode is MotionMode.SYSTEM and not system_wants_stillness())


@cache
def system_wants_stillness() -> bool:
    """Say whether the system asks programs for less motion; asked once in a run."""
    if sys.platform == "win32":
        return _windows_wants_stillness()
    if sys.platform == "darwin":
        return _mac_wants_stillness()
    return any(_asks_for_stillness(key, _from_portal(*key)) for key in _PORTAL_KEYS)


_REDUCED = "org.freedesktop.appearance", "reduced-motion"
_GNOME = "org.gnome.desktop.interface", "enable-animations"
_KDE = "org.kde.kdeglobals.KDE", "AnimationDurationFactor"
_PORTAL_KEYS = (_REDUCED, _GNOME, _KDE)


def _asks_for_stillness(key: tuple[str, str], answer: object) -> bool:
    """Say whether the answer of a desktop asks for less motion; None, for no answer, does not."""
    if answer is None:
        return False
    if key == _REDUCED:
        return answer == 1
    if key == _GNOME:
        return answer is False
    return str(answer) in ("0", "0.0")


def _from_portal(namespace: str, key: str) -> object:
    """Return a setting from the portal through which desktops tell theirs, None for none.

    The interface is that of xdg-desktop-portal: `Read` of org.freedesktop.portal.Settings, which
    wraps its answer twice.
    """
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        # To look for a bus all the same could start one.
        return None
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

    question = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "Read",
    )
    question.setArguments([namespace, key])
    reply = QDBusConnection.sessionBus().call(question, QDBus.CallMode.Block, _WAIT)
    if reply.type() != QDBusMessage.MessageType.ReplyMessage or not reply.arguments():
        return None
    answer: object = reply.arguments()[0]
    while isinstance(answer, QDBusVariant):
        answer = answer.variant()
    return answer


def _windows_wants_stillness() -> bool:
    """Ask for "Show animations in Windows"."""
    import ctypes

    get_client_area_animation = 0x1042
    shown = ctypes.c_int(1)
    user32: Any = getattr(ctypes, "windll").user32  # noqa: B009  only Windows has it
    user32.SystemParametersInfoW(get_client_area_animation, 0, ctypes.byref(shown), 0)
    return not shown.value


def _mac_wants_stillness() -> bool:
    """Ask for "Reduce motion" of the accessibility settings."""
    from PySide6.QtCore import QSettings

    return QSettings("com.apple.universalaccess", "").value("reduceMotion") in (True, 1, "true")
