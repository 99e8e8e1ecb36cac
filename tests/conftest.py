"""Settings of every test run: no screen, no files of the user, the same random numbers."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

_HOME = Path(tempfile.mkdtemp(prefix="chainrule-tests-"))


def _isolate() -> None:
    """Point Qt and platformdirs to an empty home, before anything imports Qt.

    What the user's desktop sets (scale, style, theme) must not change what is drawn.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_FONT_DPI"):
        os.environ.pop(name, None)
    folders = {
        "HOME": "",
        "XDG_CACHE_HOME": "cache",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "runtime",
    }
    for name, folder in folders.items():
        path = _HOME / folder
        # Qt warns about a runtime folder that others may enter.
        path.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(path)


_isolate()
# How long examples take to draw says more about the machine than about the test.
settings.register_profile(
    "chainrule", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("chainrule")


def pytest_unconfigure() -> None:
    """Remove the home of this run; each worker process has its own."""
    shutil.rmtree(_HOME, ignore_errors=True)
