"""The editor from its start to its end.

chainrule [FILE] [--screenshot OUT.png] [--theme light|dark] [--size WxH] [--scale N]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from chainrule_desktop.app.arguments import Arguments, parse_arguments
from chainrule_desktop.app.imports import import_as_usual

BAD_INPUT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Open the editor, or draw its window into a picture, and return the exit status."""
    try:
        arguments = parse_arguments(sys.argv[1:] if argv is None else argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if arguments.screenshot is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif not has_display(sys.platform, os.environ):
        sys.stderr.write(
            "chainrule: display: there is none (DISPLAY and WAYLAND_DISPLAY are not set); "
            "log in to a desktop, or draw the window with --screenshot OUT.png\n"
        )
        return BAD_INPUT
    if arguments.scale is not None:
        os.environ["QT_SCALE_FACTOR"] = f"{arguments.scale:g}"
    return _run(arguments)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Say whether a window can be shown; Qt itself ends the program where none can."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return platform != "linux" or any(environment.get(name) for name in names)


def _run(arguments: Arguments) -> int:
    # Qt is imported only when it is clear that there will be a window.
    import_as_usual()
    from chainrule_desktop.app.screenshot import take_screenshot
    from chainrule_desktop.app.session import run_session

    if arguments.screenshot is not None:
        return take_screenshot(arguments, arguments.screenshot)
    return run_session(arguments)
