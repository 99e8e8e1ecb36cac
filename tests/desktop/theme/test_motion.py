"""Motion follows the setting, and where that follows the system, the answers of desktops."""

from __future__ import annotations

import pytest

from chainrule_desktop.theme import MotionMode, moves
from chainrule_desktop.theme import motion as module


@pytest.mark.parametrize(
    ("key", "answer", "still"),
    [
        (("org.freedesktop.appearance", "reduced-motion"), 1, True),
        (("org.freedesktop.appearance", "reduced-motion"), 0, False),
        (("org.gnome.desktop.interface", "enable-animations"), False, True),
        (("org.gnome.desktop.interface", "enable-animations"), True, False),
        (("org.kde.kdeglobals.KDE", "AnimationDurationFactor"), "0", True),
        (("org.kde.kdeglobals.KDE", "AnimationDurationFactor"), "0.5", False),
    ],
)
def test_a_desktop_that_wants_less_motion_gets_none(
    monkeypatch: pytest.MonkeyPatch, key: tuple[str, str], answer: object, still: bool
) -> None:
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module, "_from_portal", lambda *of: answer if of == key else None)
    module.system_wants_stillness.cache_clear()
    assert moves(MotionMode.SYSTEM) is not still
    assert moves(MotionMode.ALWAYS)
    assert not moves(MotionMode.NEVER)
    module.system_wants_stillness.cache_clear()


def test_without_a_desktop_bus_there_is_motion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    module.system_wants_stillness.cache_clear()
    assert moves(MotionMode.SYSTEM)
    module.system_wants_stillness.cache_clear()
